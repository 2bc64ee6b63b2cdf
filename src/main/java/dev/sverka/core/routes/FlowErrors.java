package dev.sverka.core.routes;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.journal.Outcome;
import dev.sverka.core.journal.Verdicts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionException;

/** The one error policy of all flows: a failure's verdict decides what becomes of the entry. */
final class FlowErrors implements Verdicts {

    private static final Logger LOG = LoggerFactory.getLogger(FlowErrors.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Clock clock;

    FlowErrors(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Outcome of(Throwable failure, int attempts) {
        Instant now = clock.instant();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VendorException verdict) {
                return of(verdict, attempts, now);
            }
            if (cause instanceof NotYet notYet) {
                return new Outcome.Later(now.plus(notYet.after()), false, "not-yet",
                        String.valueOf(notYet.getMessage()));
            }
            if (isStoreTrouble(cause)) {
                tell(cause);
                return new Outcome.Later(now.plus(pause(attempts)), true, "transient", "the store: " + root(failure));
            }
        }
        LOG.error("work failed, a person has to look", failure);
        return new Outcome.Dead("error", root(failure));
    }

    private static void tell(Throwable trouble) {
        if (trouble instanceof DuplicateKeyException) {
            LOG.info("two pieces of work made the same row of the store at once, this one is done again");
        } else {
            LOG.warn("the store did not take the work, it is tried again: {}", trouble.toString());
        }
    }

    /** A lost race, a lock that was not had, a database that is away: all but our own faults in SQL and data. */
    private static boolean isStoreTrouble(Throwable cause) {
        return cause instanceof TransactionException || cause instanceof DataAccessException
                && (cause instanceof DuplicateKeyException || !(cause instanceof DataIntegrityViolationException))
                && !(cause instanceof InvalidDataAccessResourceUsageException)
                && !(cause instanceof InvalidDataAccessApiUsageException);
    }

    private static Outcome of(VendorException verdict, int attempts, Instant now) {
        String message = String.valueOf(verdict.getMessage());
        if (verdict instanceof VendorException.Transient outage) {
            return outage.until() != null
                    ? new Outcome.Pause(verdict.account(), "throttled", outage.until(), "transient", message)
                    : new Outcome.Later(now.plus(pause(attempts)), true, "transient", message);
        }
        if (verdict instanceof VendorException.NotYet notYet) {
            Duration after = notYet.after();
            return new Outcome.Later(now.plus(after != null ? after : pause(Math.min(attempts, 4))), false, "not-yet",
                    message);
        }
        if (verdict instanceof VendorException.Unclear) {
            return new Outcome.Later(now.plus(pause(attempts)), true, "unclear", message);
        }
        if (verdict instanceof VendorException.AuthLost) {
            return new Outcome.Pause(verdict.account(), "paused", now.plus(LONGEST), "auth-lost", message);
        }
        return new Outcome.Dead("refused", message);
    }

    /** 2 s, 4 s, 8 s … up to 10 minutes, a tenth more or less so that waiting work does not come back all at once. */
    private static Duration pause(int attempts) {
        long millis = Math.min(LONGEST.toMillis(), SOON.toMillis() << Math.min(attempts - 1, 20));
        return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
