package dev.sverka.core.portal;

import java.util.Locale;

/**
 * One line of what {@code provision} says.
 *
 * @param what the declared thing, such as {@code payment.in.stage.paid}; of foreign ones the entity they stand at
 * @param text what is the matter with it, and the cure where there is one
 */
public record Difference(Kind kind, String what, String text) {

    /** What kind of line it is. */
    public enum Kind {
        /** Is not there and is made. */
        CREATE,
        /** Is there and gains what it lacks. */
        CHANGE,
        /** Was there before and serves from now on. */
        ADOPT,
        /** Was renamed, retyped or deleted; mended by people where making it anew might double it. */
        DRIFT,
        /** People's own; stays as it is. */
        FOREIGN
    }

    /** Whether portal and declaration are out of step. */
    public boolean counts() {
        return kind != Kind.ADOPT && kind != Kind.FOREIGN;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ": " + what + " " + text;
    }
}
