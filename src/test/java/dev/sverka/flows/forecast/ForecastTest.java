package dev.sverka.flows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.forecast.Forecast.Aside;
import dev.sverka.flows.forecast.Forecast.Day;
import dev.sverka.flows.forecast.Forecast.Move;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final String MAIN = "40702810200009990001";
    private static final String SECOND = "40702810200009990002";

    @Test
    void whatIsPlannedMovesTheBalanceOnItsDay() {
        Forecast ahead = Forecast.of(Map.of(MAIN, 100_00L), List.of(
                new Move(MAIN, true, TODAY.plusDays(1), 50_00), new Move(MAIN, false, TODAY.plusDays(2), 170_00),
                new Move(MAIN, true, TODAY.plusDays(3), 40_00)), TODAY, 4);
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
        Forecast ahead = Forecast.of(Map.of(MAIN, 100_00L), List.of(
                new Move(MAIN, true, TODAY.minusDays(3), 500_00), new Move(MAIN, false, TODAY.minusDays(3), 130_00),
                new Move(MAIN, true, null, 7_00), new Move(MAIN, false, null, 8_00)), TODAY, 1);
        assertThat(ahead.total().days()).containsExactly(new Day(TODAY, 100_00, 0, 130_00));
        assertThat(ahead.total().firstGap()).isEqualTo(TODAY);
        assertThat(ahead.late()).isEqualTo(new Aside(500_00, 0));
        assertThat(ahead.undated()).isEqualTo(new Aside(7_00, 8_00));
    }

    @Test
    void whatBelongsToNoAccountCountsInTheWholeAlone() {
        Forecast ahead = Forecast.of(Map.of(MAIN, 10_00L, SECOND, 20_00L),
                List.of(new Move(null, true, TODAY, 5_00), new Move(SECOND, false, TODAY, 1_00)), TODAY, 1);
        assertThat(ahead.accounts()).extracting(line -> line.days().get(0).closing()).containsExactlyInAnyOrder(10_00L,
                19_00L);
        assertThat(ahead.total().days().get(0)).isEqualTo(new Day(TODAY, 30_00, 5_00, 1_00));
        assertThat(ahead.total().firstGap()).isNull();
    }
}
