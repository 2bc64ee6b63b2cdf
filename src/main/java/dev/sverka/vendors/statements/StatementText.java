package dev.sverka.vendors.statements;

import dev.sverka.vendors.statements.Finding.Kind;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** The text of a file. Its encoding is found out from the bytes, because headers lie (sheet section 1). */
final class StatementText {

    static final String MARK = "1CClientBankExchange";
    private static final String PROOF = "ВерсияФормата=";
    private static final int HEAD_LINES = 20;
    private static final Charset WINDOWS = Charset.forName("windows-1251");
    private static final Charset DOS = Charset.forName("IBM866");
    /** What small Russian letters of cp866 turn into when they are read as cp1251. */
    private static final String SMALL_DOS = "ЎўЈ¤Ґ¦©Є¬\u00ADЇ®";
    /** What capitals turn into: letters of Serbian names too, so that more of them are asked for. */
    private static final String CAPITAL_DOS = "ЂЃѓ†‡‰ЉЊЌЋЏђљњќћџ";
    /** What cp1251 turns into when it is read as cp866, besides the box drawings. */
    private static final String WINDOWS_AS_DOS = "ЄєЇїЎў°∙·√¤■";
    private static final String ANEW = "выгрузите выписку из банка заново и положите файл, не открывая его в редакторе";

    private StatementText() {
    }

    /** The lines of a file. @throws Refusal where it is none of this format or its text is damaged */
    static BufferedReader open(byte[] file) throws Refusal {
        byte[] bytes = withoutMark(file);
        checkFirstLine(bytes);
        Charset charset = charset(bytes);
        if (!charset.equals(StandardCharsets.UTF_8)) {
            checkUnmixed(bytes, charset);
        }
        return reader(bytes, charset);
    }

    private static byte[] withoutMark(byte[] bytes) {
        boolean marked = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private static void checkFirstLine(byte[] bytes) throws Refusal {
        if (bytes.length == 0) {
            throw new Refusal(Kind.FILE, 0, "файл пуст", "выгрузите выписку из банка заново");
        }
        String head = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
        String first = head.lines().findFirst().orElse("").stripTrailing();
        if (first.equals(MARK)) {
            return;
        }
        String looks = first.startsWith("PK") ? "; это архив, а не текст"
                : first.startsWith("<") ? "; это страница сайта" : head.startsWith("%PDF") ? "; это PDF" : "";
        throw new Refusal(Kind.FILE, 1, "первая строка не «" + MARK + "»" + looks,
                "выгрузите выписку в формате 1С (kl_to_1c.txt) и положите сам текстовый файл, без архива");
    }

    private static Charset charset(byte[] bytes) throws Refusal {
        if (isWhole(bytes, StandardCharsets.UTF_8)) {
            int destroyed = lineOf(bytes, "\uFFFD".getBytes(StandardCharsets.UTF_8));
            if (destroyed > 0) {
                throw new Refusal(Kind.ENCODING, destroyed, "русские буквы в файле уже испорчены (знак U+FFFD), их не"
                        + " восстановить", ANEW);
            }
        }
        int binary = lineOf(bytes, new byte[] {0});
        if (binary > 0) {
            throw new Refusal(Kind.FILE, binary, "в файле есть нулевые байты: это не текст или он повреждён", ANEW);
        }
        for (Charset charset : List.of(StandardCharsets.UTF_8, WINDOWS, DOS)) {
            if (isWhole(bytes, charset) && hasProof(bytes, charset)) {
                return charset;
            }
        }
        throw new Refusal(Kind.ENCODING, 0, "кодировка не распознана: в первых " + HEAD_LINES + " строках нет ключа"
                + " «ВерсияФормата» ни в Windows-1251, ни в DOS (cp866), ни в UTF-8, или кодировки смешаны", ANEW);
    }

    private static boolean isWhole(byte[] bytes, Charset charset) {
        try (Reader reader = reader(bytes, charset)) {
            reader.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean isUtf8(byte[] piece) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(piece));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean hasProof(byte[] bytes, Charset charset) {
        return reader(bytes, charset).lines().limit(HEAD_LINES).anyMatch(line -> line.strip().startsWith(PROOF));
    }

    /** Strict: a byte that means nothing in the charset is an error. */
    private static BufferedReader reader(byte[] bytes, Charset charset) {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), charset.newDecoder()));
    }

    /** The line in which the pattern stands first; 0 where it does not. */
    private static int lineOf(byte[] bytes, byte[] pattern) {
        int line = 1;
        for (int i = 0; i + pattern.length <= bytes.length; i++) {
            int same = 0;
            while (same < pattern.length && bytes[i + same] == pattern[same]) {
                same++;
            }
            if (same == pattern.length) {
                return line;
            }
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return 0;
    }

    private static void checkUnmixed(byte[] bytes, Charset charset) throws Refusal {
        int number = 0;
        try (BufferedReader lines = reader(bytes, charset)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                int equals = Math.max(0, line.indexOf('='));
                if (isOther(line.substring(0, equals), charset) || isOther(line.substring(equals), charset)) {
                    throw new Refusal(Kind.ENCODING, number, "часть файла записана в другой кодировке", ANEW);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Whether a piece of text makes sense in another encoding than the file's only. */
    private static boolean isOther(String text, Charset charset) {
        if (text.chars().filter(letter -> letter > 0x7F).limit(4).count() < 4) {
            return false;
        }
        if (isUtf8(text.getBytes(charset))) {
            return true;
        }
        if (charset.equals(DOS)) {
            return count(text, letter -> WINDOWS_AS_DOS.indexOf(letter) >= 0
                    || letter >= 0x2500 && letter <= 0x259F) >= 3;
        }
        long russian = count(text, letter -> letter >= 'А' && letter <= 'я');
        long small = count(text, letter -> SMALL_DOS.indexOf(letter) >= 0);
        long odd = small + count(text, letter -> CAPITAL_DOS.indexOf(letter) >= 0);
        return odd >= 3 && (odd > russian || 2 * small > russian);
    }

    private static long count(String text, IntPredicate letters) {
        return text.chars().filter(letters).count();
    }
}
