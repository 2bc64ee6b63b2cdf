package dev.sverka.core.journal;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.bench.Figures;
import dev.sverka.core.state.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What the journal's page asks of the store, with 1,000,000 entries of which half are dead, beside 1,000. */
public final class JournalPagesBench {

    private static final int FEW = 1000;
    private static final int MANY = 1_000_000;
    private static final int ASKED = 200;
    private static final int FLOWS = 20;

    private JournalPagesBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        Path folder = Files.createTempDirectory("sverka-bench");
        try (HikariDataSource h2 = Databases.h2(folder)) {
            measure(figures, "H2", h2, "system_range(1, ?) as g(n)", (int) (MANY * scale));
        }
        try (HikariDataSource postgres = Databases.postgres()) {
            measure(figures, "PostgreSQL", postgres, "generate_series(1, ?) as g(n)", (int) (MANY * scale));
        }
    }

    private static void measure(Figures figures, String name, HikariDataSource store, String numbers, int many) {
        JdbcClient jdbc = JdbcClient.create(store);
        JournalPages pages = new JournalPages(new Store(store, jdbc, Clock.systemUTC(),
                new JdbcTransactionManager(store)));
        fill(jdbc, numbers, FEW);
        p95(pages); // warms up
        double few = p95(pages);
        fill(jdbc, numbers, many - FEW);
        jdbc.sql("analyze").update();
        figures.atMost(name + ": a page of the journal with " + many + " entries, p95 ms of 100", p95(pages), 100, 1);
        figures.atMost(name + ": the same beside " + FEW + " entries, " + pages.groups("dead").size()
                + " groups counted to " + JournalPages.COUNTED, p95(pages), few, 10);
    }

    private static void fill(JdbcClient jdbc, String numbers, int count) {
        jdbc.sql("""
                insert into entry (flow, account, order_key, subject, payload, headers, state, due_at, accepted_at,
                    ended_at, attempts, cause, message)
                select 'flow-' || mod(n, %d), 'bitrix24.main', 'key-' || n, 's', '{"id":1}', '{}',
                    case when mod(n, 2) = 0 then 'dead' else 'done' end, n, n, n, 1,
                    case when mod(n, 2) = 0 then case mod(n, 6) when 0 then 'refused' when 2 then 'error' else 'unclear' end
                        end, case when mod(n, 2) = 0 then 'the words of a vendor, as they came' end
                from %s""".formatted(FLOWS, numbers)).param(count).update();
    }

    /** What the page with a chosen group asks, from a different place each time; milliseconds. */
    private static double p95(JournalPages pages) {
        List<Long> micros = new ArrayList<>();
        for (int n = 0; n < ASKED; n++) {
            long start = System.nanoTime();
            if (pages.groups("dead").isEmpty()) {
                throw new IllegalStateException("nothing was filled in");
            }
            pages.page("dead", "flow-" + n % FLOWS, "refused", Long.MAX_VALUE - n, 51);
            micros.add((System.nanoTime() - start) / 1000);
        }
        Collections.sort(micros);
        return micros.get(ASKED * 95 / 100) / 1000.0;
    }
}
