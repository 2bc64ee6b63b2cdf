package dev.sverka.vendors.tbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.SettableClock;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow.Seen;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.tbank.TBankCompany;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The room beside the stand-in bank: what is told of operations, of whole days, and of what cannot be read. */
class TBankFeedTest {

    private static final String ACCOUNT = "40702810200009990001";
    private static final String SECOND = "40702840100009990003";
    private static final Party PAYER = new Party("0099000127", "009901002", "ООО «Ромашка»", "40702810600000880012");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TBankStandIn bank = new TBankStandIn(0, clock, ACCOUNT);
    private final TBankCompany company = bank.company();
    private final Map<String, String> position = new HashMap<>();
    private List<String> configured = List.of();
    private TBankConnector connector;
    private boolean present;

    @BeforeEach
    void open() {
        company.switches().limited(false);
        configure(List.of());
    }

    private void configure(List<String> accounts) {
        configured = accounts;
        TBankProperties properties = new TBankProperties(Map.of("main", new TBankProperties.Account(bank.url(),
                TBankStandIn.TOKEN, configured, "secret", null, null, null)),
                new TBankProperties.Poll(Duration.ofMinutes(1)), new TBankProperties.Reread(Duration.ofMinutes(10)),
                new TBankProperties.Sweep(LocalTime.of(3, 30)), new TBankProperties.History(Period.ofDays(45)));
        connector = new TBankConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO), clock,
                ZoneId.of("Europe/Moscow"), null, Path.of(""));
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private String pay(int amount) {
        return bank.credit(DAY, BigDecimal.valueOf(amount), PAYER, "7", "Оплата по счету МК-" + amount);
    }

    /** Reads one window as the consumer would. */
    private List<Feed.News> read() {
        List<Feed.News> news = new ArrayList<>();
        Feed.Pages pages = connector.feed("operation").orElseThrow().open("main", Map.copyOf(position));
        present = false;
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            news.addAll(page.news());
            position.clear();
            position.putAll(page.position());
            present = page.present();
        }
        return news;
    }

    private List<String> ids(List<Feed.News> news) {
        return news.stream().filter(one -> one.body() instanceof BankOperation).map(Feed.News::id).distinct().toList();
    }

    private List<StatementWindow> windows(List<Feed.News> news) {
        return news.stream().map(Feed.News::body).filter(StatementWindow.class::isInstance)
                .map(StatementWindow.class::cast).toList();
    }

    private List<Feed.News> troubles(List<Feed.News> news) {
        return news.stream().filter(one -> one.body() instanceof Map).toList();
    }

    private Object recheck(Feed.News trouble) {
        return ((Operation.Read) connector.operations("operation").get("recheck").step())
                .read(new Operation.Request("main", "operation", trouble.body()));
    }

    @Test
    void wholeDaysAreToldOnceAsLongAsTheyHoldTheSame() {
        String id = pay(100);
        bank.credit(LocalDate.of(2026, 11, 23), BigDecimal.TEN, PAYER, "8", "сегодня");
        List<StatementWindow> told = windows(read());
        assertThat(present).isTrue();
        assertThat(told).hasSize(1);
        StatementWindow window = told.get(0);
        assertThat(window.source()).isEqualTo("tbank.main");
        assertThat(window.fromDate()).isEqualTo(LocalDate.of(2026, 10, 9));
        assertThat(window.toDateExclusive()).as("today is not over").isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(window.readAt()).isEqualTo(clock.instant());
        assertThat(window.seen()).extracting(Seen::operationId).containsExactly(id);
        clock.advance(Duration.ofMinutes(1));
        assertThat(windows(read())).as("yesterday, for the first time").hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(windows(read())).as("and nothing new").isEmpty();
        clock.advance(Duration.ofMinutes(10));
        assertThat(windows(read())).as("the week").extracting(StatementWindow::fromDate)
                .containsExactly(LocalDate.of(2026, 11, 16));
        company.withdraw(id);
        clock.advance(Duration.ofMinutes(10));
        assertThat(windows(read()).get(0).seen()).isEmpty();
        clock.advance(Duration.ofMinutes(10));
        assertThat(windows(read())).isEmpty();
    }

    @Test
    void aPastThatChangesBeforeWhatIsReadIsReadAtOnceAndNotThatNight() {
        String old = bank.credit(LocalDate.of(2026, 10, 20), BigDecimal.valueOf(500), PAYER, "5", "давно");
        pay(100);
        read();
        clock.advance(Duration.ofMinutes(1));
        read();
        company.withdraw(old);
        clock.advance(Duration.ofMinutes(1));
        assertThat(windows(read())).as("yesterday holds the same, and began with less").isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(windows(read())).singleElement().satisfies(window -> {
            assertThat(window.fromDate()).isEqualTo(LocalDate.of(2026, 10, 9));
            assertThat(window.seen()).extracting(Seen::operationId).doesNotContain(old);
        });
        clock.advance(Duration.ofMinutes(1));
        assertThat(windows(read())).as("and all is told").isEmpty();
    }

    @Test
    void anotherIdOvernightKeepsTheFingerprint() {
        Instant late = Instant.parse("2026-11-20T20:30:00Z");
        company.post(ACCOUNT, "Debit", "cardOperation", late, new BigDecimal("2999.90"), null, "314159", "Оплата",
                Map.of());
        Seen before = windows(read()).get(0).seen().get(0);
        company.driftOvernight();
        clock.advance(Duration.ofMinutes(10));
        Seen after = windows(read()).get(0).seen().get(0);
        assertThat(after.operationId()).isNotEqualTo(before.operationId());
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    }

    @Test
    void aHoldIsNoOperationUntilItIsPosted() {
        String hold = company.hold(Instant.parse("2026-11-22T10:05:00Z"), new BigDecimal("1250"), "KAFE");
        assertThat(ids(read())).isEmpty();
        String posted = company.settle(hold, Instant.parse("2026-11-22T20:05:00Z"), false);
        assertThat(ids(read())).containsExactly(posted);
    }

    @Test
    void anOperationThatComesWhileAPeriodIsReadIsReadAndNothingCountsAsMissing() {
        for (int i = 1; i <= 1001; i++) {
            pay(i);
        }
        List<String> late = new ArrayList<>();
        company.switches().betweenPages(
                () -> late.add(bank.credit(DAY.minusDays(1), BigDecimal.TEN, PAYER, "9", "за край")));
        List<Feed.News> news = read();
        assertThat(ids(news)).as("all there was when the reading began").hasSize(1001);
        assertThat(windows(news).get(0).seen()).hasSize(1001);
        clock.advance(Duration.ofMinutes(10));
        company.switches().betweenPages(
                () -> late.add(bank.credit(DAY.plusDays(1), BigDecimal.TEN, PAYER, "9", "следом")));
        assertThat(ids(read())).as("read again, because the balances had contradicted").containsAll(late);
        assertThat(bank.calls()).filteredOn("statement"::equals).hasSize(6);
    }

    @Test
    void aStuckCursorOrAnEmptyPageEndsTheReading() {
        pay(1);
        company.switches().sameCursorForEver(true);
        assertThat(read()).as("the operation once, the window that the balances prove whole, and they").hasSize(3);
        position.clear();
        company.switches().balancesTold(false);
        assertThat(windows(read())).as("nothing proves it whole").isEmpty();
        position.clear();
        company.switches().sameCursorForEver(false).emptyPageWithCursor(true);
        assertThat(ids(read())).hasSize(1);
        assertThat(present).isTrue();
    }

    @Test
    void balancesThatNeverAddUpProveNothingAndAreTold() {
        pay(1);
        company.switches().balancesOffBy(BigDecimal.ONE).balancesAsText(true);
        List<Feed.News> news = read();
        assertThat(windows(news)).isEmpty();
        assertThat(bank.calls()).filteredOn("statement"::equals).as("it was read twice, then day by day")
                .hasSize(2 + 45);
        assertThat(troubles(news)).singleElement().satisfies(trouble ->
                assertThatThrownBy(() -> recheck(trouble)).isInstanceOf(VendorException.Refused.class)
                        .hasMessageContaining("balances of").hasMessageContaining("replay"));
        company.switches().balancesOffBy(BigDecimal.ZERO);
        recheck(troubles(news).get(0));
    }

    @Test
    void withoutBalancesOnlyTwoEqualReadingsOfSomethingProveAnything() {
        pay(1);
        company.switches().balancesTold(false);
        assertThat(windows(read())).hasSize(1);
        assertThat(bank.calls()).filteredOn("statement"::equals).as("it was read twice").hasSize(2);
    }

    @Test
    void twoMovementsUnderOneIdAreTwoOperationsWhateverTheirOrder() {
        String first = pay(1);
        String second = pay(2);
        company.edit(second, "operationId", first);
        List<String> told = ids(read());
        assertThat(told).hasSize(2).doesNotHaveDuplicates().allMatch(id -> BankOperation.plainId(id).equals(first));
        position.clear();
        assertThat(ids(read())).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void whatStandsForNoIdNamesNoMovement() {
        List<String> fees = List.of(pay(90), pay(90), pay(90), pay(70));
        company.edit(fees.get(0), "operationDate", "2026-11-18T09:00:00Z");
        fees.forEach(fee -> company.edit(fee, "operationId", "-1"));
        List<Feed.News> news = read();
        List<String> told = ids(news);
        assertThat(told).as("two days, and two alike on one of them").hasSize(4);
        assertThat(windows(news)).as("and the balances agree").singleElement()
                .satisfies(window -> assertThat(window.seen()).hasSize(4));
        position.clear();
        assertThat(ids(read())).as("the same ids each time").containsExactlyInAnyOrderElementsOf(told);
        position.clear();
        company.switches().sameCursorForEver(true);
        assertThat(ids(read())).as("a page that comes twice tells nothing twice").hasSize(4);
    }

    @Test
    void oneIdOnTwoDaysIsTwoMovementsThoughTheyReadAlike() {
        String first = pay(1);
        String second = pay(1);
        company.edit(second, "operationDate", "2026-11-21T09:00:00Z");
        company.edit(second, "operationId", first);
        List<Feed.News> news = read();
        assertThat(ids(news)).hasSize(2).allMatch(id -> BankOperation.plainId(id).equals(first));
        assertThat(windows(news)).as("the balances agree").hasSize(1);
    }

    @Test
    void aRowThatCannotBeReadIsToldInTheBanksWordsAndStopsNoOther() {
        String good = pay(1);
        String bad = pay(2);
        company.edit(bad, "typeOfOperation", "Сторно");
        List<Feed.News> news = read();
        assertThat(ids(news)).containsExactly(good);
        assertThat(windows(news)).as("days that are not wholly understood prove nothing").isEmpty();
        Feed.News trouble = troubles(news).get(0);
        assertThat(trouble.id()).isEqualTo(bad);
        assertThatThrownBy(() -> recheck(trouble)).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("'Сторно' is neither").hasMessageContaining("Оплата по счету МК-2");
        clock.advance(Duration.ofMinutes(10));
        assertThat(troubles(read()).get(0).version()).as("told once").isEqualTo(trouble.version());
    }

    @Test
    void anAccountThatTheBankRefusesIsToldOnceAndHoldsUpNoOther() {
        configure(List.of("40702810900000000009", ACCOUNT));
        String id = pay(1);
        List<Feed.News> news = read();
        assertThat(ids(news)).containsExactly(id);
        assertThat(troubles(news)).hasSize(1).allSatisfy(trouble -> assertThatThrownBy(() -> recheck(trouble))
                .hasMessageContaining("40702810900000000009"));
        clock.advance(Duration.ofMinutes(10));
        assertThat(troubles(read())).isEmpty();
        company.switches().foreignAccountsGet(403);
        clock.advance(Duration.ofMinutes(10));
        assertThat(ids(read())).as("a right to one account is no right to all").containsExactly(id);
    }

    @Test
    void anAccountThatLeavesTheListIsToldOnceAndReadFurther() {
        company.open(SECOND, "Валютный счёт", "840", "Current", BigDecimal.ZERO);
        read();
        String last = company.post(SECOND, "Debit", "otherOut", clock.instant(), BigDecimal.TEN, null, "1",
                "Закрытие", Map.of());
        company.close(SECOND);
        List<Feed.News> news = read();
        assertThat(ids(news)).containsExactly(last);
        assertThat(troubles(news)).hasSize(1);
        assertThatThrownBy(() -> recheck(troubles(news).get(0))).hasMessageContaining("not in the token's list");
        clock.advance(Duration.ofMinutes(10));
        assertThat(troubles(read())).isEmpty();
    }

    @Test
    void aConfiguredAccountThatLeavesTheListIsToldOnceADayAtTheLatest() {
        company.open(SECOND, "Валютный счёт", "840", "Current", BigDecimal.ZERO);
        configure(List.of(ACCOUNT, SECOND));
        assertThat(troubles(read())).isEmpty();
        String last = company.post(SECOND, "Debit", "otherOut", clock.instant(), BigDecimal.TEN, null, "1",
                "Закрытие", Map.of());
        company.close(SECOND);
        clock.advance(Duration.ofDays(1));
        List<Feed.News> news = read();
        assertThat(ids(news)).as("read further").containsExactly(last);
        assertThat(troubles(news)).hasSize(1);
        assertThatThrownBy(() -> recheck(troubles(news).get(0))).hasMessageContaining("not in the token's list");
        for (int times = 0; times < 3; times++) {
            clock.advance(Duration.ofHours(16));
            assertThat(troubles(read())).isEmpty();
        }
    }

    @Test
    void aNewAccountIsReadWithItsHistory() {
        read();
        company.open(SECOND, "Валютный счёт", "840", "Current", BigDecimal.ZERO);
        String old = company.post(SECOND, "Credit", "contragentIncome", Instant.parse("2026-10-20T09:00:00Z"),
                new BigDecimal("100.25"), null, "7", "INVOICE 7", Map.of());
        List<Feed.News> news = read();
        assertThat(ids(news)).containsExactly(old);
        assertThat(news).anySatisfy(one -> assertThat(one.body()).isInstanceOfSatisfying(BankOperation.class,
                operation -> assertThat(operation.currency()).isEqualTo("USD")));
    }

    @Test
    void anOutageOfOneAccountIsToldAfterTheOthersWereRead() {
        company.open(SECOND, "Валютный счёт", "840", "Current", BigDecimal.ZERO);
        String id = company.post(SECOND, "Credit", "contragentIncome", Instant.parse("2026-11-20T09:00:00Z"),
                BigDecimal.TEN, null, "7", "INVOICE 7", Map.of());
        for (int i = 0; i < 3; i++) {
            bank.faults().next("statement", Faults.Kind.ERROR_500);
        }
        assertThatThrownBy(this::read).isInstanceOf(VendorException.Transient.class);
        assertThat(position).containsOnlyKeys(SECOND);
        assertThat(ids(read())).doesNotContain(id).isEmpty();
        assertThat(position).containsOnlyKeys(ACCOUNT, SECOND);
    }

    @Test
    void aPeriodWithTooManyOperationsIsHalvedOnce() {
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            ids.add(bank.credit(LocalDate.of(2026, 11, day), BigDecimal.TEN, PAYER, "7", "Оплата " + day));
        }
        company.switches().tooManyAbove(19);
        List<Feed.News> news = read();
        assertThat(ids(news)).hasSize(20).containsAll(ids);
        assertThat(windows(news).get(0).seen()).hasSize(20);
        company.switches().tooManyAbove(5);
        position.clear();
        assertThat(troubles(read())).as("then a person is told").hasSize(1);
    }

    @Test
    void aLostTokenStopsEverything() {
        company.open(SECOND, "Валютный счёт", "840", "Current", BigDecimal.ZERO);
        configure(List.of(ACCOUNT, SECOND));
        company.switches().addressRefused(true);
        assertThatThrownBy(this::read).isInstanceOf(VendorException.AuthLost.class);
        company.switches().tokenCancelled(true);
        assertThatThrownBy(this::read).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageContaining("issue a new one");
        assertThat(position).isEmpty();
    }

    @Test
    void aHintReadsItsAccountAndNoForeignOne() {
        String id = pay(1);
        Operation.Read list = (Operation.Read) connector.operations("operation").get("list").step();
        assertThat((List<?>) list.read(new Operation.Request("main", "operation",
                Map.of("bankAccount", ACCOUNT, "day", "2026-11-20")))).hasSize(1).allSatisfy(one ->
                        assertThat(((BankOperation) one).sourceId()).isEqualTo(id));
        assertThat((List<?>) list.read(new Operation.Request("main", "operation",
                Map.of("bankAccount", "40702810900000000009")))).isEmpty();
    }

    @Test
    void messyShapesGiveTheSameOperations() {
        pay(1);
        Object clean = ((BankOperation) read().get(0).body()).version();
        position.clear();
        company.switches().sumsAsText(true).fractionsOfSeconds(true).richAccounts(true).shuffled(true);
        assertThat(((BankOperation) read().get(0).body()).version()).isEqualTo(clean);
        position.clear();
        company.switches().fieldsMissing(5);
        assertThat(ids(read())).hasSize(1);
    }

    /** The largest holding: what one account cannot deliver stops none of the others, and all positions fit together. */
    @Test
    void twoHundredAccountsOfOneTokenAreReadThoughOneIsRefused() {
        List<String> accounts = IntStream.range(0, 200).mapToObj("40702810%012d"::formatted).toList();
        Instant posted = Instant.parse("2026-11-20T09:00:00Z");
        List<String> ids = new ArrayList<>();
        String refused = "40702810999999999999";
        for (String account : accounts) {
            company.open(account, "Расчётный", "643", "Current", BigDecimal.ZERO);
            ids.add(company.post(account, "Credit", "contragentIncome", posted, BigDecimal.ONE, PAYER, "7", "Оплата",
                    Map.of()));
        }
        List<String> all = new ArrayList<>(accounts);
        all.add(100, refused);
        company.switches().foreignAccountsGet(403);
        configure(all);

        List<Feed.News> news = read();
        assertThat(ids(news)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(windows(news)).hasSize(200);
        assertThat(troubles(news).stream().map(one -> String.valueOf(((Map<?, ?>) one.body()).get("bankAccount"))))
                .filteredOn(refused::equals).hasSize(1);
        assertThat(present).isTrue();
        assertThat(position).hasSize(201);

        clock.advance(Duration.ofMinutes(1));
        assertThat(ids(read())).as("they were told").isEmpty();
    }
}
