package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The two rooms as Spring puts them together. */
class StoreStartTest {

    @TempDir
    Path home;

    @TestConfiguration
    @ComponentScan({"dev.sverka.core.state", "dev.sverka.core.journal"})
    static class Rooms {
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withUserConfiguration(Rooms.class)
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class, FlywayAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues("sverka.home=" + home, "sverka.clock-offset=P1D");
    }

    @Test
    void anEmptyHomeGetsItsStoreAndEveryBeanOfTheRooms() {
        runner().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Journal.class).hasSingleBean(SharedQuota.class);
            assertThat(Files.exists(home.resolve("data/sverka.mv.db"))).isTrue();
            assertThat(context.getBean("journal")).isNotSameAs(context.getBean("journal"));
            assertThat(context.getBean(Clock.class).instant()).isAfter(Instant.now().plus(Duration.ofHours(23)));
            Settings settings = context.getBean(Settings.class);
            assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Moscow"));
            assertThat(settings.locale().getLanguage()).isEqualTo("ru");
            assertThat(settings.homeFolder()).isEqualTo(home);
        });
    }

    @Test
    void whatAKilledProcessHadAtWorkIsDueAgainAtOnce() {
        runner().run(context -> context.getBean(JdbcClient.class).sql("""
                insert into entry (flow, account, order_key, subject, payload, headers, state, head_key, claim_at,
                    due_at, owner, accepted_at)
                values ('flow', 'a', '1', '', '1', '{}', 'working', 'flow/1', 9000000000000, 1, 'gone', 1)""")
                .update());

        runner().run(context -> assertThat(context.getBean(JdbcClient.class)
                .sql("select state, claim_at from entry").query().singleRow())
                .containsExactlyInAnyOrderEntriesOf(Map.of("STATE", "queued", "CLAIM_AT", 1L)));
    }

    @Test
    void theSchedulersTableServesItsVersionOnBothDatabases() {
        try (HikariDataSource h2 = Databases.h2(home); HikariDataSource postgres = Databases.postgres()) {
            for (DataSource store : new DataSource[] {h2, postgres}) {
                Scheduler scheduler = Scheduler.create(store).enablePriority().build();
                scheduler.scheduleIfNotExists(Tasks.oneTime("sweep", String.class)
                        .execute((instance, execution) -> { }).instance("1", "data"), Instant.EPOCH);
                assertThat(scheduler.getScheduledExecutions()).hasSize(1);
            }
        }
    }
}
