package dev.sverka.flows.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.bitrix24.Portal;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program with the shipped routes and mapping beside a portal, looked at from outside. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CalendarDaemonTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Moscow"));
    private static final int DEALS = 2;
    private static final int LEAVER = 77;

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Daemon daemon;
    private static int deal;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.open(Clock.systemUTC());
        sandbox.bitrix24().users().hire(Portal.PERSON, "Анна", "Ким", "kim@example.org", "Бухгалтер");
        deal = sandbox.portal().deal("Магазин чая", 1, new BigDecimal("45000"));
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
        settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
        settings.put("sverka.public-url", "https://sync.example.org");
        settings.put("sverka.poll.bitrix24", "1s");
        settings.put("sverka.bitrix24.main.plan", "enterprise");
        // as chatty as somebody who looks for a fault would make it
        settings.put("logging.level.org.springframework.web", "TRACE");
        settings.put("logging.level.org.springframework.security", "TRACE");
        settings.put("logging.level.org.apache.coyote", "DEBUG");
        settings.put("server.tomcat.accesslog.enabled", "true");
        settings.put("server.tomcat.basedir", home.resolve("tomcat").toString());
        daemon = Daemon.start(settings, home.resolve("log"));
        sandbox.tell(daemon.ready().address());
    }

    @AfterAll
    static void stop() throws Exception {
        daemon.close();
        sandbox.close();
    }

    private static HttpResponse<String> call(String method, String path, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:test".getBytes()))
                .header("Content-Type", "application/json").method(method, body == null
                        ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode issued(String wanted) throws Exception {
        HttpResponse<String> answer = call("POST", "/api/calendars", wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonMapper.builder().build().readTree(answer.body());
    }

    private static String path(JsonNode issued) {
        assertThat(issued.path("url").asString()).matches("https://sync\\.example\\.org/calendar/[\\w-]{43}\\.ics");
        return URI.create(issued.path("url").asString()).getPath();
    }

    private static String feed(String path) throws Exception {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + path))
                .header("User-Agent", "Mozilla/5.0 Thunderbird/128.0").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().replace("\r\n ", "");
    }

    private static String event(String feed, String uid) {
        Matcher event = Pattern.compile("BEGIN:VEVENT\r\nUID:" + Pattern.quote(uid) + "\r\n.*?END:VEVENT",
                Pattern.DOTALL).matcher(feed);
        return event.find() ? event.group() : "";
    }

    private static String uid(String kind) {
        return "deal-" + deal + "-" + kind + "@" + OutgoingWebhook.MEMBER;
    }

    private static void change(Map<String, Object> fields) {
        sandbox.portal().crm().update(DEALS, deal, fields, Portal.PERSON);
    }

    @Test
    @Order(1)
    void aDealsDatesComeIntoTheFeed() throws Exception {
        address = path(issued("{\"person\":" + Portal.PERSON + ",\"view\":\"all\"}"));
        change(Map.of("begindate", TODAY.plusDays(5).toString(), "closedate", TODAY.plusDays(40).toString()));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(event(feed(address),
                uid("start"))).contains("DTSTART;VALUE=DATE:" + TODAY.plusDays(5).format(BASIC) + "\r\n",
                        "DTEND;VALUE=DATE:" + TODAY.plusDays(6).format(BASIC) + "\r\n",
                        "SUMMARY:Начало сделки: Магазин чая\r\n", "CATEGORIES:Сделки\r\n", "STATUS:CONFIRMED\r\n",
                        "/crm/deal/details/" + deal + "/\r\n"));
        assertThat(event(feed(address), uid("end"))).contains(TODAY.plusDays(40).format(BASIC));
        assertThat(event(feed(address), uid("span"))).as("two marks were wanted").isEmpty();
    }

    @Test
    @Order(2)
    void aSpanIsOneEventWhereAFeedWantsItSo() throws Exception {
        String spans = path(issued("{\"person\":" + Portal.PERSON + ",\"view\":\"deals\",\"span\":true}"));
        assertThat(event(feed(spans), uid("span"))).contains(
                "DTSTART;VALUE=DATE:" + TODAY.plusDays(5).format(BASIC) + "\r\n",
                "DTEND;VALUE=DATE:" + TODAY.plusDays(41).format(BASIC) + "\r\n");
        assertThat(feed(spans)).doesNotContain("-start@", "-end@");
    }

    @Test
    @Order(3)
    void thePaymentsTriggerAlsoFeedsTheCalendar() {
        Map<String, Object> payment = sandbox.portal().items(Portal.PAYMENTS).get(0);
        int id = ((Number) payment.get("id")).intValue();
        sandbox.portal().crm().update(Portal.PAYMENTS, id, Map.of("ufCrm12Duedate", TODAY.plusDays(9).toString()),
                Portal.PERSON);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                event(feed(address), "payment-" + id + "-due@" + OutgoingWebhook.MEMBER))
                .contains("DTSTART;VALUE=DATE:" + TODAY.plusDays(9).format(BASIC), "/crm/type/1046/details/" + id));
    }

    @Test
    @Order(4)
    void whatMovesToTomorrowIsToldAtOnce() {
        change(Map.of("begindate", TODAY.plusDays(1).toString()));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                sandbox.bitrix24().timeline().notices().toString()).contains("Начало сделки: Магазин чая",
                        "перенесено с", "sverka:calendar:main:"));
        assertThat(sandbox.bitrix24().timeline().notices()).hasSize(1);
    }

    @Test
    @Order(5)
    void aLostDealsEventsSayCancelledWithAHigherSequence() throws Exception {
        String before = event(feed(address), uid("start"));
        change(Map.of("stageId", "LOSE"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(event(feed(address),
                uid("start"))).contains("STATUS:CANCELLED\r\n"));
        assertThat(sequence(event(feed(address), uid("start")))).isGreaterThan(sequence(before));
    }

    private static int sequence(String event) {
        Matcher sequence = Pattern.compile("SEQUENCE:(\\d+)").matcher(event);
        assertThat(sequence.find()).isTrue();
        return Integer.parseInt(sequence.group(1));
    }

    /** Nothing but the portal's own word: the feed of who still works there stays. */
    @Test
    @Order(6)
    void whoIsDismissedOnThePortalLosesTheFeed() throws Exception {
        sandbox.bitrix24().users().hire(LEAVER, "Олег", "Нуров", "nurov@example.org", "Менеджер");
        String lost = path(issued("{\"person\":" + LEAVER + ",\"view\":\"mine\"}"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                call("GET", "/api/calendars", null).body()).contains("\"name\":\"Олег Нуров\""));
        feed(lost);
        sandbox.bitrix24().users().dismiss(LEAVER);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                call("GET", lost, null).statusCode()).isEqualTo(404));
        assertThat(call("GET", "/api/calendars", null).body()).doesNotContain("Нуров");
        assertThat(call("POST", "/api/calendars", "{\"person\":" + LEAVER + ",\"view\":\"all\"}").statusCode())
                .isEqualTo(422);
        feed(address);
        sandbox.bitrix24().users().hire(LEAVER, "Олег", "Нуров", "nurov@example.org", "Менеджер");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(call("POST", "/api/calendars",
                "{\"person\":" + LEAVER + ",\"view\":\"all\"}").statusCode()).isEqualTo(201));
        assertThat(call("GET", lost, null).statusCode()).as("taken back is not given back").isEqualTo(404);
    }

    @Test
    @Order(7)
    void aClosedPortalLeavesTheFeedAsItIs() throws Exception {
        sandbox.bitrix24().close();
        assertThat(feed(address)).contains(uid("start"));
        assertThat(call("GET", "/api/calendars", null).body()).contains("\"program\":\"Thunderbird\"",
                "\"name\":\"Анна Ким\"").doesNotContain(address.substring(10, 53));
    }

    @Test
    @Order(8)
    void aRevokedAddressIsNotFound() throws Exception {
        assertThat(call("DELETE", "/api/calendars/1", null).statusCode()).isEqualTo(204);
        assertThat(call("GET", address, null).statusCode()).isEqualTo(404);
        assertThat(call("DELETE", "/api/calendars/1", null).statusCode()).isEqualTo(404);
    }

    @Test
    @Order(9)
    void noLogHoldsAToken() throws Exception {
        String token = address.substring(10, 53);
        URI uri = URI.create(daemon.address());
        try (Socket broken = new Socket(uri.getHost(), uri.getPort())) {
            broken.getOutputStream().write(
                    ("GET /calendar/" + token + ".ics?{ HTTP/1.1\r\nHost: x\r\n\r\n").getBytes());
            assertThat(new String(broken.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 400");
        }
        String log = Files.readString(home.resolve("log"));
        assertThat(log).contains("GET /calendar/***.ics",
                "Invalid character found in the request target [/calendar/***");
        assertThat(log).doesNotContain(token);
        try (Stream<Path> files = Files.walk(home.resolve("tomcat"))) {
            List<Path> access = files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(access).isNotEmpty().allSatisfy(file ->
                    assertThat(Files.readString(file)).doesNotContain(token));
        }
    }
}
