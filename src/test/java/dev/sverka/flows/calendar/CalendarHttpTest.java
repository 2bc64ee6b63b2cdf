package dev.sverka.flows.calendar;

import static dev.sverka.flows.calendar.CalendarStage.TODAY;
import static dev.sverka.flows.calendar.CalendarStage.deal;
import static dev.sverka.flows.calendar.CalendarStage.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How calendar programs are answered. */
class CalendarHttpTest {

    private static final int SUBSCRIBERS = 200;

    @TempDir
    static Path folder;

    private static CalendarStage stage;
    private static String feed;

    @BeforeAll
    static void start() {
        stage = new CalendarStage(Databases.h2Url(folder));
        stage.remember(deal(1, TODAY.plusDays(5), TODAY.plusDays(9)));
        stage.clock.advance(Duration.ofMinutes(5));
        feed = stage.issue(wanted(7, "all"));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void anAnswerTellsWhatItIs() {
        stage.remember(deal(39, TODAY.plusDays(5), null));
        Instant changed = stage.clock.instant();
        stage.clock.advance(Duration.ofMinutes(5));
        HttpResponse<byte[]> answer = stage.get(feed);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/calendar;charset=UTF-8");
        assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{64}\"");
        assertThat(header(answer, "Last-Modified")).isEqualTo(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(changed.atOffset(ZoneOffset.UTC)));
        assertThat(header(answer, "Cache-Control")).contains("private", "no-cache").doesNotContain("no-store");
        assertThat(header(answer, "Vary")).containsIgnoringCase("Accept-Encoding");
    }

    @Test
    void whoHasItAlreadyGets304() {
        HttpResponse<byte[]> first = stage.get(feed);
        HttpResponse<byte[]> byTag = stage.get(feed, "If-None-Match", "\"x\", " + header(first, "ETag"));
        assertThat(byTag.statusCode()).isEqualTo(304);
        assertThat(byTag.body()).isEmpty();
        assertThat(header(byTag, "ETag")).isEqualTo(header(first, "ETag"));
        assertThat(stage.get(feed, "If-Modified-Since", header(first, "Last-Modified")).statusCode()).isEqualTo(304);
        assertThat(stage.get(feed, "If-Modified-Since", "Fri, 27 Nov 2026 08:59:59 GMT").statusCode()).isEqualTo(200);
        assertThat(stage.get(feed, "If-None-Match", "\"other\"", "If-Modified-Since", header(first, "Last-Modified"))
                .statusCode()).as("the tag counts where both are sent").isEqualTo(200);
    }

    @Test
    void theSecondOfTwoChangesWithinOneSecondIsNotMissedByDate() {
        String own = stage.issue(wanted(7, "proposals"));
        stage.remember(deal(40, TODAY.plusDays(5), null));
        HttpResponse<byte[]> first = stage.get(own);
        stage.remember(deal(41, TODAY.plusDays(5), null));
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(stage.get(own, "If-Modified-Since", header(first, "Last-Modified")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"gzip, true", "'deflate, GZIP;q=0.5', true", "gzip;q=0, false", "gzip;q=0.000, false", "br, false",
            "identity, false"})
    void itIsPackedWhereThatIsWanted(String encodings, boolean packed) throws IOException {
        HttpResponse<byte[]> plain = stage.get(feed);
        HttpResponse<byte[]> answer = stage.get(feed, "Accept-Encoding", encodings);
        assertThat(header(answer, "Content-Encoding")).isEqualTo(packed ? "gzip" : "");
        byte[] body = packed ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                : answer.body();
        assertThat(body).isEqualTo(plain.body());
        assertThat(header(answer, "ETag").equals(header(plain, "ETag"))).as("other bytes, other strong tag")
                .isEqualTo(!packed);
        assertThat(stage.get(feed, "Accept-Encoding", encodings, "If-None-Match", header(answer, "ETag"))
                .statusCode()).isEqualTo(304);
    }

    @Test
    void headTellsTheSameWithoutABody() {
        HttpResponse<byte[]> whole = stage.get(feed);
        HttpResponse<byte[]> head = stage.send("HEAD", feed);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : List.of("ETag", "Last-Modified", "Content-Type", "Content-Length")) {
            assertThat(header(head, name)).as(name).isNotEmpty().isEqualTo(header(whole, name));
        }
    }

    @Test
    void anUnknownAndARevokedAddressLookAlike() {
        Calendars.Issued issued = stage.calendars().issue(wanted(7, "all"), "test");
        stage.calendars().revoke(issued.id());
        HttpResponse<byte[]> revoked = stage.get("/calendar/" + issued.token() + ".ics");
        HttpResponse<byte[]> unknown = stage.get("/calendar/" + "a".repeat(43) + ".ics");
        assertThat(revoked.statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo(revoked.body());
        assertThat(names(unknown)).isEqualTo(names(revoked));
        assertThat(stage.get("/calendar/x.ics").statusCode()).isEqualTo(404);
        assertThat(stage.get("/calendar/" + issued.token()).statusCode()).isEqualTo(404);
    }

    private static Map<String, List<String>> names(HttpResponse<byte[]> answer) {
        Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void whoAsksWithoutPauseHasToWaitAndNobodyElse() {
        String greedy = stage.issue(wanted(7, "all"));
        for (int i = 0; i < FeedPace.A_MINUTE; i++) {
            assertThat(stage.get(greedy).statusCode()).isEqualTo(200);
        }
        HttpResponse<byte[]> refused = stage.get(greedy);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
        assertThat(stage.get(feed).statusCode()).isEqualTo(200);
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(stage.get(greedy).statusCode()).isEqualTo(200);
    }

    /** Nobody's word on whence it comes is believed here: no proxy is named. */
    @Test
    void whoTriesOutAddressesHasToWaitAndTheReadersBehindTheSameAddressDoNot() {
        assertThat(stage.get(feed).statusCode()).isEqualTo(200);
        int tried = 0;
        while (stage.get("/calendar/" + tried + ".ics", "X-Forwarded-For", "203.0.113." + tried % 200).statusCode()
                == 404) {
            tried++;
        }
        assertThat(tried).isBetween(Strangers.A_MINUTE - 10, Strangers.A_MINUTE);
        HttpResponse<byte[]> refused = stage.get("/calendar/more.ics", "X-Forwarded-For", "203.0.113.201");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
        assertThat(stage.get(feed).statusCode()).as("a reader").isEqualTo(200);
        stage.jdbc().sql("update calendar_feed set revoked_at = 1 where token_hash = ?")
                .param(Contents.hash(feed.substring(10, 53))).update();
        assertThat(stage.get(feed).statusCode()).as("revoked").isEqualTo(404);
        assertThat(stage.get(feed).statusCode()).as("and like any other from then on").isEqualTo(429);
        feed = stage.issue(wanted(7, "all"));
        stage.clock.advance(Duration.ofMinutes(2));
        assertThat(stage.get("/calendar/more.ics").statusCode()).isEqualTo(404);
    }

    /** One look-up by the hash, whatever is wrong: nothing is compared that could take longer. */
    @Test
    void whateverIsWrongWithATokenTheStoreDoesTheSameForIt() {
        Calendars.Issued issued = stage.calendars().issue(wanted(7, "all"), "test");
        stage.calendars().revoke(issued.id());
        String near = issued.token().substring(0, 42) + (issued.token().endsWith("A") ? "B" : "A");
        stage.jdbc().sql("set query_statistics true").update();
        Map<String, Map<String, Long>> asked = new HashMap<>();
        for (String token : List.of(issued.token(), near, "a".repeat(43), "x", "z".repeat(2000))) {
            Map<String, Long> before = statements();
            assertThat(stage.get("/calendar/" + token + ".ics").statusCode()).isEqualTo(404);
            Map<String, Long> after = statements();
            before.forEach((sql, times) -> after.merge(sql, -times, Long::sum));
            after.values().removeIf(times -> times == 0);
            asked.put(token, after);
        }
        stage.jdbc().sql("set query_statistics false").update();
        assertThat(asked.values()).allSatisfy(one -> assertThat(one).hasSize(1).containsValue(1L));
        assertThat(asked.values().stream().distinct()).hasSize(1);
    }

    private static Map<String, Long> statements() {
        Map<String, Long> statements = new HashMap<>();
        stage.jdbc().sql("""
                select sql_statement, execution_count from information_schema.query_statistics
                where sql_statement like '%calendar_%' and sql_statement not like '%query_statistics%'""").query(row -> {
                    statements.merge(row.getString(1), row.getLong(2), Long::sum);
                });
        return statements;
    }

    @Test
    void twoHundredSubscribersAtOnceAreAllServed() {
        List<String> feeds = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            feeds.add(stage.issue(wanted(100 + i, i % 2 == 0 ? "all" : "mine")));
        }
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> answers = feeds.stream().map(one -> http.sendAsync(
                HttpRequest.newBuilder(URI.create(stage.address() + one)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))).toList();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            HttpResponse<String> answer = answers.get(i).join();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("BEGIN:VCALENDAR\r\n").endsWith("END:VCALENDAR\r\n");
            assertThat(answer.body().contains("deal-1-start")).isEqualTo(i % 2 == 0);
        }
    }

    @Test
    void theApiIssuesListsAndRevokes() throws Exception {
        assertThat(post("{\"view\":\"all\"}").statusCode()).isEqualTo(422);
        assertThat(post("{\"person\":7,\"view\":\"everything\"}").body()).contains("payments");
        assertThat(post("{\"person\":7,\"view\":\"all\",\"back\":\"3 months\"}").statusCode()).isEqualTo(422);
        assertThat(post("{\"person\":7,\"view\":\"all\",\"alarm\":\"P1M\"}").statusCode()).isEqualTo(422);
        assertThat(post("{\"person\":7,\"view\":\"all\",\"direction\":\"up\"}").statusCode()).isEqualTo(422);
        assertThat(post("{\"person\":7,\"view\":\"all\",\"pipelines\":[\"payment.inn\"]}").body())
                .contains("payment.in");
        HttpResponse<String> made = post("{\"person\":7,\"view\":\"payments\",\"span\":true,\"direction\":\"in\","
                + "\"pipelines\":[\"payment.in\"],\"back\":\"P1M\",\"ahead\":\"P2M\",\"alarm\":\"P1D\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String url = made.body().replaceFirst(".*\"url\":\"https://sync.example.org([^\"]+)\".*", "$1");
        String id = made.body().replaceFirst(".*\"id\":(\\d+).*", "$1");
        assertThat(stage.get(url, "User-Agent", "Google-Calendar-Importer").statusCode()).isEqualTo(200);
        String listed = new String(stage.get("/api/calendars", "Authorization", CalendarStage.basic()).body(),
                StandardCharsets.UTF_8);
        assertThat(listed).contains("\"id\":" + id + ",\"person\":7,\"name\":null,\"view\":\"payments\",\"span\":true,"
                + "\"direction\":\"in\",\"pipelines\":[\"payment.in\"],\"back\":\"P1M\",\"ahead\":\"P2M\","
                + "\"alarm\":\"P1D\"", "\"program\":\"Google Calendar\"").doesNotContain(url.substring(10, 53));
        assertThat(stage.send("DELETE", "/api/calendars/" + id, "Authorization", CalendarStage.basic()).statusCode())
                .isEqualTo(204);
        assertThat(stage.get(url).statusCode()).isEqualTo(404);
        assertThat(stage.get("/api/calendars").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(stage.address() + "/api/calendars"))
                .header("Authorization", CalendarStage.basic()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
