package dev.sverka.desk.alerts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a vendor still calls: of a feed whose news its webhook announces, polls should find little that no event told
 * of. Not safe for use by many threads.
 */
final class HookWatch {

    /** Fewer events than these make no habit of being told. */
    private static final int HABIT = 20;
    /** Events get lost one by one; so many in a row do not. */
    private static final int UNTOLD = 5;
    /** A bank that renames the night's operations brings many at once, and tells of none: that is no silence yet. */
    private static final int TIMES = 3;
    private static final Duration AT_ONCE = Duration.ofMinutes(1);
    /** An event may be late. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private int told;
    private int untold;
    private int times;
    private @Nullable Instant since;
    /** When the latest of {@code times} was. */
    private @Nullable Instant found;
    private @Nullable Instant last;

    void told(Instant at, int count) {
        told = Math.min(HABIT, told + count);
        begin();
        last = at;
    }

    /** News came, whoever found it: what an event announced follows the event. */
    void found(Instant at, int count) {
        if (untold == 0) {
            since = at;
        }
        untold += count;
        if (found == null || !at.isBefore(found.plus(AT_ONCE))) {
            times++;
            found = at;
        }
    }

    /** What is known of before this program began counts as told. */
    void begin() {
        untold = 0;
        times = 0;
        since = null;
        found = null;
    }

    /** When the last event came; null where none ever did. */
    @Nullable Instant last() {
        return last;
    }

    int untold() {
        return untold;
    }

    boolean isDead(Instant now) {
        return told >= HABIT && untold >= UNTOLD && times >= TIMES && since != null && !since.plus(PATIENCE).isAfter(now);
    }
}
