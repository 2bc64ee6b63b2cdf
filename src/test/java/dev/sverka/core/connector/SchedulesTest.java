package dev.sverka.core.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import dev.sverka.core.state.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final String NIGHTLY = "0 30 3 * * *";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final AtomicInteger fired = new AtomicInteger();

    @Test
    void onH2OneReplicaFiresOnceAndMakesUpForMissedNights() {
        try (HikariDataSource store = Databases.h2(folder)) {
            firesOnceAndMakesUp(store);
        }
    }

    @Test
    void onPostgreSqlOneReplicaFiresOnceAndMakesUpForMissedNights() {
        try (HikariDataSource store = Databases.postgres()) {
            firesOnceAndMakesUp(store);
        }
    }

    private void firesOnceAndMakesUp(HikariDataSource store) {
        Schedules one = started(store);
        Schedules other = started(store);
        clock.set(Instant.parse("2026-11-24T00:30:01Z"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(fired).hasValue(1));
        one.stop();
        other.stop();
        clock.set(Instant.parse("2026-11-27T09:00:00Z"));
        Schedules again = started(store);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> fired.get() >= 2);
        assertThat(again.standing()).singleElement().satisfies(standing -> {
            assertThat(standing.name()).isEqualTo("nightly");
            assertThat(standing.failures()).isZero();
        });
        again.stop();
        assertThat(fired).as("three missed nights are made up for once").hasValue(2);
    }

    /** A route on trial is stopped without having been started, under the name of one that runs. */
    @Test
    void whoeverNeverListenedTakesNobodysPlace() {
        try (HikariDataSource store = Databases.h2(folder)) {
            Schedules schedules = new Schedules(store, MOSCOW, clock);
            Runnable running = fired::incrementAndGet;
            schedules.listen("nightly", NIGHTLY, running);
            schedules.leave("nightly", () -> { });
            assertThat(schedules.standing()).hasSize(1);
            schedules.leave("nightly", running);
            assertThat(schedules.standing()).isEmpty();
        }
    }

    private Schedules started(HikariDataSource store) {
        Schedules schedules = new Schedules(store, MOSCOW, clock);
        schedules.listen("nightly", NIGHTLY, fired::incrementAndGet);
        schedules.start();
        return schedules;
    }

    @Test
    void timesAreMeantInTheBusinessZone() {
        try (HikariDataSource store = Databases.h2(folder)) {
            assertThat(new Schedules(store, MOSCOW, clock).next(NIGHTLY, clock.instant()))
                    .isEqualTo("2026-11-24T00:30:00Z");
            assertThatThrownBy(() -> new Schedules(store, MOSCOW, clock).next("soon", clock.instant()))
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
