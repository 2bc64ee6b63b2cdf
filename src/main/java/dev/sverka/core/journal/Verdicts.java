package dev.sverka.core.journal;

/** The error policy: what becomes of an entry whose work failed. One for all flows. */
public interface Verdicts {

    /**
     * @param failure what the route threw
     * @param attempts how many counted attempts there were, this one included
     */
    Outcome of(Throwable failure, int attempts);
}
