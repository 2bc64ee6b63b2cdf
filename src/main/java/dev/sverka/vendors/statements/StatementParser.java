package dev.sverka.vendors.statements;

import dev.sverka.vendors.statements.Finding.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file (sheet section 6): header, sections, documents, end; anything else is refused whole. */
final class StatementParser {

    private static final String SECTION = "СекцияРасчСчет";
    private static final String SECTION_END = "КонецРасчСчет";
    private static final String DOCUMENT = "СекцияДокумент";
    private static final String DOCUMENT_END = "КонецДокумента";
    private static final String END = "КонецФайла";
    /** Programs of DOS end a file with it. */
    private static final String END_OF_DOS_FILE = "\u001A";
    private static final String ANEW = "выгрузите выписку из банка заново";

    private static final int MOST_SECTIONS = 10_000;

    private final Block header = new Block("", 1);
    private final Set<String> accounts = new LinkedHashSet<>();
    private final List<Block> sections = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Block open;
    private boolean inDocument;
    private boolean ended;
    private int documents;
    private int line;
    private final Consumer<Block> eachDocument;

    private StatementParser(Consumer<Block> eachDocument) {
        this.eachDocument = eachDocument;
    }

    /** @throws Refusal where the file is not whole, or not of this format */
    static StatementFile parse(byte[] bytes) throws Refusal {
        return read(bytes, document -> { });
    }

    /** Hands out the documents of a file that holds: one at a time, for a year of them fills the memory. */
    static void documents(byte[] bytes, Consumer<Block> each) throws Refusal {
        read(bytes, each);
    }

    private static StatementFile read(byte[] bytes, Consumer<Block> eachDocument) throws Refusal {
        StatementParser parser = new StatementParser(eachDocument);
        try (BufferedReader lines = StatementText.open(bytes)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                parser.line++;
                parser.take(text.strip());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return parser.whole();
    }

    private void take(String text) throws Refusal {
        if (text.isEmpty() || line == 1 || ended && text.equals(END_OF_DOS_FILE)) {
            return;
        }
        if (ended) {
            throw text.equals(StatementText.MARK) || text.startsWith("Секция")
                    ? refuse("после «" + END + "» начинается ещё одна выписка: похоже, склеены два файла",
                            "положите каждую выписку отдельным файлом")
                    : refuse("после «" + END + "» есть ещё байты: файл повреждён или дописан", ANEW);
        }
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        boolean inText = open != null && inDocument && open.endsInText();
        if (isStart(name) || name.startsWith("Секция") && !inText) {
            start(name, equals < 0 ? "" : text.substring(equals + 1).strip());
        } else if (equals < 0) {
            end(name);
        } else if (inText && !Block.isKey(name)) {
            broken(text);
        } else {
            value(name, text.substring(equals + 1));
        }
    }

    private static boolean isStart(String name) {
        return name.equalsIgnoreCase(SECTION) || name.equalsIgnoreCase(DOCUMENT);
    }

    private void start(String name, String kind) throws Refusal {
        if (open != null) {
            throw refuse("«" + name + "» начинается, а раздел из строки " + open.line() + " не закрыт", ANEW);
        }
        if (!isStart(name)) {
            throw refuse("неизвестный раздел «" + name + "»: это не формат 1.0x",
                    "выгрузите выписку в формате 1С версии 1.01, 1.02 или 1.03");
        }
        inDocument = name.equalsIgnoreCase(DOCUMENT);
        open = new Block(kind, line);
    }

    private void end(String text) throws Refusal {
        switch (Stream.of(SECTION_END, DOCUMENT_END, END).filter(text::equalsIgnoreCase).findFirst().orElse(text)) {
            case SECTION_END -> addSection(closed(false));
            case DOCUMENT_END -> {
                documents++;
                eachDocument.accept(closed(true));
            }
            case END -> {
                if (open != null) {
                    throw unclosed();
                }
                ended = true;
            }
            case StatementText.MARK -> throw refuse(
                    "внутри файла начинается ещё одна выписка: похоже, склеены два файла",
                    "положите каждую выписку отдельным файлом");
            default -> broken(text);
        }
    }

    private Block closed(boolean document) throws Refusal {
        Block closed = open;
        if (closed == null || inDocument != document) {
            throw refuse("закрывается раздел, который не был открыт", ANEW);
        }
        open = null;
        return closed;
    }

    private void addSection(Block section) throws Refusal {
        if (sections.size() == MOST_SECTIONS) {
            throw refuse("разделов счетов больше " + MOST_SECTIONS, "выгрузите выписку за меньший срок");
        }
        sections.add(section);
        if (!section.text("РасчСчет").isEmpty()) {
            accounts.add(section.text("РасчСчет"));
        }
    }

    /** A line that begins with no key of the format goes on with the value before it (section 4, inferred): taken, and told. */
    private void broken(String text) {
        if (open != null && inDocument) {
            open.append(text, line);
        }
        findings.add(new Finding(Kind.LINE, line, open != null && inDocument
                ? "строка внутри документа не начинается с ключа формата и присоединена к предыдущему значению"
                : "строка без знака «=» пропущена", "проверьте документ в банке"));
    }

    private void value(String name, String text) {
        if (open != null) {
            open.put(name, text, line);
        } else if (!sections.isEmpty() || documents > 0) {
            findings.add(new Finding(Kind.LINE, line, "строка вне разделов пропущена", "проверьте выписку в банке"));
        } else if (name.equalsIgnoreCase("РасчСчет") && !text.isBlank()) {
            accounts.add(text.strip());
        } else {
            header.put(name, text, line);
        }
    }

    private StatementFile whole() throws Refusal {
        if (open != null) {
            throw unclosed();
        }
        if (!ended) {
            throw refuse("нет последней строки «" + END + "»: файл загружен не до конца", ANEW);
        }
        String version = header.text("ВерсияФормата");
        if (!version.matches("1\\.\\d{1,2}")) {
            throw new Refusal(Kind.VERSION, header.lineOf("ВерсияФормата"), version.isEmpty()
                    ? "в файле не сказано, какой он версии (нет ключа «ВерсияФормата»)"
                    : "неизвестная версия формата «" + version + "»",
                    "выгрузите выписку в формате 1С версии 1.01, 1.02 или 1.03");
        }
        return new StatementFile(header, accounts, sections, documents, findings);
    }

    private Refusal unclosed() {
        return refuse((inDocument ? "документ" : "раздел счёта") + ", начатый в строке "
                + (open == null ? 0 : open.line()) + ", не закрыт", ANEW);
    }

    private Refusal refuse(String what, String cure) {
        return new Refusal(Kind.STRUCTURE, line, what, cure);
    }
}
