package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** News keeps its trace and its beginning over all work that follows from it. */
class JourneyTest {

    private static final Instant BEGAN = Bench.START.minus(Duration.ofMinutes(3));

    @TempDir
    private Path folder;

    @Test
    void whatFollowsFromWorkGoesOnWithItsJourneyOnH2() {
        try (HikariDataSource store = Databases.h2(folder)) {
            goesOn(new Bench(store, Clock.fixed(Bench.START, ZoneOffset.UTC)));
        }
    }

    @Test
    void whatFollowsFromWorkGoesOnWithItsJourneyOnPostgreSql() {
        try (HikariDataSource store = Databases.postgres()) {
            goesOn(new Bench(store, Clock.fixed(Bench.START, ZoneOffset.UTC)));
        }
    }

    private static void goesOn(Bench bench) {
        Journey told = Journey.from(BEGAN);
        told.along(() -> accept(bench, "one", true));
        accept(bench, "two", true);
        Work first = claimed(bench, "one");
        Journey there = Journey.of(first.headers(), first.acceptedAt());
        assertThat(there).isEqualTo(told);
        assertThat(first.headers()).containsEntry("SyncId", "one");
        there.along(() -> {
            assertThat(MDC.get(Journey.IN_LOG)).isEqualTo(told.trace());
            return accept(bench, "three", true);
        });
        assertThat(MDC.get(Journey.IN_LOG)).as("the thread is free again").isNull();
        assertThat(Journey.current()).isNull();
        Work third = claimed(bench, "three");
        assertThat(Journey.of(third.headers(), third.acceptedAt())).isEqualTo(told);
        Work second = claimed(bench, "two");
        assertThat(Journey.of(second.headers(), second.acceptedAt()).trace()).isNotEqualTo(told.trace());
    }

    @Test
    void newsThatMeltsIsTheTraceAndTheOldestIsTheBeginning() {
        try (HikariDataSource store = Databases.h2(folder)) {
            Bench bench = new Bench(store, Clock.fixed(Bench.START, ZoneOffset.UTC));
            accept(bench, "one", true);
            Journey later = Journey.from(Bench.START.plusSeconds(60));
            later.along(() -> accept(bench, "one", true));
            Work work = claimed(bench, "one");
            assertThat(Journey.of(work.headers(), work.acceptedAt()))
                    .isEqualTo(new Journey(later.trace(), Bench.START));
        }
    }

    @Test
    void anEntryOfAnOlderVersionBeginsOne() {
        Journey journey = Journey.of(Map.of("SyncId", "1"), BEGAN);
        assertThat(journey.began()).isEqualTo(BEGAN);
        assertThat(journey.trace()).matches("[0-9a-f]{16}");
    }

    private static long accept(Bench bench, String key, boolean melts) {
        return bench.journal.accept(new Event("flow", "a.main", key, null, melts, Map.of(), Map.of("SyncId", key), null));
    }

    private static Work claimed(Bench bench, String key) {
        List<Work> all = bench.claims.claim("flow", 10);
        all.stream().filter(work -> !work.key().equals(key)).forEach(bench.claims::giveBack);
        return all.stream().filter(work -> work.key().equals(key)).findFirst().orElseThrow();
    }
}
