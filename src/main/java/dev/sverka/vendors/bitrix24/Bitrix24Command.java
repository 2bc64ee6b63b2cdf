package dev.sverka.vendors.bitrix24;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method; alone, or as one line of a batch, where values are encoded once, as a query (bitrix24.md 5.1).
 */
record Bitrix24Command(String method, Map<String, ?> parameters) {

    private static final Set<String> READS = Set.of("get", "list", "fields", "search", "current", "time", "scope",
            "profile", "info", "getlist", "getchildren", "findbycomm", "batch");

    private static final String REFERENCE = "$result[";

    /** As a batch wants it: every value becomes text. */
    String line() {
        List<String> query = new ArrayList<>();
        parameters.forEach((name, value) -> flatten(name, value, query));
        return query.isEmpty() ? method : method + "?" + String.join("&", query);
    }

    /** What {@code batch} is asked: a failure stops none of them. */
    static Map<String, Object> batch(Map<String, Bitrix24Command> commands) {
        Map<String, String> lines = new LinkedHashMap<>();
        commands.forEach((name, command) -> lines.put(name, command.line()));
        return Map.of("halt", 0, "cmd", lines);
    }

    /** Whether it changes something at the portal; the method's last word tells. */
    boolean isWrite() {
        return !READS.contains(method.substring(method.lastIndexOf('.') + 1));
    }

    /**
     * Whether it means the same inside a batch. Not so what a query cannot say (nothing, an empty list, a file), and a
     * text that the portal would take for a reference to an earlier answer.
     */
    boolean mayTravelTogether() {
        return isPlain(parameters);
    }

    /** Whether it needs the answer to an earlier command of its batch (section 5.3). */
    boolean refersToAnother() {
        return parameters.toString().contains(REFERENCE);
    }

    private static boolean isPlain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(Bitrix24Command::isPlain);
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty() && list.stream().allMatch(Bitrix24Command::isPlain);
        }
        return value != null && !value.toString().isEmpty() && value.toString().length() < 4000
                && !value.toString().contains(REFERENCE);
    }

    private static void flatten(String name, @Nullable Object value, List<String> query) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> flatten(name + "[" + key + "]", inner, query));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(name + "[" + i + "]", list.get(i), query);
            }
        } else {
            query.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(text(value), StandardCharsets.UTF_8));
        }
    }

    /** Never with an exponent, which not everybody takes for a number. */
    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? "" : value.toString();
    }
}
