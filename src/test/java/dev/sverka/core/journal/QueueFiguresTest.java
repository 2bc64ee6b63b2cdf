package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What a scrape asks of the journal, on both databases: it counts what is open or dead, and never reads what is done. */
class QueueFiguresTest {

    @TempDir
    private Path folder;

    @Test
    void onH2() {
        try (HikariDataSource store = Databases.h2(folder)) {
            countsWhatIsOpen(store);
            String plan = JdbcClient.create(store).sql("explain " + QueueFigures.SQL).query(String.class).single();
            assertThat(plan).contains("ENTRY_STATE").doesNotContain("tableScan");
        }
    }

    @Test
    void onPostgreSql() {
        try (HikariDataSource store = Databases.postgres()) {
            countsWhatIsOpen(store);
            JdbcClient jdbc = JdbcClient.create(store);
            // ninety days of done work: what a plan is made for
            jdbc.sql("""
                    insert into entry (flow, account, order_key, subject, payload, headers, state, due_at, accepted_at)
                    select 'flow', 'a.main', 'k' || n, '', '{}', '{}', 'done', 0, 0 from generate_series(1, 20000) as n""")
                    .update();
            jdbc.sql("analyze entry").update();
            assertThat(String.join("\n", jdbc.sql("explain " + QueueFigures.SQL).query(String.class).list()))
                    .contains("entry_state").doesNotContain("Seq Scan");
        }
    }

    private static void countsWhatIsOpen(HikariDataSource dataSource) {
        Clock clock = Clock.fixed(Bench.START, ZoneOffset.UTC);
        Bench bench = new Bench(dataSource, clock);
        bench.empty();
        for (String key : new String[] {"one", "two", "two", "dies", "done"}) {
            bench.journal.accept(new Event("flow", "a.main", key, null, false, Map.of(), Map.of(), null));
        }
        bench.journal.accept(new Event("other", "a.main", "later", null, false, Map.of(), Map.of(),
                Bench.START.plus(Duration.ofHours(1))));
        for (Work work : bench.claims.claim("flow", 10)) {
            Outcome outcome = switch (work.key()) {
                case "done" -> new Outcome.Done();
                case "dies" -> new Outcome.Dead("refused", "no");
                default -> new Outcome.Later(Bench.START, false, "transient", "again");
            };
            if (!work.key().equals("one")) {
                bench.claims.complete(work, outcome);
            }
        }
        QueueFigures figures = new QueueFigures(new Store(dataSource, bench.jdbc, clock,
                new JdbcTransactionManager(dataSource)));
        assertThat(figures.all()).containsExactlyInAnyOrder(
                new QueueFigures.Figure("flow", "working", 1, Bench.START),
                new QueueFigures.Figure("flow", "waiting", 1, Bench.START),
                new QueueFigures.Figure("flow", "queued", 1, Bench.START),
                new QueueFigures.Figure("flow", "dead", 1, Bench.START),
                new QueueFigures.Figure("other", "waiting", 1, Bench.START));
        assertThat(figures.flows()).containsExactly("flow", "other");
    }
}
