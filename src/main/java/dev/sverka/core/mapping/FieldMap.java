package dev.sverka.core.mapping;

import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field map: which value of the source becomes which field of the target. A target field that is absent here is never
 * touched, so people's edits survive.
 */
final class FieldMap {

    private static final Set<String> TOP = Set.of("fields", "tables");
    private static final Set<String> KEYS = Set.of("from", "as", "table", "otherwise", "required", "onlyOn");

    private record Rule(String target, String from, @Nullable Converter as, @Nullable String table,
            Map<String, Object> values, @Nullable Object otherwise, boolean required, boolean onlyOnCreate) {

        @Nullable Object value(Map<String, Object> source) {
            Object found = at(source);
            Object value = found != null && table != null ? values.get(found.toString()) : found;
            if (value == null && otherwise != null) {
                return converted(otherwise);
            }
            if (value == null && found != null) {
                throw new IllegalArgumentException(target + ": the table " + table + " does not know '" + found
                        + "' of " + from + ", and there is no otherwise:");
            }
            if (value == null && required) {
                throw new IllegalArgumentException(target + " is required, and " + from + " gives nothing");
            }
            return converted(value);
        }

        @Nullable Object converted(@Nullable Object value) {
            if (value == null || as == null) {
                return value;
            }
            try {
                return as.convert(value);
            } catch (RuntimeException misfit) {
                throw new IllegalArgumentException(target + ": '" + value + "' is no " + as.word(), misfit);
            }
        }

        private @Nullable Object at(Map<String, Object> source) {
            Object value = source;
            for (String step : from.split("\\.")) {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return value;
        }
    }

    private final String file;
    private final List<Rule> rules;

    private FieldMap(String file, List<Rule> rules) {
        this.file = file;
        this.rules = rules;
    }

    /** @throws ProblemException for unknown keys, converters and tables, and for values that mean nothing */
    static FieldMap read(YamlText text) {
        Map<String, Object> content = text.map();
        List<Problem> problems = new ArrayList<>();
        unknown(content, TOP, text, problems);
        if (!content.containsKey("fields")) {
            problems.add(text.problem("the file has no fields:", "write `fields:` with a target field a line"));
        }
        Map<String, Map<String, Object>> tables = new LinkedHashMap<>();
        map(content.get("tables"), text, problems, "tables").forEach((name, table) ->
                tables.put(name, map(table, text, problems, "tables", name)));
        List<Rule> rules = new ArrayList<>();
        map(content.get("fields"), text, problems, "fields").forEach((target, rule) ->
                rules.add(rule(target, map(rule, text, problems, "fields", target), tables, text, problems)));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new FieldMap(text.file(), rules);
    }

    private static Rule rule(String target, Map<String, Object> rule, Map<String, Map<String, Object>> tables,
            YamlText text, List<Problem> problems) {
        unknown(rule, KEYS, text, problems, "fields", target);
        if (rule.get("from") == null) {
            problems.add(text.problem(target + " has no from:", "name the source's field: {from: …}",
                    "fields", target));
        }
        Optional<Converter> as = Optional.ofNullable(rule.get("as")).map(Object::toString).flatMap(Converter::of);
        if (rule.get("as") != null && as.isEmpty()) {
            problems.add(text.problem("unknown converter '" + rule.get("as") + "'",
                    Nearest.cure(rule.get("as").toString(), Converter.words()), "fields", target, "as"));
        }
        String table = rule.get("table") == null ? null : rule.get("table").toString();
        if (table != null && !tables.containsKey(table)) {
            problems.add(text.problem("unknown table '" + table + "'", Nearest.cure(table, tables.keySet()), "fields",
                    target, "table"));
        }
        oneOf(Set.of(true, false), "true or false", "required", target, rule, text, problems);
        oneOf(Set.of("create"), "create, or leave it out", "onlyOn", target, rule, text, problems);
        Rule read = new Rule(target, String.valueOf(rule.get("from")), as.orElse(null), table,
                table == null ? Map.of() : tables.getOrDefault(table, Map.of()), rule.get("otherwise"),
                Boolean.TRUE.equals(rule.get("required")), rule.get("onlyOn") != null);
        try {
            read.converted(rule.get("otherwise"));
        } catch (IllegalArgumentException misfit) {
            problems.add(text.problem(String.valueOf(misfit.getMessage()), "give otherwise: a value that `as:` takes",
                    "fields", target, "otherwise"));
        }
        return read;
    }

    private static void oneOf(Set<?> allowed, String words, String key, String target, Map<String, Object> rule,
            YamlText text, List<Problem> problems) {
        Object value = rule.get(key);
        if (value != null && !allowed.contains(value)) {
            problems.add(text.problem(key + ": " + value + " means nothing", "write " + words, "fields", target, key));
        }
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
            if (create || !rule.onlyOnCreate()) {
                try {
                    target.put(rule.target(), rule.value(source));
                } catch (IllegalArgumentException misfit) {
                    throw new IllegalArgumentException(file + ": " + misfit.getMessage(), misfit);
                }
            }
        }
        return target;
    }

    private static Map<String, Object> map(@Nullable Object value, YamlText text, List<Problem> problems,
            String... path) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(String.valueOf(key), one));
            return copy;
        }
        if (value != null) {
            boolean field = path.length == 2 && path[0].equals("fields");
            problems.add(text.problem(path[path.length - 1] + " must be a map", field
                    ? "write `" + path[1] + ": {from: …}`" : "write one `key: value` a line below", (Object[]) path));
        }
        return Map.of();
    }
}
