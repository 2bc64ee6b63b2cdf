package dev.sverka.flows.calendar;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one kind of item in calendars, as {@code mappings/calendar.yaml} says.
 *
 * @param pipeline the funnel it speaks of; null for all
 * @param when values that fields must have
 * @param dates fields by {@code start}, {@code end}, {@code due}
 * @param titles by the same and {@code span}; {@code {field}} stands for the item's value
 * @param line where the rule begins in the file
 */
record CalendarRule(String entity, @Nullable String pipeline, Map<String, String> when, Map<String, String> dates,
        Map<String, String> titles, String category, String color, List<Line> text, int line) {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final int LAST_YEAR = 9999;
    private static final DecimalFormatSymbols SIGNS = new DecimalFormatSymbols(Locale.ROOT);

    static {
        SIGNS.setGroupingSeparator('\u00a0');
        SIGNS.setDecimalSeparator(',');
    }

    /** One line of the description. */
    record Line(String label, String field) {
    }

    boolean fits(Map<String, Object> item) {
        return entity.equals(item.get("entity")) && (pipeline == null || pipeline.equals(item.get("pipeline")))
                && when.entrySet().stream().allMatch(wanted ->
                        wanted.getValue().equals(String.valueOf(item.get(wanted.getKey()))));
    }

    /** Whether the portal no longer has a field that chooses: then nothing can be said about the item. */
    boolean cannotTell(Map<String, Object> item) {
        return entity.equals(item.get("entity")) && item.get("missing") instanceof List<?> missing
                && when.keySet().stream().anyMatch(field -> missing.contains(entity + ".field." + field));
    }

    /** The events of an item's dates; a span is told in both ways. */
    List<DatedEvent> events(Map<String, Object> item) {
        List<DatedEvent> events = new ArrayList<>();
        boolean isSpan = isSpan();
        dates.forEach((kind, field) -> {
            LocalDate day = date(item.get(field));
            if (day != null) {
                events.add(event(item, kind, isSpan ? "mark" : "both", day, day));
            }
        });
        if (isSpan && !events.isEmpty()) {
            LocalDate first = events.get(0).starts();
            LocalDate last = events.get(events.size() - 1).starts();
            events.add(event(item, "span", "span", first.isBefore(last) ? first : last,
                    first.isBefore(last) ? last : first));
        }
        return events;
    }

    boolean isSpan() {
        return dates.containsKey("start") && dates.containsKey("end");
    }

    /** Whether the portal no longer has the field under its name: then nothing can be said about the date. */
    boolean isBlind(Map<String, Object> item, String kind) {
        return item.get("missing") instanceof List<?> missing && dates.entrySet().stream()
                .filter(date -> date.getKey().equals(kind) || kind.equals("span"))
                .anyMatch(date -> missing.contains(entity + ".field." + date.getValue()));
    }

    private DatedEvent event(Map<String, Object> item, String kind, String form, LocalDate first, LocalDate last) {
        String title = fill(titles.getOrDefault(kind, "{title}"), item);
        Object url = item.get("url");
        return new DatedEvent(kind, form, first, last.plusDays(1), title.isBlank() ? "№ " + item.get("id") : title,
                description(item), category, color, url == null ? null : url.toString());
    }

    private String description(Map<String, Object> item) {
        return text.stream().filter(line -> item.get(line.field()) != null)
                .map(line -> line.label() + ": " + shown(item.get(line.field()))).collect(Collectors.joining("\n"));
    }

    private static String fill(String words, Map<String, Object> item) {
        return PLACEHOLDER.matcher(words).replaceAll(name -> Matcher.quoteReplacement(shown(item.get(name.group(1)))))
                .strip();
    }

    /** As a bookkeeper writes it. */
    private static String shown(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return new DecimalFormat("#,##0.00", SIGNS).format(number);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CalendarRule::shown).collect(Collectors.joining(", "));
        }
        String text = value == null ? "" : value.toString();
        return DAY.matcher(text).matches() ? LocalDate.parse(text).format(SHOWN) : text;
    }

    /** iCalendar has four digits for the year. */
    private static @Nullable LocalDate date(@Nullable Object value) {
        LocalDate day = value == null ? null : LocalDate.parse(value.toString());
        return day == null || day.getYear() < 1 || day.getYear() >= LAST_YEAR ? null : day;
    }
}
