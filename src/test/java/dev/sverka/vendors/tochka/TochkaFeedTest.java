package dev.sverka.vendors.tochka;

import static dev.sverka.vendors.tochka.TochkaStage.ACCOUNT;
import static dev.sverka.vendors.tochka.TochkaStage.PAYER;
import static dev.sverka.vendors.tochka.TochkaStage.ids;
import static dev.sverka.vendors.tochka.TochkaStage.operations;
import static dev.sverka.vendors.tochka.TochkaStage.troubles;
import static dev.sverka.vendors.tochka.TochkaStage.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow.Seen;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.sandbox.Spelling;
import dev.sverka.sandbox.tochka.TochkaCompany.Party;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of operations, of whole days and of what cannot be read. */
class TochkaFeedTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String SECOND = "40702156400009990005";
    private static final Party SUPPLIER = new Party("0099000230", "009901003", "АО \"УЧЕБНАЯ ЛОГИСТИКА\"",
            "40702810000000880023");

    private final TochkaStage stage = new TochkaStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private String pay(LocalDate day, int amount) {
        return stage.company.credit(day, BigDecimal.valueOf(amount), PAYER, "7", "Оплата по счету МК-" + amount);
    }

    private List<Feed.News> later(Duration time) {
        stage.clock.advance(time);
        return stage.read();
    }

    @Test
    void wholeDaysAreToldOnceAsLongAsTheyHoldTheSame() {
        String id = pay(DAY, 100);
        String now = pay(TODAY, 8);
        List<Feed.News> first = stage.read();
        assertThat(ids(first)).containsExactly(id, now);
        assertThat(stage.present).isTrue();
        assertThat(windows(first)).extracting(StatementWindow::fromDate, StatementWindow::toDateExclusive)
                .containsExactly(tuple(LocalDate.of(2026, 10, 9), LocalDate.of(2026, 11, 9)),
                        tuple(LocalDate.of(2026, 11, 9), TODAY));
        StatementWindow window = windows(first).get(1);
        assertThat(window.source()).isEqualTo("tochka.main");
        assertThat(window.bankAccount()).isEqualTo(ACCOUNT);
        assertThat(window.readAt()).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(window.seen()).as("today is not over").extracting(Seen::operationId).containsExactly(id);
        assertThat(windows(later(Duration.ofMinutes(5)))).as("yesterday, for the first time").hasSize(1);
        assertThat(windows(later(Duration.ofMinutes(5)))).as("and nothing new").isEmpty();
        assertThat(windows(later(Duration.ofHours(1)))).extracting(StatementWindow::fromDate)
                .containsExactly(LocalDate.of(2026, 11, 16));
        stage.company.remove(id);
        assertThat(windows(later(Duration.ofHours(1))).get(0).seen()).isEmpty();
        assertThat(windows(later(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void aStatementIsAJobAndOrderedInTheBanksRhythm() {
        stage.read();
        assertThat(stage.bank.ordered()).as("45 days, never more than 31 at once").hasSize(2);
        assertThat(stage.bank.longest()).isEqualTo(31);
        for (int i = 0; i < 11; i++) {
            later(Duration.ofMinutes(5));
        }
        assertThat(stage.bank.ordered().subList(2, 13)).as("an hour long").containsOnly(
                ACCOUNT + " 2026-11-22 2026-11-23");
        later(Duration.ofMinutes(5));
        assertThat(stage.bank.ordered().get(13)).as("the week once an hour")
                .isEqualTo(ACCOUNT + " 2026-11-16 2026-11-23");
        later(Duration.ofMinutes(5));
        assertThat(stage.bank.ordered().get(14)).isEqualTo(ACCOUNT + " 2026-11-22 2026-11-23");
        stage.clock.set(Instant.parse("2026-11-24T00:31:00Z"));
        stage.read();
        assertThat(stage.bank.ordered().subList(15, 17)).as("45 days at 03:30 in Moscow").containsExactly(
                ACCOUNT + " 2026-10-10 2026-11-09", ACCOUNT + " 2026-11-10 2026-11-24");
        later(Duration.ofMinutes(5));
        assertThat(stage.bank.ordered()).hasSize(18);
        assertThat(stage.connector.feed("operation").orElseThrow().every()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aPaymentThatIsNotSentYetIsNoMovementAndItsDayNotSettled() {
        LocalDate yesterday = TODAY.minusDays(1);
        String other = pay(yesterday, 100);
        String memorial = stage.company.memorial(yesterday, new BigDecimal("12000"), SUPPLIER, "58", "По договору");
        List<Feed.News> before = stage.read();
        assertThat(ids(before)).containsExactly(other);
        assertThat(windows(before).get(1).toDateExclusive()).isEqualTo(yesterday);
        String sent = stage.company.send(memorial, false);
        List<Feed.News> after = later(Duration.ofMinutes(5));
        assertThat(ids(after)).contains(sent).doesNotContain(memorial);
        assertThat(windows(after).get(0).seen()).extracting(Seen::operationId).containsExactlyInAnyOrder(other, sent);
        String kept = stage.company.send(stage.company.memorial(TODAY, BigDecimal.TEN, SUPPLIER, "59", "Ещё"), true);
        assertThat(ids(later(Duration.ofMinutes(5)))).contains(kept);
    }

    @Test
    void aMemorialOrderThatStaysOneIsAMovementAfterADay() {
        String memorial = stage.company.memorial(TODAY, BigDecimal.TEN, SUPPLIER, "58", "Плата за отчёт");
        assertThat(ids(stage.read())).isEmpty();
        assertThat(ids(later(Duration.ofDays(1)))).isEmpty();
        assertThat(ids(later(Duration.ofDays(1)))).containsExactly(memorial);
    }

    @Test
    void whatComesLateIsFoundByTheReread() {
        stage.read();
        String late = pay(DAY, 5);
        assertThat(ids(later(Duration.ofMinutes(5)))).isEmpty();
        assertThat(ids(later(Duration.ofHours(1)))).containsExactly(late);
    }

    @Test
    void rowsWithoutIdsAreToldByTheirContentAndCounted() {
        for (int i = 0; i < 2; i++) {
            stage.company.withoutIds(pay(DAY, 100));
        }
        List<BankOperation> twins = operations(stage.read());
        assertThat(twins).extracting(BankOperation::fingerprint).hasSize(2).containsOnly(twins.get(0).fingerprint());
        assertThat(twins).extracting(BankOperation::sourceId).doesNotHaveDuplicates();
        List<String> ids = twins.stream().map(BankOperation::sourceId).toList();
        assertThat(ids(later(Duration.ofHours(1)))).as("the same in a shorter statement")
                .containsExactlyElementsOf(ids);
    }

    @Test
    void rowsUnderOneIdAreSeveral() {
        String first = pay(DAY, 100);
        stage.company.edit(pay(DAY, 200), "transactionId", first);
        assertThat(operations(stage.read())).extracting(BankOperation::amount)
                .containsExactlyInAnyOrder(10_000L, 20_000L);
    }

    @Test
    void anIdTooLongForAKeyIsShortened() {
        stage.company.edit(pay(DAY, 100), "transactionId", "x".repeat(210));
        assertThat(ids(stage.read()).get(0)).hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void aRowThatCannotBeReadIsToldInTheBanksWordsAndStopsNoOther() {
        String good = pay(DAY, 1);
        String bad = pay(DAY, 2);
        stage.company.edit(bad, "status", "Executed");
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(good);
        assertThat(windows(news)).as("days that are not wholly understood prove nothing")
                .extracting(StatementWindow::toDateExclusive).containsExactly(LocalDate.of(2026, 11, 9));
        Feed.News trouble = troubles(news).get(0);
        assertThat(trouble.id()).isEqualTo(bad);
        assertThatThrownBy(() -> stage.ask("operation", "recheck", trouble.body()))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("'Executed' is neither")
                .hasMessageContaining("Оплата по счету МК-2");
        assertThat(troubles(later(Duration.ofHours(1))).get(0).version()).as("told once").isEqualTo(trouble.version());
    }

    @Test
    @SuppressWarnings("unchecked")
    void aRowWithoutItsDayIsNotBookedAndComesInByItselfOnceTheBankSaysTheDay() {
        String good = pay(DAY, 1);
        String late = pay(TODAY, 2);
        stage.company.edit(late, "documentProcessDate", null);
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(good);
        Map<String, Object> trouble = (Map<String, Object>) troubles(news).get(0).body();
        assertThatThrownBy(() -> stage.ask("operation", "recheck", trouble)).isInstanceOfSatisfying(
                VendorException.NotYet.class, wait -> assertThat(wait.after()).as("a statement is a job at the bank")
                        .isEqualTo(Duration.ofHours(3)));
        stage.clock.advance(Duration.ofDays(4));
        stage.company.edit(late, "documentProcessDate", TODAY.plusDays(4).toString());
        assertThat((List<BankOperation>) stage.ask("operation", "recheck", trouble)).as("dated after those days: the"
                + " feed brings it").extracting(BankOperation::sourceId).containsExactly(good);
        assertThat(ids(stage.read())).contains(late);

        stage.company.edit(late, "documentProcessDate", TODAY.toString());
        assertThat((List<BankOperation>) stage.ask("operation", "recheck", trouble)).filteredOn(one -> one.sourceId()
                .equals(late)).singleElement().satisfies(one -> assertThat(one.bookedOn()).isEqualTo(TODAY));
        stage.clock.advance(Duration.ofDays(42));
        assertThatThrownBy(() -> stage.ask("operation", "recheck", trouble)).as("the bank will not change it any more")
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("documentProcessDate");
    }

    @Test
    void aRowThatLacksItsDayAndMoreIsAPersons() {
        String bad = pay(DAY, 2);
        stage.company.edit(bad, "documentProcessDate", null);
        stage.company.edit(bad, "status", "Executed");
        Object trouble = troubles(stage.read()).get(0).body();
        assertThatThrownBy(() -> stage.ask("operation", "recheck", trouble)).isInstanceOf(VendorException.Refused.class);
    }

    @Test
    void whatIsPendingMovesNothing() {
        stage.company.edit(pay(DAY, 2), "status", "Pending");
        stage.bank.switches().balancesMissing(true);
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).isEmpty();
        assertThat(troubles(news)).isEmpty();
    }

    @Test
    void aStatementThatContradictsItselfIsThrownAwayAndOrderedAnew() {
        stage.read();
        String id = pay(TODAY, 1);
        stage.bank.switches().balancesOffBy(BigDecimal.ONE, 1);
        int before = stage.bank.ordered().size();
        List<Feed.News> news = later(Duration.ofMinutes(5));
        assertThat(stage.bank.ordered()).hasSize(before + 2);
        assertThat(ids(news)).containsExactly(id);
        assertThat(windows(news)).as("the second one agrees").hasSize(1);
    }

    @Test
    void balancesThatNeverAgreeLetOperationsThroughAndProveNothing() {
        String id = pay(DAY, 1);
        stage.bank.switches().balancesOffBy(BigDecimal.ONE, 100);
        List<Feed.News> news = stage.read();
        assertThat(ids(news)).containsExactly(id);
        assertThat(windows(news)).isEmpty();
        assertThat(stage.bank.ordered()).as("looked for in halves, each twice").hasSizeBetween(6, 80);
    }

    @Test
    void messyShapesGiveTheSameOperations() {
        pay(DAY, 1);
        String clean = operations(stage.read()).get(0).version();
        stage.position.clear();
        stage.bank.switches().objectNotArray(true).balancesMissing(true).idMissing(true);
        List<Feed.News> news = stage.read();
        assertThat(operations(news).get(0).version()).isEqualTo(clean);
        assertThat(windows(news)).as("of the other account, silence without figures proves nothing").hasSize(1);
    }

    /** The same postings read alike, and their balances fit, whatever the sheet leaves open of their spelling. */
    @ParameterizedTest
    @EnumSource(value = Spelling.class, names = {"PLAIN", "DIGITS_AS_NUMBERS"}, mode = EnumSource.Mode.EXCLUDE)
    void howAStatementIsSpelledMakesNoOtherOperationOfIt(Spelling spelling) {
        pay(DAY, 1);
        pay(DAY, 2);
        List<Feed.News> plain = stage.read();
        stage.position.clear();
        stage.bank.spelled(spelling);
        List<Feed.News> news = stage.read();
        assertThat(operations(news)).extracting(BankOperation::sourceId, BankOperation::version)
                .containsExactlyElementsOf(operations(plain).stream().map(one -> tuple(one.sourceId(), one.version()))
                        .toList());
        assertThat(windows(news)).extracting(StatementWindow::seen).isEqualTo(windows(plain).stream()
                .map(StatementWindow::seen).toList());
        assertThat(troubles(news)).isEmpty();
    }

    @Test
    void anAccountInForeignMoneyIsReadInItsOwnCurrency() {
        stage.company.open(SECOND, "CNY", BigDecimal.ZERO, "Business");
        stage.company.post(SECOND, "Credit", "Платежное поручение", DAY, new BigDecimal("1000"), null, "7",
                "INVOICE 7 SERVICES");
        assertThat(operations(stage.read())).singleElement().satisfies(one -> {
            assertThat(one.currency()).isEqualTo("CNY");
            assertThat(one.amount()).isEqualTo(100_000);
            assertThat(one.bankAccount()).isEqualTo(SECOND);
            assertThat(one.direction()).isEqualTo(Direction.INCOMING);
        });
    }

    @Test
    void aManyPagedStatementMovesThePositionAtItsEndOnly() {
        for (int i = 1; i <= 1200; i++) {
            pay(TODAY, i);
        }
        Feed.Pages pages = stage.open();
        List<Feed.News> part = new ArrayList<>();
        while (ids(part).isEmpty()) {
            part.addAll(stage.read(pages, 1));
        }
        assertThat(ids(part)).hasSizeBetween(400, 500);
        stage.start(List.of());
        assertThat(ids(stage.read())).as("all again after a crash: nothing is lost").hasSize(1200);
        assertThat(stage.bank.ordered()).as("and nothing was ordered twice").hasSize(2);
        assertThat(stage.position).containsOnlyKeys(ACCOUNT);
    }

    @Test
    void personsAndOtherCompaniesAreLeftAloneWhereACompanyIsNamed() {
        stage.company.open("40817810600009990009", "RUB", BigDecimal.ZERO, "Personal");
        stage.bank.company("300000992", new Party("0099000999", null, "ООО \"ДРУГАЯ\"", "40702810600009990077"));
        stage.read();
        assertThat(stage.position).containsOnlyKeys(ACCOUNT, "40702810600009990077");
        stage.position.clear();
        stage.start(stage.account(TochkaStandIn.TOKEN, null, "300000991", List.of()), null);
        stage.read();
        assertThat(stage.position).containsOnlyKeys(ACCOUNT);
        stage.position.clear();
        stage.start(List.of("40817810600009990009/044525104"));
        stage.read();
        assertThat(stage.position).as("named with its BIC").containsOnlyKeys("40817810600009990009");
    }

    @Test
    void anAccountThatIsClosedIsToldOnceAndReadFurther() {
        stage.company.open(SECOND, "CNY", BigDecimal.ZERO, "Business");
        stage.read();
        String last = stage.company.post(SECOND, "Debit", "Банковский ордер", TODAY, BigDecimal.TEN, null, "1",
                "Закрытие");
        stage.company.close(SECOND);
        List<Feed.News> news = later(Duration.ofMinutes(5));
        assertThat(ids(news)).containsExactly(last);
        assertThat(troubles(news)).hasSize(1);
        assertThatThrownBy(() -> stage.ask("operation", "recheck", troubles(news).get(0).body()))
                .hasMessageContaining("not among the key's open ones");
        assertThat(troubles(later(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void balancesAreReadWithTheirSign() {
        stage.bank.switches().overdrawn(true).bicMissing(true);
        assertThat((List<?>) stage.ask("balance", "list", Map.of())).hasSize(4).anySatisfy(one -> {
            Map<?, ?> balance = (Map<?, ?>) one;
            assertThat(balance.get("bankAccount")).isEqualTo(ACCOUNT);
            assertThat(balance.get("type")).isEqualTo("ClosingAvailable");
            assertThat(balance.get("amount")).isEqualTo(new BigDecimal("-500000.00"));
        });
    }

    @Test
    void aFaultyDayOfTheFirstReadingIsFoundAndTheDaysAroundItAreProven() {
        LocalDate faulty = TODAY.minusDays(27);
        String lost = pay(faulty, 1);
        pay(TODAY.minusDays(40), 2);
        pay(TODAY.minusDays(3), 3);
        stage.bank.switches().leavesOut(lost);
        List<Feed.News> news = stage.read();
        List<LocalDate> proven = windows(news).stream()
                .flatMap(one -> one.fromDate().datesUntil(one.toDateExclusive())).toList();
        assertThat(proven).doesNotHaveDuplicates().doesNotContain(faulty).hasSize(44);
        assertThat(stage.bank.ordered()).as("a statement is a job at the bank").hasSizeLessThan(24);
        int before = stage.bank.ordered().size();
        stage.clock.advance(Duration.ofDays(1));
        stage.read();
        assertThat(stage.bank.ordered()).as("looked for once").hasSizeLessThan(before + 5);
    }

    @Test
    void aHistoryThatNeverAgreesDoesNotCostAJobForEachDay() {
        stage.bank.switches().balancesOffBy(BigDecimal.ONE, 10_000);
        stage.read();
        assertThat(stage.present).isTrue();
        assertThat(stage.bank.ordered()).hasSizeLessThan(80);
    }
}
