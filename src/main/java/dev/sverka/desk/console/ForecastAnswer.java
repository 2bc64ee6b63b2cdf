package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecast;
import dev.sverka.flows.forecast.PastForecasts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/forecast} answers; sums as text with two decimals.
 *
 * @param overdue the longest overdue first, {@value #MOST_OVERDUE} at the most
 * @param learned from how many settled payments customers' habits are known
 * @param past how forecasts did until now
 */
record ForecastAnswer(List<Line> accounts, Line total, Aside late, Aside undated, List<Item> overdue, List<Week> weeks,
        int learned, Past past) {

    private static final int MOST_OVERDUE = 500;
    private static final int MOST_OF_A_WEEK = 100;

    /** @param p10 null, as the other two, where too little is known of customers' habits */
    record Day(String date, String opening, String in, String out, String closing, @Nullable String p10,
            @Nullable String p50, @Nullable String p90) {
    }

    record Line(@Nullable String account, List<Day> days, @Nullable String firstGap, @Nullable String firstGapP50,
            @Nullable String firstGapP10) {
    }

    record Aside(String in, String out) {
    }

    record Item(long payment, String title, String direction, @Nullable String due, String amount,
            @Nullable String likely) {
    }

    /** @param more how many due in it are not among its payments */
    record Week(String from, String to, String opening, String in, String out, String closing, @Nullable String p10,
            @Nullable String p50, @Nullable String p90, List<Item> payments, int more) {
    }

    /** @param days how long before they were made; @param missed by how much P50 was off in the middle case */
    record Score(int days, int forecasts, int within, String missed) {
    }

    record Came(String madeOn, String date, String planned, @Nullable String p10, @Nullable String p50,
            @Nullable String p90, String came, boolean within) {
    }

    record Past(List<Score> scores, List<Came> latest) {
    }

    static ForecastAnswer of(Forecast ahead, PastForecasts.Record past) {
        return new ForecastAnswer(ahead.accounts().stream().map(ForecastAnswer::line).toList(), line(ahead.total()),
                aside(ahead.late()), aside(ahead.undated()),
                ahead.overdue().stream().limit(MOST_OVERDUE).map(ForecastAnswer::item).toList(),
                ahead.weeks().stream().map(ForecastAnswer::week).toList(), ahead.learned(),
                new Past(past.scores().stream().map(one -> new Score(one.ahead(), one.judged(), one.within(),
                        money(one.missed()))).toList(), past.latest().stream().map(ForecastAnswer::came).toList()));
    }

    private static Line line(Forecast.Line line) {
        return new Line(line.account().isEmpty() ? null : line.account(),
                IntStream.range(0, line.days().size()).mapToObj(n -> day(line, n)).toList(), text(line.firstGap()),
                text(line.likelyGap()), text(line.cautiousGap()));
    }

    private static Day day(Forecast.Line line, int n) {
        Forecast.Day day = line.days().get(n);
        Forecast.Band band = line.bands().isEmpty() ? null : line.bands().get(n);
        return new Day(day.date().toString(), money(day.opening()), money(day.in()), money(day.out()),
                money(day.closing()), p10(band), p50(band), p90(band));
    }

    private static Item item(Forecast.Item item) {
        return new Item(item.payment(), item.title(), item.incoming() ? "in" : "out", text(item.due()),
                money(item.amount()), text(item.likely()));
    }

    private static Week week(Forecast.Week week) {
        return new Week(week.from().toString(), week.to().toString(), money(week.opening()), money(week.in()),
                money(week.out()), money(week.closing()), p10(week.band()), p50(week.band()), p90(week.band()),
                week.items().stream().limit(MOST_OF_A_WEEK).map(ForecastAnswer::item).toList(),
                Math.max(0, week.items().size() - MOST_OF_A_WEEK));
    }

    private static Came came(PastForecasts.Past past) {
        return new Came(past.madeOn().toString(), past.day().toString(), money(past.planned()), p10(past.band()),
                p50(past.band()), p90(past.band()), money(past.came()), past.isWithin());
    }

    private static Aside aside(Forecast.Aside aside) {
        return new Aside(money(aside.in()), money(aside.out()));
    }

    private static @Nullable String p10(Forecast.@Nullable Band band) {
        return band == null ? null : money(band.p10());
    }

    private static @Nullable String p50(Forecast.@Nullable Band band) {
        return band == null ? null : money(band.p50());
    }

    private static @Nullable String p90(Forecast.@Nullable Band band) {
        return band == null ? null : money(band.p90());
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }

    private static String money(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2).toPlainString();
    }
}
