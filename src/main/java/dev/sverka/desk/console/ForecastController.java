package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecasts;
import dev.sverka.flows.forecast.PastForecasts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/forecast}: cash by account and day. */
@RestController
class ForecastController {

    static final String DEFAULT_DAYS = "90";
    private static final int MOST_DAYS = 730;

    private final Forecasts forecasts;
    private final PastForecasts past;

    ForecastController(Forecasts forecasts, PastForecasts past) {
        this.forecasts = forecasts;
        this.past = past;
    }

    /** @param days 1 to 730 */
    @GetMapping("/api/forecast")
    ForecastAnswer api(@RequestParam(defaultValue = DEFAULT_DAYS) int days) {
        return ForecastAnswer.of(forecasts.ahead(within(days)), past.record());
    }

    static int within(int days) {
        return Math.max(1, Math.min(MOST_DAYS, days));
    }
}
