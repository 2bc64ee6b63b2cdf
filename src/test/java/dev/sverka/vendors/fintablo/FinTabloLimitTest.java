package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.http.Door;
import dev.sverka.core.http.Quota;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.SharedQuota;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import dev.sverka.sandbox.fintablo.FinTabloSwitches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The vendor's minute: the room and the stand-in run on one fast clock and meet over HTTP. */
class FinTabloLimitTest {

    private static final int SPEED = 6;
    private static final FinTabloEntity STATUS = FinTabloEntity.of("deal-status");

    /** Runs faster than this machine's. */
    private static final class FastClock extends Clock {

        private final long began = System.nanoTime();

        @Override
        public Instant instant() {
            return Instant.parse("2026-11-23T09:00:00Z").plusNanos((System.nanoTime() - began) * SPEED);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Quota paced(SharedQuota quota) {
        return (bucket, capacity, perSecond) -> quota.take(bucket, capacity, perSecond).dividedBy(SPEED);
    }

    @Test
    void twoReplicasTogetherUseTheirShareAndAreNeverRefused() throws Exception {
        Clock clock = new FastClock();
        try (FinTabloStandIn vendor = new FinTabloStandIn(0, clock)) {
            SharedQuota quota = Stores.open().quota(clock);
            List<FinTabloClient> replicas = List.of(
                    FinTabloStage.client(vendor.url(), Duration.ofSeconds(20), paced(quota), clock),
                    FinTabloStage.client(vendor.url(), Duration.ofSeconds(20), paced(quota), clock));
            replicas.get(0).list(STATUS, Map.of());
            Instant begun = clock.instant();
            Duration time = Duration.ofSeconds(90);
            AtomicInteger sent = new AtomicInteger();
            ExecutorService workers = Executors.newFixedThreadPool(8);
            List<Callable<Void>> work = IntStream.range(0, 8).mapToObj(n -> (Callable<Void>) () -> {
                while (clock.instant().isBefore(begun.plus(time))) {
                    replicas.get(n % 2).list(STATUS, Map.of());
                    sent.incrementAndGet();
                }
                return null;
            }).toList();
            for (Future<Void> one : workers.invokeAll(work)) {
                one.get();
            }
            workers.shutdown();
            Duration took = Duration.between(begun, clock.instant());
            assertThat(vendor.refusals()).isZero();
            assertThat(sent.get() * 60_000.0 / took.toMillis()).as("requests a minute").isGreaterThan(240 * 0.95);
        }
    }

    @Test
    void fourAtATimeAreOnTheirWayAndNoMore() throws Exception {
        try (FinTabloStandIn vendor = new FinTabloStandIn(0, Clock.systemUTC())) {
            FinTabloClient client = FinTabloStage.client(vendor.url(), Duration.ofSeconds(20), FinTabloStage.UNLIMITED,
                    Clock.systemUTC());
            List<String> lists = List.of("deal", "partner", "direction", "category");
            List<FinTabloSwitches.Held> held = lists.stream().map(one -> vendor.company().switches().hold("list "
                    + one)).toList();
            ExecutorService workers = Executors.newFixedThreadPool(5);
            CountDownLatch begun = new CountDownLatch(4);
            List<Future<?>> four = lists.stream().<Future<?>>map(one -> workers.submit(() -> {
                begun.countDown();
                return client.list(FinTabloEntity.of(one), Map.of());
            })).toList();
            begun.await();
            Awaitility.await().until(() -> vendor.calls().size() == 4);
            Future<?> fifth = workers.submit(() -> client.list(STATUS, Map.of()));
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> vendor.calls().size() == 4);
            held.get(0).release();
            fifth.get();
            for (FinTabloSwitches.Held one : held.subList(1, 4)) {
                one.release();
            }
            for (Future<?> one : four) {
                one.get();
            }
            workers.shutdown();
            assertThat(vendor.calls()).hasSize(5);
        }
    }

    /** To the millisecond: no sliding minute holds more than our share, so the others' is left alone. */
    @Test
    void noMinuteOfTheQuotaHoldsMoreThanItsShare() {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
        SharedQuota quota = Stores.open().quota(clock);
        Door.Limit limit = FinTabloConnector.limit(240);
        List<Instant> taken = new ArrayList<>();
        while (taken.size() < 720) {
            Duration wait = quota.take("fintablo.main", limit.capacity(), limit.perSecond());
            if (wait.isZero()) {
                taken.add(clock.instant());
            }
            clock.advance(wait);
        }
        for (int n = 240; n < taken.size(); n++) {
            assertThat(Duration.between(taken.get(n - 240), taken.get(n))).isGreaterThanOrEqualTo(
                    Duration.ofMinutes(1));
        }
        assertThat(Duration.between(taken.get(0), taken.get(719))).isLessThan(Duration.ofSeconds(180 * 100 / 95));
    }

    @Test
    void theShareFitsIntoAnyMinute() {
        for (int perMinute : List.of(2, 60, 240, 300)) {
            Door.Limit limit = FinTabloConnector.limit(perMinute);
            assertThat(limit.capacity() + 60 * limit.perSecond()).isLessThanOrEqualTo(perMinute + 1e-6)
                    .isGreaterThan(perMinute * 0.95);
        }
    }
}
