package dev.sverka.core.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vendor's webhook at {@code /hooks/<scheme>[/…]}: proves that a call is genuine and says what it is about. */
public interface Hook {

    /** The first part of the path after {@code /hooks/}. */
    String scheme();

    /**
     * Proves a call and says what it tells, from the call and the store alone: no vendor is asked while it waits.
     *
     * @return what it tells; empty for a genuine call that means nothing to us
     * @throws Refused with the status to answer, for a call that is not genuine or not readable
     */
    List<Pushed> receive(Request request) throws Refused;

    /**
     * What news is about in the words of routes, where only the vendor knows; asked once it is durable.
     *
     * @return empty where it means nothing to us
     */
    default Optional<Pushed> resolve(Pushed told) {
        return Optional.of(told);
    }

    /**
     * The call as it came.
     *
     * @param path what follows {@code /hooks/<scheme>/}, empty for nothing
     * @param headers by lower-case name
     * @param body at most 256 KiB
     */
    record Request(String path, Map<String, String> headers, byte[] body) {
    }

    /** News told by a webhook: a hint, the truth is read from the vendor. @param account short name */
    record Pushed(String account, String entity, String id, Object body) {
    }

    /** The call is turned away. */
    final class Refused extends Exception {
        private final int status;

        /** @param status 401 not genuine, 400 not readable */
        public Refused(int status, String reason) {
            super(reason);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
