package dev.sverka.flows.timesheets;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the drafts of one stage are to say, from what its entries are now and what frozen reports have said of them.
 * Pure: whatever order news came in, all reports together say of each entry what it is in the end.
 */
final class WorkLedger {

    /**
     * A report as far as the others matter.
     *
     * @param lines of a frozen one
     * @param rounding by which its minutes were rounded; null for the rule that holds now
     */
    record Report(YearMonth month, State state, List<WorkLine> lines, Rates.@Nullable Rounding rounding) {

        Report(YearMonth month, State state, List<WorkLine> lines) {
            this(month, state, lines, null);
        }
    }

    enum State {
        DRAFT, FROZEN,
        /** A rejected one: its minutes are free again. */
        DECLINED,
        /** A draft that a person deleted: its month gets no other. */
        DROPPED
    }

    private final Set<YearMonth> closed = new TreeSet<>();
    private final Set<YearMonth> drafts = new TreeSet<>();
    private final Map<String, List<WorkLine>> said = new LinkedHashMap<>();
    /** How an entry's minutes were rounded when it was billed first. */
    private final Map<String, Rates.Rounding> settled = new HashMap<>();
    private final Map<String, Long> worked;
    private final YearMonth present;
    private final TreeMap<YearMonth, List<WorkLine>> wanted = new TreeMap<>();

    private WorkLedger(List<Report> reports, Map<String, Long> worked, YearMonth present) {
        this.worked = worked;
        this.present = present;
        reports.forEach(report -> {
            if (report.state() == State.FROZEN || report.state() == State.DROPPED) {
                closed.add(report.month());
            }
            if (report.state() == State.DRAFT) {
                drafts.add(report.month());
            }
            if (report.state() == State.FROZEN) {
                report.lines().forEach(line -> say(line, report.rounding()));
            }
        });
        drafts.removeAll(closed);
    }

    private void say(WorkLine line, Rates.@Nullable Rounding rounding) {
        said.computeIfAbsent(line.entry(), key -> new ArrayList<>()).add(line);
        if (rounding != null) {
            settled.putIfAbsent(line.entry(), rounding);
        }
    }

    /**
     * @param entries each that is billed now, as a new line at its present rate, rounded by the present rule
     * @param worked its minutes before they were rounded, by entry; absent where they are the same
     * @param present the month that runs
     * @return lines by the month of their draft; a draft that is there and has nothing to say is told with no line
     */
    static Map<YearMonth, List<WorkLine>> drafts(List<WorkLine> entries, Map<String, Long> worked,
            List<Report> reports, YearMonth present) {
        WorkLedger ledger = new WorkLedger(reports, worked, present);
        ledger.drafts.forEach(month -> ledger.wanted.put(month, new ArrayList<>()));
        Map<String, WorkLine> now = new LinkedHashMap<>();
        entries.forEach(line -> now.put(line.entry(), line));
        // what was never billed first: it may open the draft that a correction goes to
        now.values().stream().filter(line -> !ledger.said.containsKey(line.entry())).forEach(ledger::fresh);
        ledger.said.forEach((entry, lines) -> ledger.correct(lines, now.get(entry)));
        return ledger.wanted;
    }

    private void fresh(WorkLine line) {
        if (line.minutes() == 0) {
            return;
        }
        YearMonth month = YearMonth.from(line.day());
        boolean late = closed.contains(month);
        put(late ? next(month) : month, copy(line, line.minutes(), line.rate(), line.amount(), late));
    }

    private void correct(List<WorkLine> lines, @Nullable WorkLine now) {
        long minutes = lines.stream().mapToLong(WorkLine::minutes).sum();
        long amount = lines.stream().mapToLong(WorkLine::amount).sum();
        WorkLine last = lines.get(lines.size() - 1);
        if (minutes == 0 && amount == 0) {
            if (now != null) {
                fresh(now);
            }
            return;
        }
        YearMonth next = next(YearMonth.from(last.day()));
        if (now != null && now.person() == last.person() && now.day().equals(last.day())) {
            // what an hour cost, and how it was rounded, is settled by the snapshot
            long billed = billed(now);
            long due = Rates.amount(billed, last.rate());
            if (billed != minutes || due != amount) {
                put(next, copy(now, billed - minutes, last.rate(), due - amount, true));
            }
            return;
        }
        put(next, copy(last, -minutes, last.rate(), -amount, true));
        if (now != null) {
            fresh(now);
        }
    }

    private long billed(WorkLine now) {
        Rates.Rounding rounding = settled.get(now.entry());
        return rounding == null ? now.minutes() : rounding.minutes(worked.getOrDefault(now.entry(), now.minutes()));
    }

    /** The next draft after a month; the first month from the present on that can have one, where there is none. */
    private YearMonth next(YearMonth month) {
        for (YearMonth draft : drafts) {
            if (draft.isAfter(month)) {
                return draft;
            }
        }
        YearMonth next = present.isAfter(month) ? present : month.plusMonths(1);
        while (closed.contains(next)) {
            next = next.plusMonths(1);
        }
        return next;
    }

    private void put(YearMonth month, WorkLine line) {
        drafts.add(month);
        wanted.computeIfAbsent(month, key -> new ArrayList<>()).add(line);
    }

    private static WorkLine copy(WorkLine of, long minutes, long rate, long amount, boolean correction) {
        return new WorkLine(of.entry(), of.person(), of.name(), of.task(), of.taskName(), of.day(), minutes, rate,
                amount, correction);
    }
}
