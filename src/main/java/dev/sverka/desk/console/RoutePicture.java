package dev.sverka.desk.console;

import dev.sverka.core.mapping.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A route drawn from its text: what it begins with, step by step, and where it leads; branches stand further right. */
final class RoutePicture {

    static final int WIDTH = 360;
    private static final int BOX = 28;
    private static final int ROW = 42;
    private static final int INDENT = 18;
    private static final int DEEPEST = 8;
    private static final int PAD = 8;
    /** Of a letter of the picture's font, with something to spare. */
    private static final double LETTER = 7.4;
    private static final Set<String> INNER = Set.of("bean", "direct", "log", "mapping");

    /** @param kind {@code source step target branch} */
    record Box(int x, int y, int width, int height, String kind, String text, String full) {

        /** Where the text stands. */
        public int baseline() {
            return y + height - 9;
        }
    }

    /** From one box to the next, as an SVG path. */
    record Line(String path) {
    }

    /** @param words the same without a picture */
    record Drawn(String id, @Nullable String description, int height, List<Box> boxes, List<Line> lines, String words) {
    }

    private final List<Box> boxes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    private RoutePicture() {
    }

    /** All routes of a file; empty where it holds none. */
    static List<Drawn> of(String file, String text) {
        List<Drawn> drawn = new ArrayList<>();
        if (YamlText.parse(file, text).content() instanceof List<?> all) {
            for (Object one : all) {
                if (map(one).get("route") instanceof Map<?, ?> route) {
                    drawn.add(new RoutePicture().draw(map(route)));
                }
            }
        }
        return drawn;
    }

    private Drawn draw(Map<?, ?> route) {
        Map<?, ?> from = map(route.get("from"));
        Box source = box(0, "source", uri(from));
        steps(from.get("steps"), 0, source);
        Set<String> targets = new LinkedHashSet<>();
        boxes.stream().filter(box -> box.kind().equals("target")).forEach(box -> targets.add(box.full()));
        Object description = route.get("description");
        return new Drawn(String.valueOf(route.get("id")), description == null ? null : description.toString(),
                boxes.size() * ROW, boxes, lines, source.full() + " → " + String.join(", ", targets));
    }

    /** @param before the box that leads here: the one above, or the branch that this stands in */
    private void steps(@Nullable Object steps, int depth, Box before) {
        Box last = before;
        for (Object step : steps instanceof List<?> list ? list : List.of()) {
            for (Map.Entry<?, ?> named : map(step).entrySet()) {
                last = step(named.getKey().toString(), named.getValue(), depth, last);
            }
        }
    }

    private Box step(String name, @Nullable Object content, int depth, Box before) {
        Map<?, ?> parts = map(content);
        if (name.equals("choice")) {
            Box last = before;
            for (Object when : parts.get("when") instanceof List<?> list ? list : List.of()) {
                last = branch("? " + expression(map(when)), map(when).get("steps"), depth, last);
            }
            return parts.containsKey("otherwise")
                    ? branch("? …", map(parts.get("otherwise")).get("steps"), depth, last) : last;
        }
        if (name.equals("filter") || name.equals("split")) {
            return branch((name.equals("filter") ? "? " : "∀ ") + expression(parts), parts.get("steps"), depth, before);
        }
        boolean leads = name.equals("to") && !INNER.contains(uri(parts).split(":", 2)[0]);
        Box box = box(depth, leads ? "target" : "step", said(name, content, parts));
        join(before, box);
        return box;
    }

    private Box branch(String text, @Nullable Object steps, int depth, Box before) {
        Box branch = box(depth, "branch", text);
        join(before, branch);
        steps(steps, Math.min(DEEPEST, depth + 1), branch);
        return branch;
    }

    private static String said(String name, @Nullable Object content, Map<?, ?> parts) {
        return switch (name) {
            case "to" -> uri(parts);
            case "bean" -> "bean:" + parts.get("ref") + "?method=" + parts.get("method");
            case "setBody" -> "body = " + expression(parts);
            case "setHeader", "setProperty" -> parts.get("name") + " = " + expression(parts);
            case "log" -> "log: " + parts.get("message");
            default -> parts.isEmpty() ? name + (content instanceof String text ? ": " + text : "")
                    : name + ": " + parts.values().iterator().next();
        };
    }

    private static String uri(Map<?, ?> parts) {
        Map<?, ?> parameters = map(parts.get("parameters"));
        StringBuilder uri = new StringBuilder(String.valueOf(parts.get("uri")));
        parameters.forEach((name, value) -> uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(name).append('=')
                .append(value));
        return uri.toString();
    }

    private static String expression(Map<?, ?> parts) {
        Object inner = parts.get("expression");
        while (inner instanceof Map<?, ?> map && !map.isEmpty()) {
            if (map.containsKey("ref")) {
                return map.get("ref") + "." + map.get("method");
            }
            inner = map.containsKey("expression") ? map.get("expression") : map.values().iterator().next();
        }
        return String.valueOf(inner);
    }

    private Box box(int depth, String kind, String full) {
        int x = 1 + depth * INDENT;
        int width = WIDTH - 2 - depth * INDENT;
        String line = full.replaceAll("\\s+", " ");
        int fits = (int) ((width - 2 * PAD) / LETTER);
        Box box = new Box(x, 1 + boxes.size() * ROW, width, BOX, kind,
                line.length() <= fits ? line : line.substring(0, fits - 1) + "…", line);
        boxes.add(box);
        return box;
    }

    private void join(Box from, Box to) {
        int x = from.x() + PAD;
        int start = from.y() + from.height();
        lines.add(new Line(to.x() > from.x() ? "M" + x + " " + start + "V" + (to.y() + BOX / 2) + "H" + to.x()
                : "M" + x + " " + start + "V" + to.y()));
    }

    private static Map<?, ?> map(@Nullable Object content) {
        return content instanceof Map<?, ?> map ? map : Map.of();
    }
}
