package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoreFileTest {

    @TempDir
    Path folder;

    @Test
    void aCopyOfARunningStoreBringsBackWhatItHeldAndWhatCameAfterIsKeptAside() throws Exception {
        StoreFile store = new StoreFile(Databases.h2Url(folder), "", "");
        Path zip = folder.resolve("copy.zip");
        Path aside = folder.resolve("aside.mv.db");
        try (HikariDataSource running = Databases.h2(folder)) {
            insert(running, "before");
            new H2File(running).copyTo(zip);
            insert(running, "after");
        }

        store.replaceBy(zip, aside);

        assertThat(Files.exists(aside)).isTrue();
        try (HikariDataSource restored = Databases.h2(folder)) {
            assertThat(JdbcClient.create(restored).sql("select name from lease").query(String.class).list())
                    .containsExactly("before");
        }
    }

    @Test
    void aCopyOfPostgreSqlHoldsTheSameRowsAndNumbersOn() throws Exception {
        StoreFile copy = new StoreFile(Databases.h2Url(folder), "", "");
        OffsetDateTime at = OffsetDateTime.parse("2026-12-01T03:04:05.123456+05:00");
        try (HikariDataSource live = Databases.postgres()) {
            JdbcClient jdbc = JdbcClient.create(live);
            jdbc.sql("""
                    insert into entry (id, flow, account, order_key, subject, payload, headers, state, due_at, accepted_at)
                    select n, 'f', 'a', 'ключ ' || n, 's', '{}', '{}', 'done', n, n
                    from generate_series(1, 2500) n""").update();
            jdbc.sql("insert into entry_event (entry, at, kind, attempt) values (2500, 1, 'dead', 1)").update();
            jdbc.sql("""
                    insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version,
                    priority) values ('t', 'i', ?, ?, true, 3, 7)""").params(new byte[] {0, -1, 7}, at).update();
            jdbc.sql("insert into deal_act (act, deal_id, signed_on) values ('report 1', 2, date '2026-12-05')").update();

            new StoreFile(live.getJdbcUrl(), "", "").copyRowsTo(copy);
        }
        try (HikariDataSource copied = Databases.h2(folder)) {
            JdbcClient jdbc = JdbcClient.create(copied);
            assertThat(jdbc.sql("select count(distinct order_key) from entry").query(Long.class).single())
                    .isEqualTo(2500);
            assertThat(jdbc.sql("select entry from entry_event").query(Long.class).single()).isEqualTo(2500);
            assertThat(jdbc.sql("select execution_time from scheduled_tasks where picked and priority = 7")
                    .query((row, n) -> row.getObject(1, OffsetDateTime.class)).single().toInstant())
                    .isEqualTo(at.toInstant());
            assertThat(jdbc.sql("select task_data from scheduled_tasks").query((row, n) -> row.getBytes(1)).single())
                    .isEqualTo(new byte[] {0, -1, 7});
            assertThat(jdbc.sql("select signed_on from deal_act").query((row, n) -> row.getString(1)).single())
                    .isEqualTo("2026-12-05");
            jdbc.sql("insert into entry_event (entry, at, kind, attempt) values (1, 1, 'dead', 1)").update();
            assertThatThrownBy(() -> jdbc.sql("insert into entry_event (entry, at, kind, attempt)"
                    + " values (9999, 1, 'dead', 1)").update()).as("what refers to what").isInstanceOf(
                            DataIntegrityViolationException.class);
        }
    }

    @Test
    void aStoreOfANewerProgramIsNotCopiedAndAnEmptyDatabaseHasNothingToCopy() throws Exception {
        StoreFile copy = new StoreFile(Databases.h2Url(folder), "", "");
        try (HikariDataSource live = Databases.postgres()) {
            JdbcClient.create(live).sql("""
                    insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                    execution_time, success) values (9999, '9999', 'x', 'SQL', 'x', 'x', 1, true)""").update();
            StoreFile store = new StoreFile(live.getJdbcUrl(), "", "");
            assertThatThrownBy(() -> store.copyRowsTo(copy)).hasMessageContaining("9999 by a newer program");
        }
        Path other = Files.createDirectories(folder.resolve("other"));
        new StoreFile(Databases.postgresUrl(), "", "").copyRowsTo(new StoreFile(Databases.h2Url(other), "", ""));
        assertThat(other).isEmptyDirectory();
    }

    private static void insert(HikariDataSource store, String name) {
        JdbcClient.create(store).sql("insert into lease (name, holder, until_at) values (?, 'x', 1)").param(name)
                .update();
    }
}
