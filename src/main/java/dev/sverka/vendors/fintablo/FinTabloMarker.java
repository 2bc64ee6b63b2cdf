package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Operation.Request;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The word at the end of a text by which what we created is found again (fintablo.md section 11). It is compared as a
 * whole word: {@code …:main:1} also begins {@code …:main:12}.
 */
final class FinTabloMarker {

    private static final Logger LOG = LoggerFactory.getLogger(FinTabloMarker.class);
    private static final int LONGEST = 40;
    /** How long texts may be is not documented; one cut by FinTablo would lose the marker (section 15, row 14). */
    static final int LONGEST_TEXT = 250;
    private static final String OURS = "sverka:";

    private FinTabloMarker() {
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

    /** The text with the marker at its end. */
    static String append(@Nullable Object text, String marker) {
        if (text == null || text.toString().isBlank()) {
            return marker;
        }
        return stands(text, marker) ? text.toString()
                : cut(text.toString().strip(), LONGEST_TEXT - 1 - marker.length()) + " " + marker;
    }

    /** A new text, with the markers that stood in the one before. */
    static String keep(@Nullable Object text, @Nullable Object before) {
        String kept = text == null ? "" : text.toString();
        for (String word : words(before)) {
            kept = word.startsWith(OURS) ? append(kept, word) : kept;
        }
        return kept;
    }

    /** Our marker in a text; null where there is none. */
    static @Nullable String in(@Nullable Object text) {
        return words(text).stream().filter(word -> word.startsWith(OURS)).findFirst().orElse(null);
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        LOG.warn("A text of {} characters is cut at {}: «{}»", text.length(), longest, text);
        return text.substring(0, longest - 1).strip() + "…";
    }
}
