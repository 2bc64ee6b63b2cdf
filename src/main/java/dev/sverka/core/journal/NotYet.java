package dev.sverka.core.journal;

import java.time.Duration;

/** Something that a step needs is still to come: the entry waits and is tried again, and no attempt is counted. */
public final class NotYet extends RuntimeException {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final Duration after;

    public NotYet(String message) {
        this(message, SOON);
    }

    /** @param after when to try again, where the step knows better than the policy */
    public NotYet(String message, Duration after) {
        super(message);
        this.after = after;
    }

    public Duration after() {
        return after;
    }
}
