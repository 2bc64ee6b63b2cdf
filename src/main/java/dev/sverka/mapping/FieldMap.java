package dev.sverka.mapping;

import dev.sverka.state.Problem;
import dev.sverka.state.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field map: which value of the source becomes which field of the target. A target field that is absent here is never
 * touched, so people's edits survive.
 */
final class FieldMap {

    private static final Set<String> TOP = Set.of("fields", "tables");
    private static final Set<String> KEYS = Set.of("from", "as", "table", "otherwise", "required", "onlyOn");

    private record Rule(String target, String from, @Nullable Converter as, @Nullable Map<String, Object> table,
            @Nullable Object otherwise, boolean required, boolean onlyOnCreate) {
    }

    private final String file;
    private final List<Rule> rules;

    private FieldMap(String file, List<Rule> rules) {
        this.file = file;
        this.rules = rules;
    }

    /** @throws ProblemException for unknown keys, converters and tables */
    static FieldMap read(YamlText text) {
        Map<String, Object> content = text.map();
        List<Problem> problems = new ArrayList<>();
        unknown(content, TOP, text, problems);
        Map<String, Object> tables = map(content.get("tables"));
        List<Rule> rules = new ArrayList<>();
        map(content.get("fields")).forEach((target, value) -> {
            Map<String, Object> rule = map(value);
            unknown(rule, KEYS, text, problems, "fields", target);
            Object from = rule.get("from");
            Object as = rule.get("as");
            Object table = rule.get("table");
            if (from == null) {
                problems.add(text.problem(target + " has no from:", "name the source's field", "fields", target));
            }
            if (as != null && Converter.of(as.toString()).isEmpty()) {
                problems.add(text.problem("unknown converter '" + as + "'",
                        Nearest.cure(as.toString(), Converter.words()), "fields", target, "as"));
            }
            if (table != null && !tables.containsKey(table.toString())) {
                problems.add(text.problem("unknown table '" + table + "'",
                        Nearest.cure(table.toString(), tables.keySet()), "fields", target, "table"));
            }
            if (problems.isEmpty()) {
                rules.add(new Rule(target, String.valueOf(from),
                        as == null ? null : Converter.of(as.toString()).orElseThrow(),
                        table == null ? null : map(tables.get(table.toString())), rule.get("otherwise"),
                        Boolean.TRUE.equals(rule.get("required")), "create".equals(rule.get("onlyOn"))));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new FieldMap(text.file(), rules);
    }

    private static void unknown(Map<String, Object> content, Set<String> known, YamlText text, List<Problem> problems,
            Object... path) {
        content.keySet().stream().filter(key -> !known.contains(key)).forEach(key -> {
            List<Object> place = new ArrayList<>(List.of(path));
            place.add(key);
            problems.add(text.problem("unknown key '" + key + "'", Nearest.cure(key, known), place.toArray()));
        });
    }

    /**
     * The target's fields.
     *
     * @param create whether the target is being created: fields with {@code onlyOn: create} are left out otherwise
     * @throws IllegalArgumentException naming file, field and value where something cannot be converted
     */
    Map<String, Object> apply(Map<String, Object> source, boolean create) {
        Map<String, Object> target = new LinkedHashMap<>();
        for (Rule rule : rules) {
            if (rule.onlyOnCreate() && !create) {
                continue;
            }
            Object value = at(source, rule.from());
            if (value != null && rule.table() != null) {
                value = rule.table().get(value.toString());
            }
            value = value == null ? rule.otherwise() : value;
            if (value == null && rule.required()) {
                throw new IllegalArgumentException(file + ": " + rule.target() + " is required, and " + rule.from()
                        + " gives nothing");
            }
            target.put(rule.target(), value == null || rule.as() == null ? value : convert(rule, value));
        }
        return target;
    }

    private Object convert(Rule rule, Object value) {
        try {
            return rule.as().convert(value);
        } catch (RuntimeException misfit) {
            throw new IllegalArgumentException(file + ": " + rule.target() + ": '" + value + "' is no "
                    + rule.as().word(), misfit);
        }
    }

    private static @Nullable Object at(Map<String, Object> source, String path) {
        Object value = source;
        for (String step : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }
}
