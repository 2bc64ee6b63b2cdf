package dev.sverka.flows.calendar;

import static dev.sverka.flows.calendar.CalendarStage.NOW;
import static dev.sverka.flows.calendar.CalendarStage.TODAY;
import static dev.sverka.flows.calendar.CalendarStage.deal;
import static dev.sverka.flows.calendar.CalendarStage.payment;
import static dev.sverka.flows.calendar.CalendarStage.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.state.Databases;
import dev.sverka.flows.calendar.Calendars.Wanted;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody would try who looks for a fault in feeds. */
class CalendarEdgesTest {

    @TempDir
    static Path folder;

    private static CalendarStage stage;
    private static CalendarRules shipped;

    @BeforeAll
    static void start() {
        stage = new CalendarStage(Databases.h2Url(folder), "--sverka.console.trusted-proxies[0]=127.0.0.1");
        shipped = stage.rules().get();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void empty() {
        List.of("calendar_item", "calendar_event", "calendar_feed", "calendar_person", "entry").forEach(table ->
                stage.jdbc().sql("delete from " + table).update());
        stage.jdbc().sql("update calendar_state set revision = revision + 1, portal = null, rules = null").update();
        stage.rules().put(shipped);
        stage.clock.set(NOW);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Map<String, String> event(String feed, String name) {
        return stage.events(feed).getOrDefault(name, Map.of());
    }

    @Test
    void namesAndCategoriesFromTheMappingAreTextAndCannotBecomeLines() throws Exception {
        Map<String, String> names = new HashMap<>(shipped.names());
        names.put("all", "CRM; все, \\ даты\nX-EVIL:1");
        List<CalendarRule> rules = new ArrayList<>(shipped.rules());
        CalendarRule deals = rules.get(0);
        rules.set(0, new CalendarRule("deal", null, Map.of(), deals.dates(), deals.titles(), "Сделки, важные; все",
                "navy", deals.text(), 1));
        stage.rules().put(new CalendarRules(names, shipped.refresh(), rules, "hostile"));
        stage.remember(deal(1, TODAY.plusDays(5), null));
        String text = stage.raw(stage.issue(wanted(7, "all"))).replace("\r\n ", "");
        assertThat(text).contains("\r\nNAME:CRM\\; все\\, \\\\ даты\\nX-EVIL:1\r\n",
                "\r\nX-WR-CALNAME:CRM\\; все\\, \\\\ даты\\nX-EVIL:1\r\n",
                "\r\nCATEGORIES:Сделки\\, важные\\; все\r\n").doesNotContain("\r\nX-EVIL");
        assertThat(new CalendarBuilder().build(new StringReader(text)).validate().getEntries()).isEmpty();
    }

    @Test
    void whatOtherProgramsTakeForTheEndOfALineIsWrittenAsOne() {
        Map<String, Object> item = deal(1, TODAY.plusDays(5), null);
        item.put("title", "один\u2028два\u2029три\u000bчетыре\u0085пять");
        stage.remember(item);
        assertThat(event(stage.issue(wanted(7, "all")), "deal-1-start"))
                .containsEntry("SUMMARY", "Начало сделки: один\\nдва\\nтри\\nчетыре\\nпять");
    }

    @Test
    void anAnswerThatNothingChangedSaysWhatACacheNeeds() {
        stage.remember(deal(1, TODAY.plusDays(5), null));
        stage.clock.advance(Duration.ofMinutes(5));
        String feed = stage.issue(wanted(7, "all"));
        HttpResponse<byte[]> whole = stage.get(feed, "Accept-Encoding", "gzip");
        for (String tag : List.of(header(whole, "ETag"), "W/" + header(whole, "ETag"), "*",
                "\"x\",W/" + header(whole, "ETag"))) {
            HttpResponse<byte[]> same = stage.get(feed, "Accept-Encoding", "gzip", "If-None-Match", tag);
            assertThat(same.statusCode()).as(tag).isEqualTo(304);
            for (String name : List.of("ETag", "Last-Modified", "Cache-Control", "Vary")) {
                assertThat(header(same, name)).as(name).isNotEmpty().isEqualTo(header(whole, name));
            }
        }
        assertThat(stage.get(feed, "If-None-Match", header(whole, "ETag")).statusCode())
                .as("the packed bytes are not the plain ones").isEqualTo(200);
        HttpResponse<byte[]> head = stage.send("HEAD", feed, "Accept-Encoding", "gzip");
        for (String name : List.of("ETag", "Content-Encoding", "Content-Length", "Vary")) {
            assertThat(header(head, name)).as(name).isNotEmpty().isEqualTo(header(whole, name));
        }
        assertThat(stage.send("HEAD", feed, "If-None-Match", "*").statusCode()).isEqualTo(304);
        assertThat(header(whole, "Set-Cookie")).isEmpty();
    }

    @Test
    void theWindowReachesUpToItsLastDay() {
        stage.remember(deal(1, TODAY, TODAY.plusDays(1)));
        stage.remember(deal(2, TODAY.minusDays(1), TODAY.plusDays(2)));
        assertThat(shown(new Wanted(7L, "all", false, null, null, "P0D", "P0D", null))).containsExactly(
                "deal-1-start");
        assertThat(shown(new Wanted(7L, "all", false, null, null, "P1D", "P1D", null))).containsExactly(
                "deal-2-start", "deal-1-start", "deal-1-end");
    }

    private static List<String> shown(Wanted wanted) {
        return List.copyOf(stage.events(stage.issue(wanted)).keySet());
    }

    @Test
    void aChangedSumOfWhatIsDueTomorrowIsToldAndAChangedTextIsNot() {
        stage.issue(wanted(7, "payments"));
        stage.remember(payment(1, TODAY.plusDays(1), "100.00"));
        assertThat(stage.notices()).hasSize(1);
        stage.remember(payment(1, TODAY.plusDays(1), "1000.00"));
        assertThat(stage.notices()).hasSize(2).last().extracting(one -> one.get("text").toString()).asString()
                .contains("Поступление 1\u00a0000,00 RUB: Счёт 1 — было «Поступление 100,00 RUB: Счёт 1», 28.11.2026");
        Map<String, Object> text = payment(1, TODAY.plusDays(1), "1000.00");
        text.put("number", "7");
        stage.remember(text);
        assertThat(stage.notices()).hasSize(2);
        stage.remember(payment(2, TODAY.plusDays(9), "1.00"));
        stage.remember(payment(2, TODAY.plusDays(9), "2.00"));
        assertThat(stage.notices()).as("not within a day").hasSize(2);
    }

    private static Map<String, Object> payment(long id, java.time.LocalDate due, String amount) {
        Map<String, Object> payment = CalendarStage.payment(id, "in", due);
        payment.putAll(Map.of("amount", new BigDecimal(amount), "currency", "RUB"));
        return payment;
    }

    @Test
    void onlyWhatThePortalSaysMakesSomebodyDismissed() {
        String feed = stage.issue(wanted(7, "all"));
        Map<String, Object> unsaid = Map.of("id", 7L, "name", "Анна");
        assertThat(stage.items().isNewsOfPerson(unsaid)).isFalse();
        stage.items().rememberPerson(unsaid);
        assertThat(stage.get(feed).statusCode()).as("active or not was not said").isEqualTo(200);
        stage.items().rememberPerson(Map.of("id", 7L, "entity", "person", "deleted", true));
        assertThat(stage.get(feed).statusCode()).as("gone").isEqualTo(404);
    }

    @Test
    void aFeedIssuedWhileItsPersonWasBeingDismissedNeverOpens() {
        String feed = stage.issue(wanted(7, "all"));
        stage.jdbc().sql("insert into calendar_person (id, name, active) values (7, 'Анна', false)").update();
        assertThat(stage.get(feed).statusCode()).isEqualTo(404);
        assertThat(stage.calendars().list()).isEmpty();
    }

    @Test
    void behindATrustedProxyEachAddressWaitsForItselfAndAnIpv6NetworkIsOne() {
        String from = "2001:db8:0:7::";
        for (int i = 0; i < Strangers.A_MINUTE; i++) {
            assertThat(unknown(from + Integer.toHexString(i + 1))).isEqualTo(404);
        }
        assertThat(unknown("2001:db8:0:7:ffff::1")).isEqualTo(429);
        assertThat(unknown("1.2.3.4, 2001:db8:0:7::1")).as("what comes first is the asker's own word").isEqualTo(429);
        assertThat(unknown("2001:db8:0:8::1")).isEqualTo(404);
        assertThat(unknown("203.0.113.7")).isEqualTo(404);
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(unknown("2001:db8:0:7::1")).isEqualTo(404);
    }

    private static int unknown(String forwarded) {
        return stage.get("/calendar/" + "b".repeat(43) + ".ics", "X-Forwarded-For", forwarded).statusCode();
    }

    @Test
    void ownPaymentsAreAFeedTooAndTheKindsMayBeSeveral() {
        Map<String, Object> others = CalendarStage.payment(1, "in", TODAY.plusDays(3));
        others.put("assignee", 8L);
        stage.remember(others);
        stage.remember(CalendarStage.payment(2, "in", TODAY.plusDays(3)));
        stage.remember(deal(3, TODAY.plusDays(3), null));
        Map<String, Object> proposal = CalendarStage.item("proposal", 4, "sent");
        proposal.putAll(Map.of("title", "КП", "begin", TODAY.plusDays(3)));
        stage.remember(proposal);
        assertThat(shown(kinds("mine", List.of("payments")))).containsExactly("payment-2-due");
        assertThat(shown(kinds("all", List.of("payments", "proposals")))).containsExactlyInAnyOrder("payment-1-due",
                "payment-2-due", "proposal-4-start");
        assertThat(shown(kinds("mine", List.of()))).containsExactlyInAnyOrder("payment-2-due", "deal-3-start",
                "proposal-4-start");
        assertThatThrownBy(() -> stage.issue(kinds("all", List.of("payment")))).isInstanceOf(Calendars.Invalid.class)
                .hasMessageContaining("payments");
        assertThatThrownBy(() -> stage.issue(kinds("deals", List.of("payments"))))
                .isInstanceOf(Calendars.Invalid.class);
        assertThat(stage.calendars().list()).extracting(Calendars.Listed::entities).contains(List.of("payments"),
                List.of("payments", "proposals"), List.of());
    }

    private static Wanted kinds(String view, List<String> entities) {
        return new Wanted(7L, view, false, null, null, null, null, null, entities);
    }
}
