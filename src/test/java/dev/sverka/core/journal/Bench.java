package dev.sverka.core.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One replica's journal over a store, without Spring. */
final class Bench {

    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(30);

    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final Signals signals = new Signals();
    final Journal journal;
    final Claims claims;
    final Accounts accounts;
    final Intents intents;
    final Clock clock;

    Bench(DataSource dataSource, Clock clock) {
        this.clock = clock;
        jdbc = JdbcClient.create(dataSource);
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        transaction = new TransactionTemplate(manager);
        Store store = new Store(dataSource, jdbc, clock, manager);
        Entries entries = new Entries(store);
        JournalMeters meters = new JournalMeters(new SimpleMeterRegistry());
        accounts = new Accounts(store);
        intents = new Intents(store, meters);
        journal = new Journal(store, entries, signals);
        claims = new Claims(store, entries, accounts, LEASE, meters);
    }

    void empty() {
        List.of("entry_event", "entry", "entry_told", "lane", "account", "intent")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    long melting(String key, Object payload) {
        return journal.accept(event(key, payload, true, null, null));
    }

    long ordered(String key, Object payload) {
        return journal.accept(event(key, payload, false, null, null));
    }

    static Event event(String key, Object payload, boolean melts, @Nullable String dedupe, @Nullable Instant due) {
        return new Event("flow", "bitrix24.main", key,
                dedupe == null ? null : new Event.Told(dedupe, "1"), melts, payload,
                Map.of("SyncAccount", "tbank.main", "SyncEntity", "operation", "SyncId", key), due);
    }

    Work claimOne() {
        List<Work> work = claims.claim("flow", 1);
        if (work.isEmpty()) {
            throw new AssertionError("nothing to claim");
        }
        return work.get(0);
    }

    boolean done(Work work) {
        return claims.complete(work, new Outcome.Done());
    }
}
