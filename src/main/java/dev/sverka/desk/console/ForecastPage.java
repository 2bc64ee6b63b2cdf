package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecast;
import dev.sverka.flows.forecast.Forecasts;
import dev.sverka.flows.forecast.PastForecasts;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page {@code /forecast}: cash by account and day, all accounts together first. */
@Controller
class ForecastPage {

    private final Forecasts forecasts;
    private final PastForecasts past;

    ForecastPage(Forecasts forecasts, PastForecasts past) {
        this.forecasts = forecasts;
        this.past = past;
    }

    @GetMapping("/forecast")
    String page(@RequestParam(defaultValue = ForecastController.DEFAULT_DAYS) int days, Model model) {
        Forecast ahead = forecasts.ahead(ForecastController.within(days));
        model.addAttribute("ahead", ahead);
        model.addAttribute("lines", ahead.accounts().size() > 1
                ? Stream.concat(Stream.of(ahead.total()), ahead.accounts().stream())
                        .map(CashLine::of).toList() : ahead.accounts().stream().map(CashLine::of).toList());
        model.addAttribute("past", past.record());
        return "forecast";
    }
}
