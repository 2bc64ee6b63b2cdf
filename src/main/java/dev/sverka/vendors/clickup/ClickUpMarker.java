package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Request;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The word by which what we created is found again (clickup.md section 14): in a list's content, a comment, a time
 * entry's description and a custom field of tasks the whole marker; a folder has no text, so its name ends with
 * {@code  #<id>}. Always compared as a whole: {@code …:1} also begins {@code …:12}.
 */
final class ClickUpMarker {

    private static final int LONGEST = 40;
    private static final String OURS = "sverka:";

    private ClickUpMarker() {
    }

    /** @throws IllegalArgumentException where the body has none that can stand in a text */
    static String of(Request request) {
        String marker = String.valueOf(request.map().get("marker"));
        if (!marker.startsWith(OURS) || marker.length() > LONGEST || marker.matches(".*\\s.*")) {
            throw new IllegalArgumentException(request.entity() + ": the body needs marker: like "
                    + "sverka:<flow>:<account>:<id>, without spaces and at most " + LONGEST + " characters");
        }
        return marker;
    }

    static boolean stands(@Nullable Object text, String marker) {
        return words(text).contains(marker);
    }

    private static List<String> words(@Nullable Object text) {
        return text == null ? List.of() : Arrays.asList(text.toString().split("\\s+"));
    }

    /** The text with the marker as its last line. */
    static String append(@Nullable Object text, String marker) {
        if (text == null || text.toString().isBlank()) {
            return marker;
        }
        return stands(text, marker) ? text.toString() : text.toString().stripTrailing() + "\n" + marker;
    }

    /** A new text, with the markers that stood in the one before. */
    static String keep(@Nullable Object text, @Nullable Object before) {
        String kept = text == null ? "" : text.toString();
        for (String word : words(before)) {
            kept = word.startsWith(OURS) ? append(kept, word) : kept;
        }
        return kept;
    }

    /** Whether a text holds a marker of ours, whosever it is. */
    static boolean isMarked(@Nullable Object text) {
        return words(text).stream().anyMatch(word -> word.startsWith(OURS));
    }

    /** What a folder's name ends with: the marker's last part. */
    static String suffix(String marker) {
        return " #" + marker.substring(marker.lastIndexOf(':') + 1);
    }

    /** A folder's new name, with the suffix that the one before had. */
    static String keepSuffix(String name, @Nullable Object before) {
        String old = before == null ? "" : before.toString();
        int at = old.lastIndexOf(" #");
        String suffix = at >= 0 && old.substring(at + 2).matches("[\\w-]+") ? old.substring(at) : "";
        return name.endsWith(suffix) ? name : name + suffix;
    }
}
