package dev.sverka.flows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.forecast.Forecast.Aside;
import dev.sverka.core.state.Problem;
import dev.sverka.flows.forecast.Forecast.Band;
import dev.sverka.flows.forecast.Forecast.Day;
import dev.sverka.flows.forecast.Habits.Settled;
import dev.sverka.flows.forecast.Plan.Move;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final String MAIN = "40702810200009990001";
    private static final String SECOND = "40702810200009990002";

    @Test
    void whatIsPlannedMovesTheBalanceOnItsDay() {
        Forecast ahead = forecast(Map.of(MAIN, 100_00L), List.of(
                move(MAIN, true, TODAY.plusDays(1), 50_00), move(MAIN, false, TODAY.plusDays(2), 170_00),
                move(MAIN, true, TODAY.plusDays(3), 40_00)), TODAY, 4);
        assertThat(ahead.accounts()).singleElement().satisfies(line -> {
            assertThat(line.days()).containsExactly(new Day(TODAY, 100_00, 0, 0),
                    new Day(TODAY.plusDays(1), 100_00, 50_00, 0), new Day(TODAY.plusDays(2), 150_00, 0, 170_00),
                    new Day(TODAY.plusDays(3), -20_00, 40_00, 0));
            assertThat(line.firstGap()).isEqualTo(TODAY.plusDays(2));
        });
        assertThat(ahead.total().firstGap()).isEqualTo(TODAY.plusDays(2));
    }

    @Test
    void aCustomersOverdueMoneyIsNotCountedAndOursGoesToday() {
        Forecast ahead = forecast(Map.of(MAIN, 100_00L), List.of(
                move(MAIN, true, TODAY.minusDays(3), 500_00), move(MAIN, false, TODAY.minusDays(3), 130_00),
                move(MAIN, true, null, 7_00), move(MAIN, false, null, 8_00)), TODAY, 1);
        assertThat(ahead.total().days()).containsExactly(new Day(TODAY, 100_00, 0, 130_00));
        assertThat(ahead.total().firstGap()).isEqualTo(TODAY);
        assertThat(ahead.late()).isEqualTo(new Aside(500_00, 0));
        assertThat(ahead.undated()).isEqualTo(new Aside(7_00, 8_00));
    }

    @Test
    void whatBelongsToNoAccountCountsInTheWholeAlone() {
        Forecast ahead = forecast(Map.of(MAIN, 10_00L, SECOND, 20_00L),
                List.of(move(null, true, TODAY, 5_00), move(SECOND, false, TODAY, 1_00)), TODAY, 1);
        assertThat(ahead.accounts()).extracting(line -> line.days().get(0).closing()).containsExactlyInAnyOrder(10_00L,
                19_00L);
        assertThat(ahead.total().days().get(0)).isEqualTo(new Day(TODAY, 30_00, 5_00, 1_00));
        assertThat(ahead.total().firstGap()).isNull();
    }

    @Test
    void customersWhoPayAWeekLateMakeAGapThatThePlanDoesNotShow() {
        LocalDate due = LocalDate.of(2026, 12, 3);
        Forecast ahead = new Plan(Map.of(MAIN, 100_00L), List.of(theirs(1, 7, due, 500_00),
                move(MAIN, false, LocalDate.of(2026, 12, 7), 300_00)), late(7, 5), TODAY, 20).forecast();
        Forecast.Line line = ahead.accounts().get(0);
        assertThat(line.firstGap()).isNull();
        assertThat(line.likelyGap()).isEqualTo(LocalDate.of(2026, 12, 7));
        assertThat(line.cautiousGap()).isEqualTo(LocalDate.of(2026, 12, 7));
        // five working days after the 3rd is the 10th, a day more or less beside it
        assertThat(line.bands().get(5)).isEqualTo(new Band(100_00, 100_00, 100_00));
        assertThat(line.bands().get(9).p50()).isEqualTo(300_00);
        assertThat(line.bands().get(19)).isEqualTo(new Band(300_00, 300_00, 300_00));
        assertThat(ahead.learned()).isEqualTo(40);
    }

    @Test
    void anOverduePaymentIsToldApartWithTheDayItUsuallyComes() {
        Forecast ahead = new Plan(Map.of(MAIN, 0L), List.of(theirs(1, 7, LocalDate.of(2026, 11, 27), 500_00)), late(7, 5),
                TODAY, 20).forecast();
        assertThat(ahead.late()).isEqualTo(new Aside(500_00, 0));
        assertThat(ahead.overdue()).singleElement().satisfies(item -> {
            assertThat(item.payment()).isEqualTo(1);
            assertThat(item.likely()).isEqualTo(LocalDate.of(2026, 12, 4));
        });
        assertThat(ahead.total().days().get(19).closing()).isZero();
        assertThat(ahead.total().bands().get(19).p50()).isEqualTo(500_00);
    }

    @Test
    void aCustomerOfWhomNothingIsKnownPaysAsAllDo() {
        LocalDate due = LocalDate.of(2026, 12, 3);
        Habits habits = late(7, 5);
        assertThat(habits.chances(8L, Habits.Since.DUE, due).likely())
                .isEqualTo(habits.chances(7L, Habits.Since.DUE, due).likely()).isEqualTo(LocalDate.of(2026, 12, 10));
    }

    @Test
    void oneOwnPaymentMovesTheHabitLittleAndThirtyMoveItWholly() {
        LocalDate due = LocalDate.of(2026, 12, 3);
        List<Settled> all = new ArrayList<>(times(60, 1, 0));
        all.addAll(times(1, 2, 10));
        all.addAll(times(30, 3, 10));
        Habits habits = new Habits(all, List.of(), TODAY, WorkingDays.FIXED);
        assertThat(habits.chances(2L, Habits.Since.DUE, due).likely()).isEqualTo(LocalDate.of(2026, 12, 3));
        assertThat(habits.chances(3L, Habits.Since.DUE, due).likely()).isEqualTo(LocalDate.of(2026, 12, 17));
    }

    @Test
    void whereFewPaymentsAreKnownNothingIsPretended() {
        Forecast ahead = new Plan(Map.of(MAIN, 0L), List.of(theirs(1, 7, TODAY, 500_00)),
                new Habits(times(Habits.LEAST - 1, 7, 5), List.of(), TODAY, WorkingDays.FIXED), TODAY, 20).forecast();
        assertThat(ahead.total().bands()).isEmpty();
        assertThat(ahead.total().cautiousGap()).isNull();
        assertThat(ahead.weeks()).allSatisfy(week -> assertThat(week.band()).isNull());
    }

    @Test
    void whatIsLongOverdueIsNotSureToCome() {
        Forecast ahead = new Plan(Map.of(MAIN, 0L), List.of(theirs(1, 7, TODAY.minusYears(1), 500_00)), late(7, 5), TODAY,
                90).forecast();
        assertThat(ahead.total().bands().get(89)).isEqualTo(new Band(0, 0, 0));
        assertThat(ahead.overdue().get(0).likely()).isNull();
    }

    @Test
    void whatIsStillOpenIsLearnedFromToo() {
        LocalDate due = TODAY.plusDays(2);
        List<Habits.Open> open = Collections.nCopies(60, new Habits.Open(7L, TODAY.minusDays(60), null));
        List<Settled> settled = new ArrayList<>(times(60, 7, 1));
        settled.addAll(times(20, 8, 50));
        assertThat(new Habits(settled, List.of(), TODAY, WorkingDays.FIXED).chances(7L, Habits.Since.DUE, due).likely())
                .isEqualTo(LocalDate.of(2026, 12, 4));
        assertThat(new Habits(settled, open, TODAY, WorkingDays.FIXED).chances(7L, Habits.Since.DUE, due).likely())
                .isAfter(LocalDate.of(2027, 2, 1));
    }

    @Test
    void weeksBeginOnMondaysAndHoldWhatIsDue() {
        Forecast ahead = forecast(Map.of(MAIN, 100_00L), List.of(move(MAIN, true, TODAY.plusDays(1), 50_00),
                move(MAIN, false, TODAY.plusDays(6), 20_00), move(MAIN, true, TODAY.plusDays(8), 30_00)), TODAY, 10);
        assertThat(ahead.weeks()).extracting(Forecast.Week::from).containsExactly(TODAY, LocalDate.of(2026, 12, 7));
        assertThat(ahead.weeks()).extracting(Forecast.Week::closing).containsExactly(150_00L, 160_00L);
        assertThat(ahead.weeks().get(1).items()).extracting(Forecast.Item::amount).containsExactly(30_00L, 20_00L);
    }

    @Test
    void theSamePlanMakesTheSameForecastInWhateverOrder() {
        List<Move> moves = IntStream.range(0, 50).mapToObj(n -> theirs(n, n % 9, TODAY.plusDays(n % 30 - 10), 100 + n))
                .toList();
        List<Move> turned = new ArrayList<>(moves);
        Collections.reverse(turned);
        Forecast one = new Plan(Map.of(MAIN, 5L), moves, late(3, 4), TODAY, 60).forecast();
        assertThat(one).isEqualTo(new Plan(Map.of(MAIN, 5L), turned, late(3, 4), TODAY, 60).forecast());
        assertThat(one.total().bands().get(30).p10()).isLessThan(one.total().bands().get(30).p90());
    }

    @Test
    void noMoneyMovesOnHolidays() {
        assertThat(WorkingDays.FIXED.isWorking(LocalDate.of(2027, 1, 8))).isFalse();
        assertThat(WorkingDays.FIXED.plus(LocalDate.of(2026, 12, 31), 1)).isEqualTo(LocalDate.of(2027, 1, 11));
        assertThat(WorkingDays.FIXED.between(LocalDate.of(2026, 12, 31), LocalDate.of(2027, 1, 11))).isEqualTo(1);
        assertThat(WorkingDays.FIXED.between(LocalDate.of(2026, 12, 5), LocalDate.of(2026, 12, 7))).isZero();
        assertThat(WorkingDays.FIXED.between(LocalDate.of(2026, 12, 7), LocalDate.of(2026, 12, 4))).isEqualTo(-1);
    }

    @Test
    void whatTheGovernmentMovesIsData() {
        WorkingDays days = WorkingDays.read(Map.of("off", List.of("2026-12-31"), "worked", List.of("2027-02-20")),
                (problem, cure, path) -> new Problem("days", 1, problem, cure));
        assertThat(days.isWorking(LocalDate.of(2026, 12, 31))).isFalse();
        assertThat(days.isWorking(LocalDate.of(2027, 2, 20))).isTrue();
        assertThat(days.plus(LocalDate.of(2026, 12, 30), 1)).isEqualTo(LocalDate.of(2027, 1, 11));
        assertThat(days.between(LocalDate.of(2027, 2, 19), LocalDate.of(2027, 2, 24))).isEqualTo(3);
        assertThat(WorkingDays.FIXED.between(LocalDate.of(2027, 2, 19), LocalDate.of(2027, 2, 24))).isEqualTo(2);
        assertThat(WorkingDays.FIXED.isWorking(LocalDate.of(2026, 12, 31))).as("of another year nothing is known").isTrue();
    }

    @Test
    void paymentsOfACustomerWhoIsHardlyKnownShareItsFate() {
        List<Settled> settled = new ArrayList<>(times(40, 1, 0));
        settled.addAll(times(40, 2, 25));
        Habits habits = new Habits(settled, List.of(), TODAY, WorkingDays.FIXED);
        List<Move> one = new ArrayList<>();
        List<Move> many = new ArrayList<>();
        for (int n = 1; n <= 30; n++) {
            one.add(theirs(n, 50, TODAY.plusDays(1), 100_00));
            many.add(theirs(n, 50 + n, TODAY.plusDays(1), 100_00));
        }
        Band together = new Plan(Map.of(MAIN, 0L), one, habits, TODAY, 20).forecast().total().bands().get(15);
        Band apart = new Plan(Map.of(MAIN, 0L), many, habits, TODAY, 20).forecast().total().bands().get(15);
        assertThat(together.p90() - together.p10()).isGreaterThan(13 * (apart.p90() - apart.p10()) / 10);
    }

    private static Habits late(long customer, int days) {
        return new Habits(times(40, customer, days), List.of(), TODAY, WorkingDays.FIXED);
    }

    private static List<Settled> times(int times, long customer, int days) {
        LocalDate due = LocalDate.of(2026, 6, 2);
        return Collections.nCopies(times, new Settled(customer, due, null, WorkingDays.FIXED.plus(due, days)));
    }

    private static Move theirs(long payment, long customer, LocalDate due, long amount) {
        return new Move(payment, "Счёт " + payment, customer, MAIN, true, due, null, amount);
    }

    private static Move move(@Nullable String account, boolean incoming, @Nullable LocalDate due, long amount) {
        return new Move(100, "Платёж", null, account, incoming, due, null, amount);
    }

    private static Forecast forecast(Map<String, Long> balances, List<Move> moves, LocalDate today, int days) {
        return new Plan(balances, moves, new Habits(List.of(), List.of(), today, WorkingDays.FIXED), today, days).forecast();
    }
}
