package dev.sverka.flows.timesheets;

import java.time.LocalDate;
import java.time.YearMonth;

/** Half a month: its first fifteen days, or the rest. */
record Half(LocalDate from, LocalDate to) implements Comparable<Half> {

    private static final int LAST_OF_FIRST = 15;

    static Half of(LocalDate day) {
        return day.getDayOfMonth() <= LAST_OF_FIRST ? new Half(day.withDayOfMonth(1), day.withDayOfMonth(LAST_OF_FIRST))
                : new Half(day.withDayOfMonth(LAST_OF_FIRST + 1), YearMonth.from(day).atEndOfMonth());
    }

    /** The one that was over last. */
    static Half before(LocalDate today) {
        return of(of(today).from.minusDays(1));
    }

    Half next() {
        return of(to.plusDays(1));
    }

    @Override
    public int compareTo(Half other) {
        return from.compareTo(other.from);
    }
}
