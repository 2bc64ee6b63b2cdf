package dev.sverka.flows.payments;

import dev.sverka.core.state.Locks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes the words of what is new into the index, beside the work that brings it: nobody waits for it. A store of an older
 * version is taken from its beginning, a part at a time. One replica at a time.
 */
final class WordFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WordFollower.class);
    private static final int AT_ONCE = 4096;
    /** No transaction takes longer: older versions have all been committed. */
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final WordIndex index;
    private final Transactions transactions;
    private final Locks locks;
    private final Clock clock;
    private volatile @Nullable Thread following;
    private volatile boolean running;

    WordFollower(JdbcClient jdbc, WordIndex index, Transactions transactions, Locks locks, Clock clock) {
        this.jdbc = jdbc;
        this.index = index;
        this.transactions = transactions;
        this.locks = locks;
        this.clock = clock;
    }

    /** Takes a part. @return whether there was anything to take */
    boolean step() {
        boolean any = isAnyOperation() && transactions.run(() -> alone(this::operations));
        any |= isAny("payment") && transactions.run(() -> alone(() -> texts("p", "payment", "title", "number")));
        any |= isAny("company") && transactions.run(() -> alone(() -> texts("c", "company", "title", "null")));
        return any;
    }

    private boolean alone(BooleanSupplier some) {
        locks.hold(List.of("search words"));
        return some.getAsBoolean();
    }

    private boolean isAnyOperation() {
        return jdbc.sql("select told_at from operation_version where id > ? order by id limit 1")
                .param(WordSearch.reached(jdbc)).query(Long.class).optional().filter(at -> at < settled()).isPresent();
    }

    private boolean isAny(String table) {
        return jdbc.sql("select id from " + table + " where worded = false limit 1").query(Long.class).optional()
                .isPresent();
    }

    private long settled() {
        return clock.millis() - SETTLED.toMillis();
    }

    private record Told(long version, long operation, long at, Set<String> words) {
    }

    private boolean operations() {
        long reached = WordSearch.reached(jdbc);
        Map<Long, Set<String>> words = new HashMap<>();
        long next = reached;
        for (Told told : jdbc.sql("""
                select v.id, v.operation_id, v.told_at, o.purpose, o.party_name from operation_version v
                left join bank_operation o on o.id = v.operation_id where v.id > ? order by v.id limit ?""")
                .params(reached, AT_ONCE).query((row, number) -> new Told(row.getLong(1), row.getLong(2), row.getLong(3),
                        Words.of(row.getString(4), row.getString(5)))).list()) {
            if (told.at() >= settled()) {
                break;
            }
            next = told.version();
            words.merge(told.operation(), told.words(), WordFollower::both);
        }
        index.add("o", words);
        if (next > reached && jdbc.sql("update search_cursor set version_id = ? where kind = 'o'").param(next).update()
                == 0) {
            jdbc.sql("insert into search_cursor (kind, version_id) values ('o', ?)").param(next).update();
        }
        return next > reached;
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** One that has been read anew meanwhile, with another text, comes again. */
    private boolean texts(String kind, String table, String one, String other) {
        Map<Long, Set<String>> words = new HashMap<>();
        List<Object[]> taken = new ArrayList<>();
        jdbc.sql("select id, " + one + ", " + other + " from " + table + " where worded = false order by id limit ?")
                .param(AT_ONCE / 4).query(row -> {
                    words.put(row.getLong(1), Words.of(row.getString(2), row.getString(3)));
                    taken.add(new Object[] {row.getLong(1), row.getString(2), row.getString(3)});
                });
        index.add(kind, words);
        String is = " where id = ? and coalesce(cast(" + one + " as varchar(300)), '') = ?"
                + " and coalesce(cast(" + other + " as varchar(300)), '') = ?";
        taken.forEach(row -> jdbc.sql("update " + table + " set worded = true" + is)
                .params(row[0], row[1] == null ? "" : row[1], row[2] == null ? "" : row[2]).update());
        return !taken.isEmpty();
    }

    @Override
    public void start() {
        running = true;
        Thread thread = new Thread(this::follow, "search words");
        thread.setDaemon(true);
        following = thread;
        thread.start();
    }

    private void follow() {
        while (running) {
            Duration rest = REST;
            try {
                if (step()) {
                    continue;
                }
            } catch (RuntimeException failure) {
                rest = AFTER_FAILURE;
                LOG.warn("words for the search could not be taken, tried again in {} s: {}", rest.toSeconds(),
                        failure.toString());
            }
            pause(rest);
        }
    }

    private synchronized void pause(Duration rest) {
        try {
            if (running) {
                wait(rest.toMillis());
            }
        } catch (InterruptedException ended) {
            running = false;
        }
    }

    /** Ends after the part at hand: H2 closes its file under an interrupted thread. */
    @Override
    public void stop() {
        Thread thread = following;
        synchronized (this) {
            running = false;
            notifyAll();
        }
        try {
            if (thread != null) {
                thread.join(SETTLED.toMillis());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
