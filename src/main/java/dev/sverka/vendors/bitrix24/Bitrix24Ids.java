package dev.sverka.vendors.bitrix24;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ids as a short text: ranges, each told by its distance from the one before, in digits and letters. */
final class Bitrix24Ids {

    private static final int RADIX = 36;

    private Bitrix24Ids() {
    }

    /** {@code 5-2,a} for 5, 6, 7 and 17. */
    static String write(Collection<Long> ids) {
        StringBuilder text = new StringBuilder();
        long before = 0;
        long first = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        for (long id : new TreeSet<>(ids)) {
            if (last != Long.MIN_VALUE && id == last + 1) {
                last = id;
                continue;
            }
            if (last != Long.MIN_VALUE) {
                range(text, first - before, last - first);
                before = last;
            }
            first = id;
            last = id;
        }
        if (last != Long.MIN_VALUE) {
            range(text, first - before, last - first);
        }
        return text.toString();
    }

    private static void range(StringBuilder text, long gap, long more) {
        text.append(text.isEmpty() ? "" : ",").append(Long.toString(gap, RADIX));
        if (more > 0) {
            text.append('-').append(Long.toString(more, RADIX));
        }
    }

    static SortedSet<Long> read(String text) {
        SortedSet<Long> ids = new TreeSet<>();
        long last = 0;
        for (String range : text.isEmpty() ? new String[0] : text.split(",")) {
            int dash = range.indexOf('-');
            long first = last + Long.parseLong(dash < 0 ? range : range.substring(0, dash), RADIX);
            last = dash < 0 ? first : first + Long.parseLong(range.substring(dash + 1), RADIX);
            for (long id = first; id <= last; id++) {
                ids.add(id);
            }
        }
        return ids;
    }
}
