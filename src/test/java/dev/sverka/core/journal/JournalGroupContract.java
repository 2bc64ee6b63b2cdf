package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** News that is stored together, on either database: as if one had come after another, in a few statements. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JournalGroupContract {

    private HikariDataSource dataSource;
    private SettableClock clock;
    private CountedStatements counted;
    private Bench bench;

    abstract HikariDataSource open();

    /** How many statements a group of heads may take; each more is a round trip to the server. */
    abstract int most();

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
        counted = new CountedStatements(dataSource);
        bench = new Bench(counted, clock);
        bench.empty();
    }

    private static Event news(String key, String payload, boolean melts) {
        return Bench.event(key, payload, melts, null, null);
    }

    /** Works all of it off, as it comes. @return payloads by key, in the order of the work */
    private Map<String, List<Object>> worked() {
        Map<String, List<Object>> worked = new TreeMap<>();
        for (List<Work> all = bench.claims.claim("flow", 10); !all.isEmpty(); all = bench.claims.claim("flow", 10)) {
            all.forEach(work -> worked.computeIfAbsent(work.key(), key -> new ArrayList<>()).add(work.payload()));
            bench.claims.complete(all.stream().map(work -> new Claims.Settled(work, new Outcome.Done())).toList());
        }
        return worked;
    }

    @Test
    void aGroupIsStoredAsIfOneHadComeAfterAnother() {
        bench.melting("work", "x0");
        Work work = bench.claimOne();
        long waits = bench.melting("wait", "w0");
        bench.ordered("line", "l0");
        Event told = Bench.event("told", "t1", false, "op/7", null);
        Event again = new Event("flow", "bitrix24.main", "told", new Event.Told("op/7", "2"), false, "t2", Map.of(),
                null);
        Instant later = clock.instant().plus(Duration.ofMinutes(1));

        List<Long> ids = bench.journal.acceptAll(List.of(news("work", "x1", true), news("line", "l1", false),
                news("wait", "w1", true), news("new", "n1", false), news("line", "l2", false), told, told, again,
                news("wait", "w2", true), news("work", "x2", true), news("new", "n2", false),
                Bench.event("later", "s1", true, null, later), news("later", "s2", true)));

        assertThat(ids.get(2)).isEqualTo(ids.get(8)).isEqualTo(waits);
        assertThat(ids.get(0)).isEqualTo(ids.get(9)).isNotEqualTo(work.id());
        assertThat(ids.get(5)).isPositive();
        assertThat(ids.get(6)).as("told in this very group").isZero();
        assertThat(ids.get(7)).isPositive();
        assertThat(ids.get(11)).isEqualTo(ids.get(12));
        assertThat(bench.journal.acceptAll(List.of(again))).containsExactly(0L);
        bench.done(work);
        assertThat(worked()).isEqualTo(Map.of("work", List.of("x2"), "line", List.of("l0", "l1", "l2"),
                "wait", List.of("w2"), "new", List.of("n1", "n2"), "told", List.of("t1", "t2"),
                "later", List.of("s2")));
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void aLookAtALaterStateKeepsItsTurnBehindNewsOfTheSameGroup() {
        Instant later = clock.instant().plus(Duration.ofMinutes(1));
        bench.journal.acceptAll(List.of(news("1", "now", true), Bench.event("1", "then", true, null, later)));

        assertThat(worked()).isEqualTo(Map.of("1", List.of("now")));
        clock.advance(Duration.ofMinutes(2));
        assertThat(worked()).isEqualTo(Map.of("1", List.of("then")));
    }

    @Test
    void aGroupOfHeadsAndAGroupThatMeltsTakeFewStatements() {
        bench.ordered("first", "the lane is known now");
        List<Event> heads = IntStream.range(0, 60).mapToObj(n -> news("k" + n, "a", false)).toList();
        List<Event> melting = IntStream.range(0, 60).mapToObj(n -> news("m" + n % 30, "a" + n, true)).toList();

        assertThat(statements(() -> bench.journal.acceptAll(heads))).isLessThanOrEqualTo(most());
        assertThat(statements(() -> bench.journal.acceptAll(melting))).isLessThanOrEqualTo(most());
        assertThat(statements(() -> bench.journal.acceptAll(melting))).isLessThanOrEqualTo(most());
        assertThat(worked().get("m7")).containsExactly("a37");
    }

    private int statements(Runnable work) {
        int before = counted.statements();
        work.run();
        return counted.statements() - before;
    }
}
