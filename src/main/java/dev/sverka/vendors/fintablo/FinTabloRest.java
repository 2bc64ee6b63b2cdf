package dev.sverka.vendors.fintablo;

import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** After a 429 every thread rests, not only the one that was refused (fintablo.md section 4). */
final class FinTabloRest {

    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration FURTHER = Duration.ofSeconds(60);
    private static final long JITTER_MILLIS = 5_000;

    private final String account;
    private final Clock clock;
    private Instant until = Instant.MIN;
    private boolean refused;

    FinTabloRest(String account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** @throws VendorException.Transient while nobody may call */
    synchronized void pass() {
        if (clock.instant().isBefore(until)) {
            throw new VendorException.Transient(account, 429, "", account + " rests until " + until
                    + ": FinTablo had too many requests, perhaps from other programs too", until, null);
        }
    }

    /**
     * Requests that were on their way together are refused together: only one refused after a rest is a further one.
     *
     * @param asked what {@code Retry-After} says
     * @return when it goes on
     */
    synchronized Instant begin(@Nullable Instant asked) {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            Instant own = now.plus(refused ? FURTHER : FIRST)
                    .plusMillis(ThreadLocalRandom.current().nextLong(JITTER_MILLIS));
            until = asked == null ? own : asked;
            refused = true;
        }
        return until;
    }

    /** A call went through. */
    synchronized void end() {
        refused &= clock.instant().isBefore(until);
    }
}
