package dev.sverka.flows.calendar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one feed, or one address, may ask: far more than any calendar program does, far less than harm needs.
 *
 * @param <K> who asks
 */
final class FeedPace<K> {

    /** Requests for one feed at once, and in each minute. */
    static final int A_MINUTE = 240;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST = 10_000;

    private final Clock clock;
    private final long eachMillis;
    /** When the requests let in so far have flowed off, by who asks. */
    private final Map<K, Instant> emptyAt = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
            return size() > MOST;
        }
    };

    FeedPace(Clock clock, int aMinute) {
        this.clock = clock;
        this.eachMillis = MINUTE_MILLIS / aMinute;
    }

    /** @return zero, or how long to wait */
    synchronized Duration take(K who) {
        Instant now = clock.instant();
        Instant next = next(who, now);
        Duration over = over(next, now);
        if (over.isZero()) {
            emptyAt.put(who, next);
        }
        return over;
    }

    /** What {@link #take} would say; nothing is let in. */
    synchronized Duration pause(K who) {
        Instant now = clock.instant();
        return over(next(who, now), now);
    }

    private Instant next(K who, Instant now) {
        Instant empty = emptyAt.getOrDefault(who, now);
        return (empty.isBefore(now) ? now : empty).plusMillis(eachMillis);
    }

    private static Duration over(Instant next, Instant now) {
        Duration over = Duration.between(now.plusMillis(MINUTE_MILLIS), next);
        return over.toMillis() > 0 ? over : Duration.ZERO;
    }
}
