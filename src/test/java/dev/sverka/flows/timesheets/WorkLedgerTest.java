package dev.sverka.flows.timesheets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.timesheets.WorkLedger.State;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people do with entries and reports, all reports together bill each minute once. */
class WorkLedgerTest {

    private static final long RATE = 333_301;
    private static final LocalDate FIRST = LocalDate.parse("2026-09-01");

    private static WorkLine line(String entry, long person, LocalDate day, long minutes, long rate) {
        return new WorkLine(entry, person, "Анна", "t", "Задача", day, minutes, rate, Rates.amount(minutes, rate),
                false);
    }

    /** A world of entries and reports, with people at work. */
    private static final class World {

        final Random dice;
        final Map<String, WorkLine> entries = new LinkedHashMap<>();
        final List<WorkLedger.Report> done = new ArrayList<>();
        Map<YearMonth, List<WorkLine>> drafts = new LinkedHashMap<>();
        YearMonth present = YearMonth.from(FIRST);
        int number;

        World(long seed) {
            dice = new Random(seed);
        }

        void look() {
            List<WorkLedger.Report> all = new ArrayList<>(done);
            drafts.keySet().forEach(month -> all.add(new WorkLedger.Report(month, State.DRAFT, List.of())));
            drafts = WorkLedger.drafts(new ArrayList<>(entries.values()), Map.of(), all, present);
        }

        private LocalDate day() {
            return FIRST.plusDays(dice.nextInt((int) (present.atEndOfMonth().toEpochDay() - FIRST.toEpochDay() + 1)));
        }

        private String some() {
            return entries.isEmpty() ? null : new ArrayList<>(entries.keySet()).get(dice.nextInt(entries.size()));
        }

        void step() {
            String id = some();
            switch (dice.nextInt(8)) {
                case 0, 1, 2 -> enter("e" + number++);
                case 3 -> {
                    if (id != null) {
                        enter(id);
                    }
                }
                case 4 -> entries.remove(id);
                case 5 -> present = present.plusMonths(1);
                case 6 -> leave(dice.nextBoolean() ? State.FROZEN : State.DECLINED);
                default -> leave(dice.nextInt(6) == 0 ? State.DROPPED : State.FROZEN);
            }
            look();
        }

        /** New, or with another person, day, length or rate. */
        private void enter(String id) {
            entries.put(id, line(id, dice.nextInt(2), day(), 1 + dice.nextInt(200), RATE + dice.nextInt(2)));
        }

        void leave(State state) {
            if (!drafts.isEmpty()) {
                YearMonth month = new ArrayList<>(drafts.keySet()).get(dice.nextInt(drafts.size()));
                done.add(new WorkLedger.Report(month, state, drafts.remove(month)));
            }
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMinuteStandsOnExactlyOneReport(int seed) {
        World world = new World(seed);
        for (int n = 0; n < 60; n++) {
            world.step();
        }
        for (int n = 0; n < 4; n++) {
            while (!world.drafts.isEmpty()) {
                world.leave(State.FROZEN);
            }
            world.look();
        }
        assertThat(world.drafts).as("nothing is left to say").isEmpty();
        Map<String, Long> billed = new LinkedHashMap<>();
        Map<String, Long> money = new LinkedHashMap<>();
        world.done.stream().filter(report -> report.state() == State.FROZEN).flatMap(report -> report.lines().stream())
                .forEach(one -> {
                    billed.merge(one.entry(), one.minutes(), Long::sum);
                    money.merge(one.entry(), one.amount(), Long::sum);
                });
        world.entries.values().forEach(one -> {
            assertThat(billed.remove(one.entry())).isEqualTo(one.minutes());
            assertThat(money.remove(one.entry())).isIn(Rates.amount(one.minutes(), RATE),
                    Rates.amount(one.minutes(), RATE + 1));
        });
        assertThat(billed.values()).allMatch(minutes -> minutes == 0);
        assertThat(money.values()).allMatch(kopecks -> kopecks == 0);
    }

    @Test
    void aLaterEditIsACorrectionAtTheRateOfTheSnapshotInTheNextDraft() {
        YearMonth september = YearMonth.of(2026, 9);
        WorkLedger.Report frozen = new WorkLedger.Report(september, State.FROZEN, List.of(line("a", 1, FIRST, 60,
                300_000)));
        Map<YearMonth, List<WorkLine>> drafts = WorkLedger.drafts(List.of(line("a", 1, FIRST, 45, 999_999)),
                Map.of(), List.of(frozen), YearMonth.of(2026, 11));
        assertThat(drafts).containsOnlyKeys(YearMonth.of(2026, 11));
        assertThat(drafts.get(YearMonth.of(2026, 11))).singleElement().satisfies(one -> {
            assertThat(one.minutes()).isEqualTo(-15);
            assertThat(one.amount()).isEqualTo(-75_000);
            assertThat(one.correction()).isTrue();
        });
    }

    @Test
    void ratesGoByPersonRoleProjectAndDayAndMinutesAreRoundedByTheirRule() {
        Rates rates = Rates.read(Map.of("vat", "excluded", "rounding", Map.of("42", Map.of("minutes", 15, "mode",
                "up")),
                "clients", Map.of("7", Map.of("minutes", 10, "mode", "down")), "roles", Map.of("Ben@agency.ru", "developer"), "rates", List.of(
                        Map.of("rate", "4500.00", "person", "ANNA@agency.ru", "project", "42", "from", "2026-11-01"),
                        Map.of("rate", "3000.50", "role", "developer", "to", "2026-12-31"), Map.of("rate", "2500"))),
                null);
        LocalDate november = LocalDate.parse("2026-11-05");
        assertThat(rates.of("anna@agency.ru", 42L, november)).isEqualTo(450_000);
        assertThat(rates.of("anna@agency.ru", 42L, FIRST)).isEqualTo(250_000);
        assertThat(rates.of("anna@agency.ru", 7L, november)).isEqualTo(250_000);
        assertThat(rates.of("ben@AGENCY.ru", 7L, november)).isEqualTo(300_050);
        assertThat(rates.of("ben@agency.ru", 7L, LocalDate.parse("2027-01-01"))).isEqualTo(250_000);
        assertThat(Rates.NONE.of(null, null, november)).isZero();
        assertThat(rates.rounding(42L, 7L).minutes(31)).isEqualTo(45);
        assertThat(rates.rounding(7L, null).minutes(31)).isEqualTo(31);
        assertThat(rates.rounding(8L, 7L).minutes(31)).as("the client's rule").isEqualTo(30);
        assertThat(Rates.amount(1, 100_030)).isEqualTo(1667);
        assertThat(Rates.amount(-1, 100_030)).isEqualTo(-1667);
    }
}
