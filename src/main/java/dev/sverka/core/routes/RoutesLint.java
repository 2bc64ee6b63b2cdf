package dev.sverka.core.routes;

import dev.sverka.core.mapping.Nearest;
import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Camel would take but people would regret, found in the text itself: file, line and cure. */
final class RoutesLint {

    private static final Set<String> NOT_HERE = Set.of("rest", "restConfiguration", "beans", "routeTemplate",
            "templatedRoute", "kamelet", "script", "onException", "errorHandler", "onCompletion", "intercept",
            "interceptFrom", "interceptSendToEndpoint", "routeConfiguration", "doTry");
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method", "header", "exchangeProperty");
    private static final Set<String> BY_URI = Set.of("to", "toD", "wireTap", "enrich", "pollEnrich");
    /** Steps and languages that call a bean: {@code ref} and {@code method}. */
    private static final Set<String> CALLS = Set.of("bean", "method");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^?}:][^}:]*)(:[^}]*)?}}");

    private final Context context;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Problem> ids = new HashMap<>();
    private final Map<String, Problem> starts = new HashMap<>();

    /** What a text is held against. */
    interface Context {
        Set<String> schemes();

        boolean hasProperty(String name);

        /** Public methods of a bean, or null where there is no such bean. */
        @Nullable Set<String> methods(String bean);

        Set<String> beans();
    }

    RoutesLint(Context context) {
        this.context = context;
    }

    /** Every fault in all route files together, each once. */
    static List<Problem> lint(Map<String, String> texts, Context context) {
        RoutesLint lint = new RoutesLint(context);
        texts.forEach((file, text) -> {
            try {
                lint.file(YamlText.parse(file, text));
            } catch (ProblemException broken) {
                lint.problems.addAll(broken.problems());
            }
        });
        return lint.problems;
    }

    private void file(YamlText text) {
        if (text.content() == null) {
            return;
        }
        if (!(text.content() instanceof List<?> items)) {
            report(text, "the file must be a list", "begin each route with `- route:`");
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Map<?, ?> item && item.size() == 1
                    && item.get("route") instanceof Map<?, ?> route) {
                route(text, route, List.of(i, "route"));
            } else {
                report(text, items.get(i) instanceof Map<?, ?> item && !item.isEmpty()
                        ? "'" + item.keySet().iterator().next() + "' does not belong here" : "this is no route",
                        "write `- route:` with id, from and steps", i);
            }
        }
    }

    private void route(YamlText text, Map<?, ?> route, List<Object> path) {
        Object id = route.get("id");
        if (id == null || !id.toString().matches("[a-z][a-z0-9-]*")) {
            report(text, "a route needs an id of small letters, digits and dashes", "add `id:` under `route:`",
                    with(path, "id"));
        } else {
            only(text, "the route id '" + id + "' stands twice", "give one of them another id", ids, id.toString(),
                    with(path, "id"));
        }
        if (route.get("from") instanceof Map<?, ?> from && from.get("uri") instanceof String uri) {
            String start = uri.replaceFirst("\\?.*", "");
            only(text, "two routes start from " + start, "let one route do both, or remove one", starts, start,
                    with(path, "from", "uri"));
        } else {
            report(text, "a route needs `from:` with `uri:`", "write `from: {uri: …, steps: […]}` in full",
                    with(path, "from"));
        }
        walk(text, route, path);
    }

    /** What may stand once only is a fault at each of its places: whichever file was edited is told. */
    private void only(YamlText text, String problem, String cure, Map<String, Problem> places, String what,
            List<Object> path) {
        Problem here = text.problem(problem, cure, path.toArray());
        Problem there = places.putIfAbsent(what, here);
        if (there != null) {
            problems.add(beside(here, there));
            problems.add(beside(there, here));
        }
    }

    private static Problem beside(Problem one, Problem other) {
        return new Problem(one.file(), one.line(), one.problem() + ", also in " + other.file() + ":" + other.line(),
                one.cure());
    }

    private void walk(YamlText text, @Nullable Object node, List<Object> path) {
        if (node instanceof List<?> list) {
            boolean steps = "steps".equals(path.get(path.size() - 1));
            for (int i = 0; i < list.size(); i++) {
                if (!steps || step(text, list.get(i), with(path, i))) {
                    walk(text, list.get(i), with(path, i));
                }
            }
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> key(text, String.valueOf(key), value, with(path, key)));
        } else if (node instanceof String word) {
            placeholders(text, word, path);
        }
    }

    /** Whether a step stands in full: one name, and a map or list below it. */
    private boolean step(YamlText text, @Nullable Object step, List<Object> path) {
        if (!(step instanceof Map<?, ?> map)) {
            report(text, "the short form '" + step + "' is not taken", "write it as `- " + step + ": {…}`", path);
            return false;
        }
        if (map.size() != 1) {
            report(text, "two steps stand in one: " + map.keySet(), "begin each step with a dash of its own", path);
            return false;
        }
        String name = map.keySet().iterator().next().toString();
        Object value = map.values().iterator().next();
        if (!NOT_HERE.contains(name) && !(value instanceof Map || value instanceof List)) {
            report(text, "the short form of '" + name + "' is not taken", "write `" + name + ": {"
                    + (name.equals("log") ? "message: …" : BY_URI.contains(name) ? "uri: …" : "…") + "}`",
                    with(path, name));
            return false;
        }
        return true;
    }

    private void key(YamlText text, String key, @Nullable Object value, List<Object> path) {
        Object parent = path.get(path.size() - 2);
        if (parent.equals("parameters")) {
            walk(text, value, path);
            return;
        }
        if (NOT_HERE.contains(key)) {
            report(text, "'" + key + "' does not belong in routes", "errors, scripts, beans and HTTP are Java's; "
                    + "see the README", path);
            return;
        }
        if (value instanceof String && LANGUAGES.contains(key) && !CALLS.contains(parent)) {
            report(text, "the short form of '" + key + "' is not taken",
                    "write `" + key + ": {expression: …}` under `expression:`", path);
            return;
        }
        if (key.equals("uri") && value instanceof String uri) {
            scheme(text, uri, path);
        }
        if (value instanceof Map<?, ?> call && CALLS.contains(key)) {
            method(text, call.get("ref"), call.get("method"), path);
        } else if (value instanceof Map<?, ?> step && step.get("uri") instanceof String uri
                && uri.startsWith("bean:")) {
            bean(text, uri, step.get("parameters"), path);
        }
        walk(text, value, path);
    }

    private void scheme(YamlText text, String uri, List<Object> path) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? uri : uri.substring(0, colon);
        if (!scheme.contains("{{") && !context.schemes().contains(scheme)) {
            report(text, "unknown scheme '" + scheme + "'", Nearest.cure(scheme, context.schemes()), path);
        }
    }

    /** A call by address: its method stands among the parameters or in the address itself. */
    private void bean(YamlText text, String uri, @Nullable Object parameters, List<Object> path) {
        String bean = uri.substring("bean:".length()).replaceFirst("\\?.*", "");
        Matcher written = Pattern.compile("[?&]method=([^&]+)").matcher(uri);
        if (parameters instanceof Map<?, ?> map && map.containsKey("method")) {
            method(text, bean, map.get("method"), with(path, "parameters", "method"));
        } else {
            method(text, bean, written.find() ? written.group(1) : null, with(path, "uri"));
        }
    }

    /** Camel asks neither for the bean nor for the method before the first message. */
    private void method(YamlText text, @Nullable Object bean, @Nullable Object method, List<Object> path) {
        Set<String> methods = bean == null ? Set.of() : context.methods(bean.toString());
        if (bean == null) {
            report(text, "no bean is named", "add `ref:`; known are " + new TreeSet<>(context.beans()), path);
        } else if (methods == null) {
            report(text, "there is no bean '" + bean + "'", Nearest.cure(bean.toString(), context.beans()), path);
        } else if (method == null) {
            report(text, "no method is named", "add `method:`; " + bean + " has " + new TreeSet<>(methods), path);
        } else if (!methods.contains(method.toString().replaceFirst("\\(.*", ""))) {
            report(text, "the bean '" + bean + "' has no method '" + method + "'",
                    Nearest.cure(method.toString(), methods), path);
        }
    }

    private void placeholders(YamlText text, String word, List<Object> path) {
        Matcher placeholder = PLACEHOLDER.matcher(word);
        while (placeholder.find()) {
            if (placeholder.group(2) == null && !context.hasProperty(placeholder.group(1))) {
                report(text, "nothing gives {{" + placeholder.group(1) + "}} a value",
                        "set it in config/application.yaml, or write {{" + placeholder.group(1) + ":default}}", path);
            }
        }
    }

    private void report(YamlText text, String problem, String cure, Object... path) {
        problems.add(text.problem(problem, cure, path));
    }

    private void report(YamlText text, String problem, String cure, List<Object> path) {
        problems.add(text.problem(problem, cure, path.toArray()));
    }

    private static List<Object> with(List<Object> path, Object... steps) {
        List<Object> longer = new ArrayList<>(path);
        longer.addAll(List.of(steps));
        return longer;
    }
}
