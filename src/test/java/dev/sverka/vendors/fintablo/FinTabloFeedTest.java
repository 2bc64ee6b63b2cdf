package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed in FinTablo, seen by comparing. */
class FinTabloFeedTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final FinTabloStage stage = new FinTabloStage();
    private Map<String, String> position = Map.of();

    @AfterEach
    void close() {
        stage.close();
    }

    private Feed feed(String entity, Duration poll) {
        FinTabloProperties properties = new FinTabloProperties(Map.of("main", new FinTabloProperties.Account(
                stage.vendor.url(), "t", 240, FinTabloProperties.BankOperations.ENRICH, Duration.ofMinutes(3))),
                new FinTabloProperties.Poll(poll), new FinTabloProperties.Reread(Duration.ofMinutes(10)),
                new FinTabloProperties.Sweep(LocalTime.of(3, 30)), new FinTabloProperties.History(Period.ofDays(90)));
        return new FinTabloFeed(entity, properties, name -> stage.account, stage.links, stage.clock,
                ZoneId.of("Europe/Moscow"));
    }

    /** Reads to the present. @return what was told */
    private List<Feed.News> poll(String entity) {
        List<Feed.News> told = new ArrayList<>();
        Feed.Pages pages = feed(entity, Duration.ofMinutes(5)).open("main", position);
        boolean present = false;
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            pages.stored(page);
            position = page.position();
            present = page.present();
            told.addAll(page.news());
        }
        assertThat(present).isTrue();
        return told;
    }

    private List<Feed.News> later(String entity) {
        stage.clock.advance(Duration.ofMinutes(5));
        return poll(entity);
    }

    private long fact(LocalDate day, String value) {
        return stage.company().bank(90211, day, new BigDecimal(value), "income", "Поступление", null);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(Feed.News news) {
        return (Map<String, Object>) news.body();
    }

    @Test
    void theBanksImportIsToldOnceAndEachChangeOfIt() {
        long old = fact(TODAY.minusDays(80), "5");
        assertThat(poll("transaction")).singleElement().satisfies(news -> assertThat(news.id()).isEqualTo("" + old));
        assertThat(later("transaction")).isEmpty();
        long id = fact(TODAY, "366000");
        assertThat(later("transaction")).singleElement().satisfies(news -> assertThat(body(news)).containsEntry("value",
                new BigDecimal("366000")).containsEntry("categoryId", 1701001L));
        assertThat(later("transaction")).isEmpty();
        List<String> versions = new ArrayList<>();
        for (Long partner : new Long[] {7L, null, 7L}) {
            stage.company().edit("transaction", id, "partnerId", partner);
            assertThat(later("transaction")).as("there and back again is news each time").singleElement()
                    .satisfies(news -> versions.add(news.version()));
        }
        assertThat(new HashSet<>(versions)).hasSize(3);
    }

    @Test
    void aPlanThatMovesIsConfirmedOrIsDeletedIsTold() {
        long plan = stage.company().enter("transaction", new HashMap<>(Map.of("group", "income", "isPlan", 1,
                "date", "15.12.2026", "value", 5, "moneybagId", 90211)));
        assertThat(poll("transaction")).hasSize(1);
        stage.company().edit("transaction", plan, "date", "20.01.2027");
        stage.clock.advance(Duration.ofMinutes(10));
        assertThat(poll("transaction")).isNotEmpty().allSatisfy(news -> assertThat(body(news)).containsEntry("date",
                LocalDate.of(2027, 1, 20)));
        stage.write("transaction", "confirm", Map.of("id", plan, "date", "2026-11-23"));
        stage.clock.advance(Duration.ofMinutes(10));
        assertThat(poll("transaction")).isNotEmpty().allSatisfy(news -> assertThat(body(news)).containsEntry("isPlan",
                0));
        stage.company().remove("transaction", plan);
        assertThat(later("transaction")).singleElement().satisfies(news -> assertThat(body(news))
                .isEqualTo(Map.of("id", plan, "deleted", true)));
        assertThat(later("transaction")).isEmpty();
    }

    @Test
    void aListThatIsEmptyForAWhileOrSkipsARowDeletesNothing() {
        IntStream.range(0, 5).forEach(n -> fact(TODAY, "5"));
        poll("transaction");
        stage.switches().empty("list transaction");
        assertThat(later("transaction")).isEmpty();
        stage.switches().listed("list transaction").skipsARow("list transaction");
        assertThat(later("transaction")).isEmpty();
        assertThat(later("transaction")).isEmpty();
    }

    /** What is gone is said to be gone: 422 (section 3). A yes without the object proves nothing (17, fault 7). */
    @Test
    void aYesThatDoesNotShowTheObjectIsNoDeletion() {
        long id = fact(TODAY, "5");
        poll("transaction");
        stage.switches().empty("list transaction");
        for (String body : List.of("{\"status\":200,\"items\":[]}", "{\"status\":200}")) {
            StandIn.Reply nothing = new StandIn.Reply(200, "application/json", body, Map.of());
            stage.faults().answer("get transaction", nothing);
            assertThat(later("transaction")).isEmpty();
            stage.faults().answer("get transaction", nothing);
            assertThatThrownBy(() -> stage.read("transaction", "get", id)).isInstanceOf(VendorException.Transient.class);
        }
        stage.switches().listed("list transaction");
        assertThat(later("transaction")).isEmpty();
        stage.company().remove("transaction", id);
        assertThat(later("transaction")).singleElement().satisfies(news -> assertThat(body(news))
                .containsEntry("deleted", true));
    }

    @Test
    void muchThatIsMissingAtOnceIsBelievedAfterADay() {
        List<Long> ids = IntStream.range(0, 30).mapToObj(n -> fact(TODAY, "5")).toList();
        assertThat(poll("transaction")).hasSize(30);
        ids.forEach(id -> stage.company().remove("transaction", id));
        assertThat(later("transaction")).isEmpty();
        int asked = stage.vendor.calls().size();
        assertThat(later("transaction")).isEmpty();
        assertThat(stage.vendor.calls().subList(asked, stage.vendor.calls().size())).doesNotContain("get transaction");
        stage.clock.advance(Duration.ofDays(1));
        assertThat(poll("transaction")).hasSize(30).allSatisfy(news -> assertThat(body(news).get("deleted"))
                .isEqualTo(true));
        assertThat(later("transaction")).isEmpty();
    }

    @Test
    void anAccidentThatPassesIsNeverTold() {
        IntStream.range(0, 30).forEach(n -> fact(TODAY, "5"));
        poll("transaction");
        stage.switches().empty("list transaction");
        later("transaction");
        stage.switches().listed("list transaction");
        assertThat(later("transaction")).isEmpty();
        stage.clock.advance(Duration.ofDays(1));
        stage.switches().empty("list transaction");
        assertThat(poll("transaction")).as("a new accident has a day of its own").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSplitOperationIsOneInEitherForm(boolean flat) {
        stage.switches().flatSplits(flat);
        long id = fact(TODAY, "100000");
        poll("transaction");
        stage.company().split(id, List.of(Map.of("value", 60000), Map.of("value", 40000)));
        assertThat(later("transaction")).singleElement().satisfies(news -> {
            assertThat(news.id()).isEqualTo("" + id);
            assertThat(FinTabloSplits.sum(FinTabloSplits.parts(Map.of("subs", body(news).get("subs")))))
                    .isEqualByComparingTo("100000");
        });
        assertThat(later("transaction")).isEmpty();
    }

    @Test
    void howAnswersAreSpelledIsNoNews() {
        fact(TODAY, "5");
        poll("transaction");
        stage.switches().extraFields(true).numbersAsText(true).nothingIsMissing(true).datesWithTime(true)
                .unstableOrder(true);
        assertThat(later("transaction")).isEmpty();
    }

    @Test
    void newsThatWereNotStoredAreToldAgain() {
        fact(TODAY, "5");
        Feed.Pages pages = feed("transaction", Duration.ofMinutes(5)).open("main", Map.of());
        int told = 0;
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            told += page.news().size();
        }
        assertThat(told).isEqualTo(1);
        assertThat(poll("transaction")).hasSize(1);
    }

    @Test
    void aLongHistoryComesInPortions() {
        IntStream.range(0, 1300).forEach(n -> fact(TODAY, "5"));
        List<Integer> portions = new ArrayList<>();
        Feed.Pages pages = feed("transaction", Duration.ofMinutes(5)).open("main", Map.of());
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            pages.stored(page);
            if (!page.news().isEmpty()) {
                portions.add(page.news().size());
            }
        }
        assertThat(portions).containsExactly(500, 500, 300);
        assertThat(poll("transaction")).isEmpty();
    }

    @Test
    void anOutageInTheMidstOfAWindowTellsNothingHalf() {
        IntStream.range(0, 1001).forEach(n -> fact(TODAY, "5"));
        poll("transaction");
        for (int n = 0; n < 6; n++) {
            stage.faults().next("list transaction", Faults.Kind.BAD_GATEWAY);
        }
        Map<String, String> before = position;
        assertThatThrownBy(() -> later("transaction"))
                .isInstanceOf(VendorException.Transient.class);
        stage.faults().none();
        assertThat(position).isEqualTo(before);
        assertThat(later("transaction")).isEmpty();
    }

    @Test
    void dealsAndPartnersAreComparedWhole() {
        long deal = stage.company().enter("deal", Map.of("name", "Договор"));
        assertThat(poll("deal")).singleElement().satisfies(news -> assertThat(news.id()).isEqualTo("" + deal));
        stage.write("deal", "add-stage", Map.of("id", deal, "marker", FinTabloStage.MARKER, "fields", Map.of("name",
                "Этап")));
        assertThat(later("deal")).singleElement().satisfies(news -> assertThat(FinTabloStages.stages(
                stage.read("deal", "get", body(news).get("id")))).hasSize(1));
        assertThat(later("deal")).isEmpty();
        position = Map.of();
        long partner = stage.company().enter("partner", Map.of("name", "ООО"));
        assertThat(poll("partner")).hasSize(1);
        stage.company().edit("partner", partner, "inn", "7799000112");
        assertThat(later("partner")).hasSize(1);
        stage.company().remove("partner", partner);
        assertThat(later("partner")).singleElement().satisfies(news -> assertThat(body(news).get("deleted"))
                .isEqualTo(true));
    }

    @Test
    void pollsAreFewRereadsMoreAndTheSweepIsDaily() {
        poll("transaction");
        int first = calls();
        later("transaction");
        int poll = calls();
        stage.clock.advance(Duration.ofMinutes(10));
        poll("transaction");
        int reread = calls();
        stage.clock.set(Instant.parse("2026-11-24T00:31:00Z"));
        poll("transaction");
        int sweep = calls();
        assertThat(first).isEqualTo(sweep).isGreaterThan(reread);
        assertThat(reread).isGreaterThan(poll);
        assertThat(poll).isLessThanOrEqualTo(4);
        assertThat(sweep).as("a fraction of a minute's requests").isLessThan(30);
    }

    private int calls() {
        int calls = stage.vendor.calls().size();
        stage.vendor.calls().clear();
        return calls;
    }

    @Test
    void aPollThatWouldEatTheRequestsIsStretched() {
        assertThat(feed("transaction", Duration.ofMillis(10)).every()).isEqualTo(Duration.ofMillis(2500));
        assertThat(feed("transaction", Duration.ofMinutes(5)).every()).isEqualTo(Duration.ofMinutes(5));
    }
}
