package dev.sverka.vendors.clickup;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values of custom fields (clickup.md section 9.2): a drop-down is written by the option's uuid and read as its
 * orderindex; numbers come as text; an unset field has no value at all; people and tasks are written as a difference.
 */
final class ClickUpFields {

    private static final Set<String> TEXTS = Set.of("short_text", "text", "url", "email", "phone");
    private static final Set<String> NUMBERS = Set.of("number", "currency", "emoji");
    private static final Set<String> LINKED = Set.of("users", "tasks");
    private static final String DROP_DOWN = "drop_down";
    private static final String LABELS = "labels";
    private static final String DATE = "date";
    private static final String CHECKBOX = "checkbox";
    private static final String PROGRESS = "manual_progress";

    private ClickUpFields() {
    }

    static String id(Map<String, Object> field) {
        return String.valueOf(field.get("id"));
    }

    static String type(Map<String, Object> field) {
        return String.valueOf(field.get("type"));
    }

    static boolean isText(Map<String, Object> field) {
        return type(field).equals("short_text") || type(field).equals("text");
    }

    /** Whether a field is called so, by its uuid or its name, letter case apart. */
    static boolean isCalled(Map<String, Object> field, Object name) {
        return id(field).equals(name.toString())
                || String.valueOf(field.get("name")).strip().equalsIgnoreCase(name.toString().strip());
    }

    /** A field of a task for our bodies: id, name, type, and where it is set value, of options their label too. */
    static Map<String, Object> read(Map<String, Object> field) {
        Map<String, Object> read = new LinkedHashMap<>();
        List.of("id", "name", "type").forEach(key -> read.put(key, String.valueOf(field.get(key))));
        Object value = value(field);
        if (value != null) {
            read.put("value", value);
            Object label = label(field, value);
            if (label != null) {
                read.put("label", label);
            }
        }
        return read;
    }

    /** What a field holds; null for nothing. A drop-down as uuid, a date as moment, people and tasks as ids. */
    static @Nullable Object value(Map<String, Object> field) {
        Object raw = field.get("value");
        if (raw == null || raw.equals("")) {
            return null;
        }
        String type = type(field);
        return switch (type) {
            case DROP_DOWN -> options(field).stream().filter(option -> raw.toString().equals(String.valueOf(
                    option.get("orderindex"))) || raw.equals(option.get("id"))).findFirst()
                    .map(ClickUpFields::id).orElse(raw.toString());
            case DATE -> ClickUpDates.moment(raw);
            case CHECKBOX -> raw.toString().equals("true");
            case PROGRESS -> number(ClickUpWorkspace.map(raw).get("current"));
            case "users", "tasks" -> ids(raw);
            default -> NUMBERS.contains(type) ? number(raw) : raw;
        };
    }

    private static @Nullable Object label(Map<String, Object> field, Object value) {
        List<String> labels = options(field).stream().filter(option -> value.equals(option.get("id"))
                || value instanceof Collection<?> many && many.contains(option.get("id")))
                .map(ClickUpFields::name).toList();
        return labels.isEmpty() ? null : value instanceof Collection<?> ? labels : labels.get(0);
    }

    private static List<Map<String, Object>> options(Map<String, Object> field) {
        List<Map<String, Object>> options = new ArrayList<>();
        if (ClickUpWorkspace.map(field.get("type_config")).get("options") instanceof Collection<?> all) {
            all.forEach(option -> options.add(ClickUpWorkspace.map(option)));
        }
        return options;
    }

    private static String name(Map<String, Object> option) {
        return String.valueOf(option.containsKey("label") ? option.get("label") : option.get("name"));
    }

    private static @Nullable Object number(@Nullable Object value) {
        return value == null || !value.toString().matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?") ? null
                : new BigDecimal(value.toString());
    }

    /** Ids of people are numbers, of tasks texts. */
    private static List<Object> ids(Object value) {
        Collection<?> all = value instanceof Collection<?> many ? many : List.of(value);
        return all.stream().<Object>map(one -> {
            Object id = one instanceof Map<?, ?> map ? map.get("id") : one;
            return id.toString().matches("-?\\d{1,18}") ? (Object) Long.valueOf(id.toString()) : id;
        }).toList();
    }

    /**
     * What is wanted in the spelling of {@link #value}; an option may be named by its name.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    static @Nullable Object wanted(Map<String, Object> field, @Nullable Object value) {
        if (value == null || value.equals("")) {
            return null;
        }
        String type = type(field);
        if (TEXTS.contains(type)) {
            return value.toString();
        }
        if (NUMBERS.contains(type) || type.equals(PROGRESS)) {
            return new BigDecimal(value.toString());
        }
        if (LINKED.contains(type)) {
            return ids(value);
        }
        return switch (type) {
            case DROP_DOWN -> option(field, value);
            case LABELS -> (value instanceof Collection<?> many ? many : List.of(value)).stream()
                    .map(one -> option(field, one)).toList();
            case DATE -> ClickUpDates.wanted(value);
            case CHECKBOX -> Boolean.valueOf(value.toString());
            default -> throw new IllegalArgumentException("a field of the type " + type + " cannot be set");
        };
    }

    private static String option(Map<String, Object> field, Object value) {
        return options(field).stream().filter(option -> id(option).equals(value.toString())
                || name(option).equalsIgnoreCase(value.toString().strip())).findFirst().map(ClickUpFields::id)
                .orElseThrow(() -> new IllegalArgumentException("there is no option '" + value + "'; there are "
                        + String.join(", ", options(field).stream().map(ClickUpFields::name).toList())));
    }

    static boolean isSame(Map<String, Object> field, @Nullable Object wanted, @Nullable Object present, ZoneId zone) {
        if (type(field).equals(DATE)) {
            return ClickUpDates.isSame(wanted, present, zone);
        }
        if (type(field).equals(CHECKBOX)) {
            return Boolean.TRUE.equals(wanted) == Boolean.TRUE.equals(present);
        }
        if (wanted instanceof BigDecimal one && present instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        }
        if (wanted instanceof Collection<?> || present instanceof Collection<?>) {
            return set(wanted).equals(set(present));
        }
        return Objects.equals(wanted, present);
    }

    private static Set<String> set(@Nullable Object value) {
        Set<String> set = new TreeSet<>();
        if (value instanceof Collection<?> many) {
            many.forEach(one -> set.add(one.toString()));
        }
        return set;
    }

    /** The body that sets a field. @param wanted not null @param present what it holds now */
    static Map<String, Object> body(Map<String, Object> field, Object wanted, @Nullable Object present, ZoneId zone) {
        String type = type(field);
        if (type.equals(DATE)) {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("value", ClickUpDates.millis(wanted, zone)));
            if (wanted instanceof Instant) {
                body.put("value_options", Map.of("time", true));
            }
            return body;
        }
        if (LINKED.contains(type)) {
            List<Object> add = new ArrayList<>((Collection<?>) wanted);
            List<Object> rem = new ArrayList<>(present instanceof Collection<?> many ? many : List.of());
            List<Object> held = List.copyOf(rem);
            rem.removeAll(add);
            add.removeAll(held);
            return Map.of("value", Map.of("add", add, "rem", rem));
        }
        return Map.of("value", type.equals(PROGRESS) ? Map.of("current", wanted) : wanted);
    }
}
