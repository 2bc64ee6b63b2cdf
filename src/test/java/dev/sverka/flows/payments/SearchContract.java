package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import dev.sverka.core.state.SettableClock;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What people type finds what fits, whether its words have been taken already or not; pages of the ledger show each once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SearchContract {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T09:00:00Z"));
    private HikariDataSource store;
    private JdbcClient jdbc;
    private WordFollower follower;
    private OperationPages pages;
    private PaymentSearch payments;
    private CompanySearch companies;

    abstract HikariDataSource store();

    @BeforeAll
    void open() {
        store = store();
        jdbc = JdbcClient.create(store);
        WordIndex index = new WordIndex(jdbc, new JdbcTemplate(store));
        WordSearch words = new WordSearch(jdbc, index);
        follower = new WordFollower(jdbc, index, new Transactions(new TransactionTemplate(new JdbcTransactionManager(store))),
                Databases.locks(store), clock);
        pages = new OperationPages(jdbc, new OperationSearch(jdbc, words));
        payments = new PaymentSearch(jdbc, words);
        companies = new CompanySearch(jdbc, words);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("search_word", "search_cursor", "operation_version", "bank_operation", "payment",
                "company", "requisite")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @Test
    void anOperationIsFoundBeforeItsWordsAreTakenAndAfterAndByWhatItSaysNowOnly() {
        operation(1, "Оплата по счёту № С-17/2 за услуги, НДС", "ООО «Ромашка»", DAY);
        operation(2, "Возврат аванса", "АО Василёк", DAY);
        for (boolean taken : new boolean[] {false, true}) {
            if (taken) {
                clock.advance(Duration.ofMinutes(2));
                takeAll();
                assertThat(jdbc.sql("select version_id from search_cursor").query(Long.class).single()).isPositive();
            }
            for (String q : List.of("ромашка", "РОМАШ", "услуг оплата", "с-17/2", "С17/2", "счету", "17", "ООО \"Ромашка\"")) {
                assertThat(found(q)).as(q).containsExactly(1L);
            }
            assertThat(found("василек")).containsExactly(2L);
            assertThat(found("омашка")).as("the middle of a word").isEmpty();
            assertThat(found("ромашка аванса")).as("words of two operations").isEmpty();
        }
        jdbc.sql("update bank_operation set purpose = 'Уточнено: аренда', version_number = 2 where id = 1").update();
        version(1, 2);
        for (boolean taken : new boolean[] {false, true}) {
            if (taken) {
                clock.advance(Duration.ofMinutes(2));
                takeAll();
            }
            assertThat(found("аренда")).containsExactly(1L);
            assertThat(found("услуги")).isEmpty();
        }
    }

    @Test
    void whatIsYoungIsLeftForTheNextTime() {
        operation(1, "Аренда", "Клиент", DAY);
        takeAll();
        assertThat(jdbc.sql("select count(*) from search_word").query(Long.class).single()).isZero();
        assertThat(found("аренда")).containsExactly(1L);
    }

    @Test
    void thousandsAreFoundAsReadingThemOneByOneFindsThem() {
        Random random = new Random(19);
        List<String> stock = List.of("оплата", "аренда", "услуги", "склад", "заказ", "аванс", "возврат", "доставка");
        Map<Long, String> texts = new HashMap<>();
        List<Object[]> rows = new ArrayList<>();
        for (long id = 1; id <= 9000; id++) {
            List<String> words = new ArrayList<>(List.of("платеж", String.valueOf(random.nextInt(500))));
            for (String word : stock) {
                if (random.nextInt(stock.indexOf(word) + 2) == 0) {
                    words.add(word);
                }
            }
            Collections.shuffle(words, random);
            texts.put(id, String.join(" ", words));
            rows.add(row(id, texts.get(id), "Клиент", DAY.minusDays(id % 30)));
        }
        insert(rows);
        clock.advance(Duration.ofMinutes(2));
        takeAll();
        WordSearch words = new WordSearch(jdbc, new WordIndex(jdbc, new JdbcTemplate(store)));
        for (int n = 0; n < 60; n++) {
            String q = stock.get(random.nextInt(stock.size())) + " " + (n % 2 == 0 ? stock.get(random.nextInt(stock.size()))
                    : String.valueOf(random.nextInt(500)));
            List<Words.Term> terms = Words.asked(q.toUpperCase(Locale.ROOT));
            List<Long> expected = texts.entrySet().stream()
                    .filter(one -> terms.stream().allMatch(term -> term.fits(Words.of(one.getValue())))).map(Map.Entry::getKey)
                    .sorted(Collections.reverseOrder()).toList();
            assertThat(words.operations(q, 0, Long.MAX_VALUE, 9000).ids()).as(q).isEqualTo(expected);
            WordIndex.Hits some = words.operations(q, 100, 5000, 10);
            List<Long> between = expected.stream().filter(id -> id >= 100 && id <= 5000).toList();
            assertThat(some.ids()).as(q).isEqualTo(between.stream().limit(10).toList());
            assertThat(some.whole()).as(q).isEqualTo(between.size() <= 10);
        }
    }

    @Test
    void pagesOfTheLedgerShowEachOperationOnceForthAndBack() {
        List<Object[]> rows = new ArrayList<>();
        for (long id = 1; id <= 47; id++) {
            rows.add(row(id, "Платеж", "Клиент", DAY.minusDays(id * 7 % 5)));
        }
        insert(rows);
        OperationPages.Wanted all = new OperationPages.Wanted(null, null, null, null, null);
        List<Long> forth = new ArrayList<>();
        OperationPages.Place place = null;
        List<OperationPages.Line> page;
        List<List<Long>> seen = new ArrayList<>();
        while (!(page = pages.ledger(all, place, true, 10).lines()).isEmpty()) {
            seen.add(page.stream().map(OperationPages.Line::id).toList());
            forth.addAll(seen.get(seen.size() - 1));
            place = place(page.get(page.size() - 1));
        }
        assertThat(forth).hasSize(47).doesNotHaveDuplicates()
                .isEqualTo(pages.all(all, 100).stream().map(OperationPages.Line::id).toList());
        OperationPages.Line first = pages.find(seen.get(3).get(0)).orElseThrow();
        assertThat(pages.ledger(all, place(first), false, 10).lines()).extracting(OperationPages.Line::id)
                .isEqualTo(seen.get(2));
        assertThat(pages.ledger(all, place(first), false, 10).totals()).as("of all, not of a page")
                .extracting(OperationPages.Total::count).satisfies(counts -> assertThat(counts.stream()
                        .mapToLong(count -> (Long) count).sum()).isEqualTo(47));
    }

    @Test
    void paymentsAndCompaniesAreFoundByWordsNumberSumAndInn() {
        jdbc.sql("insert into company (id, title, mine) values (5, 'ООО «Тёплый дом»', false)").update();
        jdbc.sql("insert into requisite (company_id, inn) values (5, '7700000005')").update();
        jdbc.sql("""
                insert into payment (id, pipeline, title, number, number_key, amount, currency, company_id, seen_paid, deleted)
                values (9, 'in', 'Счёт за ремонт', 'Р-31', 'Р31', 4500000, 'RUB', 5, 0, false)""").update();
        for (int round = 0; round < 2; round++) {
            for (String q : List.of("ремонт", "р-31", "45 000,00", "7700000005", "теплый", "дом тёп")) {
                assertThat(payments.find(q, true, 5)).as(q).extracting(PaymentSearch.Found::id).containsExactly(9L);
            }
            assertThat(companies.find("тепл", 5)).extracting(CompanySearch.Company::id).containsExactly(5L);
            takeAll();
            assertThat(jdbc.sql("select count(*) from payment where worded = false").query(Long.class).single()).isZero();
        }
        jdbc.sql("update payment set title = 'Счёт за окраску', worded = false where id = 9").update();
        takeAll();
        assertThat(payments.find("ремонт", null, 5)).isEmpty();
        assertThat(payments.find("окраску", null, 5)).hasSize(1);
    }

    private void takeAll() {
        while (follower.step()) {
            // the next part
        }
    }

    private List<Long> found(String q) {
        return pages.search(q, 20).stream().map(OperationPages.Line::id).toList();
    }

    private static OperationPages.Place place(OperationPages.Line line) {
        return new OperationPages.Place(line.day(), line.account(), line.id());
    }

    private void operation(long id, String purpose, String party, LocalDate day) {
        insert(List.<Object[]>of(row(id, purpose, party, day)));
    }

    private static Object[] row(long id, String purpose, String party, LocalDate day) {
        return new Object[] {id, "4070281000000000000" + id % 3, Date.valueOf(day), purpose, party};
    }

    private void insert(List<Object[]> rows) {
        JdbcTemplate batches = new JdbcTemplate(store);
        batches.batchUpdate("""
                insert into bank_operation (id, source, version, bank_account, direction, amount, currency, booked_on, purpose,
                    party_name, box) values (?, 'tbank.main', '1', ?, 'INCOMING', 100, 'RUB', ?, ?, ?, 'review')""", rows);
        batches.batchUpdate(VERSION, rows.stream().map(row -> new Object[] {row[0], 1, clock.millis()}).toList());
    }

    private void version(long id, int number) {
        jdbc.sql(VERSION).params(id, number, clock.millis()).update();
    }

    private static final String VERSION = """
            insert into operation_version (operation_id, number, source, source_id, hash, told_at, direction, amount, currency,
                booked_on, purpose) values (?, ?, 'tbank.main', 's', 'h', ?, 'INCOMING', 100, 'RUB', date '2026-11-16', 'п')""";
}
