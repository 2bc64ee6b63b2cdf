package dev.sverka.core.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** Counts, in this process, what became of work and how long news takes until it is written. */
final class JournalMeters {

    private static final Duration[] STEPS = {Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5),
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2),
        Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1)};

    private final MeterRegistry meters;

    JournalMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What became of an entry is stored. */
    void settled(Work work, Outcome outcome) {
        Counter.builder("sverka.journal.verdicts").description("Work on entries by what became of it")
                .tags("flow", work.flow(), "verdict", verdict(outcome)).register(meters).increment();
    }

    private static String verdict(Outcome outcome) {
        return outcome instanceof Outcome.Later later ? later.cause() : outcome instanceof Outcome.Pause pause
                ? pause.cause() : outcome instanceof Outcome.Dead dead ? dead.cause() : "done";
    }

    /** A vendor has confirmed a write; one that follows from no news, such as a person's setup, has no latency. */
    void written(String account, Instant now) {
        Journey journey = Journey.current();
        if (journey != null) {
            Duration took = Duration.between(journey.began(), now);
            Timer.builder("sverka.write.latency").tag("account", account)
                    .description("From the moment news was accepted first to the vendor's confirmation of a write")
                    .serviceLevelObjectives(STEPS).register(meters).record(took.isNegative() ? Duration.ZERO : took);
        }
    }
}
