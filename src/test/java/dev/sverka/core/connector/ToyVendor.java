package dev.sverka.core.connector;

import dev.sverka.core.journal.JournalStage;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Stores;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A vendor of one account and two entities with one feed, whose polls may take 20 requests a second together. */
record ToyVendor(Feed feed) implements Connector {

    @Override
    public String scheme() {
        return "vendor";
    }

    @Override
    public Map<String, Boolean> accounts() {
        return Map.of("main", true);
    }

    @Override
    public Set<String> entities() {
        return Set.of("one", "other");
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return Map.of();
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return Optional.of(feed);
    }

    @Override
    public boolean pushes(String entity) {
        return false;
    }

    @Override
    public double pollsPerSecond(String account) {
        return 20;
    }

    @Override
    public List<Problem> check(String account) {
        return List.of();
    }

    /** What its consumers share, over a store. */
    static ConnectorParts parts(Stores stores, JournalStage journal, Polls polls) {
        return new ConnectorParts(journal.accounts(), null, stores.cursors(Clock.systemUTC()),
                stores.leases(Clock.systemUTC()), journal.journal(), null,
                new TransactionTemplate(new JdbcTransactionManager(stores.dataSource())), Clock.systemUTC(),
                new Rehearsal(false), polls, new Overturned(stores.links(), Clock.systemUTC(), 3));
    }
}
