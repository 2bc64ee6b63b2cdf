package dev.sverka.core.connector;

import dev.sverka.core.state.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A vendor room as its routes see it: which accounts are on, and which {@code entity/verb} pairs exist. */
public interface Connector {

    /** The scheme in routes, such as {@code bitrix24}; the first part of the accounts' names. */
    String scheme();

    /** Every configured account by its short name ({@code main}), with true where url and credential are there. */
    Map<String, Boolean> accounts();

    /** The entities that routes may name now. */
    Set<String> entities();

    /** What an entity can be asked to do, by verb. Empty for an unknown entity. */
    Map<String, Operation> operations(String entity);

    /** The feed behind {@code entity/changed}, where there is one. */
    Optional<Feed> feed(String entity);

    /** Whether the vendor's webhook tells about the entity ({@code entity/pushed}). */
    boolean pushes(String entity);

    /**
     * How long the vendor may go on executing a write after its caller has gone: until then a write whose answer was lost
     * is neither looked for nor sent again.
     */
    default Duration longestExecution(String account) {
        return Duration.ZERO;
    }

    /**
     * Requests a second that the polls of an account's feeds may take together: about half of what the vendor takes, so
     * that the other half is left for the work they tell. Infinite where nothing is limited.
     */
    default double pollsPerSecond(String account) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Asks the vendor whether an account's configuration, credential and rights hold.
     *
     * @return findings, each with its cure
     * @throws RuntimeException with words for a person where the account cannot be reached or let in
     */
    List<Problem> check(String account);
}
