package dev.sverka.core.journal;

/** A step cannot decide yet because something else must be known first: the entry waits, and no attempt counts. */
public final class NotYet extends RuntimeException {

    public NotYet(String message) {
        super(message);
    }
}
