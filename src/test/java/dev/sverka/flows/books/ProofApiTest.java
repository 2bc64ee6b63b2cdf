package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Databases;
import dev.sverka.core.state.SettableClock;
import dev.sverka.flows.payments.Payments;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/proof} of the whole program, over HTTP. */
class ProofApiTest {

    private static final String ACCOUNT = "40702810200009990001";
    private static final String OTHER = "40702810600009990002";

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext daemon;
    private static Books books;
    private static Payments payments;

    @BeforeAll
    static void start() {
        SettableClock clock = new SettableClock(Instant.parse("2026-10-04T06:00:00Z"));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("settableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        daemon = application.run("--sverka.database.url=" + Databases.h2Url(home), "--sverka.routes.start=false",
                "--server.port=0", "--server.address=127.0.0.1", "--sverka.console.password=secret",
                "--sverka.own-companies[0].inn=0099000014", "--sverka.own-companies[0].accounts[0]=" + ACCOUNT,
                "--sverka.own-companies[0].accounts[1]=" + OTHER);
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            daemon.getBean(Cursors.class).save(feed, Map.of());
            daemon.getBean(Cursors.class).reached(feed);
        }
        books = daemon.getBean(Books.class);
        payments = daemon.getBean(Payments.class);
        morning(ACCOUNT, "2026-10-01", 100_000);
        operation(ACCOUNT, "2026-10-01", "INCOMING", 50_050);
        operation(ACCOUNT, "2026-10-01", "OUTGOING", 20_000);
        morning(ACCOUNT, "2026-10-02", 130_050);
        operation(ACCOUNT, "2026-10-02", "INCOMING", 700);
        morning(ACCOUNT, "2026-10-03", 131_000);
        operation(OTHER, "2026-10-03", "INCOMING", 1);
        books.prove();
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    private static void morning(String account, String day, long amount) {
        books.balances(Map.of("source", "tbank.main", "bankAccount", account, "readAt", "2026-10-04T05:00:00Z",
                "starts", List.of(Map.of("day", day, "amount", amount))));
    }

    private static void operation(String account, String day, String direction, long amount) {
        String id = day + direction + amount;
        Map<String, Object> operation = new LinkedHashMap<>(Map.of("source", "tbank.main", "sourceId", id, "version", "1",
                "bankAccount", account, "direction", direction, "amount", amount, "currency", "RUB", "bookedOn", day,
                "documentNumber", "1"));
        operation.putAll(Map.of("purpose", "Без назначения", "counterparty", Map.of("inn", "0099000127", "name",
                "ООО «Ромашка»", "account", "40702810600000880012"), "readAt", "2026-10-04T04:00:00Z", "fingerprint", id));
        payments.decide(operation);
    }

    private static HttpResponse<String> get(String query, String login) throws IOException, InterruptedException {
        int port = ((ServletWebServerApplicationContext) daemon).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/proof" + query));
        if (login != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(
                    StandardCharsets.UTF_8)));
        }
        HttpClient client = HttpClient.newHttpClient();
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode rows(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(query, "admin:secret");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/json"));
        return daemon.getBean(JsonMapper.class).readTree(answer.body());
    }

    @Test
    void aDayHasWhatTheContractSaysAndHoldsTheDayBefore() throws Exception {
        JsonNode rows = rows("?account=" + ACCOUNT + "&from=2026-10-01&to=2026-10-02");
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.get(0).propertyNames()).containsExactly("account", "date", "opening", "operations", "count",
                "closing", "difference", "state", "what", "version", "provenAt", "previousHash", "hash");
        assertThat(List.of("account", "date", "opening", "operations", "count", "closing", "difference", "state",
                "previousHash").stream().map(key -> rows.get(0).path(key).asString())).containsExactly(
                ACCOUNT, "2026-10-01", "1000.00", "300.50", "2", "1300.50", "0.00", "proven", "0".repeat(64));
        assertThat(rows.get(0).path("provenAt").asString()).isEqualTo("2026-10-04T09:00:00+03:00");
        assertThat(rows.get(0).path("hash").asString()).matches("[0-9a-f]{64}");
        JsonNode second = rows.get(1);
        assertThat(second.path("previousHash")).isEqualTo(rows.get(0).path("hash"));
        assertThat(List.of(second.path("difference").asString(), second.path("state").asString()))
                .containsExactly("2.50", "differs");
        assertThat(second.path("what").get(0).asString()).contains("расхождение 2.50");
    }

    @Test
    void whatTheBankDoesNotStateIsNullAndSaid() throws Exception {
        JsonNode row = rows("?account=" + OTHER).get(0);
        assertThat(row.path("opening").isNull() && row.path("closing").isNull() && row.path("difference").isNull())
                .isTrue();
        assertThat(row.path("state").asString()).isEqualTo("unprovable");
        assertThat(row.path("operations").asString()).isEqualTo("0.01");
        assertThat(row.path("what").size()).isEqualTo(2);
    }

    @Test
    void accountAndDaysNarrow() throws Exception {
        assertThat(rows("").size()).isEqualTo(4);
        assertThat(rows("?account=" + ACCOUNT).size()).isEqualTo(3);
        assertThat(rows("?from=2026-10-03").size()).isEqualTo(2);
        assertThat(rows("?to=2026-10-01").size()).isEqualTo(1);
        assertThat(rows("?account=40702810900000000009").size()).as("nobody's account").isZero();
        assertThat(rows("?account=" + ACCOUNT + "&from=2026-10-02&to=2026-10-01").size()).isZero();
        assertThat(get("?from=yesterday", "admin:secret").statusCode()).isEqualTo(400);
    }

    @Test
    void withoutALoginNothingIsSaid() throws Exception {
        for (String login : new String[]{null, "admin:wrong", "nobody:secret"}) {
            HttpResponse<String> answer = get("?account=" + ACCOUNT, login);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("1300.50");
        }
    }

    @Test
    void anAlteredRecordIsSeenThere() throws Exception {
        JdbcClient jdbc = daemon.getBean(JdbcClient.class);
        String one = " where bank_account = '" + ACCOUNT + "' and on_day = date '2026-10-01' and version = 1";
        jdbc.sql("update day_proof set opening = opening + 1, closing = closing + 1" + one).update();
        books.prove();
        JsonNode row = rows("?account=" + ACCOUNT + "&to=2026-10-01").get(0);
        assertThat(row.path("state").asString()).isEqualTo("differs");
        assertThat(row.path("what").get(0).asString()).contains("цепочка сверки нарушена");
        assertThat(rows("?account=" + ACCOUNT + "&to=2026-10-01&versions=all").size()).isEqualTo(2);
        jdbc.sql("update day_proof set opening = opening - 1, closing = closing - 1" + one).update();
        books.prove();
        assertThat(rows("?account=" + ACCOUNT + "&to=2026-10-01").get(0).path("state").asString()).isEqualTo("proven");
    }
}
