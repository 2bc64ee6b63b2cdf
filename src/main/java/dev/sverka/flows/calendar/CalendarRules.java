package dev.sverka.flows.calendar;

import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code mappings/calendar.yaml}: the first rule that fits an item tells its events. Immutable.
 *
 * @param names of calendars by what they show
 * @param refresh how often programs are asked to look
 * @param version another one means that the events have to be made anew
 */
record CalendarRules(Map<String, String> names, Duration refresh, List<CalendarRule> rules, String version) {

    /** What holds where there is no file: nothing becomes an event. */
    static final CalendarRules NONE = new CalendarRules(Map.of(), Duration.ofHours(1), List.of(), "none");
    private static final int VERSION = 24;

    Optional<CalendarRule> rule(Map<String, Object> item) {
        return rules.stream().filter(rule -> rule.fits(item)).findFirst();
    }

    /** Whether a rule could speak of the item, and the portal does not show what it is chosen by. */
    boolean cannotTell(Map<String, Object> item) {
        return rules.stream().anyMatch(rule -> rule.cannotTell(item));
    }

    static CalendarRules read(Map<String, Object> content, Declared.Lines lines) {
        List<CalendarRule> rules = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<?> events = (List<?>) content.get("events");
        for (int i = 0; i < events.size(); i++) {
            Map<String, Object> event = map(events.get(i));
            int line = lines.problem("", "", "events", i).line();
            CalendarRule rule = new CalendarRule(String.valueOf(event.get("entity")), text(event.get("pipeline")),
                    texts(event.get("when")), texts(event.get("dates")), texts(event.get("titles")),
                    String.valueOf(event.get("category")), String.valueOf(event.get("color")),
                    description(event.get("text")), line);
            for (String kind : kinds(rule)) {
                if (!rule.titles().containsKey(kind)) {
                    problems.add(lines.problem("the event '" + kind + "' has no title",
                            "add `" + kind + ": …` under titles:", "events", i, "titles"));
                }
            }
            rule.titles().forEach((kind, title) -> {
                if (CalendarRule.PLACEHOLDER.matcher(title).replaceAll("").matches(".*[{}].*")) {
                    problems.add(lines.problem("'" + title + "' has a brace that names no field",
                            "write {field}, such as {title}", "events", events.indexOf(event), "titles", kind));
                }
            });
            rules.add(rule);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new CalendarRules(texts(content.get("names")), Duration.parse(String.valueOf(content.get("refresh"))),
                List.copyOf(rules), Contents.hash(content.toString()).substring(0, VERSION));
    }

    private static List<String> kinds(CalendarRule rule) {
        List<String> kinds = new ArrayList<>(rule.dates().keySet());
        if (rule.isSpan()) {
            kinds.add("span");
        }
        return kinds;
    }

    /** What the rules name and the portal's declaration does not. */
    List<Problem> strangers(Portal portal, String file) {
        List<Problem> problems = new ArrayList<>();
        for (CalendarRule rule : rules) {
            Optional<Portal.Entity> entity = portal.entity(rule.entity());
            if (entity.isEmpty()) {
                problems.add(new Problem(file, rule.line(), "no entity is called " + rule.entity(),
                        "name one of " + String.join(", ", new TreeSet<>(portal.entities().keySet()))));
                continue;
            }
            if (rule.pipeline() != null && !entity.get().pipelines().containsKey(rule.pipeline())) {
                problems.add(new Problem(file, rule.line(), rule.entity() + " has no funnel " + rule.pipeline(),
                        "name one of " + String.join(", ", new TreeSet<>(entity.get().pipelines().keySet()))));
            }
            fields(rule).filter(field -> !field.equals("id") && !field.equals("currency")
                    && !entity.get().fields().containsKey(field)).distinct().forEach(field -> problems.add(new Problem(
                            file, rule.line(), rule.entity() + " has no field " + field,
                            "name one of " + String.join(", ", new TreeSet<>(entity.get().fields().keySet())))));
        }
        return problems;
    }

    private static Stream<String> fields(CalendarRule rule) {
        return Stream.of(rule.dates().values().stream(), rule.when().keySet().stream(),
                rule.text().stream().map(CalendarRule.Line::field), rule.titles().values().stream().flatMap(title ->
                        CalendarRule.PLACEHOLDER.matcher(title).results().map(found -> found.group(1))))
                .flatMap(names -> names);
    }

    private static List<CalendarRule.Line> description(@Nullable Object lines) {
        return lines == null ? List.of() : ((List<?>) lines).stream().map(line -> new CalendarRule.Line(
                String.valueOf(map(line).get("label")), String.valueOf(map(line).get("field")))).toList();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((key, one) -> texts.put(key, String.valueOf(one)));
        return texts;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
