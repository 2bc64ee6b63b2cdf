package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The real program beside a ClickUp, behind a proxy as it stands in life, looked at from outside. */
class ClickUpDaemonTest {

    private static final String ROUTES = """
            - route:
                id: register
                from:
                  uri: schedule:register
                  parameters: {cron: "* * * * * *"}
                  steps:
                    - to:
                        uri: clickup:webhook/upsert
            - route:
                id: told-in
                from:
                  uri: clickup:task/changed
                  steps:
                    - to:
                        uri: journal:told
            - route:
                id: pushed-in
                from:
                  uri: clickup:task/pushed
                  steps:
                    - to:
                        uri: journal:pushed
            - route:
                id: time-in
                from:
                  uri: clickup:time/changed
                  steps:
                    - to:
                        uri: journal:time
            - route:
                id: told
                from:
                  uri: journal:told
                  steps:
                    - to:
                        uri: clickup:task/get
            - route:
                id: pushed
                from:
                  uri: journal:pushed
                  steps:
                    - to:
                        uri: clickup:task/get
            - route:
                id: time
                from:
                  uri: journal:time
                  steps:
                    - log: {message: "${body[entryId]}"}
            """;

    @TempDir
    Path home;

    private Map<String, String> settings(ClickUpStandIn vendor, HttpServer proxy) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("sverka.home", home.toString());
        settings.put("sverka.database.url", Databases.h2Url(home));
        settings.put("sverka.clickup.main.url", vendor.url());
        settings.put("sverka.clickup.main.token", ClickUpStandIn.TOKEN);
        settings.put("sverka.clickup.main.team-id", ClickUpStage.TEAM);
        settings.put("sverka.clickup.main.requests-per-minute", "6000");
        settings.put("sverka.public-url", "http://127.0.0.1:" + proxy.getAddress().getPort());
        settings.put("sverka.poll.clickup", "1s");
        settings.put("sverka.journal.lease", "2s");
        settings.put("logging.level.dev.sverka", "DEBUG");
        return settings;
    }

    /** Hands on what comes, whole. */
    private static HttpServer proxy(AtomicReference<String> daemon) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpClient http = HttpClient.newHttpClient();
        proxy.createContext("/", call -> {
            int status = 502;
            try (call) {
                status = http.send(HttpRequest.newBuilder(URI.create(daemon.get() + call.getRequestURI()))
                        .header("X-Signature", call.getRequestHeaders().getFirst("X-Signature"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(call.getRequestBody().readAllBytes())).build(),
                        HttpResponse.BodyHandlers.discarding()).statusCode();
                call.sendResponseHeaders(status, -1);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
        proxy.start();
        return proxy;
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable holds) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(holds);
    }

    private long count(String flow) {
        return JdbcClient.create(new DriverManagerDataSource(Databases.h2Url(home)))
                .sql("select count(*) from entry where flow = :flow").param("flow", flow).query(Long.class).single();
    }

    @Test
    void newsComesByPollAndByEventOnceAlsoOverAKillAndABadSignatureGets400() throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        Files.copy(Path.of("mappings/portal.yaml"), home.resolve("mappings/portal.yaml"));
        Files.writeString(home.resolve("routes/clickup.yaml"), ROUTES);
        Path log = home.resolve("log");
        AtomicReference<String> address = new AtomicReference<>();
        HttpServer proxy = proxy(address);
        String secret;
        try (ClickUpStandIn vendor = new ClickUpStandIn(0, Clock.systemUTC())) {
            vendor.switches().perMinute(1_000_000);
            ClickUpState state = vendor.state();
            String list = state.listIn(state.folder(ClickUpState.SPACE, "ACME"), "Implementation");
            String task = state.tasks().enter(list, "Доставка");
            state.time().enter(ClickUpState.ANNA, task, Clock.systemUTC().instant().minusSeconds(4000),
                    Duration.ofHours(1), "", true);
            Daemon killed = Daemon.start(settings(vendor, proxy), log);
            address.set(killed.address());
            killed.ready();
            eventually(() -> assertThat(state.events().webhooks()).hasSize(1));
            eventually(() -> assertThat(killed.api("/api/journal?state=done").size()).isGreaterThanOrEqualTo(2));
            killed.kill();
            try (Daemon daemon = Daemon.start(settings(vendor, proxy), log)) {
                address.set(daemon.address());
                daemon.ready();
                state.events().deliver();
                int before = state.events().answers().size();
                state.tasks().edit(task, "name", "Доставка 2");
                state.events().deliver();
                assertThat(state.events().answers().subList(before, state.events().answers().size())).isNotEmpty()
                        .containsOnly(200);
                vendor.switches().badSignature(true);
                state.tasks().edit(task, "name", "Доставка 3");
                state.events().deliver();
                assertThat(state.events().answers()).endsWith(400).doesNotContain(401, 410);
                eventually(() -> assertThat(daemon.api("/api/journal?state=done").values().stream()
                        .filter(one -> one.path("flow").asString("").equals("told")).count()).isGreaterThan(1));
                eventually(() -> assertThat(daemon.isAtRest()).isTrue());
            }
            assertThat(state.ledger()).filteredOn(one -> one.startsWith("create webhook")).hasSize(1);
            secret = state.events().webhooks().get(0).get("secret").toString();
        } finally {
            proxy.stop(0);
        }
        assertThat(count("told")).isBetween(2L, 4L);
        assertThat(count("pushed")).isPositive();
        assertThat(count("time")).isEqualTo(1);
        assertThat(Files.readString(log)).doesNotContain(ClickUpStandIn.TOKEN).doesNotContain(secret);
    }
}
