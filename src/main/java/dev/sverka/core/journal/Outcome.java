package dev.sverka.core.journal;

import java.time.Instant;

/** What becomes of an entry after it was worked on. */
public sealed interface Outcome {

    /** Finished. */
    record Done() implements Outcome {
    }

    /**
     * To be worked on again.
     *
     * @param due not before
     * @param counted whether it was an attempt of its own (growing pauses follow the count)
     * @param cause {@code transient}, {@code not-yet}, {@code unclear}, {@code auth-lost}
     */
    record Later(Instant due, boolean counted, String cause, String message) implements Outcome {
    }

    /**
     * The whole account waits; the entry with it, uncounted.
     *
     * @param account which
     * @param state {@code throttled} (the vendor said until when) or {@code paused} (a person has to act)
     * @param until when to try again
     */
    record Pause(String account, String state, Instant until, String cause, String message) implements Outcome {
    }

    /** Needs a person. @param cause {@code refused} or {@code error} */
    record Dead(String cause, String message) implements Outcome {
    }
}
