package dev.sverka.flows.matching;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all spellings of a document's number that {@link DocumentNumber} takes for it have in common: its longest group of
 * digits beside the year, or all its digits together. Whoever keeps payments by these keys finds each that a text may
 * name, and few others.
 */
public final class NumberKeys {

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\d]+|[^\\p{L}\\d]+$");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern NO_DIGIT = Pattern.compile("\\D");
    private static final int LONGEST = 60;

    private NumberKeys() {
    }

    /** @param dated the day of the document, for its year */
    public static Set<String> of(String number, @Nullable LocalDate dated) {
        Set<String> keys = new TreeSet<>();
        DocumentNumber.groups(number, dated == null ? 0 : dated.getYear()).stream()
                .filter(group -> Character.isDigit(group.charAt(0)))
                .max(Comparator.comparingInt(String::length)).ifPresent(group -> add(keys, group));
        add(keys, together(number));
        if (keys.isEmpty()) {
            add(keys, DocumentNumber.normal(number));
        }
        return keys;
    }

    /** All that a document named in the text could be kept by. */
    public static Set<String> in(String text) {
        Set<String> keys = new TreeSet<>();
        String before = "";
        for (String word : SPACES.split(text)) {
            String plain = EDGES.matcher(word).replaceAll("");
            List<String> digits = DIGITS.matcher(DocumentNumber.normal(plain)).results().map(MatchResult::group).toList();
            digits.forEach(group -> add(keys, group));
            add(keys, together(plain));
            add(keys, digits.isEmpty() ? DocumentNumber.normal(plain) : together(before + plain));
            before = plain;
        }
        return keys;
    }

    /** All digits of a number, whatever stands between them. */
    private static String together(String number) {
        return NO_DIGIT.matcher(DocumentNumber.joined(number)).replaceAll("");
    }

    private static void add(Set<String> keys, String key) {
        if (!key.isEmpty()) {
            keys.add(key.length() <= LONGEST ? key : key.substring(0, LONGEST));
        }
    }
}
