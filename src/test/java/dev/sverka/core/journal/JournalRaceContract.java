package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Six acceptors, five keys and two replicas' workers at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class JournalRaceContract {

    private static final int ACCEPTORS = 6;
    private static final int KEYS = 5;
    private static final int EACH = 100;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> atWork = new ConcurrentHashMap<>();
    private final Map<String, Long> lastSeen = new ConcurrentHashMap<>();
    private HikariDataSource dataSource;
    private Bench one;
    private Bench two;

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
        one = new Bench(dataSource, Clock.systemUTC());
        two = new Bench(dataSource, Clock.systemUTC());
        one.empty();
        faults.clear();
        lastSeen.clear();
    }

    @Test
    void anOrderedFlowRunsEachNewsOnceInOrderAndOneAtATime() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        race(false, runs);

        assertThat(faults).isEmpty();
        assertThat(runs).hasValue(ACCEPTORS * EACH);
    }

    @Test
    void aMeltingFlowRunsTheLastNewsOfEachAcceptorsKeyAndOneAtATime() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Map<String, Long> last = race(true, runs);

        assertThat(faults).isEmpty();
        assertThat(lastSeen).isEqualTo(last);
        assertThat(runs.get()).isLessThanOrEqualTo(ACCEPTORS * EACH);
    }

    @Test
    void ofManyAcceptorsOfOneVersionOneSucceeds() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        together(ACCEPTORS, n -> {
            for (int version = 0; version < 30; version++) {
                if (one.journal.accept(Bench.event("1", version, false, "v" + version, null)) > 0) {
                    accepted.incrementAndGet();
                }
            }
        });

        assertThat(faults).isEmpty();
        assertThat(accepted).hasValue(30);
        assertThat(one.journal.counts()).isEqualTo(new Counts(30, 0, 0, 0));
    }

    @Test
    void aPageAndItsItemsToldOneByOneAreEachAcceptedOnce() throws Exception {
        int rounds = 60;
        AtomicInteger accepted = new AtomicInteger();
        together(3, n -> {
            for (int i = 0; i < rounds; i++) {
                accepted.addAndGet(n == 0 ? page(i) : item(n == 1 ? one : two, i, 1));
            }
        });

        assertThat(accepted).hasValue(2 * rounds);
        assertThat(one.journal.counts()).isEqualTo(new Counts(2 * rounds, 0, 0, 0));
    }

    @Test
    void replaysRaceWithNewsOfTheirKeyAndNothingIsStuck() throws Exception {
        List<Long> dead = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            one.ordered("1", n);
            Work work = one.claimOne();
            one.claims.complete(work, new Outcome.Dead("refused", "no"));
            dead.add(work.id());
        }
        together(2, n -> {
            for (long id : dead) {
                if (n == 0) {
                    one.journal.replay(id);
                    one.claims.claim("flow", 1).forEach(one::done);
                } else {
                    two.ordered("1", "new");
                    two.claims.claim("flow", 1).forEach(two::done);
                }
            }
        });
        while (one.journal.counts().queued() > 0) {
            one.done(one.claimOne());
        }

        assertThat(faults).isEmpty();
        assertThat(one.journal.counts()).isEqualTo(new Counts(0, 0, 0, 0));
        assertThat(one.journal.list("done", 100)).hasSize(60);
    }

    private int page(int round) {
        return one.transaction.execute(status -> item(one, round, 0) + item(one, round, 1));
    }

    private static int item(Bench bench, int round, int number) {
        String version = "v" + round + "." + number;
        return bench.journal.accept(Bench.event("one key", version, false, version, null)) > 0 ? 1 : 0;
    }

    /** Payloads are numbers that grow under a lock per key, so that the order of acceptance is known. */
    private Map<String, Long> race(boolean melts, AtomicInteger runs) throws Exception {
        Map<String, Long> last = new ConcurrentHashMap<>();
        Map<String, Object> locks = new ConcurrentHashMap<>();
        List<Workers> workers = List.of(
                new Workers("flow", 2, one.claims, one.signals, work -> run(work, runs)),
                new Workers("flow", 2, two.claims, two.signals, work -> run(work, runs)));
        workers.forEach(Workers::start);
        together(ACCEPTORS, n -> {
            for (int i = 0; i < EACH; i++) {
                String key = "k" + ThreadLocalRandom.current().nextInt(KEYS);
                if (melts && i % 2 == 0) {
                    one.melting("free" + key, -1);
                    continue;
                }
                synchronized (locks.computeIfAbsent(key, k -> new Object())) {
                    long number = last.merge(key, 1L, Long::sum);
                    one.journal.accept(Bench.event(key, number, melts, null, null));
                }
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!one.journal.counts().equals(new Counts(0, 0, 0, 0)) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        for (Workers each : workers) {
            each.halt();
            assertThat(each.finish(10_000)).isTrue();
        }
        assertThat(one.journal.counts()).isEqualTo(new Counts(0, 0, 0, 0));
        return last;
    }

    private Outcome run(Work work, AtomicInteger runs) {
        AtomicInteger busy = atWork.computeIfAbsent(work.key(), key -> new AtomicInteger());
        if (busy.incrementAndGet() > 1) {
            faults.add("two at work for " + work.key());
        }
        long number = (Long) work.payload();
        if (number > 0) {
            long before = lastSeen.getOrDefault(work.key(), 0L);
            if (number <= before) {
                faults.add(work.key() + ": " + number + " after " + before);
            }
            lastSeen.put(work.key(), number);
        }
        runs.incrementAndGet();
        busy.decrementAndGet();
        return new Outcome.Done();
    }

    private interface Step {
        void run(int thread) throws Exception;
    }

    private void together(int threads, Step step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int n = 0; n < threads; n++) {
                int thread = n;
                all.add(pool.submit(() -> {
                    step.run(thread);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(50, TimeUnit.SECONDS);
            }
        } finally {
            // Never interrupted: H2 would close its file.
            pool.shutdown();
        }
    }
}
