package dev.sverka.desk.console;

import dev.sverka.flows.forecast.Forecast;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cash of an account as its page draws it.
 *
 * @param points of the planned line, in a box 1000 wide and 200 high
 * @param zero how high zero stands in it
 * @param likely points of what is likely; {@code spread} those around what is between P10 and P90; both empty where too
 *     little is known of customers
 * @param most what the highest point stands for, {@code least} what the lowest does
 * @param span first, middle and last day
 * @param days those on which something moves
 */
record CashLine(String account, String points, String zero, String likely, String spread, BigDecimal opening,
        BigDecimal lowest, LocalDate lowestOn, @Nullable LocalDate firstGap, @Nullable LocalDate likelyGap,
        @Nullable LocalDate cautiousGap, BigDecimal most, BigDecimal least, List<LocalDate> span, List<Row> days) {

    private static final int WIDE = 1000;
    private static final int HIGH = 200;
    /** So that no line runs along an edge. */
    private static final int MARGIN = 6;

    record Row(LocalDate date, BigDecimal in, BigDecimal out, BigDecimal closing, Forecast.@Nullable Band band) {
    }

    static CashLine of(Forecast.Line line) {
        List<Forecast.Day> days = line.days();
        Forecast.Day lowest = days.stream().min(Comparator.comparingLong(Forecast.Day::closing)).orElseThrow();
        Box box = new Box(days.size(),
                Math.min(0, Math.min(lowest.closing(), line.bands().stream().mapToLong(Forecast.Band::p10).min().orElse(0))),
                Math.max(1, Math.max(days.stream().mapToLong(Forecast.Day::closing).max().orElse(0),
                        line.bands().stream().mapToLong(Forecast.Band::p90).max().orElse(0))));
        IntStream there = IntStream.range(0, line.bands().size());
        String upper = box.points(there, n -> line.bands().get(n).p90());
        String lower = box.points(IntStream.range(0, line.bands().size()).map(n -> line.bands().size() - 1 - n),
                n -> line.bands().get(n).p10());
        return new CashLine(line.account(), box.points(IntStream.range(0, days.size()), n -> days.get(n).closing()),
                String.valueOf(box.height(0)), box.points(IntStream.range(0, line.bands().size()),
                        n -> line.bands().get(n).p50()), (upper + " " + lower).strip(),
                rubles(days.get(0).opening()), rubles(lowest.closing()), lowest.date(), line.firstGap(),
                line.likelyGap(), line.cautiousGap(), rubles(box.most()), rubles(box.least()),
                List.of(days.get(0).date(), days.get(days.size() / 2).date(), days.get(days.size() - 1).date()), IntStream.range(0, days.size()).filter(n -> days.get(n).in() != 0
                        || days.get(n).out() != 0).mapToObj(n -> row(line, n)).toList());
    }

    private static Row row(Forecast.Line line, int n) {
        Forecast.Day day = line.days().get(n);
        return new Row(day.date(), rubles(day.in()), rubles(day.out()), rubles(day.closing()),
                line.bands().isEmpty() ? null : line.bands().get(n));
    }

    /** @param least and {@code most}: what its lowest and its highest point stand for, kopecks */
    private record Box(int days, long least, long most) {

        String points(IntStream order, IntToLongFunction kopecks) {
            return order.mapToObj(n -> String.format(Locale.ROOT, "%d,%d", days == 1 ? 0 : n * WIDE / (days - 1),
                    height(kopecks.applyAsLong(n)))).collect(Collectors.joining(" "));
        }

        long height(long kopecks) {
            return HIGH - MARGIN - BigDecimal.valueOf(kopecks - least).multiply(BigDecimal.valueOf(HIGH - 2 * MARGIN))
                    .divide(BigDecimal.valueOf(most - least), RoundingMode.HALF_UP).longValue();
        }
    }

    private static BigDecimal rubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }
}
