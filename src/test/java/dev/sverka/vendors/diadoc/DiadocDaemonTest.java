package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.diadoc.DiadocLogins;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program beside Diadoc, looked at from outside. */
class DiadocDaemonTest {

    private static final String ROUTES = """
            - route:
                id: told-in
                from:
                  uri: diadoc:document/changed
                  steps:
                    - to:
                        uri: journal:told
            - route:
                id: told
                from:
                  uri: journal:told
                  steps:
                    - to:
                        uri: diadoc:document/get
            """;

    @TempDir
    Path home;

    @Test
    void everyChangeIsJournaledOnceOverAKillAndNoTokenIsLeftLyingAbout() throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        Files.copy(Path.of("mappings/portal.yaml"), home.resolve("mappings/portal.yaml"));
        Files.writeString(home.resolve("routes/diadoc.yaml"), ROUTES);
        Path log = home.resolve("log");
        try (DiadocStandIn vendor = new DiadocStandIn(0, Clock.systemUTC())) {
            Map<String, String> settings = new TreeMap<>(vendor.settings());
            settings.put("sverka.home", home.toString());
            settings.put("sverka.database.url", Databases.h2Url(home));
            settings.put("sverka.poll.diadoc", "1s");
            settings.put("sverka.journal.lease", "2s");
            settings.put("logging.level.dev.sverka", "DEBUG");
            DiadocPaper act = vendor.box().sent("Outbound", DiadocStandIn.COUNTERPARTY, DiadocStage.ACT);
            Daemon killed = Daemon.start(settings, log).ready();
            awaitDone(killed, 1);
            killed.kill();
            try (Daemon daemon = Daemon.start(settings, log).ready()) {
                vendor.box().deliver(act);
                awaitDone(daemon, 2);
                vendor.faults().answer("GetDocflowEvents", DiadocStandIn.throttled("3"));
                awaitState(daemon, "throttled");
                awaitState(daemon, "up");
                vendor.box().sign(act);
                awaitDone(daemon, 3);
            }
            assertThat(vendor.logins().refreshToken()).isNotEqualTo(DiadocLogins.REFRESH_TOKEN);
            String store = new String(Files.readAllBytes(home.resolve("sverka.mv.db")),
                    StandardCharsets.ISO_8859_1);
            for (String text : new String[] {Files.readString(log), store}) {
                assertThat(text).doesNotContain("sandbox-refresh-token").doesNotContain("sandbox.access.token")
                        .doesNotContain(DiadocLogins.CLIENT_SECRET);
            }
        }
    }

    private static void awaitDone(Daemon daemon, int entries) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(daemon.api(
                "/api/journal?state=done").size()).isEqualTo(entries));
    }

    private static void awaitState(Daemon daemon, String state) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(daemon.api("/api/status")
                .path("accounts").path("diadoc.main").path("state").asString("")).isEqualTo(state));
    }
}
