package dev.sverka.sandbox.bitrix24;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter of {@code crm.item.list} (bitrix24.md section 4.2): prefixes, nested OR, unknown fields refused. */
final class CrmFilter {

    private static final Pattern KEY = Pattern.compile("^(!=%|!%=|=%|%=|>=|<=|!@|!%|!=|=|!|>|<|@|%)?(.*)$");

    private CrmFilter() {
    }

    static boolean matches(Map<String, ?> filter, Map<String, Object> row, Collection<String> known) {
        boolean or = "OR".equalsIgnoreCase(String.valueOf(filter.get("logic")));
        boolean any = false;
        boolean all = true;
        for (Map.Entry<String, ?> condition : filter.entrySet()) {
            if (condition.getKey().equals("logic")) {
                continue;
            }
            boolean holds = condition.getKey().matches("\\d+") && condition.getValue() instanceof Map<?, ?> group
                    ? matches(group(group), row, known) : holds(condition.getKey(), condition.getValue(), row, known);
            any |= holds;
            all &= holds;
        }
        return or ? any : all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> group(Map<?, ?> group) {
        return (Map<String, ?>) group;
    }

    private static boolean holds(String key, Object wanted, Map<String, Object> row, Collection<String> known) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches() || !known.contains(parts.group(2))) {
            throw new CrmError(400, "INVALID_ARG_VALUE",
                    "Invalid filter: field '" + parts.group(2) + "' is not allowed in filter");
        }
        String prefix = parts.group(1) == null ? "" : parts.group(1);
        Object value = row.get(parts.group(2));
        return switch (prefix) {
            case "", "=" -> wanted instanceof List<?> list ? in(list, value) : same(value, wanted);
            case "!", "!=" -> !same(value, wanted);
            case "@" -> in(wanted instanceof List<?> list ? list : List.of(wanted), value);
            case "!@" -> !in(wanted instanceof List<?> list ? list : List.of(wanted), value);
            case ">" -> value != null && compare(value, wanted) > 0;
            case ">=" -> value != null && compare(value, wanted) >= 0;
            case "<" -> value != null && compare(value, wanted) < 0;
            case "<=" -> value != null && compare(value, wanted) <= 0;
            case "%", "=%", "%=" -> value != null
                    && value.toString().toLowerCase().contains(wanted.toString().replace("%", "").toLowerCase());
            default -> value == null
                    || !value.toString().toLowerCase().contains(wanted.toString().replace("%", "").toLowerCase());
        };
    }

    private static boolean in(List<?> list, Object value) {
        return list.stream().anyMatch(one -> same(value, one));
    }

    private static boolean same(Object value, Object wanted) {
        boolean noValue = value == null || value.toString().isEmpty();
        boolean noWish = wanted == null || wanted.toString().isEmpty();
        return noValue || noWish ? noValue && noWish : compare(value, wanted) == 0;
    }

    private static int compare(Object value, Object wanted) {
        String one = value.toString();
        String two = wanted.toString();
        if (one.matches("\\d{4}-\\d{2}-\\d{2}T.*") && two.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            return OffsetDateTime.parse(one).toInstant().compareTo(OffsetDateTime.parse(
                    two.length() > 19 ? two : two.replace(' ', 'T') + "+03:00").toInstant());
        }
        if (one.matches("-?\\d+(\\.\\d+)?") && two.matches("-?\\d+(\\.\\d+)?")) {
            return new BigDecimal(one).compareTo(new BigDecimal(two));
        }
        return one.compareTo(two);
    }
}
