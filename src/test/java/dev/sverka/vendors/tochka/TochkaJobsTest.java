package dev.sverka.vendors.tochka;

import static dev.sverka.vendors.tochka.TochkaStage.ACCOUNT;
import static dev.sverka.vendors.tochka.TochkaStage.PAYER;
import static dev.sverka.vendors.tochka.TochkaStage.ids;
import static dev.sverka.vendors.tochka.TochkaStage.troubles;
import static dev.sverka.vendors.tochka.TochkaStage.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.tochka.TochkaCompany.Party;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements under way: slow ones, lost ones, refused ones, and processes that die in between. */
class TochkaJobsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String PERIOD = ACCOUNT + " 2026-11-22 2026-11-23";
    private static final String OTHER = "40702810600009990077";

    private final TochkaStage stage = new TochkaStage();

    /** The history is read; what is due now is yesterday and today. */
    @BeforeEach
    void readTheHistory() {
        stage.read();
        stage.clock.advance(Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String pay() {
        return stage.company.credit(TODAY, BigDecimal.TEN, PAYER, "7", "Оплата по счету МК-7");
    }

    private long orders() {
        return stage.bank.ordered().stream().filter(PERIOD::equals).count();
    }

    @Test
    void aStatementIsWaitedForAWhile() {
        String id = pay();
        stage.bank.switches().makingTakes(Duration.ofSeconds(20));
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(stage.present).isTrue();
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void oneThatTakesLongerIsAskedForAtTheNextPollAndNotOrderedAgain() {
        String id = pay();
        stage.bank.switches().makingTakes(Duration.ofMinutes(12));
        for (int i = 0; i < 2; i++) {
            assertThat(stage.read()).isEmpty();
            assertThat(stage.present).isFalse();
            stage.clock.advance(Duration.ofMinutes(5));
        }
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(orders()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aProcessThatDiesAtAnyStepOrdersNothingTwice(int pages) {
        String id = pay();
        stage.bank.switches().makingTakes(Duration.ofSeconds(30));
        assertThat(stage.read(stage.open(), pages)).isEmpty();
        stage.start(List.of());
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void aProcessThatDiesRightAfterTheOrderFindsItInTheBanksList() {
        String id = pay();
        Feed.Pages pages = stage.open();
        stage.read(pages, 1);
        assertThat(orders()).as("the intention is saved before the order").isZero();
        pages.next(); // ordered, and the position that says so was never saved
        assertThat(orders()).isEqualTo(1);
        stage.start(List.of());
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void anOrderWhoseAnswerIsLostIsFoundInTheBanksList() {
        String id = pay();
        stage.bank.faults().next("order", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(stage::read).isInstanceOf(VendorException.Transient.class);
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void anOrderThatNeverArrivedIsOrderedAfterALookAtTheList() {
        String id = pay();
        stage.bank.faults().next("order", Faults.Kind.RESET_BEFORE);
        assertThatThrownBy(stage::read).isInstanceOf(VendorException.Transient.class);
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(stage.bank.calls()).contains("statements");
        assertThat(orders()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void whatTheBankNoLongerKeepsIsOrderedOnceMore(int status) {
        String id = pay();
        stage.bank.switches().makingTakes(Duration.ofMinutes(2)).kept(Duration.ofHours(24), status);
        stage.read();
        stage.clock.advance(Duration.ofHours(25));
        stage.start(List.of());
        stage.bank.switches().makingTakes(Duration.ZERO);
        assertThat(ids(stage.read())).contains(id);
        assertThat(stage.bank.ordered()).filteredOn(PERIOD::equals).hasSize(2);
    }

    @Test
    void aStatementThatIsNeverReadyGivesWayToAShorterOneAndThenAPersonIsTold() {
        stage.bank.switches().neverReady(true);
        int told = 0;
        for (int i = 0; i < 5 && told == 0; i++) {
            told = troubles(stage.read()).size();
            stage.clock.advance(Duration.ofMinutes(61));
        }
        assertThat(told).isEqualTo(1);
        assertThat(stage.bank.ordered()).endsWith(ACCOUNT + " 2026-11-22 2026-11-22",
                ACCOUNT + " 2026-11-22 2026-11-22");
        stage.bank.switches().neverReady(false);
        String id = pay();
        assertThat(ids(stage.read())).contains(id);
    }

    /** Taken for a key without accounts, it would tell a person of every account that it is gone. */
    @Test
    void anAnswerThatShowsNoListOfAccountsSaysNothingOfThem() {
        for (String body : List.of("{\"Data\":{}}", "{\"Data\":{\"Account\":null}}", "")) {
            stage.bank.faults().answer("accounts", new StandIn.Reply(200, "application/json", body, Map.of()));
            assertThatThrownBy(() -> stage.read()).isInstanceOf(VendorException.Transient.class);
        }
        String id = pay();
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).contains(id);
        assertThat(troubles(news)).isEmpty();
    }

    /** The four states are the sheet's; a bank that says a fifth in two words must not spoil the position. */
    @Test
    void aStateInWordsOfTheBanksOwnIsToldAndTheFeedGoesOn() {
        stage.bank.switches().neverReady(true);
        for (int i = 0; i < 5 && troubles(readInProgress()).isEmpty(); i++) {
            stage.clock.advance(Duration.ofMinutes(61));
        }
        stage.bank.faults().none();
        stage.bank.switches().neverReady(false);
        stage.clock.advance(Duration.ofMinutes(61));
        String id = pay();
        assertThat(ids(stage.read())).contains(id);
    }

    private List<Feed.News> readInProgress() {
        for (int i = 0; i < 50; i++) {
            stage.bank.faults().answer("statement", StandIn.Reply.json(200, Map.of("Data", Map.of("Statement",
                    List.of(Map.of("status", "In progress"))))));
        }
        List<Feed.News> news = stage.read();
        stage.bank.faults().none();
        return news;
    }

    @Test
    void aPeriodTheBankCannotMakeIsHalved() {
        stage.position.clear();
        String id = pay();
        stage.bank.switches().errorAbove(10);
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(id);
        assertThat(troubles(news)).isEmpty();
        assertThat(windows(news)).as("day after day without a gap").hasSizeGreaterThan(4)
                .last().satisfies(window -> assertThat(window.toDateExclusive()).isEqualTo(TODAY));
        for (int i = 1; i < windows(news).size(); i++) {
            assertThat(windows(news).get(i).fromDate()).isEqualTo(windows(news).get(i - 1).toDateExclusive());
        }
    }

    @Test
    void aPeriodTheBankRefusesIsHalvedToo() {
        stage.position.clear();
        String id = pay();
        stage.bank.switches().refusedAbove(3);
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(stage.bank.longest()).as("of the later ones").isEqualTo(31);
        assertThat(stage.present).isTrue();
    }

    @Test
    void aCompanyThatDoesNotGiveTheRightIsToldAndHoldsUpNoOther() {
        stage.bank.company("300000992", new Party("0099000999", null, "ООО \"ДРУГАЯ\"", OTHER));
        stage.bank.deny("300000992", "ReadStatements");
        String id = pay();
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(id);
        assertThat(troubles(news)).singleElement().satisfies(trouble -> {
            assertThat(trouble.id()).isEqualTo(OTHER);
            assertThatThrownBy(() -> stage.ask("operation", "recheck", trouble.body()))
                    .isInstanceOf(VendorException.Refused.class).hasMessageContaining("lacks this permission");
        });
        stage.clock.advance(Duration.ofHours(1));
        assertThat(troubles(stage.read())).as("told once").isEmpty();
    }

    @Test
    void aKeyWithoutTheRightAndADeletedKeyStopEverything() {
        stage.bank.deny("300000991", "ReadStatements");
        assertThatThrownBy(stage::read).isInstanceOf(VendorException.AuthLost.class);
        stage.bank.deleteKey();
        assertThatThrownBy(stage::read).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageContaining("deleted or made anew");
    }

    @Test
    void anAccountTheBankDoesNotKnowIsToldOnceAndHoldsUpNoOther() {
        stage.start(List.of("40702810900000000009", ACCOUNT));
        String id = pay();
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(id);
        assertThat(troubles(news)).extracting(Feed.News::id).containsExactly("40702810900000000009");
        stage.clock.advance(Duration.ofHours(1));
        assertThat(troubles(stage.read())).isEmpty();
    }

    @Test
    void anOutageOfOneAccountIsToldAfterTheOthersWereRead() {
        stage.bank.company("300000992", new Party("0099000999", null, "ООО \"ДРУГАЯ\"", OTHER));
        stage.company.credit(TODAY, BigDecimal.TEN, PAYER, "7", "первому");
        stage.bank.faults().answer("order", StandIn.Reply.json(424, TochkaStage.sample("error-424")));
        assertThatThrownBy(stage::read).isInstanceOf(VendorException.Transient.class);
        assertThat(stage.position.get(OTHER)).as("read to the present").startsWith("2026-11-23");
        assertThat(ids(stage.read())).hasSize(1);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void aHintReadsItsAccountAndNoForeignOne() {
        String id = pay();
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT, "day", "2026-11-23"))).extracting(BankOperation::sourceId)
                .containsExactly(id);
        assertThat(stage.list(Map.of("bankAccount", OTHER))).isEmpty();
    }

    @Test
    void aHintThatFindsItsStatementUnreadyComesBackToTheSameOne() {
        String id = pay();
        stage.bank.switches().makingTakes(Duration.ofSeconds(100));
        assertThatThrownBy(() -> stage.list(Map.of("bankAccount", ACCOUNT))).isInstanceOf(VendorException.NotYet.class);
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT))).extracting(BankOperation::sourceId).containsExactly(id);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void theFeedTakesTheStatementOverThatAHintHasOrdered() {
        String id = pay();
        stage.bank.switches().makingTakes(Duration.ofSeconds(100));
        assertThatThrownBy(() -> stage.list(Map.of("bankAccount", ACCOUNT))).isInstanceOf(VendorException.NotYet.class);
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(stage.present).isTrue();
        assertThat(orders()).isEqualTo(1);
        stage.clock.advance(Duration.ofMinutes(5));
        stage.read();
        assertThat(orders()).as("once only").isEqualTo(2);
    }

    @Test
    void aHintWhoseOrderWasLostHoldsTheFeedUpForNothing() {
        String id = pay();
        stage.bank.faults().next("order", Faults.Kind.RESET_BEFORE);
        assertThatThrownBy(() -> stage.list(Map.of("bankAccount", ACCOUNT)))
                .isInstanceOf(VendorException.Transient.class);
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(stage.present).isTrue();
    }

    @Test
    void aHintWaitsForTheFeedsStatementOfTheSameDays() {
        stage.bank.switches().makingTakes(Duration.ofSeconds(100));
        stage.read();
        assertThatThrownBy(() -> stage.list(Map.of("bankAccount", ACCOUNT))).isInstanceOf(VendorException.NotYet.class);
        assertThat(orders()).isEqualTo(1);
        stage.clock.advance(Duration.ofMinutes(1));
        stage.read();
        stage.bank.switches().makingTakes(Duration.ZERO);
        String id = pay();
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT))).extracting(BankOperation::sourceId).containsExactly(id);
    }

    @Test
    void aBankWhoseClockIsBehindIsReadThoughItKeepsTheIdsToItself() {
        String id = pay();
        stage.bank.switches().clockBehind(Duration.ofMinutes(10)).idMissing(true);
        assertThat(ids(stage.read())).containsExactly(id);
        assertThat(stage.present).isTrue();
        assertThat(orders()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, -10})
    void anOrderThatWasLostIsFoundByTheBanksOwnClock(long behind) {
        stage.bank.switches().clockBehind(Duration.ofMinutes(behind));
        stage.clock.advance(Duration.ofMinutes(5));
        stage.read();
        String id = pay();
        stage.clock.advance(Duration.ofMinutes(5));
        stage.bank.faults().next("order", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(stage::read).isInstanceOf(VendorException.Transient.class);
        assertThat(ids(stage.read())).as("not the statement before").containsExactly(id);
        assertThat(orders()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aHintWhoseStatementIsGoneOrdersItOnceMoreAndThenLeavesItToTheFeed(int status) {
        String id = pay();
        StandIn.Reply gone = StandIn.Reply.json(status, TochkaStage.sample("error-424"));
        stage.bank.faults().answer("statement", gone);
        assertThatThrownBy(() -> stage.list(Map.of("bankAccount", ACCOUNT))).isInstanceOf(VendorException.NotYet.class);
        stage.clock.advance(Duration.ofMinutes(2));
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT))).extracting(BankOperation::sourceId).containsExactly(id);
        assertThat(orders()).isEqualTo(2);
        stage.bank.faults().answer("statement", gone).answer("statement", gone);
        assertThatThrownBy(() -> stage.list(Map.of("bankAccount", ACCOUNT))).isInstanceOf(VendorException.NotYet.class);
        stage.clock.advance(Duration.ofMinutes(2));
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT))).isEmpty();
    }

    @Test
    void whatTheBankCannotMakeForAHintTheFeedReadsInShorterOnes() {
        String id = pay();
        stage.bank.switches().errorAbove(1);
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT))).as("nothing for a person").isEmpty();
        stage.bank.switches().errorAbove(31).refusedAbove(1);
        assertThat(stage.list(Map.of("bankAccount", ACCOUNT))).isEmpty();
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(id);
        assertThat(troubles(news)).isEmpty();
    }
}
