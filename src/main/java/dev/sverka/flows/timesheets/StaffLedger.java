package dev.sverka.flows.timesheets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the reports of one employee that are still drafts are to say, from what the entries are now and what frozen reports
 * have said of them. Pure, as {@link WorkLedger} is: all reports together say of each entry what it is in the end.
 */
final class StaffLedger {

    /** @param state draft, frozen, or dropped where a person has deleted the draft @param lines of a frozen one */
    record Report(Half half, WorkLedger.State state, List<StaffLine> lines) {
    }

    private final Set<Half> closed = new TreeSet<>();
    private final Set<Half> open = new TreeSet<>();
    private final Half first;
    private final Map<String, List<StaffLine>> said = new LinkedHashMap<>();
    private final TreeMap<Half, List<StaffLine>> wanted = new TreeMap<>();

    private StaffLedger(List<Report> reports, Half first, Half last) {
        this.first = first;
        for (Half half = first; half.compareTo(last) <= 0; half = half.next()) {
            open.add(half);
        }
        reports.forEach(report -> {
            if (report.state() == WorkLedger.State.DRAFT) {
                wanted.put(report.half(), new ArrayList<>());
                open.add(report.half());
            } else {
                closed.add(report.half());
                report.lines().forEach(line -> said.computeIfAbsent(line.entry(), key -> new ArrayList<>()).add(line));
            }
        });
        open.removeAll(closed);
    }

    /**
     * @param entries what the employee has worked, as new lines
     * @param first the first half that was ever reported
     * @param last the half that was over last; later ones are not due
     * @return lines by their half; a draft that is there and has nothing to say is told with no line
     */
    static Map<Half, List<StaffLine>> drafts(List<StaffLine> entries, List<Report> reports, Half first, Half last) {
        StaffLedger ledger = new StaffLedger(reports, first, last);
        Map<String, StaffLine> now = new LinkedHashMap<>();
        entries.forEach(line -> now.put(line.entry(), line));
        now.values().stream().filter(line -> !ledger.said.containsKey(line.entry())).forEach(ledger::fresh);
        ledger.said.forEach((entry, lines) -> ledger.correct(lines, now.get(entry)));
        return ledger.wanted;
    }

    private void fresh(StaffLine line) {
        Half half = Half.of(line.day());
        if (half.compareTo(first) >= 0) {
            boolean late = closed.contains(half);
            put(late ? after(half) : half, line, line.project(), line.minutes(), late);
        }
    }

    private void correct(List<StaffLine> lines, @Nullable StaffLine now) {
        Map<String, Long> projects = new TreeMap<>();
        lines.forEach(line -> projects.merge(line.project(), line.minutes(), Long::sum));
        StaffLine last = lines.get(lines.size() - 1);
        Half half = Half.of(last.day());
        boolean stays = now != null && half.equals(Half.of(now.day()));
        boolean gone = projects.values().stream().allMatch(minutes -> minutes == 0);
        if (stays && !gone) {
            projects.merge(now.project(), -now.minutes(), Long::sum);
        }
        projects.forEach((project, minutes) -> {
            if (minutes != 0) {
                put(after(half), last, project, -minutes, true);
            }
        });
        if (now != null && (gone || !stays)) {
            fresh(now);
        }
    }

    /** The next one that can take something; null where it is not due yet. */
    private @Nullable Half after(Half half) {
        return open.stream().filter(one -> one.compareTo(half) > 0).findFirst().orElse(null);
    }

    private void put(@Nullable Half half, StaffLine of, String project, long minutes, boolean correction) {
        if (half != null && open.contains(half)) {
            wanted.computeIfAbsent(half, key -> new ArrayList<>()).add(new StaffLine(of.entry(), project, of.day(), minutes,
                    correction));
        }
    }
}
