package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** News by the hour, on both databases: a start never reads the journal again, and no look reads more than a step of it. */
class NewsTallyTest {

    private static final int STEP = 2_000;
    private static final String MANY = """
            insert into entry (flow, account, order_key, subject, payload, headers, state, due_at, accepted_at)
            select case when mod(n, 4) = 0 then 'pushed' else 'work' end, 'a.main', 'k' || n, 'a.main/thing', '{}', '{}',
                'done', 0, %d - 60000 * cast(5000 - n as bigint) from %s as n(n)""";

    @TempDir
    private Path folder;

    @Test
    void onH2() {
        try (HikariDataSource store = Databases.h2(folder)) {
            looks(store, "system_range(1, 5000)");
            String plan = JdbcClient.create(store).sql("explain " + NewsTally.ENTRIES).params("pushed", 1L, 2L)
                    .query(String.class).single();
            assertThat(plan).contains("PRIMARY_KEY").doesNotContain("tableScan");
        }
    }

    @Test
    void onPostgreSql() {
        try (HikariDataSource store = Databases.postgres()) {
            looks(store, "generate_series(1, 5000)");
            JdbcClient jdbc = JdbcClient.create(store);
            jdbc.sql(MANY.formatted(Bench.START.toEpochMilli(), "generate_series(1, 20000)")).update();
            jdbc.sql("analyze entry").update();
            assertThat(String.join("\n", jdbc.sql("explain " + NewsTally.ENTRIES).params("pushed", 7_000L, 7_100L)
                    .query(String.class).list())).contains("entry_pkey").doesNotContain("Seq Scan");
        }
    }

    private static NewsTally tally(HikariDataSource store) {
        return new NewsTally(new Store(store, JdbcClient.create(store), Clock.fixed(Bench.START, ZoneOffset.UTC),
                new JdbcTransactionManager(store)), STEP);
    }

    private static int count(List<NewsTally.Heard> news, boolean pushed) {
        return news.stream().filter(one -> one.pushed() == pushed).mapToInt(NewsTally.Heard::count).sum();
    }

    private static void looks(HikariDataSource store, String numbers) {
        JdbcClient jdbc = JdbcClient.create(store);
        jdbc.sql(MANY.formatted(Bench.START.toEpochMilli(), numbers)).update();
        NewsTally first = tally(store);
        NewsTally.Look look = first.after(0, "pushed");
        assertThat(look.upTo()).as("a step of a store of before, and no more").isEqualTo(STEP);
        assertThat(look.all()).isFalse();
        assertThat(count(look.news(), false)).isEqualTo(1_500);
        look = first.after(look.upTo(), "pushed");
        look = first.after(look.upTo(), "pushed");
        assertThat(look.all()).isTrue();
        assertThat(count(look.news(), true)).isEqualTo(250);
        assertThat(first.after(look.upTo(), "pushed").news()).isEmpty();
        jdbc.sql("delete from entry where id < 4900").update();
        NewsTally.Look again = tally(store).after(0, "pushed");
        assertThat(count(again.news(), true)).as("another start has it by the hour, with no entry left").isEqualTo(1250);
        assertThat(count(again.news(), false)).isEqualTo(3_750);
        assertThat(again.all()).isTrue();
        assertThat(again.news()).as("some hours, not entries").hasSizeLessThan(2 * 5_000 / 60 + 10);
    }
}
