package dev.sverka.flows.timesheets;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.flows.projects.People;
import dev.sverka.flows.projects.ProjectPlaces;
import dev.sverka.flows.projects.TimeBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How much everybody worked on which project, for each half of a month that is over. */
final class StaffReports {

    private static final String ACCOUNT = "timesheets";
    private static final String TO = "to";
    private static final String FROM = "from";
    private static final int HALF = 15;

    private final TimeBook time;
    private final ProjectPlaces places;
    private final Declared<People> people;
    private final Links links;
    private final Clock clock;
    private final ZoneId zone;

    StaffReports(TimeBook time, ProjectPlaces places, Declared<People> people, Links links, Clock clock,
            ZoneId zone) {
        this.time = time;
        this.places = places;
        this.people = people;
        this.links = links;
        this.clock = clock;
        this.zone = zone;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** The last day of the half that was over last. */
    private static LocalDate lastEnd(LocalDate today) {
        return today.getDayOfMonth() > HALF ? today.withDayOfMonth(HALF)
                : YearMonth.from(today).minusMonths(1).atEndOfMonth();
    }

    private static LocalDate begin(LocalDate end) {
        return end.getDayOfMonth() == HALF ? end.withDayOfMonth(1) : end.withDayOfMonth(HALF + 1);
    }

    List<Map<String, Object>> due() {
        LocalDate last = lastEnd(today());
        Object made = links.agreed(ACCOUNT, "staff", "last").get(TO);
        LocalDate from = made == null ? begin(last) : LocalDate.parse(made.toString()).plusDays(1);
        List<Map<String, Object>> due = new ArrayList<>();
        for (LocalDate end = last; !begin(end).isBefore(from); end = begin(end).minusDays(1)) {
            for (Long person : time.people(begin(end), end)) {
                List<TimeBook.Entry> entries = time.of(person, begin(end), end);
                TimeBook.Entry one = entries.get(entries.size() - 1);
                Map<String, Object> report = new HashMap<>(Map.of("person", person, "name", one.name(), FROM,
                        begin(end).toString(), TO, end.toString()));
                report.put("email", one.email());
                due.add(report);
            }
        }
        return due;
    }

    Map<String, Object> report(Map<String, Object> due, List<Map<String, Object>> users) {
        long person = Long.parseLong(due.get("person").toString());
        LocalDate from = LocalDate.parse(due.get(FROM).toString());
        LocalDate to = LocalDate.parse(due.get(TO).toString());
        Map<String, Long> projects = new TreeMap<>();
        time.of(person, from, to).forEach(one -> projects.merge(one.task() == null ? "Без проекта"
                : places.project(one.folder()).orElse("Прочее"), one.minutes(), Long::sum));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", due.get("name") + ", " + from + " – " + to);
        fields.put(FROM, from.toString());
        fields.put(TO, to.toString());
        fields.put("hours", hours(projects.values().stream().mapToLong(Long::longValue).sum()));
        fields.put("rates", projects.entrySet().stream().map(one -> one.getKey() + ": " + hours(one.getValue()))
                .collect(Collectors.joining("\n")));
        Map<String, Object> member = new HashMap<>(Map.of("id", person));
        member.put("email", due.get("email"));
        people.get().user(member, users).ifPresent(user -> fields.put("employee", user.get("id")));
        return Map.of("marker", "sverka:timesheet:main:s" + person + "-" + to.toString().replace("-", "")
                .substring(2), "fields", fields);
    }

    private static BigDecimal hours(long minutes) {
        return BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
    }

    void made() {
        links.agree(ACCOUNT, "staff", "last", Map.of(TO, lastEnd(today()).toString()));
    }
}
