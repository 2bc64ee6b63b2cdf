package dev.sverka.desk.alerts;

import java.time.Duration;
import java.time.Instant;

/** When what is regular is late. Pure. */
final class Silence {

    private static final Duration LEAST = Duration.ofMinutes(15);
    /** T-Bank ends a token that has not been used for so long. */
    private static final Duration TOKEN_LIVES = Duration.ofDays(90);
    private static final Duration TOKEN_TOLD = Duration.ofDays(14);
    /** A schedule is tried again every minute. */
    private static final int FAILURES = 15;

    private Silence() {
    }

    /** @param every from one poll to the next; @param lastSuccess when the feed was read up to the present last */
    static boolean isStale(Duration every, Instant lastSuccess, Instant now) {
        Duration twice = every.multipliedBy(2);
        return lastSuccess.plus(twice.compareTo(LEAST) > 0 ? twice : LEAST).isBefore(now);
    }

    /** When a token that was used then ends, if nobody uses it. */
    static Instant tokenEnds(Instant lastUse) {
        return lastUse.plus(TOKEN_LIVES);
    }

    static boolean isTokenEnding(Instant lastUse, Instant now) {
        return !tokenEnds(lastUse).minus(TOKEN_TOLD).isAfter(now);
    }

    /** @param due when it was to run; @param failures how often in a row it failed */
    static boolean hasStopped(Instant due, int failures, Instant now) {
        return failures >= FAILURES || due.plus(LEAST).isBefore(now);
    }
}
