package dev.sverka.core.mapping;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML file that people edit: plain content (maps, lists, text, {@code Long}, {@code BigDecimal}, {@code Boolean};
 * dates stay text) that still knows at which line everything stands. No aliases, no doubled keys, one document, 1 MiB.
 */
public final class YamlText implements Declared.Lines {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_DEPTH = 40;
    /** What YAML does not allow, and what a reader puts in place of bytes that are no UTF-8. */
    private static final Pattern FOREIGN = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\ufffd\ufffe\uffff]");

    private final String file;
    private final @Nullable Node root;
    private final @Nullable Object content;

    private YamlText(String file, @Nullable Node root, @Nullable Object content) {
        this.file = file;
        this.root = root;
        this.content = content;
    }

    /** @throws ProblemException where the text is no such YAML */
    public static YamlText parse(String file, String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ProblemException(new Problem(file, 1, "larger than 1 MiB", "split it into several files"));
        }
        Matcher foreign = FOREIGN.matcher(text);
        if (foreign.find()) {
            throw new ProblemException(new Problem(file, lineAt(text, foreign.start()), "this is not plain text",
                    "save the file as UTF-8 without control characters"));
        }
        try {
            Node root = compose(file, text);
            return new YamlText(file, root, root == null ? null : new Reading(file).value(root));
        } catch (MarkedYAMLException broken) {
            throw new ProblemException(problem(file, text, broken));
        } catch (YAMLException unbounded) {
            throw new ProblemException(new Problem(file, 1, "nested too deep", "write it flatter"));
        }
    }

    /** Refuses aliases where they stand: a few lines of them can grow into more content than memory holds. */
    private static @Nullable Node compose(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        ParserImpl events = new ParserImpl(new StreamReader(text), options) {
            @Override
            public Event getEvent() {
                Event event = super.getEvent();
                if (event.is(Event.ID.Alias)) {
                    throw new ProblemException(new Problem(file, event.getStartMark().getLine() + 1,
                            "aliases are not taken", "write the text out"));
                }
                return event;
            }
        };
        return new Composer(events, new Resolver(), options).getSingleNode();
    }

    private static Problem problem(String file, String text, MarkedYAMLException broken) {
        int line = broken.getProblemMark() == null ? 1 : broken.getProblemMark().getLine() + 1;
        String problem = broken.getProblem() == null ? "it cannot be read" : broken.getProblem();
        if (problem.contains("another document")) {
            return new Problem(file, line, "a second document begins here", "keep one document in one file");
        }
        boolean tab = text.lines().skip(line - 1L).findFirst().orElse("").startsWith("\t") || problem.contains("'\\t");
        return new Problem(file, line, "broken YAML: " + problem, tab
                ? "indent with spaces, not with tabs" : "mend indentation, quotes and colons around this line");
    }

    private static int lineAt(String text, int position) {
        return 1 + (int) text.substring(0, position).chars().filter(letter -> letter == '\n').count();
    }

    public String file() {
        return file;
    }

    /** The whole content; null for an empty file. */
    public @Nullable Object content() {
        return content;
    }

    /** The content as a map. @throws ProblemException where it is none */
    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        if (content instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ProblemException(new Problem(file, 1, "the file must be a map of keys", "start with `key:` lines"));
    }

    @Override
    public Problem problem(String problem, String cure, Object... path) {
        return new Problem(file, line(List.of(path)), problem, cure);
    }

    /** The line of what keys and list positions lead to; of the last part of the path that is there. */
    public int line(List<?> path) {
        Node node = root;
        int line = root == null ? 1 : root.getStartMark().getLine() + 1;
        for (Object step : path) {
            Node next = null;
            if (node instanceof MappingNode map) {
                for (NodeTuple pair : map.getValue()) {
                    if (pair.getKeyNode() instanceof ScalarNode key && key.getValue().equals(String.valueOf(step))) {
                        line = key.getStartMark().getLine() + 1;
                        next = pair.getValueNode();
                    }
                }
            } else if (node instanceof SequenceNode list && String.valueOf(step).matches("\\d{1,6}")) {
                int index = Integer.parseInt(String.valueOf(step));
                if (index < list.getValue().size()) {
                    next = list.getValue().get(index);
                    line = next.getStartMark().getLine() + 1;
                }
            }
            if (next == null) {
                return line;
            }
            node = next;
        }
        return line;
    }

    /** Node tree to plain content. */
    private static final class Reading {

        private final String file;

        Reading(String file) {
            this.file = file;
        }

        @Nullable Object value(Node node) {
            if (node instanceof MappingNode map) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (NodeTuple pair : map.getValue()) {
                    if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                        throw broken(pair.getKeyNode(), "a key must be a plain word", "put quotes around it");
                    }
                    if (values.containsKey(key.getValue())) {
                        throw broken(key, "the key '" + key.getValue() + "' stands twice", "keep one of them");
                    }
                    values.put(key.getValue(), value(pair.getValueNode()));
                }
                return values;
            }
            if (node instanceof SequenceNode list) {
                List<Object> values = new ArrayList<>();
                list.getValue().forEach(item -> values.add(value(item)));
                return values;
            }
            return scalar((ScalarNode) node);
        }

        private @Nullable Object scalar(ScalarNode node) {
            String text = node.getValue();
            Tag tag = node.getTag();
            if (Tag.NULL.equals(tag)) {
                return null;
            }
            if (Tag.BOOL.equals(tag)) {
                return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on");
            }
            if (Tag.INT.equals(tag) && text.matches("-?(0|[1-9]\\d{0,17})")) {
                return Long.valueOf(text);
            }
            if (Tag.FLOAT.equals(tag) && text.matches("-?\\d+\\.\\d+")) {
                return new BigDecimal(text);
            }
            return text;
        }

        private ProblemException broken(Node node, String problem, String cure) {
            return new ProblemException(new Problem(file, node.getStartMark().getLine() + 1, problem, cure));
        }
    }
}
