package dev.sverka.flows.forecast;

import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cash by account and day, kopecks throughout.
 *
 * @param total all accounts together, with payments that belong to no one account
 * @param late overdue payments of customers, on no planned day
 * @param undated open payments without a due date, on no planned day
 * @param overdue theirs and ours, the longest overdue first
 * @param weeks of all accounts together, Monday to Sunday, the first and the last cut
 * @param learned from how many settled payments customers' habits are known
 */
public record Forecast(List<Line> accounts, Line total, Aside late, Aside undated, List<Item> overdue, List<Week> weeks,
        int learned) {

    /**
     * @param account 20 digits; empty for all together
     * @param bands what each day ends with as customers usually pay; empty where too little is known of them
     */
    public record Line(String account, List<Day> days, List<Band> bands) {

        /** The first day that ends below zero as planned; null where none does. */
        public @Nullable LocalDate firstGap() {
            return days.stream().filter(day -> day.closing() < 0).map(Day::date).findFirst().orElse(null);
        }

        /** The first day that ends below zero even where customers pay as they usually do. */
        public @Nullable LocalDate likelyGap() {
            return below(Band::p50);
        }

        /** The first day that ends below zero where customers pay as late as one time in ten. */
        public @Nullable LocalDate cautiousGap() {
            return below(Band::p10);
        }

        private @Nullable LocalDate below(ToLongFunction<Band> side) {
            return IntStream.range(0, bands.size()).filter(n -> side.applyAsLong(bands.get(n)) < 0)
                    .mapToObj(n -> days.get(n).date()).findFirst().orElse(null);
        }
    }

    public record Day(LocalDate date, long opening, long in, long out) {

        public long closing() {
            return opening + in - out;
        }
    }

    /** One time in ten it is below the first, one in two below the second, nine in ten below the third. */
    public record Band(long p10, long p50, long p90) {

        Band plus(long kopecks) {
            return new Band(p10 + kopecks, p50 + kopecks, p90 + kopecks);
        }
    }

    /** What is planned and stands on no day. */
    public record Aside(long in, long out) {
    }

    /**
     * A payment that is planned.
     *
     * @param amount what is open of it
     * @param likely when a customer like this has usually paid by; null where that is not known
     */
    public record Item(long payment, String title, boolean incoming, @Nullable LocalDate due, long amount,
            @Nullable LocalDate likely) {
    }

    /**
     * @param band what it ends with as customers usually pay; null where too little is known of them
     * @param items due in it, the largest first
     */
    public record Week(LocalDate from, LocalDate to, long opening, long in, long out, long closing, @Nullable Band band,
            List<Item> items) {
    }
}
