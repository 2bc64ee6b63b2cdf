package dev.sverka.desk.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Problem;
import dev.sverka.flows.forecast.WorkingDays;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Feeds of made-up agencies on a clock of their own: eight weeks to learn from, then 30 days without a fault, then one
 * fault at a random time. {@code -Plong} makes it 1,000 runs.
 */
class SilenceTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");
    /** What was moved in 2025 and 2026, and something like it in 2027. */
    private static final WorkingDays DAYS = WorkingDays.read(Map.of("off", List.of("2025-11-03", "2025-12-31",
            "2026-01-09", "2026-03-09", "2026-05-11", "2026-12-31", "2027-02-22", "2027-05-03", "2027-05-10"), "worked",
            List.of("2025-11-01", "2027-02-20")), (problem, cure, path) -> new Problem("days", 1, problem, cure));
    private static final Duration LOOK = Duration.ofMinutes(5);

    private enum Fault {
        FEED_STOPS, NEWS_STOP, HOOK_DIES, TOKEN_IDLES, SCHEDULE_STOPS
    }

    /** One feed and all that is watched of it. */
    private static final class Run {

        final SplittableRandom dice;
        final Duration every;
        final double aDay;
        final boolean atWeekends;
        final boolean evenings;
        final boolean hooked;
        final double lost;
        final NewsRhythm rhythm = new NewsRhythm(ZONE, () -> DAYS);
        final HookWatch hook = new HookWatch();
        Instant now;
        Instant success;
        Instant due;
        int failures;
        double mood = 1;
        LocalDate moodOf = LocalDate.MIN;
        Fault fault;
        boolean alarmed;
        int alarms;

        Run(long seed) {
            dice = new SplittableRandom(seed);
            every = Duration.ofSeconds(new int[] {30, 60, 300, 600, 3600}[dice.nextInt(5)]);
            aDay = 8 + dice.nextInt(72);
            atWeekends = dice.nextInt(3) == 0;
            evenings = dice.nextBoolean();
            hooked = dice.nextInt(3) > 0;
            lost = dice.nextDouble() * 0.05;
            now = LocalDate.of(2026, 1, 1).plusDays(dice.nextInt(365)).atStartOfDay(ZONE).toInstant();
            success = now;
            due = now.plus(Duration.ofHours(1));
        }

        /** News within the next look, on average. */
        private double expected() {
            ZonedDateTime time = now.atZone(ZONE);
            if (!time.toLocalDate().equals(moodOf)) {
                moodOf = time.toLocalDate();
                mood = 0.4 + dice.nextDouble() * 1.2; // no day is like another
            }
            boolean works = DAYS.isWorking(time.toLocalDate());
            double day = works ? mood : atWeekends ? 0.15 * mood : time.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : 0.02;
            int hour = time.getHour();
            double part = hour >= 9 && hour < 18 ? hour == 13 ? 0.06 : 0.11 : evenings && hour >= 18 && hour < 22 ? 0.03 : 0.001;
            return aDay * day * part / 12;
        }

        /** Five minutes pass; what happens in them is seen at their end. */
        void step(boolean watched) {
            now = now.plus(LOOK);
            int news = 0;
            double left = expected();
            while (dice.nextDouble() < left / (1 + left)) {
                news += dice.nextInt(8) == 0 ? 1 + dice.nextInt(6) : 1; // a batch now and then
            }
            boolean reads = fault != Fault.FEED_STOPS && dice.nextInt(400) > 0; // a call fails now and then
            if (reads && (every.compareTo(LOOK) <= 0 || !success.plus(every).isAfter(now))) {
                success = now;
            }
            if (news > 0 && reads && fault != Fault.NEWS_STOP) {
                for (int n = 0; n < news; n++) {
                    if (hooked && fault != Fault.HOOK_DIES && dice.nextDouble() >= lost) {
                        hook.told(now, 1);
                    }
                    hook.found(now, 1);
                }
                rhythm.heard(now, news);
            }
            if (!due.isAfter(now) && fault != Fault.SCHEDULE_STOPS) {
                failures = dice.nextInt(50) == 0 ? failures + 1 : 0;
                due = due.plus(failures > 0 ? Duration.ofMinutes(1) : Duration.ofHours(1));
            }
            if (watched) {
                boolean before = alarmed;
                alarmed = isAlarming();
                alarms += alarmed && !before ? 1 : 0;
            }
        }

        private boolean isAlarming() {
            boolean stale = Silence.isStale(every, success, now);
            return stale || !stale && (hook.isDead(now) || rhythm.isSilent(now)) || Silence.hasStopped(due, failures, now)
                    || Silence.isTokenEnding(success, now);
        }

        void pass(Duration time, boolean watched) {
            for (Instant end = now.plus(time); now.isBefore(end);) {
                step(watched);
            }
        }
    }

    /** How long a fault may stay unnoticed. */
    private static boolean noticed(Run run, Fault fault) {
        run.fault = fault;
        Instant begun = run.now;
        int working = 0;
        switch (fault) {
            case FEED_STOPS -> {
                Duration twice = run.every.multipliedBy(2);
                run.pass((twice.compareTo(Duration.ofMinutes(15)) > 0 ? twice : Duration.ofMinutes(15)).plus(LOOK.multipliedBy(2)),
                        true);
                return run.alarmed;
            }
            case SCHEDULE_STOPS -> {
                run.pass(Duration.ofHours(1).plusMinutes(15).plus(LOOK.multipliedBy(2)), true);
                return run.alarmed;
            }
            case TOKEN_IDLES -> {
                return Silence.isTokenEnding(run.success, begun.plus(Duration.ofDays(77)))
                        && !Silence.isTokenEnding(run.success, begun.plus(Duration.ofDays(75)));
            }
            case HOOK_DIES -> {
                // once polls have found a dozen things that no event told of, and a quarter of an hour has gone by
                while (run.hook.untold() < 12) {
                    run.step(true);
                }
                run.pass(Duration.ofMinutes(20), true);
                return run.alarmed;
            }
            default -> {
                // within three working days, whatever weekends and holidays lie between
                LocalDate day = begun.atZone(ZONE).toLocalDate();
                while (working < 3 && !run.alarmed) {
                    run.pass(Duration.ofHours(24), true);
                    day = day.plusDays(1);
                    working += DAYS.isWorking(day) ? 1 : 0;
                }
                return run.alarmed;
            }
        }
    }

    @Test
    void aDayThatTheGovernmentMovedIsQuietAndASaturdayThatIsWorkedIsNot() {
        NewsRhythm rhythm = new NewsRhythm(ZONE, () -> DAYS);
        ZonedDateTime hour = LocalDate.of(2026, 12, 28).atStartOfDay(ZONE);
        for (; hour.toLocalDate().isBefore(LocalDate.of(2027, 2, 19)); hour = hour.plusHours(1)) {
            if (DAYS.isWorking(hour.toLocalDate()) && hour.getHour() >= 9 && hour.getHour() < 18) {
                rhythm.heard(hour.toInstant(), 1);
            }
        }
        assertThat(rhythm.missing(LocalDate.of(2027, 2, 20).atStartOfDay(ZONE).toInstant())).as("a Friday").isEqualTo(9);
        assertThat(rhythm.missing(LocalDate.of(2027, 2, 20).atTime(12, 0).atZone(ZONE).toInstant()))
                .as("and a Saturday like one, up to noon").isEqualTo(12);
        rhythm.heard(LocalDate.of(2027, 2, 20).atTime(17, 0).atZone(ZONE).toInstant(), 1);
        assertThat(rhythm.missing(LocalDate.of(2027, 2, 24).atStartOfDay(ZONE).toInstant()))
                .as("Sunday, a Monday off and a holiday").isZero();
    }

    @Test
    void faultsAreNoticedInTimeAndNothingElseIs() {
        int runs = Integer.getInteger("sverka.silence.runs", 60);
        int[] all = new int[Fault.values().length];
        int[] seen = new int[Fault.values().length];
        int falseAlarms = 0;
        int worst = 0;
        for (int n = 0; n < runs; n++) {
            Run run = new Run(Long.getLong("sverka.silence.seed", 500_000) + n);
            run.pass(Duration.ofDays(56), false);
            run.pass(Duration.ofDays(30), true);
            falseAlarms += run.alarms;
            worst = Math.max(worst, run.alarms);
            for (int wait = 0; wait < 288 && run.alarmed; wait++) {
                run.step(true); // a false alarm would hide the fault
            }
            Fault fault = Fault.values()[n % Fault.values().length];
            if (fault == Fault.HOOK_DIES && !run.hooked) {
                fault = Fault.NEWS_STOP;
            }
            run.pass(Duration.ofMinutes(run.dice.nextInt(3 * 24 * 60)), true);
            all[fault.ordinal()]++;
            seen[fault.ordinal()] += noticed(run, fault) ? 1 : 0;
        }
        int total = 0;
        for (Fault fault : Fault.values()) {
            total += seen[fault.ordinal()];
            System.out.printf("%s: %d of %d noticed in time%n", fault, seen[fault.ordinal()], all[fault.ordinal()]);
        }
        System.out.printf("%d runs: %d false alarms in %d feed-months, %d of one feed at the most%n", runs, falseAlarms, runs,
                worst);
        assertThat(total * 100).as("noticed in time").isGreaterThanOrEqualTo(95 * runs);
        assertThat(worst).as("false alarms of a feed in 30 days").isLessThanOrEqualTo(1);
    }
}
