package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.statements.StatementExport.Movement;
import dev.sverka.sandbox.statements.StatementExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The real program and its drop folder, looked at from outside. */
class StatementsDaemonTest {

    private static final String ACCOUNT = "40702810700009990010";
    private static final LocalDate LAST_WEEK = LocalDate.now(StatementReader.MOSCOW).minusDays(7);
    private static final int FILES = 60;
    private static final int KILLS = 3;

    @TempDir
    Path home;

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("sverka.home", home.toString());
        settings.put("sverka.database.url", Databases.h2Url(home));
        settings.put("sverka.statements.main.folder", "in");
        settings.put("sverka.own-companies[0].inn", "0099000014");
        settings.put("sverka.own-companies[0].accounts[0]", ACCOUNT);
        settings.put("logging.level.dev.sverka", "DEBUG");
        return settings;
    }

    private Path in() {
        return home.resolve("in");
    }

    private long filesIn(String folder) {
        try (Stream<Path> files = Files.list(in().resolve(folder))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** One day, three movements, of which two are equal in everything. */
    private void drop(int file) throws IOException {
        LocalDate day = LAST_WEEK.minusDays(file);
        Movement one = new Movement("1", day, 100_00 + file, "40702810600000880012", "0099000127", "ООО \"РОМАШКА\"",
                "Оплата по счёту 77-СЕКРЕТ");
        Files.write(in().resolve("kl_to_1c (" + file + ").txt"), StatementExport.of(ACCOUNT).period(day, day)
                .with(one, one, one.withNumber("2")).bytes());
    }

    @Test
    void whateverIsKilledEveryMovementIsJournaledOnce() throws Exception {
        Files.createDirectories(in());
        for (int file : IntStream.range(0, FILES).toArray()) {
            drop(file);
        }
        Files.writeString(in().resolve("page.html"), "<html>СЕКРЕТ</html>");
        Random dice = new Random(3);
        Path log = home.resolve("log");
        for (int kill = 0; kill < KILLS; kill++) {
            Daemon daemon = Daemon.start(settings(), log);
            long more = filesIn("done") + 1 + dice.nextInt(15);
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1)).until(() -> filesIn("done") >= more);
            daemon.kill();
        }
        assertThat(filesIn("")).as("the kills came in the midst of it").isPositive();
        try (Daemon daemon = Daemon.start(settings(), log).ready()) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> filesIn("") == 0);
            assertThat(filesIn("done")).isEqualTo(FILES);
            assertThat(filesIn("failed")).as("the bad one and its reason").isEqualTo(2);
            awaitState(daemon, "up");
            comesBackWhenItsFolderDoes(daemon);
        }
        assertThat(Files.readString(in().resolve("failed/page.html.txt"))).contains("это страница сайта");
        assertThat(journaled()).isEqualTo(Map.of("entries", (long) FILES * 3 + 1, "told", (long) FILES * 3 + 1));
        assertThat(Files.readString(log)).contains("page.html was refused (FILE in line 1)")
                .doesNotContain("СЕКРЕТ", "РОМАШКА", ACCOUNT, "40702810600000880012", "0099000127");
    }

    private static void awaitState(Daemon daemon, String state) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(daemon.api("/api/status")
                .path("accounts").path("statements.main").path("state").asString("")).isEqualTo(state));
    }

    private void comesBackWhenItsFolderDoes(Daemon daemon) throws IOException {
        Path away = home.resolve("away");
        Files.move(in(), away);
        awaitState(daemon, "down");
        Files.move(away, in());
        awaitState(daemon, "up");
        LocalDate day = LAST_WEEK.plusDays(1);
        Movement late = new Movement("9", day, 5, "40702810600000880012", "0099000127", "ООО \"РОМАШКА\"", "");
        Files.write(in().resolve("late.txt"), StatementExport.of(ACCOUNT).period(day, day).with(late).bytes());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(in().resolve("done/late.txt")));
        assertThat(daemon.isAlive()).isTrue();
    }

    private Map<String, Object> journaled() {
        JdbcClient store = JdbcClient.create(new DriverManagerDataSource(Databases.h2Url(home)));
        Map<String, Object> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        counts.putAll(store.sql("select count(*) as entries, count(distinct payload) as told from entry"
                + " where flow = 'bank-operation'").query().singleRow());
        return Map.of("entries", counts.get("entries"), "told", counts.get("told"));
    }
}
