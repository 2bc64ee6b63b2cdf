package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people type to find something, as a pattern for {@code like}. */
final class Likeness {

    private static final Pattern SUM = Pattern.compile("\\d{1,12}([.,]\\d{1,2})?");

    private Likeness() {
    }

    /** The sum that the text is, as a bookkeeper types it. */
    static Optional<Long> kopecks(String text) {
        String sum = text.replaceAll("[\\s\u00a0\u202f₽]", "");
        return SUM.matcher(sum).matches()
                ? Optional.of(new BigDecimal(sum.replace(',', '.')).movePointRight(2).longValueExact())
                : Optional.empty();
    }

    /** Anywhere in a text of small letters; signs of patterns stand for themselves. */
    static String contains(String text) {
        return "%" + startsWith(text);
    }

    static String startsWith(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
