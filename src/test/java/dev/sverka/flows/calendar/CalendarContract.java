package dev.sverka.flows.calendar;

import static dev.sverka.flows.calendar.CalendarStage.MEMBER;
import static dev.sverka.flows.calendar.CalendarStage.NOW;
import static dev.sverka.flows.calendar.CalendarStage.TODAY;
import static dev.sverka.flows.calendar.CalendarStage.deal;
import static dev.sverka.flows.calendar.CalendarStage.item;
import static dev.sverka.flows.calendar.CalendarStage.payment;
import static dev.sverka.flows.calendar.CalendarStage.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.flows.calendar.Calendars.Wanted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of items in calendars, over a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CalendarContract {

    private CalendarStage stage;
    private CalendarRules shipped;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start() {
        stage = new CalendarStage(url());
        shipped = stage.rules().get();
    }

    @AfterAll
    void stop() {
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

    private Map<String, String> event(String feed, String name) {
        return stage.events(feed).getOrDefault(name, Map.of());
    }

    @Test
    void aSequenceRisesWithEachChangeAndWithNothingElse() {
        String feed = stage.issue(wanted(7, "all"));
        stage.remember(deal(1, TODAY.plusDays(5), TODAY.plusDays(9)));
        assertThat(event(feed, "deal-1-start")).containsEntry("SEQUENCE", "0")
                .containsEntry("UID", "deal-1-start@" + MEMBER).containsEntry("DTSTAMP", "20261127T090000Z")
                .containsEntry("LAST-MODIFIED", "20261127T090000Z");
        stage.clock.advance(Duration.ofHours(1));
        stage.remember(deal(1, TODAY.plusDays(5), TODAY.plusDays(9)));
        assertThat(event(feed, "deal-1-start")).as("the same news again").containsEntry("SEQUENCE", "0");
        stage.remember(deal(1, TODAY.plusDays(6), TODAY.plusDays(9)));
        assertThat(event(feed, "deal-1-start")).containsEntry("SEQUENCE", "1").containsEntry("DTSTART", "20261203")
                .containsEntry("DTEND", "20261204").containsEntry("DTSTAMP", "20261127T100000Z")
                .containsEntry("LAST-MODIFIED", "20261127T100000Z");
        assertThat(event(feed, "deal-1-end")).as("untouched").containsEntry("SEQUENCE", "0")
                .containsEntry("LAST-MODIFIED", "20261127T090000Z");
    }

    @Test
    void aClearedDateIsCancelledForThirtyDaysAndItsSequenceOutlivesIt() {
        String feed = stage.issue(wanted(7, "all"));
        stage.remember(deal(2, TODAY.plusDays(50), TODAY.plusDays(60)));
        stage.remember(deal(2, TODAY.plusDays(50), null));
        assertThat(event(feed, "deal-2-end")).containsEntry("STATUS", "CANCELLED").containsEntry("SEQUENCE", "1")
                .containsEntry("DTSTART", "20270126");
        assertThat(event(feed, "deal-2-start")).containsEntry("STATUS", "CONFIRMED");
        stage.clock.advance(Duration.ofDays(29));
        assertThat(event(feed, "deal-2-end")).containsEntry("STATUS", "CANCELLED");
        stage.clock.advance(Duration.ofDays(1));
        assertThat(stage.events(feed)).containsOnlyKeys("deal-2-start");
        stage.remember(deal(2, TODAY.plusDays(50), TODAY.plusDays(70)));
        assertThat(event(feed, "deal-2-end")).containsEntry("STATUS", "CONFIRMED").containsEntry("SEQUENCE", "2");
    }

    @Test
    void whatIsLostCancelledDeclinedOrDeletedIsCancelledAndNeverBornSo() {
        String feed = stage.issue(wanted(7, "all"));
        Map<String, Object> proposal = item("proposal", 3, "sent");
        proposal.putAll(Map.of("title", "КП", "begin", TODAY.plusDays(3)));
        Map<String, Object> report = item("report", 3, "draft");
        report.putAll(Map.of("title", "Отчёт", "begin", TODAY.plusDays(3), "pipeline", "act"));
        stage.remember(deal(3, TODAY.plusDays(3), null));
        stage.remember(payment(3, "in", TODAY.plusDays(3)));
        stage.remember(proposal);
        stage.remember(report);
        assertThat(stage.events(feed).values()).hasSize(4).allMatch(one -> one.get("STATUS").equals("CONFIRMED"));
        Map<String, Object> lost = deal(3, TODAY.plusDays(3), null);
        lost.put("stage", "lost");
        stage.remember(lost);
        proposal.put("stage", "declined");
        stage.remember(proposal);
        report.put("stage", "revoked");
        stage.remember(report);
        stage.remember(new LinkedHashMap<>(Map.of("entity", "payment", "id", 3L, "deleted", true)));
        assertThat(stage.events(feed).values()).hasSize(4).allSatisfy(one -> assertThat(one)
                .containsEntry("STATUS", "CANCELLED").containsEntry("SEQUENCE", "1"));
        stage.remember(lost);
        assertThat(event(feed, "deal-3-start")).containsEntry("SEQUENCE", "1");
        Map<String, Object> old = deal(4, TODAY.plusDays(3), null);
        old.put("stage", "lost");
        stage.remember(old);
        assertThat(event(feed, "deal-4-start")).isEmpty();
    }

    @Test
    void onlyAContractAmongDocumentsIsAnEvent() {
        String feed = stage.issue(wanted(7, "documents"));
        Map<String, Object> document = item("document", 5, "draft");
        document.putAll(Map.of("title", "Поставка", "begin", TODAY.plusDays(3), "kind", "Акт", "pipeline", "out"));
        stage.remember(document);
        assertThat(stage.events(feed)).isEmpty();
        document.put("kind", "Договор");
        stage.remember(document);
        assertThat(event(feed, "document-5-start")).containsEntry("SUMMARY", "Договор: Поставка");
    }

    @Test
    void aRenamedFieldThatChoosesCancelsNothing() {
        String feed = stage.issue(wanted(7, "all"));
        Map<String, Object> contract = item("document", 55, "draft");
        contract.put("kind", "Договор");
        contract.put("date", TODAY.toString());
        contract.put("begin", TODAY.toString());
        stage.remember(contract);
        assertThat(event(feed, "document-55-start")).containsEntry("STATUS", "CONFIRMED");
        contract.remove("kind");
        contract.put("missing", List.of("document.field.kind"));
        stage.remember(contract);
        assertThat(event(feed, "document-55-start")).containsEntry("STATUS", "CONFIRMED");
    }

    @Test
    void aRenamedFieldIsNoClearedDate() {
        String feed = stage.issue(wanted(7, "all"));
        stage.remember(payment(6, "in", TODAY.plusDays(3)));
        Map<String, Object> blind = payment(6, "in", null);
        blind.put("missing", List.of("payment.field.dueDate"));
        stage.remember(blind);
        assertThat(event(feed, "payment-6-due")).containsEntry("STATUS", "CONFIRMED");
    }

    @Test
    void sidesOfPaymentsAreToldApartWithSumAndCategory() {
        String feed = stage.issue(wanted(7, "payments"));
        Map<String, Object> out = payment(7, "out", TODAY.plusDays(3));
        out.putAll(Map.of("amount", new BigDecimal("1234567"), "currency", "RUB", "purpose", "Аренда, офис"));
        stage.remember(out);
        stage.remember(payment(8, "in", TODAY.plusDays(3)));
        assertThat(event(feed, "payment-7-due"))
                .containsEntry("SUMMARY", "Списание 1\u00a0234\u00a0567\\,00 RUB: Счёт 7")
                .containsEntry("CATEGORIES", "Списания").containsEntry("COLOR", "firebrick")
                .containsEntry("DESCRIPTION", "Сумма: 1\u00a0234\u00a0567\\,00\\nНазначение: Аренда\\, офис")
                .containsEntry("URL", "https://portal.example.org/crm/payment/7/");
        assertThat(event(feed, "payment-8-due")).containsEntry("CATEGORIES", "Поступления");
    }

    @Test
    void aFeedShowsWhatItsFilterSays() {
        Map<String, Object> others = deal(10, TODAY.plusDays(1), TODAY.plusDays(2));
        others.put("assignee", 8L);
        stage.remember(others);
        stage.remember(deal(11, TODAY.minusMonths(4), TODAY.plusMonths(13)));
        stage.remember(payment(12, "in", TODAY.plusDays(3)));
        stage.remember(payment(13, "out", TODAY.plusDays(3)));
        assertThat(shown(wanted(8, "mine"))).containsExactly("deal-10-start", "deal-10-end");
        assertThat(shown(wanted(7, "all"))).as("deal 11 is too far off on both sides").containsExactly(
                "deal-10-start", "deal-10-end", "payment-12-due", "payment-13-due");
        assertThat(shown(new Wanted(7L, "all", false, "in", null, null, null, null))).containsExactly(
                "deal-10-start", "deal-10-end", "payment-12-due");
        assertThat(shown(new Wanted(7L, "all", false, null, List.of("payment.out"), null, null, null)))
                .containsExactly("payment-13-due");
        assertThat(shown(new Wanted(7L, "deals", false, null, List.of("main"), "P5M", "P14M", null))).containsExactly(
                "deal-11-start", "deal-10-start", "deal-10-end", "deal-11-end");
        assertThat(shown(new Wanted(7L, "deals", true, null, null, null, null, null))).as("it is going on")
                .containsExactly("deal-11-span", "deal-10-span");
        assertThat(shown(wanted(7, "reports"))).isEmpty();
    }

    private List<String> shown(Wanted wanted) {
        return List.copyOf(stage.events(stage.issue(wanted)).keySet());
    }

    @Test
    void aSpanGoesFromTheFirstDayToTheDayAfterTheLast() {
        String feed = stage.issue(new Wanted(7L, "deals", true, null, null, null, null, null));
        stage.remember(deal(14, LocalDate.parse("2026-12-01"), LocalDate.parse("2026-12-31")));
        assertThat(event(feed, "deal-14-span")).containsEntry("DTSTART", "20261201")
                .containsEntry("DTEND", "20270101").containsEntry("SUMMARY", "Сделка: Магазин 14");
        stage.remember(deal(14, null, LocalDate.parse("2026-12-31")));
        assertThat(event(feed, "deal-14-span")).as("one date is a day").containsEntry("DTSTART", "20261231")
                .containsEntry("DTEND", "20270101").containsEntry("SEQUENCE", "1");
        stage.remember(deal(14, LocalDate.parse("2027-01-05"), LocalDate.parse("2026-12-31")));
        assertThat(event(feed, "deal-14-span")).as("entered the wrong way round").containsEntry("DTSTART", "20261231")
                .containsEntry("DTEND", "20270106");
    }

    @Test
    void anAlarmStandsOnlyWhereAFeedWantsItAndNeverInACancelledEvent() {
        stage.remember(deal(15, TODAY.plusDays(5), TODAY.plusDays(9)));
        stage.remember(deal(15, TODAY.plusDays(5), null));
        String text = stage.raw(stage.issue(new Wanted(7L, "all", false, null, null, null, null, "P1D")));
        assertThat(text.split("BEGIN:VALARM", -1)).hasSize(2);
        assertThat(text).contains("TRIGGER:-P1D\r\n", "ACTION:DISPLAY\r\n");
        assertThat(stage.raw(stage.issue(wanted(7, "all")))).doesNotContain("VALARM");
    }

    @Test
    void aChangedMappingChangesOnlyWhatItTouches() {
        String feed = stage.issue(wanted(7, "all"));
        stage.remember(deal(16, TODAY.plusDays(5), null));
        stage.remember(payment(16, "in", TODAY.plusDays(5)));
        List<CalendarRule> rules = new ArrayList<>(shipped.rules());
        CalendarRule deals = rules.get(0);
        rules.set(0, new CalendarRule("deal", null, Map.of(), deals.dates(), Map.of("start", "Старт {title}", "end",
                "Финиш", "span", "Сделка"), deals.category(), "navy", deals.text(), 1));
        stage.rules().put(new CalendarRules(shipped.names(), shipped.refresh(), rules, "another"));
        assertThat(event(feed, "deal-16-start")).containsEntry("SUMMARY", "Старт Магазин 16")
                .containsEntry("COLOR", "navy").containsEntry("SEQUENCE", "1");
        assertThat(event(feed, "payment-16-due")).containsEntry("SEQUENCE", "0");
    }

    @Test
    void theUidsTakeThePortalsIdOnceItIsKnown() {
        String feed = stage.issue(wanted(7, "all"));
        Map<String, Object> early = deal(17, TODAY.plusDays(5), null);
        early.put("portal", "portal.example.org");
        stage.remember(early);
        assertThat(event(feed, "deal-17-start")).containsEntry("UID", "deal-17-start@portal.example.org");
        stage.remember(payment(17, "in", TODAY.plusDays(5)));
        assertThat(event(feed, "deal-17-start")).containsEntry("UID", "deal-17-start@" + MEMBER);
    }

    @Test
    void whatMovesWithinADayIsToldToWhomItIsShownOnce() {
        stage.issue(wanted(7, "mine"));
        stage.issue(new Wanted(7L, "all", true, null, null, null, null, null));
        stage.issue(wanted(9, "payments"));
        stage.issue(wanted(10, "deals"));
        stage.remember(deal(18, TODAY.plusDays(5), null));
        assertThat(stage.notices()).as("nothing within a day").isEmpty();
        stage.remember(deal(18, TODAY.plusDays(1), null));
        assertThat(stage.notices()).extracting(one -> one.get("to")).containsExactly(7L, 10L);
        assertThat(stage.notices()).allSatisfy(one -> {
            assertThat(one.get("text")).isEqualTo("Календарь, меньше суток: Начало сделки: Магазин 18 — перенесено с "
                    + "02.12.2026 на 28.11.2026\nhttps://portal.example.org/crm/deal/18/");
            assertThat(one.get("marker").toString()).startsWith("sverka:calendar:main:").hasSizeLessThanOrEqualTo(40);
        });
        stage.remember(deal(18, TODAY.plusDays(1), null));
        assertThat(stage.notices()).as("the same news again").hasSize(2);
        stage.remember(deal(18, null, null));
        assertThat(stage.notices()).hasSize(4).last().extracting(one -> one.get("text").toString()).asString()
                .contains("отменено (было 28.11.2026)");
    }

    @Test
    void newsOlderThanAFeedIsNoneToItsReader() {
        Map<String, Object> old = deal(19, TODAY.plusDays(1), null);
        old.put("updatedTime", NOW.minusSeconds(3600));
        stage.issue(wanted(7, "all"));
        stage.remember(old);
        assertThat(stage.notices()).isEmpty();
        Map<String, Object> fresh = deal(20, TODAY.plusDays(1), null);
        fresh.put("updatedTime", NOW.plusSeconds(1));
        stage.remember(fresh);
        assertThat(stage.notices()).hasSize(1);
    }

    @Test
    void whoIsDismissedLosesEveryFeedAndGetsNoNew() {
        String feed = stage.issue(wanted(7, "all"));
        String colleague = stage.issue(wanted(8, "all"));
        Map<String, Object> person = Map.of("id", 7L, "name", "Анна", "lastName", "Ким", "active", true);
        assertThat(stage.items().isNewsOfPerson(person)).isTrue();
        stage.items().rememberPerson(person);
        assertThat(stage.items().isNewsOfPerson(person)).isFalse();
        assertThat(stage.get(feed).statusCode()).isEqualTo(200);
        Map<String, Object> dismissed = Map.of("id", 7L, "name", "Анна", "lastName", "Ким", "active", false);
        assertThat(stage.items().isNewsOfPerson(dismissed)).isTrue();
        stage.items().rememberPerson(dismissed);
        assertThat(stage.get(feed).statusCode()).isEqualTo(404);
        assertThat(stage.get(colleague).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> stage.issue(wanted(7, "all"))).isInstanceOf(Calendars.Invalid.class)
                .hasMessageContaining("dismissed");
        stage.items().rememberPerson(person);
        assertThat(stage.get(feed).statusCode()).as("taken back is not given back").isEqualTo(404);
    }

    /** H2 commits each table by itself, so a process killed in the middle of it leaves half of them. */
    @Test
    void theTablesCanBeMadeAgainWhereTheirMakingWasBrokenOff() {
        stage.jdbc().sql("drop index calendar_event_days").update();
        stage.jdbc().sql("drop table calendar_feed").update();
        stage.script("db/migration/V12__calendar.sql");
        stage.script("db/migration/V34__calendar_kinds.sql");
        stage.remember(deal(30, TODAY.plusDays(5), null));
        assertThat(stage.events(stage.issue(wanted(7, "all")))).containsOnlyKeys("deal-30-start");
    }

    @Test
    void theStoreKnowsNoToken() {
        String token = stage.calendars().issue(wanted(7, "all"), "test").token();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(stage.jdbc().sql("select * from calendar_feed").query().singleRow().values().toString())
                .doesNotContain(token).contains(Contents.hash(token));
    }

    @Test
    void writersSideBySideLoseNothing() throws Exception {
        String feed = stage.issue(wanted(7, "all"));
        ExecutorService workers = Executors.newFixedThreadPool(6);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int id = 100; id < 160; id++) {
            long number = id;
            work.add(() -> {
                stage.remember(deal(number, TODAY.plusDays(5), TODAY.plusDays(9)));
                return stage.raw(feed).contains("deal-" + number + "-end@");
            });
        }
        for (Future<Boolean> one : workers.invokeAll(work)) {
            assertThat(one.get()).as("in the feed as soon as it is known").isTrue();
        }
        workers.shutdown();
        assertThat(stage.events(feed)).hasSize(120);
    }
}
