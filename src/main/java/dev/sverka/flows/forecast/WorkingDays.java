package dev.sverka.flows.forecast;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * Days on which banks move money and people work: no weekend, and none of the holidays of article 112 of the Labour
 * Code. What the government moves to other days each year is not known here: such a day counts as the calendar has it.
 */
public final class WorkingDays {

    private static final Set<MonthDay> HOLIDAYS = Set.of(MonthDay.of(1, 1), MonthDay.of(1, 2), MonthDay.of(1, 3),
            MonthDay.of(1, 4), MonthDay.of(1, 5), MonthDay.of(1, 6), MonthDay.of(1, 7), MonthDay.of(1, 8),
            MonthDay.of(2, 23), MonthDay.of(3, 8), MonthDay.of(5, 1), MonthDay.of(5, 9), MonthDay.of(6, 12),
            MonthDay.of(11, 4));
    private static final LocalDate FIRST = LocalDate.of(2010, 1, 1);
    private static final int SPAN = 80 * 366;
    /** How many working days there are from the first day to this one, which does not count. */
    private static final int[] BEFORE = new int[SPAN + 1];
    /** Working days in their order, as days from the first. */
    private static final int[] DAYS = new int[SPAN];

    static {
        int count = 0;
        for (int day = 0; day < SPAN; day++) {
            BEFORE[day] = count;
            if (isWorking(FIRST.plusDays(day))) {
                DAYS[count++] = day;
            }
        }
        BEFORE[SPAN] = count;
    }

    private WorkingDays() {
    }

    public static boolean isWorking(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(MonthDay.from(day));
    }

    /** From one day to another, each of them put off to a working day first; below zero where the other is earlier. */
    static int between(LocalDate from, LocalDate to) {
        return before(to) - before(from);
    }

    /** The working day so many after a day that is itself put off to a working day first. */
    static LocalDate plus(LocalDate from, int days) {
        int ordinal = Math.max(0, Math.min(BEFORE[SPAN] - 1, before(from) + days));
        return FIRST.plusDays(DAYS[ordinal]);
    }

    private static int before(LocalDate day) {
        return BEFORE[(int) Math.max(0, Math.min(SPAN, day.toEpochDay() - FIRST.toEpochDay()))];
    }
}
