package dev.sverka.flows.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cash by account and day, kopecks throughout.
 *
 * @param total all accounts together, with payments that belong to no one account
 * @param late overdue payments of customers, on no day
 * @param undated open payments without a due date, on no day
 */
public record Forecast(List<Line> accounts, Line total, Aside late, Aside undated) {

    /** @param account 20 digits; empty for all together */
    public record Line(String account, List<Day> days) {

        /** The first day that ends below zero; null where none does. */
        public @Nullable LocalDate firstGap() {
            return days.stream().filter(day -> day.closing() < 0).map(Day::date).findFirst().orElse(null);
        }
    }

    public record Day(LocalDate date, long opening, long in, long out) {

        public long closing() {
            return opening + in - out;
        }
    }

    /** What is planned and stands on no day. */
    public record Aside(long in, long out) {
    }

    /** Money that is planned. @param account where it moves; null where that is not known */
    record Move(@Nullable String account, boolean incoming, @Nullable LocalDate due, long amount) {
    }

    /**
     * @param balances what the accounts hold now, by account
     * @param days how many, today the first
     */
    static Forecast of(Map<String, Long> balances, List<Move> moves, LocalDate today, int days) {
        long lateIn = 0;
        long undatedIn = 0;
        long undatedOut = 0;
        Map<String, Map<LocalDate, long[]>> planned = new TreeMap<>();
        Map<LocalDate, long[]> all = new TreeMap<>();
        for (Move move : moves) {
            if (move.due() == null) {
                undatedIn += move.incoming() ? move.amount() : 0;
                undatedOut += move.incoming() ? 0 : move.amount();
            } else if (move.incoming() && move.due().isBefore(today)) {
                lateIn += move.amount();
            } else {
                LocalDate day = move.due().isBefore(today) ? today : move.due();
                add(all, day, move);
                if (move.account() != null) {
                    add(planned.computeIfAbsent(move.account(), account -> new TreeMap<>()), day, move);
                }
            }
        }
        List<Line> accounts = balances.entrySet().stream().map(one -> line(one.getKey(), one.getValue(),
                planned.getOrDefault(one.getKey(), Map.of()), today, days)).toList();
        return new Forecast(accounts, line("", balances.values().stream().mapToLong(Long::longValue).sum(), all, today,
                days), new Aside(lateIn, 0), new Aside(undatedIn, undatedOut));
    }

    private static void add(Map<LocalDate, long[]> days, LocalDate day, Move move) {
        days.computeIfAbsent(day, date -> new long[2])[move.incoming() ? 0 : 1] += move.amount();
    }

    private static Line line(String account, long balance, Map<LocalDate, long[]> planned, LocalDate today, int days) {
        List<Day> line = new ArrayList<>();
        long opening = balance;
        for (int n = 0; n < days; n++) {
            long[] moved = planned.getOrDefault(today.plusDays(n), new long[2]);
            Day day = new Day(today.plusDays(n), opening, moved[0], moved[1]);
            line.add(day);
            opening = day.closing();
        }
        return new Line(account, List.copyOf(line));
    }
}
