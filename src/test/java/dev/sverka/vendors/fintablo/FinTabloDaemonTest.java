package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The real program beside a FinTablo, looked at from outside. */
class FinTabloDaemonTest {

    private static final String ROUTES = """
            - route:
                id: told-in
                from:
                  uri: fintablo:transaction/changed
                  steps:
                    - to:
                        uri: journal:told
            - route:
                id: told
                from:
                  uri: journal:told
                  steps:
                    - to:
                        uri: fintablo:transaction/get
            """;

    @TempDir
    Path home;

    private Map<String, String> settings(FinTabloStandIn vendor) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("sverka.home", home.toString());
        settings.put("sverka.database.url", Databases.h2Url(home));
        settings.put("sverka.fintablo.main.url", vendor.url());
        settings.put("sverka.fintablo.main.token", FinTabloStandIn.TOKEN);
        settings.put("sverka.poll.fintablo", "1s");
        settings.put("sverka.journal.lease", "2s");
        settings.put("logging.level.dev.sverka", "DEBUG");
        return settings;
    }

    private static void awaitState(Daemon daemon, String state) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(daemon.api("/api/status")
                .path("accounts").path("fintablo.main").path("state").asString("")).isEqualTo(state));
    }

    private long told() {
        return JdbcClient.create(new DriverManagerDataSource(Databases.h2Url(home)))
                .sql("select count(*) from entry where flow = 'told'").query(Long.class).single();
    }

    @Test
    void theBanksImportIsJournaledOnceAlsoOverAKillAndTheWholeAccountRests() throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        Files.copy(Path.of("mappings/portal.yaml"), home.resolve("mappings/portal.yaml"));
        Files.writeString(home.resolve("routes/fintablo.yaml"), ROUTES);
        Path log = home.resolve("log");
        try (FinTabloStandIn vendor = new FinTabloStandIn(0, Clock.systemUTC())) {
            LocalDate today = LocalDate.now(FinTabloKind.MOSCOW);
            IntStream.range(0, 3).forEach(n -> vendor.company().bank(90211, today.minusDays(n), BigDecimal.TEN,
                    "income", "Поступление", null));
            Daemon killed = Daemon.start(settings(vendor), log).ready();
            awaitState(killed, "up");
            killed.kill();
            try (Daemon daemon = Daemon.start(settings(vendor), log).ready()) {
                vendor.company().bank(90211, today, BigDecimal.ONE, "income", "Поступление", null);
                Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(daemon.api(
                        "/api/journal?state=done").size()).isEqualTo(4));
                vendor.company().switches().throttle(1, 5);
                awaitState(daemon, "throttled");
                awaitState(daemon, "up");
            }
        }
        assertThat(told()).isEqualTo(4);
        assertThat(Files.readString(log)).doesNotContain(FinTabloStandIn.TOKEN);
    }
}
