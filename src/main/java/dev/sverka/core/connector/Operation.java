package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing a vendor can be asked to do.
 *
 * @param verb as routes say it
 * @param description one sentence for the README's table
 */
public record Operation(String verb, String description, Step step) {

    /** What a route asks: of which account, of which entity, with which body. */
    public record Request(String account, String entity, @Nullable Object body) {

        /** The body as a map. @throws IllegalArgumentException where the route sent something else */
        @SuppressWarnings("unchecked")
        public Map<String, Object> map() {
            if (body instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
            throw new IllegalArgumentException(entity + ": the body must be a map with named values, not "
                    + (body == null ? "empty" : body.getClass().getSimpleName()));
        }

        /** The {@code id} of the body, or the body itself where it is an id. */
        public long id() {
            Object id = body instanceof Map<?, ?> map ? map.get("id") : body;
            if (id instanceof Number number) {
                return number.longValue();
            }
            if (id instanceof String text && text.matches("\\d{1,18}")) {
                return Long.parseLong(text);
            }
            throw new IllegalArgumentException(entity + ": no id in the body");
        }
    }

    /** How it is done. */
    public sealed interface Step permits Read, Write {
    }

    /** Asks only; may be repeated at will. The answer becomes the message's body. */
    public non-sealed interface Read extends Step {
        @Nullable Object read(Request request);
    }

    /** Changes something at the vendor; goes out as an intent. */
    public non-sealed interface Write extends Step {

        /**
         * Prepares the write by looking at what is there now.
         *
         * @return empty when the vendor already holds what is asked, so nothing is sent
         */
        Optional<Effect> prepare(Request request);
    }

    /**
     * A write about to be sent.
     *
     * @param item the item it changes, for the audit
     * @param marker how it can be found again at the vendor; null for a write of absolute values, which is settled by
     *     reading the item and preparing anew
     * @param content what is sent, free of secrets
     * @param find looks the marker up at the vendor
     * @param send sends it; a lost answer is {@code VendorException.Unclear}
     */
    public record Effect(String item, @Nullable String marker, Map<String, Object> content,
            Supplier<Optional<Map<String, Object>>> find, Supplier<Map<String, Object>> send) {
    }

    /**
     * Thrown by {@code find} or {@code send} of an effect with a marker where something was carried out, such as the item
     * made, and what belongs to it was not: the vendor's verdict holds, but it does not mean that nothing was done. The next
     * try looks first.
     */
    public static final class Partly extends RuntimeException {

        public Partly(VendorException verdict) {
            super(verdict.getMessage(), verdict);
        }

        VendorException verdict() {
            return (VendorException) getCause();
        }
    }

    /** What follows once something was carried out. @throws Partly with the vendor's verdict on it */
    public static <T> T afterwards(Supplier<T> rest) {
        try {
            return rest.get();
        } catch (VendorException verdict) {
            throw new Partly(verdict);
        }
    }
}
