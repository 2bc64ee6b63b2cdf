package dev.sverka.vendors.fintablo;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read and compared as a whole: a month's facts, a month's plans, all plans after the last of these months, or
 * the whole of a list that has no days (fintablo.md section 5).
 *
 * @param name under which what was told of it is kept
 * @param from first day; null for a list without days
 * @param to first day after it; null for no end
 * @param plans whether it is about plans
 */
record FinTabloWindow(String name, @Nullable LocalDate from, @Nullable LocalDate to, boolean plans) {

    static final FinTabloWindow WHOLE = new FinTabloWindow("all", null, null, false);

    /**
     * Operations from a month on: facts and plans month by month.
     *
     * @param last the last month of plans; facts end a month after {@code present}
     * @param open whether plans after it, and facts that are entered for later, are read too
     */
    static List<FinTabloWindow> of(YearMonth first, YearMonth present, YearMonth last, boolean open) {
        List<FinTabloWindow> windows = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            if (!month.isAfter(present)) {
                windows.add(month(month, false));
            }
            windows.add(month(month, true));
        }
        if (open) {
            windows.add(new FinTabloWindow("facts after", present.plusMonths(1).atDay(1), null, false));
            windows.add(new FinTabloWindow("plans after", last.plusMonths(1).atDay(1), null, true));
        }
        return windows;
    }

    private static FinTabloWindow month(YearMonth month, boolean plans) {
        return new FinTabloWindow((plans ? "plans " : "facts ") + month, month.atDay(1),
                month.plusMonths(1).atDay(1), plans);
    }

    /** Whether the last day belongs to a filter is not documented, so one more is asked for. */
    Map<String, String> filter() {
        Map<String, String> filter = new LinkedHashMap<>();
        if (from != null) {
            filter.put("isPlan", plans ? "1" : "0");
            filter.put("dateFrom", FinTabloKind.DAY.theirs().apply(from).toString());
        }
        if (to != null) {
            filter.put("dateTo", FinTabloKind.DAY.theirs().apply(to).toString());
        }
        return filter;
    }

    boolean holds(Map<String, Object> item) {
        if (from == null) {
            return true;
        }
        boolean isPlan = item.getOrDefault("isPlan", 0).equals(1);
        return isPlan == plans && (!(item.get("date") instanceof LocalDate day)
                || !day.isBefore(from) && (to == null || day.isBefore(to)));
    }
}
