package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecast;
import dev.sverka.flows.forecast.Forecasts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    ForecastController(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    record Day(String date, String opening, String in, String out, String closing) {
    }

    record Line(@Nullable String account, List<Day> days, @Nullable String firstGap) {
    }

    record Aside(String in, String out) {
    }

    record Answer(List<Line> accounts, Line total, Aside late, Aside undated) {
    }

    /** @param days 1 to 730 */
    @GetMapping("/api/forecast")
    @ResponseBody
    Answer api(@RequestParam(defaultValue = DEFAULT_DAYS) int days) {
        Forecast ahead = forecasts.ahead(within(days));
        return new Answer(ahead.accounts().stream().map(ForecastController::line).toList(), line(ahead.total()),
                aside(ahead.late()), aside(ahead.undated()));
    }

    @GetMapping("/forecast")
    String page(@RequestParam(defaultValue = DEFAULT_DAYS) int days, Model model) {
        Forecast ahead = forecasts.ahead(within(days));
        model.addAttribute("ahead", ahead);
        model.addAttribute("lines", ahead.accounts().size() > 1
                ? Stream.concat(Stream.of(ahead.total()), ahead.accounts().stream())
                        .map(CashLine::of).toList() : ahead.accounts().stream().map(CashLine::of).toList());
        return "forecast";
    }

    private static int within(int days) {
        return Math.max(1, Math.min(MOST_DAYS, days));
    }

    private static Line line(Forecast.Line line) {
        return new Line(line.account().isEmpty() ? null : line.account(), line.days().stream().map(day -> new Day(
                day.date().toString(), money(day.opening()), money(day.in()), money(day.out()), money(day.closing())))
                .toList(), line.firstGap() == null ? null : Objects.toString(line.firstGap()));
    }

    private static Aside aside(Forecast.Aside aside) {
        return new Aside(money(aside.in()), money(aside.out()));
    }

    private static String money(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2).toPlainString();
    }
}
