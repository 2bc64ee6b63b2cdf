package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Hostile purposes of up to 210 characters: nothing breaks the reader, every place it gives is in the text, and the
 * letters that it looks at, backtracking of all patterns included, stay within a fixed multiple of the length. {@code
 * -Dmatcher.fuzz=1000000} makes it more.
 */
class PurposeFuzzTest {

    private static final int TEXTS = Integer.getInteger("matcher.fuzz", 20_000);
    private static final int LONGEST = 210;
    /** How often each letter may be looked at. */
    private static final int MOST = 50;
    private static final List<String> PIECES = List.of("№ 1, ", "счет ", "счету№", "1 000 ", "акт и услуг ",
            "за январь, ", "в т.ч. ндс ", "12.12.2026 ", "а-", "1-", "- ", "договор на об ", "за я ", "5% ", "сумма ",
            "ооо ", "\"", "инн 77", "аб/", "|1", "_1", "ооо вега плюс 1 ", "1 111 ", "по ", "от ", "с 01.02.2026 ",
            "(1111111111 ", "{vo", "//1 ", "jan ", "кв ", "99.99.9999", "31.02.2026", "№№", "20%", "10000000000000000000",
            "с14по16", "оплата", "ё", "é", "\u0000", "\ud83d\ude00", "\u202e", "\t", "0", "000", "a.", "кс-2", "упд",
            "комиссия ", "1=1", "\\1", "2026-13-45", "01.13-02.14.2026", "99999999999 руб 99 коп");

    /** A text that counts how often a letter of it is looked at. */
    private static final class Counted implements CharSequence {

        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static String hostile(Random dice) {
        StringBuilder text = new StringBuilder();
        int most = 1 + dice.nextInt(LONGEST);
        int kinds = 1 + dice.nextInt(5);
        String[] some = dice.ints(kinds, 0, PIECES.size()).mapToObj(PIECES::get).toArray(String[]::new);
        while (text.length() < most) {
            text.append(dice.nextInt(8) == 0 ? String.valueOf((char) (32 + dice.nextInt(1100)))
                    : some[dice.nextInt(kinds)]);
        }
        return text.substring(0, Math.min(text.length(), most));
    }

    @Test
    void noTextBreaksTheReaderAndWhatItLooksAtIsBounded() {
        Random dice = new Random(17);
        double worst = 0;
        String slowest = "";
        for (int n = 0; n < TEXTS; n++) {
            String text = hostile(dice);
            Purpose read = Purpose.read(text);
            assertThat(read.spans()).allSatisfy(span ->
                    assertThat(text.substring(span.from(), span.to())).isEqualTo(span.text()));
            MatcherTable.decide(100_00, text, MatcherTable.invoice(10, "МК-10", 100_00));
            Counted counted = new Counted(Letters.fold(text));
            Lexer.tokens(counted, PurposeWords.NONE);
            double looks = (double) counted.looks / text.length();
            // a few words have a fixed cost, however short the text is
            if (text.length() > 20 && looks > worst) {
                worst = looks;
                slowest = text;
            }
        }
        assertThat(worst).as("looks at each letter of: %s", slowest).isLessThan(MOST);
    }
}
