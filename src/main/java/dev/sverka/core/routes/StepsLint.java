package dev.sverka.core.routes;

import dev.sverka.core.mapping.Nearest;
import dev.sverka.core.mapping.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the steps of one route against the closed language of routes: allow lists of steps with their keys, of expression
 * languages, of beans with their methods, of schemes with what may be said to them.
 */
final class StepsLint {

    private static final String EXPRESSION = "expression";
    private static final Set<String> ALWAYS = Set.of("id", "description", "note");
    private static final Map<String, Set<String>> STEPS = new TreeMap<>(Map.ofEntries(
            Map.entry("to", Set.of("uri", "parameters")),
            Map.entry("bean", Set.of("ref", "method")),
            Map.entry("filter", Set.of(EXPRESSION, "steps")),
            Map.entry("split", Set.of(EXPRESSION, "steps")),
            Map.entry("choice", Set.of("when", "otherwise")),
            Map.entry("when", Set.of(EXPRESSION, "steps")),
            Map.entry("otherwise", Set.of("steps")),
            Map.entry("setBody", Set.of(EXPRESSION)),
            Map.entry("setHeader", Set.of("name", EXPRESSION)),
            Map.entry("setProperty", Set.of("name", EXPRESSION)),
            Map.entry("removeHeader", Set.of("name")),
            Map.entry("removeProperty", Set.of("name")),
            Map.entry("log", Set.of("message", "loggingLevel")),
            Map.entry("stop", Set.of())));
    private static final Set<String> PARTS = Set.of("when", "otherwise");
    private static final Map<String, Set<String>> LANGUAGES = new TreeMap<>(Map.of(
            "simple", Set.of(EXPRESSION, "trim"), "constant", Set.of(EXPRESSION), "header", Set.of(EXPRESSION),
            "exchangeProperty", Set.of(EXPRESSION), "method", Set.of("ref", "method")));
    /** What may be said to Camel's own components; ours check their options themselves. */
    private static final Map<String, Set<String>> OPTIONS = Map.of("bean", Set.of("method"), "direct", Set.of("timeout"),
            "log", Set.of("level", "marker", "maxChars", "multiline", "showAll", "showBody", "showBodyType", "showHeaders",
                    "showProperties"));
    private static final Pattern CALL = Pattern.compile("\\w+(\\((.*)\\))?");

    private final YamlText text;
    private final RoutesLint.Context context;
    private final RoutesLint.Reports reports;

    StepsLint(YamlText text, RoutesLint.Context context, RoutesLint.Reports reports) {
        this.text = text;
        this.context = context;
        this.reports = reports;
    }

    void steps(@Nullable Object steps, List<Object> path) {
        if (!(steps instanceof List<?> list)) {
            if (steps != null) {
                report("the steps must be a list", "begin each step with a dash", path);
            }
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            step(list.get(i), with(path, i));
        }
    }

    private void step(@Nullable Object step, List<Object> path) {
        if (!(step instanceof Map<?, ?> map)) {
            report("the short form '" + step + "' is not taken", "write it as `- " + step + ": {…}`", path);
            return;
        }
        if (map.size() != 1) {
            report("two steps stand in one: " + map.keySet(), "begin each step with a dash of its own", path);
            return;
        }
        String name = map.keySet().iterator().next().toString();
        Object value = map.values().iterator().next();
        if (!STEPS.containsKey(name) || PARTS.contains(name)) {
            Set<String> known = new TreeSet<>(STEPS.keySet());
            known.removeAll(PARTS);
            report("unknown step '" + name + "'", Nearest.cure(name, known), with(path, name));
        } else if (!(value instanceof Map<?, ?> fields)) {
            report("the short form of '" + name + "' is not taken", "write `" + name + ": {"
                    + (name.equals("log") ? "message: …" : name.equals("to") ? "uri: …" : "…") + "}`", with(path, name));
        } else {
            fields(name, fields, with(path, name));
        }
    }

    /** The keys of a step, or of one of its parts. */
    private void fields(String name, Map<?, ?> fields, List<Object> path) {
        Set<String> allowed = STEPS.get(name);
        fields.forEach((key, value) -> {
            List<Object> here = with(path, key);
            String field = String.valueOf(key);
            if (ALWAYS.contains(field)) {
                plain(value, here);
            } else if (!allowed.contains(field)) {
                report(LANGUAGES.containsKey(field) ? "the short form of '" + field + "' is not taken"
                                : "unknown key '" + field + "' of '" + name + "'",
                        LANGUAGES.containsKey(field) ? "write `" + field + ": {expression: …}` under `expression:`"
                                : Nearest.cure(field, allowed), here);
            } else {
                field(field, value, here);
            }
        });
        boolean misspelt = fields.keySet().stream().map(String::valueOf)
                .anyMatch(key -> !allowed.contains(key) && !ALWAYS.contains(key));
        if (name.equals("to") && (fields.containsKey("uri") || !misspelt)) {
            address(fields.get("uri"), fields.get("parameters"), path);
        }
        if (name.equals("bean")) {
            call(fields.get("ref"), fields.get("method"), path);
        }
    }

    private void field(String field, @Nullable Object value, List<Object> path) {
        switch (field) {
            case "steps" -> steps(value, path);
            case EXPRESSION -> expression(value, path);
            case "when" -> parts(value, path);
            case "otherwise" -> part("otherwise", value, path);
            case "message" -> words(RouteWords.simple(String.valueOf(value)), value, path);
            case "name" -> words(RouteWords.name(String.valueOf(value)), value, path);
            case "parameters", "uri", "ref", "method" -> { }
            default -> plain(value, path);
        }
    }

    private void parts(@Nullable Object value, List<Object> path) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                part("when", list.get(i), with(path, i));
            }
        } else {
            report("`when:` must be a list", "begin each condition with a dash", path);
        }
    }

    private void part(String name, @Nullable Object value, List<Object> path) {
        if (value instanceof Map<?, ?> fields) {
            fields(name, fields, path);
        } else {
            report("'" + name + "' needs " + STEPS.get(name), "write them below it", path);
        }
    }

    private void expression(@Nullable Object value, List<Object> path) {
        if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
            report("an expression names one language", "write `simple: {expression: …}` below it", path);
            return;
        }
        String language = String.valueOf(map.keySet().iterator().next());
        List<Object> here = with(path, language);
        if (!LANGUAGES.containsKey(language)) {
            report("'" + language + "' is no language of routes", Nearest.cure(language, LANGUAGES.keySet()), here);
        } else if (!(map.values().iterator().next() instanceof Map<?, ?> said)) {
            report("the short form of '" + language + "' is not taken", "write `" + language + ": {"
                    + (language.equals("method") ? "ref: …, method: …" : "expression: …") + "}`", here);
        } else {
            Object owner = path.get(path.size() - 2);
            said(language, said, owner.equals("filter") || owner instanceof Integer, here);
        }
    }

    /** @param condition whether it chooses, as under filter and when */
    private void said(String language, Map<?, ?> said, boolean condition, List<Object> path) {
        said.keySet().stream().map(String::valueOf).filter(key -> !LANGUAGES.get(language).contains(key))
                .filter(key -> !key.equals("id")).forEach(key -> report("'" + key + "' does not belong into '" + language
                        + "'", Nearest.cure(key, LANGUAGES.get(language)), with(path, key)));
        String text = String.valueOf(said.get(EXPRESSION));
        List<Object> here = with(path, EXPRESSION);
        switch (language) {
            case "method" -> call(said.get("ref"), said.get("method"), path);
            case "simple" -> words(condition ? RouteWords.condition(text) : RouteWords.simple(text), text, here);
            case "constant" -> words(RouteWords.plain(text), text, here);
            default -> words(RouteWords.name(text), text, here);
        }
    }

    /** Where a message comes from, or goes to. */
    void address(@Nullable Object written, @Nullable Object parameters, List<Object> path) {
        List<Object> here = with(path, "uri");
        if (!(written instanceof String uri)) {
            report("an address is missing", "add `uri:`", path);
            return;
        }
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? uri : uri.substring(0, colon);
        if (!context.schemes().contains(scheme)) {
            report("unknown scheme '" + scheme + "'", Nearest.cure(scheme, context.schemes())
                    + "; others must be named in sverka.routes.allow", here);
            return;
        }
        int question = uri.indexOf('?');
        Map<String, Object> options = new TreeMap<>();
        if (question >= 0) {
            for (String one : uri.substring(question + 1).split("&")) {
                options.put(one.replaceFirst("=.*", ""), one.contains("=") ? one.substring(one.indexOf('=') + 1) : "");
            }
        }
        options.forEach((name, value) -> option(scheme, name, value, here));
        if (parameters instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                options.put(String.valueOf(name), value);
                option(scheme, String.valueOf(name), value, with(path, "parameters", name));
            });
        }
        placeholders(uri, here);
        if (scheme.equals("bean")) {
            String bean = (question < 0 ? uri : uri.substring(0, question)).substring("bean:".length());
            call(bean, options.get("method"), parameters instanceof Map<?, ?> map && map.containsKey("method")
                    ? with(path, "parameters", "method") : here);
        }
    }

    private void option(String scheme, String name, @Nullable Object value, List<Object> path) {
        Set<String> known = OPTIONS.get(scheme);
        if (known != null && !known.contains(name)) {
            report("'" + scheme + ":' takes no option '" + name + "' in routes", Nearest.cure(name, known), path);
        } else if (!(scheme.equals("bean") && name.equals("method"))) {
            plain(value, path);
        }
    }

    /** Camel asks neither for the bean nor for the method before the first message. */
    private void call(@Nullable Object bean, @Nullable Object method, List<Object> path) {
        Set<String> methods = bean == null ? Set.of() : context.methods(bean.toString());
        if (bean == null) {
            report("no bean is named", "add `ref:`; known are " + new TreeSet<>(context.beans()), path);
        } else if (methods == null) {
            report("there is no bean '" + bean + "'", Nearest.cure(bean.toString(), context.beans()), path);
        } else if (method == null) {
            report("no method is named", "add `method:`; " + bean + " has " + new TreeSet<>(methods), path);
        } else if (!methods.contains(method.toString().replaceFirst("\\(.*", ""))) {
            report("the bean '" + bean + "' has no method '" + method + "'",
                    Nearest.cure(method.toString(), methods), path);
        } else {
            java.util.regex.Matcher call = CALL.matcher(method.toString());
            String arguments = call.matches() && call.group(2) != null ? call.group(2) : "";
            words(call.matches() ? RouteWords.simple(arguments) : Optional.of("'" + method + "' is no call"), arguments,
                    path);
        }
    }

    private void plain(@Nullable Object value, List<Object> path) {
        if (value instanceof Map || value instanceof List) {
            report("a plain value belongs here", "write a text or a number", path);
        } else if (value != null) {
            words(RouteWords.plain(value.toString()), value, path);
        }
    }

    private void words(Optional<String> wrong, @Nullable Object said, List<Object> path) {
        wrong.ifPresent(what -> report(what, RouteWords.CURE, path));
        placeholders(String.valueOf(said), path);
    }

    private void placeholders(String said, List<Object> path) {
        Map<Boolean, Set<String>> found = RouteWords.placeholders(said);
        found.get(false).forEach(one -> report("'" + one + "' reads more than routes may",
                "name it {{routes.…}} and set routes.… in config/application.yaml", path));
        found.get(true).stream().filter(name -> !context.hasProperty(name)).forEach(name -> report("nothing gives {{"
                + name + "}} a value", "set it in config/application.yaml, or write {{" + name + ":default}}", path));
    }

    private void report(String problem, String cure, List<Object> path) {
        reports.add(text.problem(problem, cure, path.toArray()));
    }

    private static List<Object> with(List<Object> path, Object... steps) {
        List<Object> longer = new ArrayList<>(path);
        longer.addAll(List.of(steps));
        return longer;
    }
}
