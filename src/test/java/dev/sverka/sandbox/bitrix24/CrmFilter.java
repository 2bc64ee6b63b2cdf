package dev.sverka.sandbox.bitrix24;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter and order of lists (bitrix24.md sections 4.2 and 4.3): prefixes, nested OR, unknown fields refused. */
final class CrmFilter {

    private static final Pattern KEY = Pattern.compile("^(!=%|!%=|=%|%=|>=|<=|!@|!%|!=|=|!|>|<|@|%)?(.*)$");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ].*)?");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Instant> instants = new HashMap<>();
    private final Collection<String> known;
    private final Collection<String> flags;
    private final FilterDates dates;
    private final ZoneOffset server;

    /**
     * @param known fields that may be named
     * @param flags custom fields of type boolean: they are filtered by 1 and 0 (section 4.2)
     */
    CrmFilter(Collection<String> known, Collection<String> flags, FilterDates dates, ZoneOffset server) {
        this.known = known;
        this.flags = flags;
        this.dates = dates;
        this.server = server;
    }

    boolean matches(Map<String, ?> filter, Map<String, Object> row) {
        boolean or = "OR".equalsIgnoreCase(String.valueOf(filter.get("logic")));
        boolean any = false;
        boolean all = true;
        for (Map.Entry<String, ?> condition : filter.entrySet()) {
            if (condition.getKey().equalsIgnoreCase("logic")) {
                continue;
            }
            boolean holds = condition.getKey().matches("\\d+") && condition.getValue() instanceof Map<?, ?> group
                    ? matches(Call.asMap(group), row) : holds(condition.getKey(), condition.getValue(), row);
            any |= holds;
            all &= holds;
        }
        return or ? any : all;
    }

    /** Refuses unknown names even where there is no row to try them on. */
    void check(Map<String, ?> filter) {
        filter.forEach((key, value) -> {
            if (key.matches("\\d+") && value instanceof Map<?, ?> group) {
                check(Call.asMap(group));
            } else if (!key.equalsIgnoreCase("logic")) {
                field(key);
            }
        });
    }

    Comparator<Map<String, Object>> order(Map<String, ?> order, String usual) {
        Comparator<Map<String, Object>> comparator = null;
        for (Map.Entry<String, ?> one : order.entrySet()) {
            if (!known.contains(one.getKey())) {
                throw new CrmError(400, "INVALID_ARG_VALUE",
                        "Invalid order: field '" + one.getKey() + "' is not allowed in order");
            }
            Comparator<Map<String, Object>> next = by(one.getKey(),
                    "DESC".equalsIgnoreCase(String.valueOf(one.getValue())));
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        return comparator == null ? by(usual, false) : comparator.thenComparing(by(usual, false));
    }

    private Comparator<Map<String, Object>> by(String field, boolean descending) {
        Comparator<Object> values = Comparator.nullsFirst(this::compare);
        Comparator<Map<String, Object>> rows = (one, two) -> values.compare(one.get(field), two.get(field));
        return descending ? rows.reversed() : rows;
    }

    private String field(String key) {
        return names.computeIfAbsent(key, prefixed -> {
            Matcher parts = KEY.matcher(prefixed);
            if (!parts.matches() || !known.contains(parts.group(2))) {
                throw new CrmError(400, "INVALID_ARG_VALUE",
                        "Invalid filter: field '" + parts.group(2) + "' is not allowed in filter");
            }
            return parts.group(2);
        });
    }

    private boolean holds(String key, Object wanted, Map<String, Object> row) {
        String field = field(key);
        Object raw = row.get(field);
        Object value = flags.contains(field) ? "Y".equals(raw) ? 1 : 0 : raw;
        return switch (key.substring(0, key.length() - field.length())) {
            case "", "=" -> wanted instanceof Collection<?> list ? in(list, value) : same(value, wanted);
            case "!", "!=" -> wanted instanceof Collection<?> list ? !in(list, value) : !same(value, wanted);
            case "@" -> in(Call.asList(wanted), value);
            case "!@" -> !in(Call.asList(wanted), value);
            case ">" -> value != null && compare(value, wanted) > 0;
            case ">=" -> value != null && compare(value, wanted) >= 0;
            case "<" -> value != null && compare(value, wanted) < 0;
            case "<=" -> value != null && compare(value, wanted) <= 0;
            case "%" -> like(value, wanted, text -> ".*" + Pattern.quote(text) + ".*");
            case "!%" -> !like(value, wanted, text -> ".*" + Pattern.quote(text) + ".*");
            case "=%", "%=" -> like(value, wanted, CrmFilter::pattern);
            default -> !like(value, wanted, CrmFilter::pattern);
        };
    }

    private static boolean like(Object value, Object wanted, UnaryOperator<String> pattern) {
        return Pattern.compile(pattern.apply(String.valueOf(wanted)),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
                .matcher(value == null ? "" : value.toString()).matches();
    }

    private static String pattern(String like) {
        return Pattern.quote(like).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q");
    }

    private boolean in(Collection<?> list, Object value) {
        return list.stream().anyMatch(one -> same(value, one));
    }

    private boolean same(Object value, Object wanted) {
        if (value instanceof Collection<?> many && !many.isEmpty()) {
            return many.stream().anyMatch(one -> same(one, wanted));
        }
        boolean noValue = value == null || value.toString().isEmpty() || value instanceof Collection<?>;
        boolean noWish = wanted == null || wanted.toString().isEmpty();
        return noValue || noWish ? noValue && noWish : compare(value, wanted) == 0;
    }

    private int compare(Object value, Object wanted) {
        if (value instanceof Integer one && wanted instanceof Integer two) {
            return Integer.compare(one, two);
        }
        String one = Objects.toString(value, "");
        String two = Objects.toString(wanted, "");
        if (one.length() >= 19 && one.charAt(10) == 'T' && DATE.matcher(two).matches()) {
            return OffsetDateTime.parse(one).toInstant().compareTo(instants.computeIfAbsent(two,
                    text -> read(text).toInstant()));
        }
        if (NUMBER.matcher(one).matches() && (two.isEmpty() || NUMBER.matcher(two).matches())) {
            // section 5.3: an empty text where a number belongs is 0, so a missing reference starts a chain again
            return new BigDecimal(one).compareTo(two.isEmpty() ? BigDecimal.ZERO : new BigDecimal(two));
        }
        return one.compareToIgnoreCase(two);
    }

    private OffsetDateTime read(String text) {
        try {
            return switch (dates) {
                case OFFSET_HONOURED -> Values.time(text, server);
                case OFFSET_IGNORED -> Values.time(text.substring(0, Math.min(19, text.length())), server);
                case SPACE_FORM_ONLY -> text.matches("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}")
                        ? Values.time(text, server)
                        : LocalDate.parse(text.substring(0, 10)).atStartOfDay().atOffset(server);
            };
        } catch (java.time.DateTimeException misfit) {
            throw new CrmError(400, "INVALID_ARG_VALUE", "Invalid filter: '" + text + "' is no date");
        }
    }
}
