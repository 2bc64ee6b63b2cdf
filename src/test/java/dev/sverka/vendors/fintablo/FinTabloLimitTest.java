package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.http.Door;
import dev.sverka.core.http.Quota;
import dev.sverka.core.state.SharedQuota;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import dev.sverka.sandbox.fintablo.FinTabloSwitches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's minute: the room and the stand-in run on one fast clock and meet over HTTP. */
class FinTabloLimitTest {

    private static final int SPEED = 20;
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoReplicasTogetherUseTheirShareAndAreNeverRefused(boolean fixedMinutes) throws Exception {
        Clock clock = new FastClock();
        try (FinTabloStandIn vendor = new FinTabloStandIn(0, clock)) {
            // no minute, sliding or not, holds more than our own share
            vendor.company().switches().perMinute(240).fixedMinutes(fixedMinutes);
            SharedQuota quota = Stores.open().quota(clock);
            List<FinTabloClient> replicas = List.of(
                    FinTabloStage.client(vendor.url(), Duration.ofSeconds(20), paced(quota), clock),
                    FinTabloStage.client(vendor.url(), Duration.ofSeconds(20), paced(quota), clock));
            replicas.get(0).list(STATUS, Map.of());
            Instant begun = clock.instant();
            Duration time = Duration.ofMinutes(3);
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

    @Test
    void theShareFitsIntoAnyMinute() {
        for (int perMinute : List.of(2, 60, 240, 300)) {
            Door.Limit limit = FinTabloConnector.limit(perMinute);
            assertThat(limit.capacity() + 60 * limit.perSecond()).isLessThanOrEqualTo(perMinute + 1e-6)
                    .isGreaterThan(perMinute * 0.95);
        }
    }
}
