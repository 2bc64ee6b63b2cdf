package dev.sverka.core.mapping;

import java.util.Collection;
import java.util.Optional;
import org.springframework.util.StringUtils;

/** The known word a misspelt one was meant to be. */
public final class Nearest {

    private Nearest() {
    }

    /** "did you mean 'x'?" where one known word is close, else the list of all of them. */
    public static String cure(String word, Collection<String> known) {
        return to(word, known).map(near -> "did you mean '" + near + "'?")
                .orElse("known are " + StringUtils.collectionToDelimitedString(known.stream().sorted().toList(), ", "));
    }

    /** The known word that is at most two letters, in long words a third of them, away. */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(one -> distance(word, one) <= (one.length() < 4 ? 1 : Math.max(2, one.length() / 3)))
                .min((one, two) -> Integer.compare(distance(word, one), distance(word, two)));
    }

    private static int distance(String one, String two) {
        int[] last = new int[two.length() + 1];
        for (int j = 0; j <= two.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[two.length() + 1];
            row[0] = i;
            for (int j = 1; j <= two.length(); j++) {
                int change = last[j - 1] + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
            }
            last = row;
        }
        return last[two.length()];
    }
}
