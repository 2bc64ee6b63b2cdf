package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.flows.projects.People;
import dev.sverka.flows.projects.ProjectPlaces;
import dev.sverka.flows.projects.TimeBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much everybody worked on which project, for each half of a month that is over. A draft follows ClickUp; once it has
 * left Черновик, what changes later is a correction in that employee's next report.
 */
final class StaffReports {

    private static final String ACCOUNT = "timesheets";
    private static final String STAFF = "staff";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String EMPLOYEE = "employee";
    private static final String FIELDS = "fields";

    private final StaffBook book;
    private final TimeBook time;
    private final ProjectPlaces places;
    private final Declared<People> people;
    private final Links links;
    private final Locks locks;
    private final Journal journal;
    private final Clock clock;
    private final ZoneId zone;

    StaffReports(StaffBook book, TimeBook time, ProjectPlaces places, Declared<People> people, Links links,
            Locks locks, Journal journal, Clock clock, ZoneId zone) {
        this.book = book;
        this.time = time;
        this.places = places;
        this.people = people;
        this.links = links;
        this.locks = locks;
        this.journal = journal;
        this.clock = clock;
        this.zone = zone;
    }

    private @Nullable LocalDate day(String item, String key) {
        Object day = links.agreed(ACCOUNT, STAFF, item).get(key);
        return day == null ? null : LocalDate.parse(day.toString());
    }

    /** The work on everybody whose report is due by now, also of a downtime, and on all who may have corrections. */
    void due(List<Map<String, Object>> users) {
        Half last = Half.before(LocalDate.ofInstant(clock.instant(), zone));
        LocalDate made = day(LAST, "to");
        LocalDate first = day(FIRST, "from");
        if (first == null) {
            // what an earlier version reported it kept no lines of
            first = made == null ? last.from() : made.plusDays(1);
            links.agree(ACCOUNT, STAFF, FIRST, Map.of("from", first.toString()));
        }
        Set<Long> all = new TreeSet<>(book.people());
        all.addAll(time.people(first, last.to()));
        for (Long person : all) {
            employee(person, first, last, users);
            accept(person);
        }
        links.agree(ACCOUNT, STAFF, LAST, Map.of("to", last.to().toString()));
    }

    private void employee(long person, LocalDate first, Half last, List<Map<String, Object>> users) {
        List<TimeBook.Entry> entries = time.of(person, first, last.to());
        Map<String, Object> member = new LinkedHashMap<>(Map.of("id", person));
        if (!entries.isEmpty()) {
            member.put("email", entries.get(entries.size() - 1).email());
        }
        people.get().user(member, users).ifPresent(user -> links.agree(ACCOUNT, EMPLOYEE, Long.toString(person),
                Map.of("id", user.get("id"))));
    }

    private void accept(long person) {
        String key = Long.toString(person);
        journal.accept(new Event("staff-person", "bitrix24.main", key, null, true, Map.of("person", person),
                Map.of("SyncAccount", "clickup.main", "SyncEntity", "person", "SyncId", key), null));
    }

    /** The drafts of an employee as far as the portal holds them: a person may have sent them on by now. */
    List<Map<String, Object>> open(long person) {
        return book.of(person).stream().filter(one -> one.state() == WorkLedger.State.DRAFT && one.item() != null)
                .map(one -> Map.<String, Object>of("id", one.item())).toList();
    }

    /** @return what is to be written to the portal, a draft each */
    List<Map<String, Object>> drafts(long person) {
        LocalDate first = day(FIRST, "from");
        LocalDate last = day(LAST, "to");
        if (first == null || last == null) {
            return List.of();
        }
        hold(person);
        List<TimeBook.Entry> entries = time.of(person, first, last);
        List<StaffBook.Report> reports = book.of(person);
        List<StaffLedger.Report> known = reports.stream().map(one -> new StaffLedger.Report(one.half(), one.state(),
                one.state() == WorkLedger.State.FROZEN ? book.lines(one.id()) : List.of())).toList();
        Map<Half, List<StaffLine>> wanted = StaffLedger.drafts(entries.stream().filter(one -> one.minutes() > 0)
                .map(one -> new StaffLine(one.id(), project(one), one.day(), one.minutes(), false)).toList(), known,
                Half.of(first), Half.of(last));
        String name = !entries.isEmpty() ? entries.get(entries.size() - 1).name()
                : reports.isEmpty() ? "" : reports.get(reports.size() - 1).name();
        List<Map<String, Object>> writes = new ArrayList<>();
        wanted.forEach((half, lines) -> {
            StaffBook.Report draft = draft(person, name, half);
            Map<String, Object> fields = fields(draft, lines);
            String hash = WorkReports.hash(fields + " " + lines);
            if (!hash.equals(draft.written())) {
                book.unknown(draft.id());
                Map<String, Object> write = new LinkedHashMap<>(Map.of("report", draft.id(), FIELDS, fields, "marker",
                        marker(person, half), "hash", hash, "lines", lines));
                write.put("id", draft.item());
                writes.add(write);
            }
        });
        return writes;
    }

    /** One at a time about the reports of an employee: what is frozen and what is drafted must not cross. */
    private void hold(long person) {
        locks.hold(List.of("staff-report " + person));
    }

    private static String project(TimeBook.Entry entry) {
        return entry.task() == null ? StaffLine.NONE : entry.folder() == null ? StaffLine.UNKNOWN : entry.folder();
    }

    private StaffBook.Report draft(long person, String name, Half half) {
        for (boolean opened : new boolean[] {false, true}) {
            for (StaffBook.Report one : book.of(person)) {
                if (one.half().equals(half)) {
                    return one;
                }
            }
            if (!opened) {
                book.open(person, name, half);
            }
        }
        throw new IllegalStateException("no report of " + person + " for " + half);
    }

    private static String marker(long person, Half half) {
        return "sverka:timesheet:main:s" + person + "-" + half.to().toString().replace("-", "").substring(2);
    }

    private Map<String, Object> fields(StaffBook.Report draft, List<StaffLine> lines) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", draft.name() + ", " + draft.half().from() + " – " + draft.half().to());
        fields.put("from", draft.half().from().toString());
        fields.put("to", draft.half().to().toString());
        fields.put("hours", hours(lines.stream().mapToLong(StaffLine::minutes).sum()));
        String projects = (lines(lines, false) + lines(lines, true)).strip();
        fields.put("rates", projects.isEmpty() ? null : projects);
        Object employee = links.agreed(ACCOUNT, EMPLOYEE, Long.toString(draft.person())).get("id");
        if (employee != null) {
            fields.put(EMPLOYEE, employee);
        }
        return fields;
    }

    private String lines(List<StaffLine> lines, boolean corrections) {
        Map<String, Long> projects = new TreeMap<>();
        lines.stream().filter(line -> line.correction() == corrections).forEach(line -> projects.merge(
                name(line.project()), line.minutes(), Long::sum));
        projects.values().removeIf(minutes -> minutes == 0);
        return projects.isEmpty() ? "" : (corrections ? "Корректировки прошлых отчётов:\n" : "") + projects.entrySet()
                .stream().map(one -> one.getKey() + ": " + hours(one.getValue())).collect(Collectors.joining("\n", "",
                        corrections ? "" : "\n"));
    }

    private String name(String project) {
        return project.equals(StaffLine.NONE) ? "Без проекта" : places.project(project).orElse("Прочее");
    }

    private static BigDecimal hours(long minutes) {
        return BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
    }

    /** The portal shows a draft. @param result of its creation; null for a change */
    @SuppressWarnings("unchecked")
    void written(Map<String, Object> draft, @Nullable Map<String, Object> result) {
        Object item = draft.get("id") != null || result == null ? draft.get("id") : result.get("id");
        long id = Long.parseLong(draft.get("report").toString());
        hold(book.report(id).person());
        book.shown(id, Long.parseLong(String.valueOf(item)), draft.get("hash").toString(),
                (List<StaffLine>) draft.get("lines"));
        StaffBook.Report report = book.report(id);
        if (report.state() == WorkLedger.State.FROZEN) {
            // it left Черновик while this was on its way, and shows it now
            book.state(id, report.state(), WorkReports.hash(book.lines(id).toString()));
            accept(report.person());
        }
    }

    boolean holds(long item) {
        return book.ofItem(item).isPresent();
    }

    /** Takes over a report as the portal holds it: one that left Черновик is frozen. @return {@code {id, fields}} */
    Map<String, Object> report(Map<String, Object> item) {
        long id = Long.parseLong(item.get("id").toString());
        hold(book.ofItem(id).orElseThrow().person());
        StaffBook.Report report = book.ofItem(id).orElseThrow();
        String hash = report.hash();
        if (Boolean.TRUE.equals(item.get("deleted"))) {
            // a checked one too: what nobody can read any more stands in the next one
            if (report.state() != WorkLedger.State.DROPPED) {
                book.lines(report.id(), List.of());
                book.state(report.id(), WorkLedger.State.DROPPED, null);
                accept(report.person());
            }
        } else if (report.state() == WorkLedger.State.DRAFT) {
            if (item.get("stage") != null && !"draft".equals(item.get("stage"))) {
                hash = WorkReports.hash(book.lines(report.id()).toString());
                book.state(report.id(), WorkLedger.State.FROZEN, hash);
                accept(report.person());
            }
        }
        boolean told = hash != null && !Boolean.TRUE.equals(item.get("deleted"));
        return new LinkedHashMap<>(Map.of("id", id, FIELDS, told ? Map.of("hash", hash) : Map.of()));
    }
}
