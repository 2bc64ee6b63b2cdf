package dev.sverka.routes;

import dev.sverka.mapping.Nearest;
import dev.sverka.mapping.YamlText;
import dev.sverka.state.Problem;
import dev.sverka.state.ProblemException;
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
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}:]+)(:[^}]*)?}}");

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
            if (items.get(i) instanceof Map<?, ?> item && item.size() == 1 && item.get("route") instanceof Map<?, ?> route) {
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
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof String word && "steps".equals(path.get(path.size() - 1))) {
                    report(text, "the short form '" + word + "' is not taken", "write it as `- " + word + ": {…}`",
                            with(path, i));
                }
                walk(text, list.get(i), with(path, i));
            }
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> key(text, String.valueOf(key), value, with(path, key)));
        } else if (node instanceof String word) {
            placeholders(text, word, path);
        }
    }

    private void key(YamlText text, String key, @Nullable Object value, List<Object> path) {
        boolean ofRoute = path.size() > 2 && !Set.of("parameters", "method").contains(path.get(path.size() - 2));
        if (ofRoute && NOT_HERE.contains(key)) {
            report(text, "'" + key + "' does not belong in routes", "errors, scripts, beans and HTTP are Java's; "
                    + "see the README", path);
            return;
        }
        if (ofRoute && value instanceof String && (LANGUAGES.contains(key) && !"parameters".equals(key)
                || Set.of("to", "toD", "log", "setBody", "from").contains(key))) {
            report(text, "the short form of '" + key + "' is not taken", LANGUAGES.contains(key)
                    ? "write `" + key + ": {expression: …}` under `expression:`"
                    : "write `" + key + ": {" + (key.equals("log") ? "message" : "uri") + ": …}`", path);
            return;
        }
        if (key.equals("uri") && value instanceof String uri) {
            uri(text, uri, path);
        }
        if (key.equals("method") && value instanceof Map<?, ?> call) {
            method(text, String.valueOf(call.get("ref")), call.get("method"), path);
        }
        if (value instanceof Map<?, ?> step && step.get("uri") instanceof String uri && uri.startsWith("bean:")
                && step.get("parameters") instanceof Map<?, ?> parameters) {
            method(text, uri.substring("bean:".length()), parameters.get("method"), with(path, "parameters", "method"));
        }
        walk(text, value, path);
    }

    private void uri(YamlText text, String uri, List<Object> path) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? uri : uri.substring(0, colon);
        if (!scheme.contains("{{") && !context.schemes().contains(scheme)) {
            report(text, "unknown scheme '" + scheme + "'", Nearest.cure(scheme, context.schemes()), path);
        }
        Matcher bean = Pattern.compile("bean:([^?]+)\\?method=([^&]+)").matcher(uri);
        if (bean.matches()) {
            method(text, bean.group(1), bean.group(2), path);
        }
    }

    private void method(YamlText text, String bean, @Nullable Object method, List<Object> path) {
        Set<String> methods = context.methods(bean);
        if (methods == null) {
            report(text, "there is no bean '" + bean + "'", Nearest.cure(bean, context.beans()), path);
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
