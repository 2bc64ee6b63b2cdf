package dev.sverka.flows.forecast;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.flows.books.AccountBalances;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what each morning's forecast says, and holds it against what comes. Routes call it as {@code bean:pastForecasts}. */
@FlowSteps
public class PastForecasts {

    private static final List<Integer> AHEAD = List.of(7, 14, 30, 60, 90);
    /** A bank may tell of a day's operations days later. */
    private static final int SETTLES_DAYS = 7;
    private static final int KEPT_DAYS = 400;
    private static final int SHOWN = 30;

    private final Forecasts forecasts;
    private final ForecastBook book;
    private final AccountBalances balances;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final ZoneId zone;

    PastForecasts(Forecasts forecasts, ForecastBook book, AccountBalances balances, TransactionTemplate transactions,
            Clock clock, ZoneId zone) {
        this.forecasts = forecasts;
        this.book = book;
        this.balances = balances;
        this.transactions = transactions;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * A forecast that could be held against what came; kopecks.
     *
     * @param ahead how many days before it was made
     * @param band null where too little was known of customers' habits
     */
    public record Past(LocalDate madeOn, LocalDate day, int ahead, long planned, Forecast.@Nullable Band band, long came) {

        public boolean isWithin() {
            return band != null && came >= band.p10() && came <= band.p90();
        }
    }

    /**
     * How forecasts of one reach did.
     *
     * @param judged how many had a band
     * @param within in how many of them what came lay between P10 and P90
     * @param missed by how much P50 was off, of which half of them missed by less; kopecks
     */
    public record Score(int ahead, int judged, int within, long missed) {
    }

    /** @param latest the newest of those that have come true or not */
    public record Record(List<Score> scores, List<Past> latest) {
    }

    /** Once a day, however often it is called: what came is filled in, and today's forecast is kept. */
    public void keepToday() {
        LocalDate today = LocalDate.now(clock.withZone(zone));
        Forecast ahead = forecasts.ahead(AHEAD.get(AHEAD.size() - 1) + 1);
        transactions.executeWithoutResult(status -> {
            book.days(today.minusDays(SETTLES_DAYS), today).forEach(day -> book.ended(day, balances.evening(day)));
            book.forget(today.minusDays(KEPT_DAYS));
            if (!book.has(today) && !ahead.accounts().isEmpty()) {
                List<String> accounts = ahead.accounts().stream().map(Forecast.Line::account).toList();
                Forecast.Line total = ahead.total();
                AHEAD.forEach(days -> book.keep(new ForecastBook.Row(today, today.plusDays(days), accounts,
                        total.days().get(days).closing(), total.bands().isEmpty() ? null : total.bands().get(days), null)));
            }
        });
    }

    /** How forecasts did until now. */
    public Record record() {
        List<Past> all = book.ended().stream().map(row -> new Past(row.madeOn(), row.day(),
                (int) ChronoUnit.DAYS.between(row.madeOn(), row.day()), row.planned(), row.band(), row.came())).toList();
        List<Score> scores = new ArrayList<>();
        for (int ahead : AHEAD) {
            List<Past> judged = all.stream().filter(past -> past.ahead() == ahead && past.band() != null).toList();
            if (!judged.isEmpty()) {
                long[] missed = judged.stream().mapToLong(past -> Math.abs(past.came() - past.band().p50())).sorted()
                        .toArray();
                scores.add(new Score(ahead, judged.size(), (int) judged.stream().filter(Past::isWithin).count(),
                        missed[missed.length / 2]));
            }
        }
        return new Record(List.copyOf(scores), all.stream().limit(SHOWN).toList());
    }
}
