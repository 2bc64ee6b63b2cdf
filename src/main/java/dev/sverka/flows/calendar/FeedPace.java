package dev.sverka.flows.calendar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one feed may be asked for: far more than any calendar program does, far less than harm needs. */
final class FeedPace {

    /** Requests at once, and in each minute. */
    static final int A_MINUTE = 240;
    private static final long EACH_MILLIS = 60_000 / A_MINUTE;
    private static final int MOST = 10_000;

    private final Clock clock;
    /** When the requests let in so far have flowed off, by feed. */
    private final Map<Long, Instant> emptyAt = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instant> eldest) {
            return size() > MOST;
        }
    };

    FeedPace(Clock clock) {
        this.clock = clock;
    }

    /** @return zero, or how long to wait */
    synchronized Duration take(long feed) {
        Instant now = clock.instant();
        Instant empty = emptyAt.getOrDefault(feed, now);
        Instant next = (empty.isBefore(now) ? now : empty).plusMillis(EACH_MILLIS);
        Duration over = Duration.between(now.plusMillis(EACH_MILLIS * A_MINUTE), next);
        if (over.toMillis() > 0) {
            return over;
        }
        emptyAt.put(feed, next);
        return Duration.ZERO;
    }
}
