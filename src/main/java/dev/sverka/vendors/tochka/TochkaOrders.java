package dev.sverka.vendors.tochka;

import dev.sverka.vendors.tochka.TochkaClient.Ordered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Orders statements, each once whatever happens in between (tochka.md section 6.1). */
final class TochkaOrders {

    /** How far apart the clocks may be where nothing better is known. */
    private static final Duration SKEW = Duration.ofMinutes(1);
    /** How many of the latest statements are looked through. */
    private static final int LATEST = 20;

    private final TochkaClient client;
    private final Clock clock;

    TochkaOrders(TochkaClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Brings an intended statement to the bank.
     *
     * @param mayBeThere whether an earlier try may have brought it there
     * @return the statement with its id; empty where the bank keeps it to itself, to be looked for later
     */
    Optional<TochkaJob> order(String accountId, TochkaJob intended, boolean mayBeThere) {
        Optional<TochkaJob> found = mayBeThere ? find(accountId, intended) : Optional.empty();
        if (found.isPresent()) {
            return found;
        }
        TochkaClient.Placed placed = client.order(accountId, intended.from(), intended.to());
        Optional<TochkaJob> told = placed.id().map(id -> intended.ordered(intended.since(), id));
        Instant created = placed.created();
        return told.isPresent() ? told : created == null ? find(accountId, intended)
                : find(accountId, intended, created);
    }

    /** The bank's clock may go otherwise than ours: what it said of its own last counts. */
    private Optional<TochkaJob> find(String accountId, TochkaJob intended) {
        return find(accountId, intended, intended.since().minus(client.behind()).minus(SKEW));
    }

    /** What it shows may be as old as the clocks are apart. @param earliest by the bank's clock */
    private Optional<TochkaJob> find(String accountId, TochkaJob intended, Instant earliest) {
        return client.ordered(LATEST).stream()
                .filter(one -> one.bankAccount().equals(TochkaClient.number(accountId)) && !one.id().isEmpty()
                        && one.from().startsWith(intended.from().toString())
                        && one.to().startsWith(intended.to().toString()) && !one.status().equals("Error"))
                .filter(one -> one.created() != null && !one.created().isBefore(earliest))
                .max(Comparator.comparing(Ordered::created))
                .map(one -> intended.ordered(intended.since().minus(SKEW), one.id()));
    }

    /** Whether the bank has taken so long that nothing is expected any more. */
    boolean isOverdue(TochkaJob job) {
        return clock.instant().isAfter(job.since().plus(Duration.ofHours(1)));
    }
}
