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
import org.jspecify.annotations.Nullable;

/** What Camel would take but people would regret, found in the text itself: file, line and cure. */
final class RoutesLint {

    /** What a route is made of. */
    private static final Set<String> ROUTE = Set.of("id", "description", "note", "from");
    private static final Set<String> FROM = Set.of("uri", "parameters", "steps", "id", "description", "note");

    private final Context context;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Problem> ids = new HashMap<>();
    private final Map<String, Problem> starts = new HashMap<>();

    /** Where faults go. */
    interface Reports {
        void add(Problem problem);
    }

    /** What a text is held against. */
    interface Context {
        Set<String> schemes();

        boolean hasProperty(String name);

        /** Methods of a bean that routes may call, or null where there is no such bean. */
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
        keys(text, route, ROUTE, path);
        if (route.get("from") instanceof Map<?, ?> from) {
            keys(text, from, FROM, with(path, "from"));
            StepsLint steps = new StepsLint(text, context, problems::add);
            if (from.get("uri") instanceof String) {
                steps.address(from.get("uri"), from.get("parameters"), with(path, "from"));
            }
            steps.steps(from.get("steps"), with(path, "from", "steps"));
        }
    }

    private void keys(YamlText text, Map<?, ?> node, Set<String> allowed, List<Object> path) {
        node.keySet().stream().map(String::valueOf).filter(key -> !allowed.contains(key)).forEach(key -> report(text,
                "'" + key + "' does not belong in routes", Nearest.cure(key, allowed), with(path, key)));
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
