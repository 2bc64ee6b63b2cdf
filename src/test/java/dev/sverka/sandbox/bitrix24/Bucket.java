package dev.sverka.sandbox.bitrix24;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The leaky bucket of HTTP requests (bitrix24.md section 3.1), one for each source address: a request adds one, a
 * batch is one, above the threshold it is refused; a refused one counts too.
 */
final class Bucket {

    /** What a plan allows. */
    enum Plan {
        STANDARD(50, 2), ENTERPRISE(250, 5);

        final int threshold;
        final int perSecond;

        Plan(int threshold, int perSecond) {
            this.threshold = threshold;
            this.perSecond = perSecond;
        }
    }

    private record Level(double level, Instant at) {
    }

    private final Clock clock;
    private final Map<String, Level> levels = new HashMap<>();
    private Plan plan = Plan.STANDARD;

    Bucket(Clock clock) {
        this.clock = clock;
    }

    synchronized void plan(Plan now) {
        plan = now;
    }

    /** Takes a request in. @return whether it is refused */
    synchronized boolean isFull(String address) {
        Instant now = clock.instant();
        Level before = levels.getOrDefault(address, new Level(0, now));
        double drained = Math.max(0, Duration.between(before.at(), now).toNanos()) / 1e9 * plan.perSecond;
        Level after = new Level(Math.max(0, before.level() - drained) + 1, now);
        levels.put(address, after);
        return after.level() > plan.threshold;
    }
}
