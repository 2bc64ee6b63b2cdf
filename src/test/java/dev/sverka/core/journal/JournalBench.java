package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.bench.Figures;
import dev.sverka.core.state.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/** Entries closed a second by 4 workers whose work does nothing, and what a day leaves of an H2 file. */
public final class JournalBench {

    private static final int WORKERS = 4;
    private static final int SECONDS = 8;
    private static final int DAY = 200_000;

    private JournalBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        Path folder = Files.createTempDirectory("sverka-bench");
        try (HikariDataSource h2 = Databases.h2(folder)) {
            speed(figures, "H2", h2, scale);
        }
        try (HikariDataSource postgres = Databases.postgres()) {
            speed(figures, "PostgreSQL", postgres, scale);
        }
        file(figures, Files.createTempDirectory("sverka-bench"), (int) (DAY * scale));
    }

    private static void speed(Figures figures, String name, HikariDataSource store, double scale) throws Exception {
        int waiting = (int) (100_000 * scale);
        load(store, waiting, 1);
        double bare = bare(store);
        load(store, waiting, 1);
        double closed = closed(store, waiting);
        figures.atLeast(name + ": entries closed a second, " + waiting + " waiting", closed, bare, 3);
        load(store, 10 * waiting, 1);
        figures.atLeast(name + ": with " + 10 * waiting + " waiting", closed(store, 10 * waiting), closed, 0.6);
        load(store, waiting, 0.9);
        figures.atLeast(name + ": a tenth of them on hot keys", closed(store, waiting), closed, 0.8);
    }

    /** @param distinct this share has a key of its own, the rest shares ten */
    private static void load(HikariDataSource store, int count, double distinct) {
        Bench bench = new Bench(store, Clock.systemUTC());
        bench.empty();
        bench.jdbc.sql("insert into lane values ('flow', 'a')").update();
        JdbcTemplate jdbc = new JdbcTemplate(store);
        boolean[] head = new boolean[10];
        for (int from = 0; from < count; from += 10_000) {
            List<Object[]> rows = new ArrayList<>();
            for (int n = from; n < Math.min(count, from + 10_000); n++) {
                int hot = n % 100 < 100 * distinct ? -1 : n % 10;
                boolean first = hot < 0 || !head[hot];
                if (hot >= 0) {
                    head[hot] = true;
                }
                String key = hot < 0 ? "k" + n : "hot" + hot;
                rows.add(new Object[] {key, first ? "flow/" + key : null, first ? (Long) 1L : null});
            }
            jdbc.batchUpdate("""
                    insert into entry (flow, account, order_key, subject, payload, headers, state, head_key, claim_at,
                        due_at, accepted_at)
                    values ('flow', 'a', ?, 's', '{"id": 1, "title": "Оплата по счёту"}', '{"SyncId": "1"}', 'queued',
                        ?, ?, 1, 1)""", rows);
        }
        jdbc.execute("analyze" + (store.getJdbcUrl().startsWith("jdbc:h2") ? "" : " entry"));
    }

    /** One claim and one completing transaction an entry. */
    private static double bare(HikariDataSource store) throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(store);
        Bench bench = new Bench(store, Clock.systemUTC());
        String index = store.getJdbcUrl().startsWith("jdbc:h2") ? "use index (entry_claim)" : "";
        String order = index.isEmpty() ? "order by claim_at, id" : "";
        AtomicInteger closed = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        CountDownLatch ended = new CountDownLatch(WORKERS);
        for (int n = 0; n < WORKERS; n++) {
            new Thread(() -> {
                boolean found = true;
                while (found && System.nanoTime() < end) {
                    Long id = bench.transaction.execute(status -> claim(jdbc, index, order));
                    found = id != null;
                    if (found) {
                        bench.transaction.executeWithoutResult(status -> jdbc.update("update entry set state = 'done',"
                                + " claim_at = null, head_key = null where id = ? and state = 'working'", id));
                        closed.incrementAndGet();
                    }
                }
                ended.countDown();
            }).start();
        }
        long began = System.nanoTime();
        ended.await();
        return closed.get() / ((System.nanoTime() - began) / 1e9);
    }

    private static Long claim(JdbcTemplate jdbc, String index, String order) {
        List<Long> ids = jdbc.query("select id, payload from entry " + index + " where flow = 'flow' and account = 'a'"
                + " and claim_at between 1 and ? " + order + " limit 1 for update skip locked",
                (row, n) -> row.getLong(1), 2);
        ids.forEach(id -> jdbc.update("update entry set state = 'working', claim_at = ? where id = ?",
                Long.MAX_VALUE, id));
        return ids.isEmpty() ? null : ids.get(0);
    }

    private static double closed(HikariDataSource store, int waiting) throws Exception {
        Bench bench = new Bench(store, Clock.systemUTC());
        CountDownLatch open = new CountDownLatch(waiting);
        Workers workers = new Workers("flow", WORKERS, bench.claims, bench.signals, work -> {
            open.countDown();
            return new Outcome.Done();
        });
        long began = System.nanoTime();
        workers.start();
        open.await(SECONDS, TimeUnit.SECONDS);
        double perSecond = (waiting - open.getCount()) / ((System.nanoTime() - began) / 1e9);
        workers.halt();
        workers.finish(60_000);
        return perSecond;
    }

    /** The file after a day and its stop, against the text of a dump of what is in it. */
    private static void file(Figures figures, Path folder, int entries) throws Exception {
        try (HikariDataSource store = Databases.h2(folder)) {
            Bench bench = new Bench(store, Clock.systemUTC());
            Workers workers = new Workers("flow", WORKERS, bench.claims, bench.signals, work -> new Outcome.Done());
            workers.start();
            Thread[] acceptors = new Thread[8];
            for (int n = 0; n < acceptors.length; n++) {
                int mine = n;
                acceptors[n] = new Thread(() -> {
                    for (int i = mine; i < entries; i += acceptors.length) {
                        bench.melting("k" + i, "Оплата по счёту " + i);
                    }
                });
                acceptors[n].start();
            }
            for (Thread each : acceptors) {
                each.join();
            }
            Awaitility.await().forever().until(() ->
                    bench.journal.counts().queued() + bench.journal.counts().working() == 0);
            workers.halt();
            workers.finish(60_000);
            bench.jdbc.sql("script nosettings to '" + folder.resolve("dump.sql") + "'").query().listOfRows();
        }
        figures.atMost("H2: MB of the file after a day of " + entries + " entries and a stop, against its dump",
                Files.size(folder.resolve("sverka.mv.db")) / 1e6, Files.size(folder.resolve("dump.sql")) / 1e6, 3);
    }
}
