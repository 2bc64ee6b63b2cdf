package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecast;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cash of an account as its page draws it.
 *
 * @param points of the line, in a box 1000 wide and 200 high
 * @param zero how high zero stands in it
 * @param days those on which something moves, the first and the last
 */
record CashLine(String account, String points, String zero, BigDecimal opening, BigDecimal lowest, LocalDate lowestOn,
        @Nullable LocalDate firstGap, List<Row> days) {

    private static final int WIDE = 1000;
    private static final int HIGH = 200;

    record Row(LocalDate date, BigDecimal in, BigDecimal out, BigDecimal closing) {
    }

    static CashLine of(Forecast.Line line) {
        List<Forecast.Day> days = line.days();
        long most = Math.max(1, days.stream().mapToLong(Forecast.Day::closing).max().orElse(0));
        Forecast.Day lowest = days.stream().min(Comparator.comparingLong(Forecast.Day::closing)).orElseThrow();
        long least = Math.min(0, lowest.closing());
        String points = IntStream.range(0, days.size()).mapToObj(n -> String.format(Locale.ROOT, "%d,%d",
                days.size() == 1 ? 0 : n * WIDE / (days.size() - 1), height(days.get(n).closing(), least, most)))
                .collect(Collectors.joining(" "));
        return new CashLine(line.account(), points, String.valueOf(height(0, least, most)),
                rubles(days.get(0).opening()), rubles(lowest.closing()), lowest.date(), line.firstGap(),
                days.stream().filter(day -> day.in() != 0 || day.out() != 0).map(day -> new Row(day.date(),
                        rubles(day.in()), rubles(day.out()), rubles(day.closing()))).toList());
    }

    private static long height(long kopecks, long least, long most) {
        return HIGH - BigDecimal.valueOf(kopecks - least).multiply(BigDecimal.valueOf(HIGH))
                .divide(BigDecimal.valueOf(most - least), RoundingMode.HALF_UP).longValue();
    }

    private static BigDecimal rubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }
}
