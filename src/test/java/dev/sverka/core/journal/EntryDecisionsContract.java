package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What people are shown of the journal and decide about it, on either database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EntryDecisionsContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private HikariDataSource dataSource;
    private SettableClock clock;
    private Bench bench;
    private JournalPages pages;
    private EntryDecisions decisions;

    abstract HikariDataSource open();

    @BeforeAll
    void openTheStore() {
        dataSource = open();
    }

    @AfterAll
    void closeTheStore() {
        dataSource.close();
    }

    @BeforeEach
    void emptyTheStore() {
        clock = new SettableClock(Bench.START);
        bench = new Bench(dataSource, clock);
        bench.empty();
        bench.jdbc.sql("delete from entry_decision").update();
        Store store = store(clock);
        pages = new JournalPages(store);
        decisions = new EntryDecisions(store, bench.journal);
    }

    private Store store(Clock time) {
        return new Store(dataSource, JdbcClient.create(dataSource), time, new JdbcTransactionManager(dataSource));
    }

    private long dead(String key, String cause, String message) {
        long id = bench.ordered(key, Map.of("of", key));
        Work work = bench.claimOne();
        assertThat(work.id()).isEqualTo(id);
        bench.claims.complete(work, new Outcome.Dead(cause, message));
        return id;
    }

    private Map<String, Object> row(long id) {
        return bench.jdbc.sql("select * from entry where id = ?").param(id).query().singleRow();
    }

    private String state(long id) {
        return pages.find(id).orElseThrow().entry().state();
    }

    @Test
    void workIsGroupedByCauseWithTheNewestWords() {
        dead("1", "refused", "Нет прав");
        dead("2", "refused", "Нет такого поля");
        dead("3", "error", "boom");
        bench.ordered("4", "x");
        assertThat(pages.groups("dead")).containsExactly(
                new JournalPages.Group("dead", "flow", "error", 1, false, "boom"),
                new JournalPages.Group("dead", "flow", "refused", 2, false, "Нет такого поля"));
        assertThat(pages.groups("queued")).containsExactly(
                new JournalPages.Group("queued", "flow", null, 1, false, null));
        assertThat(pages.groups("waiting")).isEmpty();
    }

    @Test
    void aGroupIsLeafedThroughFromTheNewestOn() {
        List<Long> ids = IntStream.range(0, 5).mapToObj(n -> dead("k" + n, "refused", "no " + n)).toList();
        List<EntryView> first = pages.page("dead", "flow", "refused", Long.MAX_VALUE, 2);
        assertThat(first).extracting(EntryView::id).containsExactly(ids.get(4), ids.get(3));
        assertThat(pages.page("dead", "flow", "refused", ids.get(3), 9)).extracting(EntryView::id)
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(pages.page("dead", "other", "refused", Long.MAX_VALUE, 2)).isEmpty();
        assertThat(pages.ofKey("k3", 10)).extracting(EntryView::id).containsExactly(ids.get(3));
    }

    @Test
    void whatIsTakenBackWithinAMinuteLeavesTheEntryAsItWas() {
        long id = dead("1", "refused", "Нет прав");
        Map<String, Object> before = row(id);
        List<EntryEvent> history = bench.journal.history(id);
        for (EntryDecisions.What what : EntryDecisions.What.values()) {
            long decision = decisions.decide(what, id, "Анна").orElseThrow();
            assertThat(decisions.decide(what, id, "Борис")).as("somebody has decided").isEmpty();
            clock.advance(MINUTE.minusMillis(1));
            assertThat(decisions.carryOut()).isZero();
            assertThat(decisions.undo(decision, "Борис")).isTrue();
            assertThat(decisions.undo(decision, "Борис")).isFalse();
            clock.advance(MINUTE);
            assertThat(decisions.carryOut()).isZero();
            assertThat(row(id)).isEqualTo(before);
            assertThat(bench.journal.history(id)).isEqualTo(history);
        }
        assertThat(decisions.of(id)).hasSize(2).allSatisfy(one -> {
            assertThat(one.by()).isEqualTo("Анна");
            assertThat(one.undoneBy()).isEqualTo("Борис");
        });
    }

    @Test
    void afterAMinuteItIsCarriedOutOnceInThePersonsName() {
        long id = dead("1", "refused", "Нет прав");
        long decision = decisions.decide(EntryDecisions.What.REPLAY, id, "Анна").orElseThrow();
        assertThat(decisions.isDue()).isFalse();
        clock.advance(MINUTE);
        assertThat(decisions.isDue()).isTrue();
        assertThat(decisions.carryOut()).isEqualTo(1);
        assertThat(decisions.carryOut()).isZero();
        assertThat(decisions.undo(decision, "Анна")).as("it is done").isFalse();
        assertThat(bench.claimOne().id()).isEqualTo(id);
        assertThat(bench.journal.history(id)).last().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("replayed");
            assertThat(event.message()).isEqualTo("Анна");
        });
    }

    @Test
    void allOfACauseAreDecidedTogetherAndWhatDiesLaterIsNotMeant() {
        List<Long> meant = IntStream.range(0, 230).mapToObj(n -> dead("k" + n, "refused", "no")).toList();
        long other = dead("o", "error", "boom");
        long decision = decisions.decideAll(EntryDecisions.What.DISMISS, "dead", "flow", "refused", "Анна").orElseThrow();
        assertThat(decisions.decideAll(EntryDecisions.What.REPLAY, "dead", "flow", "refused", "Борис")).isEmpty();
        assertThat(decisions.decideAll(EntryDecisions.What.REPLAY, "queued", "flow", null, "Борис")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        long later = dead("later", "refused", "no");
        assertThat(decisions.hurry(decision)).isTrue();
        assertThat(decisions.carryOut()).isEqualTo(230);
        assertThat(meant).allMatch(id -> state(id).equals("dismissed"));
        assertThat(List.of(state(other), state(later))).containsOnly("dead");
        assertThat(decisions.latest(1).get(0).done()).isEqualTo(230);
        Optional<Long> back = decisions.decideAll(EntryDecisions.What.REPLAY, "dismissed", "flow", "refused", "Анна");
        assertThat(back).isPresent();
        clock.advance(MINUTE);
        assertThat(decisions.carryOut()).isEqualTo(230);
        assertThat(meant).allMatch(id -> state(id).equals("queued"));
    }

    @Test
    void whatAnEarlierProcessBeganIsCarriedOutToTheEnd() {
        long id = dead("1", "refused", "no");
        long decision = decisions.decide(EntryDecisions.What.DISMISS, id, "Анна").orElseThrow();
        clock.advance(MINUTE);
        bench.jdbc.sql("update entry_decision set begun_at = due_at where id = ?").param(decision).update();
        assertThat(decisions.undo(decision, "Анна")).isFalse();
        assertThat(decisions.carryOut()).isEqualTo(1);
        assertThat(state(id)).isEqualTo("dismissed");
    }
}
