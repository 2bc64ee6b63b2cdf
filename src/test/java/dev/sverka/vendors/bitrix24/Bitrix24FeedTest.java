package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Event;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bitrix24FeedTest {

    private static final String DECLARED = """
            entities:
              payment:
                title: Платежи
                pipelines:
                  in:
                    title: Поступления (исходящие счета)
                    stages: {planned: {title: Запланирован}, invoiced: {title: Счёт выставлен}}
                fields:
                  title: {std: title, type: string}
                  amount: {std: opportunity, type: money}
                  paid: {label: Оплачено, type: money}
                  dueDate: {label: Срок оплаты, type: date}
              company:
                builtin: company
                fields: {title: {std: title, type: string}}
            """;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Links links = Stores.open().links();
    private final Declared<dev.sverka.core.portal.Portal> portal = Portals.declared(DECLARED);
    private Sandbox sandbox;
    private Bitrix24Account account;
    private Bitrix24Feed feed;
    private Map<String, String> position = Map.of();

    @BeforeEach
    void open() {
        sandbox = Sandbox.open(clock);
        sandbox.bitrix24().limited(false);
        account = Rooms.account(Rooms.client(sandbox.bitrix24().url()), portal, links, clock);
        feed = Rooms.feed("payment", portal, account, links, clock);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** One poll, as the consumer makes it: the position is kept page by page, and what fails ends it. */
    private List<Feed.News> poll() {
        List<Feed.News> told = new ArrayList<>();
        Feed.Pages pages = feed.open("main", position);
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            told.addAll(page.news());
            pages.stored(page);
            position = new HashMap<>(page.position());
        }
        return told;
    }

    private static Set<String> ids(List<Feed.News> news) {
        Set<String> ids = new HashSet<>();
        news.forEach(one -> ids.add(one.id()));
        return ids;
    }

    private int add(String number) {
        return sandbox.portal().payment(Portal.IN, number, LocalDate.of(2026, 11, 2), new BigDecimal("1000.00"),
                1, 1, 1);
    }

    private long calls(String method) {
        return sandbox.bitrix24().calls().stream().filter(method::equals).count();
    }

    /** A page that tells how many there are, then batches of as many pages as that, and one that proves the end. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "60, 2, 2", "2500, 2, 51", "10000, 5, 201"})
    void manyChangesTakeFewRequestsAndFewListsInVain(int changes, int requests, long lists) throws Exception {
        assertThat(ChangedCount.cost(changes)).isEqualTo(new ChangedCount.Cost(requests, lists));
    }

    @Test
    void aPortalThatCannotCountInTimeIsReadAllTheSame() {
        poll();
        clock.advance(Duration.ofHours(2));
        poll();
        for (int n = 0; n < 120; n++) {
            add("С-" + n);
        }
        sandbox.bitrix24().faults().next("crm.item.list", Faults.Kind.BAD_GATEWAY);
        assertThat(poll()).hasSize(120);
        int before = sandbox.bitrix24().calls().size();
        assertThat(poll()).as("its overlap").hasSize(120);
        assertThat(sandbox.bitrix24().calls().size() - before).as("a page, a chain of two").isEqualTo(2);
    }

    @Test
    void aFewRowsCostNoPagesBehindTheirEnd() {
        poll();
        clock.advance(Duration.ofHours(2));
        poll();
        for (int n = 0; n < 60; n++) {
            add("Э-" + n);
        }
        long before = executed();
        assertThat(poll()).hasSize(60);
        assertThat(executed() - before).as("a page, then another").isEqualTo(2);
    }

    /** Lists that the portal carried out, those inside a batch too. */
    private long executed() {
        return sandbox.bitrix24().executed("crm.item.list");
    }

    @Test
    void aRowTellsAllThatAReadWould() {
        int id = add("А-1");
        Map<?, ?> row = (Map<?, ?>) poll().stream().filter(news -> news.id().equals(String.valueOf(id))).findFirst()
                .orElseThrow().body();
        Map<String, Object> read = account.items().read("payment", account.client().item(Portal.PAYMENTS, id)
                .orElseThrow());
        assertThat(row).isEqualTo(read);
    }

    @Test
    void theLastSecondIsReadAgainAndNothingOfTheWindowIsMissed() {
        poll();
        int first = add("Б-1");
        assertThat(ids(poll())).contains(String.valueOf(first));
        int sameSecond = add("Б-2");
        assertThat(ids(poll())).contains(String.valueOf(sameSecond));
        clock.advance(Duration.ofMinutes(10));
        poll();
        assertThat(poll()).as("what is old is not read for ever").isEmpty();
    }

    @Test
    void aPortalWhoseClockDiffersIsReadByItsOwn() {
        SettableClock ours = new SettableClock(clock.instant().plus(Duration.ofMinutes(7)));
        account = Rooms.account(Rooms.client(sandbox.bitrix24().url()), portal, links, ours);
        feed = Rooms.feed("payment", portal, account, links, ours);
        poll();
        clock.advance(Duration.ofSeconds(30));
        ours.advance(Duration.ofSeconds(30));
        int id = add("В-1");
        assertThat(ids(poll())).contains(String.valueOf(id));
    }

    @Test
    void aDeletionIsToldAfterASweepAndASecondLook() {
        int gone = add("Г-1");
        int stays = add("Г-2");
        poll();
        sandbox.bitrix24().crm().delete(Portal.PAYMENTS, gone);
        clock.advance(Duration.ofDays(1));
        assertThat(poll()).as("the sweep only suspects").noneMatch(news -> isDeletion(news));
        clock.advance(Duration.ofSeconds(30));
        assertThat(poll()).as("it is too early to ask again").noneMatch(news -> isDeletion(news));
        clock.advance(Duration.ofMinutes(1));
        List<Feed.News> told = poll();
        assertThat(told).filteredOn(Bitrix24FeedTest::isDeletion).extracting(Feed.News::id)
                .containsExactly(String.valueOf(gone)).doesNotContain(String.valueOf(stays));
        clock.advance(Duration.ofMinutes(2));
        assertThat(poll()).noneMatch(news -> isDeletion(news));
    }

    @Test
    void aDeletionWhoseNewsWasLostInACrashIsToldAgain() {
        int gone = add("Г-3");
        poll();
        sandbox.bitrix24().crm().delete(Portal.PAYMENTS, gone);
        clock.advance(Duration.ofDays(1));
        poll();
        clock.advance(Duration.ofMinutes(2));
        Feed.Pages killed = feed.open("main", position);
        Feed.Page page = killed.next();
        while (page.news().stream().noneMatch(Bitrix24FeedTest::isDeletion)) {
            page = killed.next();
        }
        assertThat(poll()).filteredOn(Bitrix24FeedTest::isDeletion).extracting(Feed.News::id)
                .containsExactly(String.valueOf(gone));
    }

    /** Twenty more, of which the portal deletes eight; after the sweep. */
    private List<Integer> manyAreGone(List<Event> asked, MassDeletions doubts) {
        feed = Rooms.feed("payment", portal, account, links, doubts, clock);
        List<Integer> added = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            added.add(add("Д-" + n));
        }
        poll();
        added.subList(0, 8).forEach(id -> sandbox.bitrix24().crm().delete(Portal.PAYMENTS, id));
        clock.advance(Duration.ofDays(1));
        assertThat(poll()).noneMatch(news -> isDeletion(news));
        assertThat(asked).singleElement().satisfies(event -> assertThat((Map<?, ?>) event.payload())
                .hasFieldOrPropertyWithValue("gone", 8).hasFieldOrPropertyWithValue("entity", "payment"));
        clock.advance(Duration.ofDays(1));
        assertThat(poll()).as("nothing is applied, and the feed goes on").noneMatch(news -> isDeletion(news));
        assertThat(asked).as("told once").hasSize(1);
        return added;
    }

    @Test
    void manyAtOnceAreDeletionsOnceAPersonSaysSo() {
        List<Event> asked = new ArrayList<>();
        MassDeletions doubts = new MassDeletions(links, asked::add);
        List<Integer> added = manyAreGone(asked, doubts);
        doubts.answer("bitrix24.main", "payment", true);
        assertThat(poll()).filteredOn(Bitrix24FeedTest::isDeletion).extracting(Feed.News::id)
                .containsExactlyInAnyOrderElementsOf(added.subList(0, 8).stream().map(String::valueOf).toList());
        clock.advance(Duration.ofDays(1));
        assertThat(poll()).noneMatch(news -> isDeletion(news));
        assertThat(asked).hasSize(1);
    }

    @Test
    void manyAtOnceStayIfAPersonSaysSoAndOneMoreIsADeletion() {
        List<Event> asked = new ArrayList<>();
        MassDeletions doubts = new MassDeletions(links, asked::add);
        List<Integer> added = manyAreGone(asked, doubts);
        doubts.answer("bitrix24.main", "payment", false);
        int one = added.get(10);
        sandbox.bitrix24().crm().delete(Portal.PAYMENTS, one);
        clock.advance(Duration.ofDays(1));
        poll();
        clock.advance(Duration.ofMinutes(2));
        assertThat(poll()).filteredOn(Bitrix24FeedTest::isDeletion).extracting(Feed.News::id)
                .containsExactly(String.valueOf(one));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatEventsDeletedIsNotMissedByTheSweep() {
        List<Event> asked = new ArrayList<>();
        feed = Rooms.feed("payment", portal, account, links, new MassDeletions(links, asked::add), clock);
        List<Integer> added = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            added.add(add("Ы-" + n));
        }
        poll();
        Operation.Read get = (Operation.Read) new Bitrix24Operations(portal, name -> account).of("payment").get("get")
                .step();
        for (int id : added.subList(0, 8)) {
            sandbox.bitrix24().crm().delete(Portal.PAYMENTS, id);
            get.read(new Operation.Request("main", "payment", Map.of("id", id, "deleted", true)));
        }
        clock.advance(Duration.ofDays(1));
        poll();
        assertThat(asked).isEmpty();
    }

    /** A tenth of the polls is lost, imports keep their old times, and no event helps. */
    @Test
    void whateverChangesArrives() {
        Random dice = new Random(7);
        Map<String, Object> held = new HashMap<>();
        Set<Integer> alive = new HashSet<>();
        sandbox.portal().items(Portal.PAYMENTS).forEach(item -> alive.add((Integer) item.get("id")));
        keep(held);
        int deleted = 0;
        for (int change = 1; change <= 1000; change++) {
            int kind = dice.nextInt(20);
            int any = new ArrayList<>(alive).get(dice.nextInt(alive.size()));
            if (kind < 14) {
                sandbox.bitrix24().crm().update(Portal.PAYMENTS, any, Map.of("opportunity", change), Portal.PERSON);
            } else if (kind < 17) {
                alive.add(add("Ю-" + change));
            } else if (kind < 19) {
                alive.add(sandbox.bitrix24().crm().imported(Portal.PAYMENTS, Map.of("title", "Я-" + change, "categoryId",
                        Portal.IN, "opportunity", change), Map.of("updatedTime", "2026-03-0" + (1 + change % 9)
                        + "T10:00:00+03:00"), Portal.PERSON));
            } else if (deleted < 5) { // more at once is an alarm
                deleted++;
                sandbox.bitrix24().crm().delete(Portal.PAYMENTS, any);
                alive.remove(any);
            }
            clock.advance(Duration.ofSeconds(dice.nextInt(40)));
            if (dice.nextInt(12) == 0) {
                if (dice.nextInt(10) == 0) {
                    sandbox.bitrix24().faults().next("*", Faults.Kind.LOST_ANSWER).next("*", Faults.Kind.BAD_GATEWAY)
                            .next("*", Faults.Kind.BAD_GATEWAY);
                }
                keep(held);
            }
        }
        clock.advance(Duration.ofDays(1));
        sandbox.bitrix24().faults().none();
        keep(held);
        clock.advance(Duration.ofMinutes(2));
        keep(held);
        Map<String, Object> there = new HashMap<>();
        for (Map<String, Object> item : sandbox.portal().items(Portal.PAYMENTS)) {
            there.put(String.valueOf(item.get("id")), account.items().read("payment", Rooms.json(item)));
        }
        assertThat(held.keySet()).isEqualTo(there.keySet());
        there.forEach((id, item) -> assertThat(((Map<?, ?>) held.get(id)).get("amount")).as(id)
                .isEqualTo(((Map<?, ?>) item).get("amount")));
    }

    /** One poll; what it tells is what is known from then on. */
    private void keep(Map<String, Object> held) {
        try {
            poll().forEach(news -> {
                if (isDeletion(news)) {
                    held.remove(news.id());
                } else {
                    held.put(news.id(), news.body());
                }
            });
        } catch (VendorException lost) {
            assertThat(lost).isInstanceOf(VendorException.Transient.class);
        }
    }

    @Test
    void anItemThatIsOnlyNotListedIsNoDeletion() {
        int moved = add("Е-1");
        feed = Rooms.feed("payment.in", portal, account, links, clock);
        poll();
        sandbox.bitrix24().crm().update(Portal.PAYMENTS, moved, Map.of("categoryId", Portal.OUT, "stageId",
                "DT1046_33:NEW"),
                Portal.PERSON);
        clock.advance(Duration.ofDays(1));
        poll();
        clock.advance(Duration.ofMinutes(2));
        assertThat(poll()).noneMatch(news -> isDeletion(news));
    }

    @Test
    void aSweepOfAllIdsCostsFewRequests() {
        for (int n = 0; n < 300; n++) {
            add("Ж-" + n);
        }
        poll();
        clock.advance(Duration.ofDays(1));
        account.names().of("payment");
        long before = calls("crm.item.list") + calls("batch");
        poll();
        assertThat(calls("crm.item.list") + calls("batch") - before).as("a page and chains of two and four, and a "
                + "page for the window, whose form of dates is learned").isLessThanOrEqualTo(6);
    }

    @Test
    void aChangedRequisiteIsNewsOfItsCompany() {
        feed = Rooms.feed("company", portal, account, links, clock);
        poll();
        clock.advance(Duration.ofHours(1));
        poll();
        int company = sandbox.portal().company("ООО «Новая»", "7701234567", "770101001", false);
        assertThat(poll()).filteredOn(news -> news.id().equals(String.valueOf(company)))
                .anyMatch(news -> String.valueOf(news.version()).startsWith("requisites"));
    }

    @Test
    void companiesComeWithTheirRequisitesInAFewRequestsForAll() {
        for (int n = 0; n < 120; n++) {
            sandbox.portal().company("ООО «" + n + "»", n % 3 == 0 ? null : "77012345" + (10 + n % 90), null, false);
        }
        feed = Rooms.feed("company", portal, account, links, clock);
        List<Feed.News> told = poll();
        assertThat(told).hasSizeGreaterThanOrEqualTo(120).allMatch(news ->
                ((Map<?, ?>) news.body()).containsKey("requisites"));
        Map<?, ?> one = (Map<?, ?>) told.get(told.size() - 1).body();
        Object read = ((Operation.Read) new Bitrix24Operations(portal, name -> account).of("company").get("get").step())
                .read(new Operation.Request("main", "company", one.get("id")));
        assertThat(one).isEqualTo(read);
        assertThat(sandbox.bitrix24().calls()).hasSizeLessThan(20);
    }

    private static boolean isDeletion(Feed.News news) {
        return ((Map<?, ?>) news.body()).containsKey("deleted");
    }
}
