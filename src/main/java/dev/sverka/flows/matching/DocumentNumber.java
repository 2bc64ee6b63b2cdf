package dev.sverka.flows.matching;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers of invoices, contracts and acts, as people write them differently. */
public final class DocumentNumber {

    /** Stands for the year of the document. */
    private static final String YEAR = "год";
    private static final Pattern GROUP = Pattern.compile("\\p{L}+|\\d+");

    private DocumentNumber() {
    }

    /**
     * A number as it is compared: letter case, Latin letters that look Cyrillic, spaces, leading zeros and the dash
     * between letters and digits do not matter; slashes and dashes between digits do.
     */
    public static String normal(String number) {
        String upper = number.toUpperCase(Locale.ROOT).replaceAll("[–—]", "-").replaceAll("\\s+", "");
        StringBuilder cyrillic = new StringBuilder();
        for (char letter : upper.toCharArray()) {
            int at = "ABCEHKMOPTXYЁ".indexOf(letter);
            cyrillic.append(at < 0 ? letter : "АВСЕНКМОРТХУЕ".charAt(at));
        }
        return cyrillic.toString().replaceAll("(?<=\\d)О(?=\\d)", "0").replaceAll("(?<=\\d)З(?=\\d)", "3")
                .replaceAll("(?<=\\p{L})-(?=\\d)|(?<=\\d)-(?=\\p{L})", "")
                .replaceAll("(?<!\\d)0+(?=\\d)", "").replaceAll("^[№#]+", "");
    }

    static boolean isSame(@Nullable String one, String other) {
        return one != null && normal(one).equals(normal(other));
    }

    /**
     * Whether a number of ours may have been written with less: without its year, without the letters before it, with a
     * year of two or four digits. Proves nothing by itself.
     *
     * @param ours the number in full
     * @param dated the day of our document, for its year
     */
    static boolean isLoosely(@Nullable String ours, @Nullable LocalDate dated, String written) {
        if (ours == null) {
            return false;
        }
        int year = dated == null ? 0 : dated.getYear();
        List<String> full = groups(ours, year);
        List<String> said = groups(written, year);
        Set<List<String>> spellings = new HashSet<>();
        spellings.add(full);
        spellings.add(without(full, YEAR));
        for (List<String> one : List.copyOf(spellings)) {
            boolean hasPrefix = !isDigits(one.get(0)) && one.size() > 1;
            spellings.add(hasPrefix ? one.subList(1, one.size()) : one);
        }
        spellings.add(full.stream().filter(DocumentNumber::isDigits).toList());
        return said.stream().anyMatch(DocumentNumber::isDigits) && spellings.contains(said);
    }

    private static boolean isDigits(String group) {
        return Character.isDigit(group.charAt(0));
    }

    private static List<String> without(List<String> groups, String left) {
        return groups.size() == 1 ? groups : groups.stream().filter(group -> !group.equals(left)).toList();
    }

    /** Letters and digits in groups; the year of the document as one word, unless the number is nothing else. */
    private static List<String> groups(String number, int year) {
        List<String> groups = new ArrayList<>(GROUP.matcher(normal(number)).results().map(MatchResult::group).toList());
        if (groups.isEmpty()) {
            return List.of(number);
        }
        for (int i : new int[] {groups.size() - 1, 0}) {
            boolean isYear = groups.get(i).equals(String.valueOf(year))
                    || groups.get(i).equals(String.valueOf(year % 100)) && i > 0;
            if (isYear && groups.size() > 1) {
                groups.set(i, YEAR);
                return groups;
            }
        }
        return groups;
    }
}
