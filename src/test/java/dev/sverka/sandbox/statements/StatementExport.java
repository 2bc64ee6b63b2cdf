package dev.sverka.sandbox.statements;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** An export in 1CClientBankExchange: one set of movements, in any bank's manner and any physical shape. */
public final class StatementExport {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final String OUR_NAME = "ООО \"СЕВЕРНЫЙ МАЯК\"";

    private final String account;
    private final List<Movement> movements = new ArrayList<>();
    private Bank bank = Bank.PLAIN;
    private Text text = Text.WINDOWS;
    private String declared = "Windows";
    private Ends ends = Ends.CRLF;
    private boolean lastEnd = true;
    private LongFunction<String> money = kopecks -> BigDecimal.valueOf(kopecks, 2).toPlainString();
    private LocalDateTime madeAt = LocalDateTime.of(2026, 11, 18, 9, 30, 5);
    private LocalDate from = LocalDate.of(2026, 11, 16);
    private LocalDate to = LocalDate.of(2026, 11, 17);
    private long opening = 100_000;

    private StatementExport(String account) {
        this.account = account;
    }

    /** Of one account, 20 digits. */
    public static StatementExport of(String account) {
        return new StatementExport(account);
    }

    /** How a bank writes (sheet section 5). */
    public enum Bank { PLAIN, SBER, TINKOFF, VTB, RAIFFEISEN, MODULBANK, ALFA, UNICREDIT }

    /** What the bytes are. */
    public enum Text {
        WINDOWS("windows-1251"), DOS("IBM866"), UTF8("UTF-8"), UTF8_MARKED("UTF-8");

        private final Charset charset;

        Text(String charset) {
            this.charset = Charset.forName(charset);
        }
    }

    /** How lines end. */
    public enum Ends { CRLF, LF, MIXED }

    /** A movement. @param kopecks negative for money that went */
    public record Movement(String number, LocalDate day, long kopecks, String party, String inn, String name,
            String purpose) {

        public Movement withPurpose(String other) {
            return new Movement(number, day, kopecks, party, inn, name, other);
        }

        public Movement withNumber(String other) {
            return new Movement(other, day, kopecks, party, inn, name, purpose);
        }

        boolean isIncoming() {
            return kopecks > 0;
        }
    }

    public StatementExport with(Movement... more) {
        movements.addAll(Arrays.asList(more));
        return this;
    }

    public StatementExport bank(Bank manner) {
        bank = manner;
        return this;
    }

    /** @param header what it says of its encoding, whether true or not; null where it says nothing */
    public StatementExport text(Text bytes, String header) {
        text = bytes;
        declared = header;
        return this;
    }

    /** @param last whether the last line has one too */
    public StatementExport ends(Ends lines, boolean last) {
        ends = lines;
        lastEnd = last;
        return this;
    }

    public StatementExport money(LongFunction<String> style) {
        money = style;
        return this;
    }

    /** In Moscow. */
    public StatementExport madeAt(LocalDateTime time) {
        madeAt = time;
        return this;
    }

    public StatementExport period(LocalDate first, LocalDate last) {
        from = first;
        to = last;
        return this;
    }

    public byte[] bytes() {
        return bytes(lines -> lines);
    }

    /** @param damage what happens to its lines */
    public byte[] bytes(UnaryOperator<List<String>> damage) {
        List<String> lines = damage.apply(new ArrayList<>(lines()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (text == Text.UTF8_MARKED) {
            out.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            String end = ends == Ends.LF || ends == Ends.MIXED && i % 2 == 0 ? "\n" : "\r\n";
            out.writeBytes((lines.get(i) + (last && !lastEnd ? "" : end)).getBytes(text.charset));
        }
        return out.toByteArray();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("1CClientBankExchange", "ВерсияФормата=" + version()));
        if (declared != null) {
            lines.add("Кодировка=" + declared);
        }
        if (bank != Bank.UNICREDIT && bank != Bank.MODULBANK) {
            lines.add("Отправитель=" + (bank == Bank.TINKOFF ? "Tinkoff" : "Учебный банк"));
        }
        lines.add("ДатаСоздания=" + DAY.format(madeAt));
        if (bank != Bank.UNICREDIT) {
            lines.add("ВремяСоздания=" + DateTimeFormatter.ofPattern("HH:mm:ss").format(madeAt));
        }
        lines.addAll(List.of("ДатаНачала=" + DAY.format(from), "ДатаКонца=" + DAY.format(to), "РасчСчет=" + account));
        lines.addAll(sections());
        movements.forEach(movement -> lines.addAll(document(movement)));
        if (bank == Bank.TINKOFF) {
            lines.addAll(List.of("", "", ""));
        }
        lines.add("КонецФайла");
        return lines;
    }

    private String version() {
        return switch (bank) {
            case MODULBANK, ALFA -> "1.01";
            case TINKOFF -> "1.02";
            default -> "1.03";
        };
    }

    private List<String> sections() {
        return switch (bank) {
            case MODULBANK -> List.of();
            case ALFA -> List.of("СекцияРасчСчет", "РасчСчет=" + account, "КонецРасчСчет");
            case SBER -> daily(true);
            case RAIFFEISEN -> daily(false);
            default -> section(from, to, opening);
        };
    }

    /** @param quiet whether days without movements have a section too */
    private List<String> daily(boolean quiet) {
        List<String> lines = new ArrayList<>();
        long balance = opening;
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            LocalDate one = day;
            if (quiet || movements.stream().anyMatch(movement -> movement.day().equals(one))) {
                lines.addAll(section(day, day, balance));
            }
            balance += turnover(day, day, 1) - turnover(day, day, -1);
        }
        return lines;
    }

    private List<String> section(LocalDate first, LocalDate last, long before) {
        long in = turnover(first, last, 1);
        long out = turnover(first, last, -1);
        return List.of("СекцияРасчСчет", "ДатаНачала=" + DAY.format(first), "ДатаКонца=" + DAY.format(last),
                "НачальныйОстаток=" + money.apply(before), "РасчСчет=" + account, "ВсегоСписано=" + money.apply(out),
                "ВсегоПоступило=" + money.apply(in), "КонечныйОстаток=" + money.apply(before + in - out),
                "КонецРасчСчет");
    }

    private long turnover(LocalDate first, LocalDate last, int sign) {
        return movements.stream().filter(movement -> !movement.day().isBefore(first) && !movement.day().isAfter(last))
                .mapToLong(Movement::kopecks).filter(kopecks -> Long.signum(kopecks) == sign).map(Math::abs).sum();
    }

    private List<String> document(Movement movement) {
        List<String> lines = new ArrayList<>();
        if (bank == Bank.TINKOFF) {
            lines.add("");
        }
        lines.addAll(List.of("СекцияДокумент=" + (bank == Bank.RAIFFEISEN ? "Прочее" : "Платежное поручение"),
                "Номер=" + movement.number(), "Дата=" + DAY.format(movement.day()),
                "Сумма=" + money.apply(Math.abs(movement.kopecks()))));
        if (bank == Bank.MODULBANK) {
            lines.add("НазначениеПлатежа=" + movement.purpose());
        }
        lines.addAll(side("Плательщик", movement, !movement.isIncoming()));
        lines.addAll(days(movement));
        lines.addAll(side("Получатель", movement, movement.isIncoming()));
        lines.add("ВидОплаты=01");
        if (bank == Bank.VTB) {
            lines.addAll(List.of("ПоказательНомера=0", "ПоказательДаты=0", "КлючИзБудущего=что-то"));
            lines.addAll(pieces(movement.purpose()));
        } else if (bank != Bank.MODULBANK) {
            lines.add("НазначениеПлатежа=" + movement.purpose());
        }
        lines.add("КонецДокумента");
        return lines;
    }

    /** The purpose in pieces only, cut at blanks. */
    private static List<String> pieces(String purpose) {
        List<String> words = List.of(purpose.split(" ", 6));
        return IntStream.rangeClosed(0, 6).mapToObj(piece -> "НазначениеПлатежа" + (piece == 0 ? "" : piece) + "="
                + (piece == 0 || piece > words.size() ? "" : words.get(piece - 1))).toList();
    }

    private List<String> days(Movement movement) {
        String day = DAY.format(movement.day());
        String went = "ДатаСписано=";
        String came = "ДатаПоступило=";
        return switch (bank) {
            case TINKOFF -> List.of(went + day);
            case RAIFFEISEN, MODULBANK -> List.of((movement.isIncoming() ? came : went) + day);
            case VTB -> List.of(went + day, came + day);
            default -> List.of(went + (movement.isIncoming() ? "" : day), came + (movement.isIncoming() ? day : ""));
        };
    }

    private List<String> side(String side, Movement movement, boolean ours) {
        String number = ours ? account : movement.party();
        String name = ours ? OUR_NAME : movement.name();
        String inn = ours ? "0099000014" : movement.inn();
        List<String> lines = new ArrayList<>(List.of(side + "Счет=" + number, side + "ИНН=" + inn));
        lines.addAll(switch (bank) {
            case MODULBANK -> List.of(side + "1=" + name, side + "КПП=0");
            case VTB -> List.of(side + "=" + inn + ", " + name, side + "2=" + number, side + "3=Банк", side + "КПП=");
            case SBER -> List.of(side + "=" + name);
            case UNICREDIT -> List.of(side + "=" + inn + " " + name, side + "КорСчет=30101810000000000111",
                    side + "БИК=");
            default -> List.of(side + "=ИНН " + inn + " " + name, side + "1=" + name);
        });
        if (bank != Bank.MODULBANK) {
            lines.add(side + "РасчСчет=" + number);
        }
        return lines;
    }
}
