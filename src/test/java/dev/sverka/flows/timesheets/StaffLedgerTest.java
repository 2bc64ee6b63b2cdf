package dev.sverka.flows.timesheets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.timesheets.WorkLedger.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people do with entries and reports, all reports of an employee together say each minute once. */
class StaffLedgerTest {

    private static final Half FIRST = Half.of(LocalDate.parse("2026-09-01"));

    /** An employee's entries and reports, with people at work. */
    private static final class World {

        final Random dice;
        final Map<String, StaffLine> entries = new LinkedHashMap<>();
        final List<StaffLedger.Report> done = new ArrayList<>();
        Map<Half, List<StaffLine>> drafts = new LinkedHashMap<>();
        Half last = FIRST;
        int number;

        World(long seed) {
            dice = new Random(seed);
        }

        void look() {
            List<StaffLedger.Report> all = new ArrayList<>(done);
            drafts.keySet().forEach(half -> all.add(new StaffLedger.Report(half, State.DRAFT, List.of())));
            drafts = StaffLedger.drafts(entries.values().stream().filter(line -> !line.day().isAfter(last.to())).toList(),
                    all, FIRST, last);
        }

        void step() {
            String id = entries.isEmpty() ? null : new ArrayList<>(entries.keySet()).get(dice.nextInt(entries.size()));
            switch (dice.nextInt(8)) {
                case 0, 1, 2 -> enter("e" + number++);
                case 3 -> enter(id == null ? "e" + number++ : id);
                case 4 -> entries.remove(id);
                case 5 -> last = last.next();
                default -> leave(dice.nextInt(6) == 0 ? State.DROPPED : State.FROZEN);
            }
            look();
        }

        /** New, or with another day, length or project; also in the half that still runs. */
        private void enter(String id) {
            long days = last.next().to().toEpochDay() - FIRST.from().toEpochDay() + 1;
            entries.put(id, new StaffLine(id, dice.nextBoolean() ? "11" : StaffLine.NONE, FIRST.from().plusDays(
                    dice.nextInt((int) days)), 1 + dice.nextInt(200), false));
        }

        void leave(State state) {
            if (!drafts.isEmpty()) {
                Half half = new ArrayList<>(drafts.keySet()).get(dice.nextInt(drafts.size()));
                List<StaffLine> lines = drafts.remove(half);
                done.add(new StaffLedger.Report(half, state, state == State.FROZEN ? lines : List.of()));
            }
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMinuteIsSaidOnceAtItsProject(int seed) {
        World world = new World(seed);
        for (int n = 0; n < 60; n++) {
            world.step();
        }
        for (int n = 0; n < 4; n++) {
            world.last = world.last.next();
            world.look();
            while (!world.drafts.isEmpty()) {
                world.leave(State.FROZEN);
            }
        }
        world.last = world.last.next();
        world.look();
        assertThat(world.drafts).as("nothing is left to say").isEmpty();
        Map<String, Long> said = new LinkedHashMap<>();
        world.done.stream().flatMap(report -> report.lines().stream()).forEach(line -> said.merge(line.entry() + " "
                + line.project(), line.minutes(), Long::sum));
        world.entries.values().forEach(line -> assertThat(said.remove(line.entry() + " " + line.project()))
                .isEqualTo(line.minutes()));
        assertThat(said.values()).allMatch(minutes -> minutes == 0);
    }

    @Test
    void anEntryThatMovedToAnotherProjectIsCorrectedAtBoth() {
        StaffLine said = new StaffLine("a", "11", FIRST.from(), 60, false);
        Map<Half, List<StaffLine>> drafts = StaffLedger.drafts(List.of(new StaffLine("a", "12", FIRST.from(), 50, false)),
                List.of(new StaffLedger.Report(FIRST, State.FROZEN, List.of(said))), FIRST, FIRST.next());
        assertThat(drafts).containsOnlyKeys(FIRST.next());
        assertThat(drafts.get(FIRST.next())).containsExactly(new StaffLine("a", "11", FIRST.from(), -60, true),
                new StaffLine("a", "12", FIRST.from(), 50, true));
        assertThat(StaffLedger.drafts(List.of(said), List.of(new StaffLedger.Report(FIRST, State.FROZEN, List.of(said))),
                FIRST, FIRST.next())).isEmpty();
    }
}
