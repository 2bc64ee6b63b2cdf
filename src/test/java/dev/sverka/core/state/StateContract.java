package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What lasts, on either database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StateContract {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private HikariDataSource dataSource;
    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private SettableClock clock;
    private Rows rows;

    abstract HikariDataSource open();

    @BeforeAll
    void openTheStore() {
        dataSource = open();
        jdbc = JdbcClient.create(dataSource);
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        transaction = new TransactionTemplate(manager);
        rows = new Rows(jdbc, manager);
    }

    @AfterAll
    void closeTheStore() {
        dataSource.close();
    }

    @BeforeEach
    void emptyTheStore() {
        clock = new SettableClock(START);
        List.of("feed_cursor", "link", "agreed", "audit", "lease", "quota", "accepted_text")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    @Test
    void aCursorAndItsPageAreRolledBackTogether() {
        Cursors cursors = new Cursors(rows, clock);
        Links links = new Links(rows);
        cursors.save("feed", Map.of("from", "1"));

        transaction.executeWithoutResult(status -> {
            links.link("page", "a", "b");
            cursors.save("feed", Map.of("from", "2"));
            status.setRollbackOnly();
        });
        assertThat(cursors.load("feed")).isEqualTo(Map.of("from", "1"));
        assertThat(links.right("page", "a")).isEmpty();

        transaction.executeWithoutResult(status -> {
            links.link("page", "a", "b");
            cursors.save("feed", Map.of("from", "2"));
        });
        assertThat(cursors.load("feed")).isEqualTo(Map.of("from", "2"));
        assertThat(links.right("page", "a")).contains("b");
    }

    @Test
    void aNewFeedHasAnEmptyPositionAndHasNotReachedThePresent() {
        Cursors cursors = new Cursors(rows, clock);

        assertThat(cursors.load("feed")).isEmpty();
        assertThat(cursors.reachedAt("feed")).isEmpty();
        cursors.reached("feed");
        clock.advance(Duration.ofDays(1));
        cursors.save("feed", Map.of("from", "1", "to", "2"));
        cursors.reached("feed");
        assertThat(cursors.reachedAt("feed")).contains(START);
        assertThat(cursors.load("feed")).isEqualTo(Map.of("from", "1", "to", "2"));
    }

    @Test
    void aPositionIsAsLongAsTheConfigurationMakesIt() {
        Cursors cursors = new Cursors(rows, clock);
        Map<String, String> accounts = IntStream.range(0, 2_000).boxed().collect(Collectors.toMap(
                "40702810%012d"::formatted, place -> ("2026-11-20T09:00:00Z " + place + " ").repeat(8)));
        cursors.save("feed", accounts);
        assertThat(cursors.load("feed")).isEqualTo(accounts);
    }

    @Test
    void aLinkTiesOneToOneAndANewTieReplacesTheOld() {
        Links links = new Links(rows);
        links.link("payment", "17", "42");
        links.link("payment", "17", "42");
        assertThat(links.left("payment", "42")).contains("17");

        links.link("payment", "17", "43");
        links.link("payment", "18", "43");
        assertThat(links.right("payment", "17")).isEmpty();
        assertThat(links.left("payment", "42")).isEmpty();
        assertThat(links.left("payment", "43")).contains("18");
        assertThat(links.right("deal", "18")).isEmpty();
    }

    @Test
    void agreedValuesComeBackWithTheirDecimals() {
        Links links = new Links(rows);
        assertThat(links.agreed("bitrix24.main", "payment", "42")).isEmpty();
        links.agree("bitrix24.main", "payment", "42", Map.of("paid", new BigDecimal("1.00")));
        links.agree("bitrix24.main", "payment", "42", Map.of("paid", new BigDecimal("45000.00"), "stage", "paid",
                "id", 42));

        assertThat(links.agreed("bitrix24.main", "payment", "42"))
                .isEqualTo(Map.of("paid", new BigDecimal("45000.00"), "stage", "paid", "id", 42L));
    }

    @Test
    void theAuditTellsAnItemsWritesInOrder() {
        Audit audit = new Audit(jdbc);
        AuditRow first = new AuditRow(START, "bitrix24.main", "payment", "42", "paid", null, "1.00", "[]", null);
        AuditRow second = new AuditRow(START, "bitrix24.main", "payment", "42", "paid", "1.00", null, "[{}]", 7L);
        audit.write(first);
        audit.write(second);
        audit.write(new AuditRow(START, "bitrix24.main", "payment", "43", "paid", "1.00", "2.00", "[]", null));

        assertThat(audit.of("payment", "42")).containsExactly(first, second);
    }

    @Test
    void aLeaseIsHeldByOneReplicaUntilItRunsOutOrIsGivenUp() {
        Leases one = new Leases(rows, clock);
        Leases two = new Leases(rows, clock);
        Duration time = Duration.ofSeconds(30);

        assertThat(one.hold("poll", time)).isTrue();
        assertThat(two.hold("poll", time)).isFalse();
        clock.advance(Duration.ofSeconds(20));
        assertThat(one.hold("poll", time)).isTrue();
        clock.advance(Duration.ofSeconds(20));
        assertThat(two.hold("poll", time)).isFalse();
        two.release("poll");
        assertThat(two.hold("poll", time)).isFalse();
        one.release("poll");
        assertThat(two.hold("poll", time)).isTrue();
        clock.advance(time);
        assertThat(one.hold("poll", time)).isTrue();
    }

    @Test
    void manyReplicasAskForANewLeaseAndOneGetsIt() throws Exception {
        List<Callable<Boolean>> asks = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            Leases replica = new Leases(rows, clock);
            asks.add(() -> replica.hold("new", Duration.ofSeconds(30)));
        }
        assertThat(together(asks)).containsOnlyOnce(true);
    }

    @Test
    void twoInstancesTogetherKeepWithinTheBucket() throws Exception {
        SharedQuota one = new SharedQuota(rows, clock);
        SharedQuota two = new SharedQuota(rows, clock);
        List<Callable<Duration>> takes = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            SharedQuota replica = n % 2 == 0 ? one : two;
            takes.add(() -> replica.take("bitrix24.main", 10, 2));
        }

        assertThat(together(takes)).filteredOn(Duration::isZero).hasSize(10);
        assertThat(two.take("bitrix24.main", 10, 2)).isEqualTo(Duration.ofMillis(500));
        clock.advance(Duration.ofMillis(500));
        assertThat(two.take("bitrix24.main", 10, 2)).isZero();
        assertThat(one.take("bitrix24.main", 10, 2)).isEqualTo(Duration.ofMillis(500));
        clock.advance(Duration.ofHours(1));
        assertThat(one.take("bitrix24.main", 10, 2)).isZero();
        assertThat(one.take("tbank.main", 1, 1)).isZero();
    }

    @Test
    void aBucketFilledUnderAClockFarAheadDoesNotWaitForThatTime() {
        SharedQuota quota = new SharedQuota(rows, clock);
        clock.advance(Duration.ofDays(30));
        assertThat(quota.take("tbank.main", 1, 1)).isZero();
        clock.set(START);

        assertThat(quota.take("tbank.main", 1, 1)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofHours(1));
        assertThat(quota.take("tbank.main", 1, 1)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void acceptedTextsAreReplacedAsASet() {
        AcceptedTexts texts = new AcceptedTexts(rows, clock);
        texts.replace(Map.of());
        texts.replace(Map.of("routes/a.yaml", "- route:", "mappings/b.yaml", "fields:"));
        texts.replace(Map.of("routes/a.yaml", "- route: {id: a}"));

        assertThat(texts.all()).isEqualTo(Map.of("routes/a.yaml", "- route: {id: a}"));
        texts.replace(texts.all());
        assertThat(texts.edits(null, 10)).as("the first texts are no edit, nor is what stays").extracting(
                AcceptedTexts.Edit::file, AcceptedTexts.Edit::before, AcceptedTexts.Edit::after, AcceptedTexts.Edit::at)
                .containsExactly(tuple("routes/a.yaml", "- route:", "- route: {id: a}", clock.instant()),
                        tuple("mappings/b.yaml", "fields:", null, clock.instant()));
        assertThat(texts.edits("mappings/b.yaml", 10)).singleElement()
                .satisfies(edit -> assertThat(texts.edit(edit.id())).contains(edit));
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : pool.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
