package dev.sverka.flows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.SettableClock;
import dev.sverka.flows.books.Books;
import dev.sverka.flows.payments.Payments;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program, over HTTP, with a history of payments that the ledger has settled itself; the clock is the test's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForecastContract {

    private static final String ACCOUNT = "40702810200009990001";
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final int SETTLED = 24;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-12-01T03:00:00Z"));
    private ConfigurableApplicationContext daemon;
    private Payments payments;

    /** Of a database of this test's own. */
    abstract String url();

    @BeforeAll
    void start() {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("settableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        daemon = application.run("--sverka.database.url=" + url(), "--sverka.routes.start=false", "--server.port=0",
                "--server.address=127.0.0.1", "--sverka.payments.mode=automatic", "--sverka.payments.history=decide",
                "--sverka.poll.bitrix24=PT1H", "--sverka.console.password=secret",
                "--sverka.own-companies[0].inn=0099000014", "--sverka.own-companies[0].accounts[0]=" + ACCOUNT);
        payments = daemon.getBean(Payments.class);
        portalIsRead();
        payments.rememberCompany(Map.of("id", 7, "title", "ООО «Ромашка»", "requisites",
                List.of(Map.of("inn", "0099000127", "kpp", "009901002"))));
        for (int n = 0; n < SETTLED; n++) {
            LocalDate due = LocalDate.of(2026, 7, 1).plusDays(5 * n);
            invoice(100 + n, "Р-" + n, "100.00", due);
            money("Р-" + n, 100_00, WorkingDays.FIXED.plus(due, 5));
        }
        morning(TODAY, 1_000_00);
    }

    @AfterAll
    void stop() {
        daemon.close();
    }

    private void portalIsRead() {
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            daemon.getBean(Cursors.class).save(feed, Map.of());
            daemon.getBean(Cursors.class).reached(feed);
        }
    }

    private void invoice(long id, String number, String amount, LocalDate due) {
        payments.remember(new HashMap<>(Map.of("id", id, "entity", "payment", "pipeline", "in", "stage", "invoiced",
                "title", "Счёт № " + number, "number", number, "dueDate", due.toString(), "amount",
                new BigDecimal(amount), "currency", "RUB", "company", 7L)));
    }

    private void money(String number, long amount, LocalDate day) {
        Map<String, Object> operation = new LinkedHashMap<>(Map.of("source", "tbank.main", "sourceId", number, "version",
                "1", "bankAccount", ACCOUNT, "direction", "INCOMING", "amount", amount, "currency", "RUB", "bookedOn",
                day.toString(), "documentNumber", "1"));
        operation.putAll(Map.of("purpose", "Оплата по счету № " + number, "counterparty", Map.of("inn", "0099000127",
                "name", "ООО «Ромашка»", "account", "40702810600000880012"), "readAt", day + "T23:00:00Z",
                "fingerprint", number));
        payments.decide(operation);
        JdbcClient jdbc = daemon.getBean(JdbcClient.class);
        while (true) {
            List<Map<String, Object>> entries = jdbc.sql("""
                    select id, payload from entry where state in ('queued', 'waiting') and flow = 'customer-decide'
                    order by id limit 1""").query().listOfRows();
            if (entries.isEmpty()) {
                return;
            }
            jdbc.sql("update entry set state = 'done', head_key = null, claim_at = null where id = ?")
                    .param(entries.get(0).get("id")).update();
            payments.decideCustomer(daemon.getBean(JsonMapper.class).readValue(String.valueOf(
                    entries.get(0).get("payload")), new TypeReference<Map<String, Object>>() { }));
        }
    }

    private void morning(LocalDate day, long amount) {
        daemon.getBean(Books.class).balances(Map.of("source", "tbank.main", "bankAccount", ACCOUNT, "readAt",
                day + "T02:00:00Z", "starts", List.of(Map.of("day", day.toString(), "amount", amount))));
    }

    private String get(String path) throws IOException, InterruptedException {
        int port = ((ServletWebServerApplicationContext) daemon).getWebServer().getPort();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + port + path)).header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                "admin:secret".getBytes(StandardCharsets.UTF_8))).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode forecast() throws IOException, InterruptedException {
        return daemon.getBean(JsonMapper.class).readTree(get("/api/forecast?days=91"));
    }

    @Test
    void whatTheLedgerSettledTeachesWhenTheRestWillCome() throws Exception {
        clock.set(Instant.parse("2026-12-01T03:00:00Z"));
        invoice(500, "Д-1", "500.00", LocalDate.of(2026, 12, 3));
        invoice(501, "Д-2", "70.00", LocalDate.of(2026, 11, 27));
        clock.advance(Duration.ofMinutes(11));
        JsonNode ahead = forecast();
        assertThat(ahead.propertyNames()).containsExactly("accounts", "total", "late", "undated", "overdue", "weeks",
                "learned", "past");
        assertThat(ahead.path("learned").asInt()).isEqualTo(SETTLED);
        assertThat(ahead.path("late").path("in").asString()).isEqualTo("70.00");
        JsonNode overdue = ahead.path("overdue").get(0);
        assertThat(overdue.path("payment").asLong()).isEqualTo(501);
        assertThat(overdue.path("likely").asString()).isEqualTo("2026-12-04");
        JsonNode line = ahead.path("accounts").get(0);
        assertThat(line.propertyNames()).containsExactly("account", "days", "firstGap", "firstGapP50", "firstGapP10");
        JsonNode tenth = line.path("days").get(9);
        assertThat(tenth.propertyNames()).containsExactly("date", "opening", "in", "out", "closing", "p10", "p50", "p90");
        assertThat(tenth.path("closing").asString()).isEqualTo("1500.00");
        assertThat(line.path("days").get(6).path("p50").asString()).isEqualTo("1070.00");
        assertThat(tenth.path("p50").asString()).isEqualTo("1570.00");
        assertThat(forecast()).as("asked again").isEqualTo(ahead);
    }

    @Test
    void aMorningsForecastIsKeptOnceAndHeldAgainstWhatCame() throws Exception {
        clock.set(Instant.parse("2027-03-01T02:00:00Z"));
        morning(LocalDate.of(2027, 3, 1), 2_000_00);
        PastForecasts past = daemon.getBean(PastForecasts.class);
        past.keepToday();
        past.keepToday();
        JdbcClient jdbc = daemon.getBean(JdbcClient.class);
        assertThat(jdbc.sql("select count(*) from cash_forecast").query(Long.class).single()).isEqualTo(5);
        assertThat(past.record().latest()).isEmpty();
        clock.set(Instant.parse("2027-03-09T02:00:00Z"));
        morning(LocalDate.of(2027, 3, 9), 2_345_67);
        past.keepToday();
        JsonNode told = forecast().path("past");
        assertThat(told.path("latest").size()).isEqualTo(1);
        JsonNode one = told.path("latest").get(0);
        assertThat(one.path("madeOn").asString() + " " + one.path("date").asString()).isEqualTo("2027-03-01 2027-03-08");
        assertThat(one.path("came").asString()).isEqualTo("2345.67");
        assertThat(told.path("scores").get(0).path("forecasts").asInt()).isEqualTo(1);
        // an operation that the bank tells of late changes what that day came to
        clock.set(Instant.parse("2027-03-10T02:00:00Z"));
        morning(LocalDate.of(2027, 3, 9), 2_400_00, "2027-03-10T01:00:00Z");
        past.keepToday();
        assertThat(forecast().path("past").path("latest").get(0).path("came").asString()).isEqualTo("2400.00");
        clock.set(Instant.parse("2028-09-01T02:00:00Z"));
        past.keepToday();
        assertThat(jdbc.sql("select count(*) from cash_forecast").query(Long.class).single()).as("the old ones are gone")
                .isEqualTo(5);
    }

    private void morning(LocalDate day, long amount, String readAt) {
        daemon.getBean(Books.class).balances(Map.of("source", "tbank.main", "bankAccount", ACCOUNT, "readAt", readAt,
                "starts", List.of(Map.of("day", day.toString(), "amount", amount))));
    }
}
