package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.Application;
import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real command over the agency's small month. */
class PlanCommandTest {

    @TempDir
    private Path home;

    private final Sandbox sandbox = Sandbox.open(Clock.systemUTC());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        sandbox.close();
        // a command silences the log of this process, which goes on to other tests
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private int plan(String... more) {
        List<String> args = new ArrayList<>(List.of("plan", "--SVERKA_HOME=" + home));
        Map<String, String> settings = sandbox.settings();
        settings.forEach((key, value) -> args.add("--" + key + "=" + value));
        args.addAll(List.of(more));
        return Commands.execute(Application.class, new PrintWriter(out, true), new PrintWriter(err, true),
                args.toArray(String[]::new));
    }

    @Test
    void everyWriteIsPrintedWithWhatIsThereNowAndNothingIsChangedAnywhere() throws Exception {
        sandbox.bitrix24().limited(false);
        int code = plan();
        assertThat(code).as(out + "\n" + err).isEqualTo(2);
        assertThat(out.toString()).as(err.toString()).containsPattern(
                "bitrix24:payment/update payment \\d+: .*paid (—|0.*) → 240000.*").contains("stage invoiced → paid");
        assertThat(sandbox.bitrix24().writes()).isEmpty();
        assertThat(sandbox.bitrix24().calls()).contains("crm.item.list").doesNotContain("crm.item.update",
                "crm.item.add", "crm.timeline.comment.add");
        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aStoreOnPostgreSqlIsCopiedByReadingAloneAndWorkedOnWhereItStood() throws Exception {
        sandbox.bitrix24().limited(false);
        try (HikariDataSource live = Databases.postgres()) {
            JdbcClient jdbc = JdbcClient.create(live);
            jdbc.sql("insert into lease (name, holder, until_at) values ('spare', 'x', 1)").update();
            jdbc.sql("insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                    + " values ('spare', 'x', now(), false, 1)").update();
            String before = rows(jdbc);
            int code = plan("--sverka.database.url=" + live.getJdbcUrl());
            assertThat(code).as(out + "\n" + err).isEqualTo(2);
            assertThat(out.toString()).contains("stage invoiced → paid");
            assertThat(rows(jdbc)).as("each row, where it stands and who wrote it last").isEqualTo(before);
        }
        assertThat(sandbox.bitrix24().writes()).isEmpty();
        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** Every row of every table with its place and transaction, and every sequence. */
    private static String rows(JdbcClient jdbc) {
        List<String> all = new ArrayList<>();
        for (String table : jdbc.sql("select tablename from pg_tables where schemaname = 'public' order by 1")
                .query(String.class).list()) {
            all.add(table + jdbc.sql("select ctid::text || xmin::text || xmax::text || t::text from " + table + " t"
                    + " order by ctid").query(String.class).list());
        }
        all.addAll(jdbc.sql("select sequencename || coalesce(last_value, -1) from pg_sequences order by 1")
                .query(String.class).list());
        all.addAll(jdbc.sql("select nspname from pg_namespace where nspname not like 'pg_%' order by 1")
                .query(String.class).list());
        return String.join("\n", all);
    }
}
