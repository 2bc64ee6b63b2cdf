package dev.sverka.flows.forecast;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.ProblemException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Days on which banks move money and people work: no weekend, and none of the holidays of article 112 of the Labour
 * Code, save for what the government moves: {@code mappings/working-days.yaml}. Of a year that stands not there the
 * fixed holidays are known. Immutable.
 */
public final class WorkingDays {

    private static final Set<MonthDay> HOLIDAYS = Set.of(MonthDay.of(1, 1), MonthDay.of(1, 2), MonthDay.of(1, 3),
            MonthDay.of(1, 4), MonthDay.of(1, 5), MonthDay.of(1, 6), MonthDay.of(1, 7), MonthDay.of(1, 8),
            MonthDay.of(2, 23), MonthDay.of(3, 8), MonthDay.of(5, 1), MonthDay.of(5, 9), MonthDay.of(6, 12),
            MonthDay.of(11, 4));
    private static final LocalDate FIRST = LocalDate.of(2010, 1, 1);
    private static final int SPAN = 80 * 366;

    /** Nothing is moved. */
    static final WorkingDays FIXED = new WorkingDays(Set.of(), Set.of());

    private final Set<LocalDate> off;
    private final Set<LocalDate> worked;
    /** How many working days there are from the first day to this one, which does not count. */
    private final int[] before = new int[SPAN + 1];
    /** Working days in their order, as days from the first. */
    private final int[] days = new int[SPAN];

    private WorkingDays(Set<LocalDate> off, Set<LocalDate> worked) {
        this.off = off;
        this.worked = worked;
        int count = 0;
        for (int day = 0; day < SPAN; day++) {
            before[day] = count;
            if (isWorking(FIRST.plusDays(day))) {
                days[count++] = day;
            }
        }
        before[SPAN] = count;
    }

    /** @throws ProblemException where a day is none, or is off or worked anyway */
    public static WorkingDays read(Map<String, Object> content, Declared.Lines lines) {
        return new WorkingDays(days(content, "off", true, lines), days(content, "worked", false, lines));
    }

    /** What the file says; until it has been read, that nothing is moved. */
    public static WorkingDays of(Declared<WorkingDays> file) {
        return file.isPresent() ? file.get() : FIXED;
    }

    private static Set<LocalDate> days(Map<String, Object> content, String list, boolean areWorking, Declared.Lines lines) {
        List<?> rows = content.get(list) instanceof List<?> all ? all : List.of();
        Set<LocalDate> days = new HashSet<>();
        for (int n = 0; n < rows.size(); n++) {
            LocalDate day;
            try {
                day = LocalDate.parse(String.valueOf(rows.get(n)));
            } catch (DateTimeParseException none) {
                throw new ProblemException(lines.problem("'" + rows.get(n) + "' is no day", "write it like 2026-12-31",
                        list, n));
            }
            if (isPlainlyWorking(day) != areWorking) {
                throw new ProblemException(lines.problem(day + (areWorking ? " is a weekend or a holiday anyway"
                        : " is worked anyway"), "leave it out, or see whether another day is meant", list, n));
            }
            days.add(day);
        }
        return Set.copyOf(days);
    }

    private static boolean isPlainlyWorking(LocalDate day) {
        return !isWeekend(day) && !HOLIDAYS.contains(MonthDay.from(day));
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    public boolean isWorking(LocalDate day) {
        return worked.contains(day) || isPlainlyWorking(day) && !off.contains(day);
    }

    /** The day of the week that a day is like: a holiday is a Sunday, a weekend that is worked is a Friday. */
    public DayOfWeek like(LocalDate day) {
        if (isWeekend(day)) {
            return isWorking(day) ? DayOfWeek.FRIDAY : day.getDayOfWeek();
        }
        return isWorking(day) ? day.getDayOfWeek() : DayOfWeek.SUNDAY;
    }

    /** From one day to another, each of them put off to a working day first; below zero where the other is earlier. */
    int between(LocalDate from, LocalDate to) {
        return before(to) - before(from);
    }

    /** The working day so many after a day that is itself put off to a working day first. */
    LocalDate plus(LocalDate from, int days) {
        int ordinal = Math.max(0, Math.min(before[SPAN] - 1, before(from) + days));
        return FIRST.plusDays(this.days[ordinal]);
    }

    private int before(LocalDate day) {
        return before[(int) Math.max(0, Math.min(SPAN, day.toEpochDay() - FIRST.toEpochDay()))];
    }
}
