package dev.sverka.vendors.diadoc;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one box has been read.
 *
 * @param from where the present line of pages began: the filter that its cursor belongs to
 * @param key the cursor, index key of the last event handled; null at the beginning of a line
 * @param at time of the latest event handled
 * @param low from where on events have yet to be read again by their time; null for nowhere
 * @param reread when that was done last
 * @param swept when the documents were gone through last
 * @param conflict since when the line is answered with 409; null while it is not
 * @param stopped until when the box is left alone; null where it is read
 */
record DiadocProgress(Instant from, @Nullable String key, Instant at, @Nullable Instant low, @Nullable Instant reread,
        @Nullable Instant swept, @Nullable Instant conflict, @Nullable Instant stopped) {

    /** An event written late has an older time than those before it (diadoc.md sections 11 and 13). */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    /** How far back a line begins anew that was lost. */
    private static final Duration BACK = Duration.ofHours(24);
    private static final String NONE = "-";

    /** The line begins before the documents are gone through for the first time, so that nothing falls between. */
    static DiadocProgress first(Instant now) {
        return new DiadocProgress(now, null, now, null, now, null, null, null);
    }

    boolean isFirst() {
        return swept == null;
    }

    /** From what {@link #toString} wrote. */
    static DiadocProgress parse(String text) {
        String[] parts = text.split("\\|", -1);
        return new DiadocProgress(Instant.parse(parts[0]), parts[1].equals(NONE) ? null : parts[1],
                Instant.parse(parts[2]), instant(parts[3]), instant(parts[4]), instant(parts[5]), instant(parts[6]),
                instant(parts[7]));
    }

    private static @Nullable Instant instant(String text) {
        return text.equals(NONE) ? null : Instant.parse(text);
    }

    /** Events were handled, from {@code first} to {@code last} by their times. */
    DiadocProgress read(String cursor, Instant first, Instant last) {
        return new DiadocProgress(from, cursor, last.isAfter(at) ? last : at, low == null || first.isBefore(low)
                ? first : low, reread, swept, null, null);
    }

    /** The cursor is good for nothing: a day of events is read anew by time, then a new one is followed. */
    DiadocProgress lineLost() {
        return new DiadocProgress(at.minus(BACK), null, at, low, reread, swept, null, stopped);
    }

    /** The line cannot be followed: a new one begins now, and the documents are due to be gone through. */
    DiadocProgress goneRound(Instant now) {
        return new DiadocProgress(now, null, now, null, now, Instant.EPOCH, null, stopped);
    }

    DiadocProgress inConflict(Instant since) {
        return new DiadocProgress(from, key, at, low, reread, swept, since, stopped);
    }

    /** Nothing new was told. */
    DiadocProgress idle() {
        return new DiadocProgress(from, key, at, low, reread, swept, null, null);
    }

    DiadocProgress stoppedUntil(Instant until) {
        return new DiadocProgress(from, key, at, low, reread, swept, conflict, until);
    }

    /** Where reading again begins. */
    Instant again(Instant now) {
        Instant earliest = reread == null ? now : reread;
        return (low != null && low.isBefore(earliest) ? low : earliest).minus(OVERLAP);
    }

    /** Events have been read again up to this time. */
    DiadocProgress readAgain(Instant upTo) {
        return new DiadocProgress(from, key, at, upTo, reread, swept, conflict, null);
    }

    DiadocProgress rereadDone(Instant now) {
        return new DiadocProgress(from, key, at, null, now, swept, conflict, null);
    }

    DiadocProgress sweepDone(Instant now) {
        return new DiadocProgress(from, key, at, low, reread, now, conflict, null);
    }

    @Override
    public String toString() {
        return String.join("|", text(from), text(key), text(at), text(low), text(reread), text(swept),
                text(conflict), text(stopped));
    }

    private static String text(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }
}
