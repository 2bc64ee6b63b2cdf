package dev.sverka.flows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.forecast.Forecast.Band;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Forecasts of made-up years, held against what came: every week of a second year the forecast knows what an agency would
 * have known that morning. {@code -Plong} makes it 200 years.
 */
class ForecastBackTest {

    private static final List<Integer> AHEAD = List.of(7, 14, 30, 60);

    @Test
    void fourTimesInFiveWhatCameLiesBetweenP10AndP90() {
        int years = Integer.getInteger("sverka.forecast.years", 8);
        int[] all = new int[AHEAD.size()];
        int[] below = new int[AHEAD.size()];
        int[] above = new int[AHEAD.size()];
        int[] overHalf = new int[AHEAD.size()];
        for (int year = 0; year < years; year++) {
            CashYear made = new CashYear(Long.getLong("sverka.forecast.seed", 70_000) + year,
                    WorkingDays.FIXED);
            for (int week = 0; week < 52 - 9; week++) {
                LocalDate today = CashYear.FIRST.plusDays(365 + 7L * week);
                List<CashYear.Invoice> open = made.open(today);
                Forecast forecast = new Plan(Map.of("40702810200009990001", 0L), open.stream().map(CashYear::move).toList(),
                        made.habits(today), today, 61).forecast();
                for (int n = 0; n < AHEAD.size(); n++) {
                    LocalDate until = today.plusDays(AHEAD.get(n));
                    long came = open.stream().filter(one -> one.came() != null && !one.came().isAfter(until))
                            .mapToLong(CashYear.Invoice::amount).sum();
                    Band band = forecast.total().bands().get(AHEAD.get(n));
                    all[n]++;
                    below[n] += came < band.p10() ? 1 : 0;
                    above[n] += came > band.p90() ? 1 : 0;
                    overHalf[n] += came > band.p50() ? 1 : 0;
                }
            }
        }
        int forecasts = 0;
        int within = 0;
        for (int n = 0; n < AHEAD.size(); n++) {
            forecasts += all[n];
            within += all[n] - below[n] - above[n];
            System.out.printf("%d days ahead: %d forecasts, %.1f %% below P10, %.1f %% above P90, %.1f %% above P50%n",
                    AHEAD.get(n), all[n], 100.0 * below[n] / all[n], 100.0 * above[n] / all[n],
                    100.0 * overHalf[n] / all[n]);
        }
        System.out.printf("%d forecasts, %.1f %% between P10 and P90%n", forecasts, 100.0 * within / forecasts);
        assertThat(within * 1000L / forecasts).as("per mille between P10 and P90").isBetween(750L, 850L);
    }
}
