package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecast;
import dev.sverka.flows.forecast.Forecasts;
import dev.sverka.flows.forecast.PastForecasts;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** {@code /api/forecast} and the page {@code /forecast}: cash by account and day. */
@Controller
class ForecastController {

    private static final String DEFAULT_DAYS = "90";
    private static final int MOST_DAYS = 730;

    private final Forecasts forecasts;
    private final PastForecasts past;

    ForecastController(Forecasts forecasts, PastForecasts past) {
        this.forecasts = forecasts;
        this.past = past;
    }

    /** @param days 1 to 730 */
    @GetMapping("/api/forecast")
    @ResponseBody
    ForecastAnswer api(@RequestParam(defaultValue = DEFAULT_DAYS) int days) {
        return ForecastAnswer.of(forecasts.ahead(within(days)), past.record());
    }

    @GetMapping("/forecast")
    String page(@RequestParam(defaultValue = DEFAULT_DAYS) int days, Model model) {
        Forecast ahead = forecasts.ahead(within(days));
        model.addAttribute("ahead", ahead);
        model.addAttribute("lines", ahead.accounts().size() > 1
                ? Stream.concat(Stream.of(ahead.total()), ahead.accounts().stream())
                        .map(CashLine::of).toList() : ahead.accounts().stream().map(CashLine::of).toList());
        model.addAttribute("past", past.record());
        return "forecast";
    }

    private static int within(int days) {
        return Math.max(1, Math.min(MOST_DAYS, days));
    }
}
