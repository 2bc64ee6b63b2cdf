package dev.sverka.core.routes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What texts in a route may say. {@code simple} reads body, headers and properties and compares them; Camel's own would
 * also call beans, name classes, read files and the environment. Everything that is not told here is refused, for a list
 * of what is forbidden cannot be complete with Camel's whole class path behind it.
 */
final class RouteWords {

    static final String CURE = "read with ${body[key]}, ${header.Name} or ${exchangeProperty.name}; what needs more is a"
            + " Java step: bean:<flow>?method=…";

    /** A name, and further names or keys behind it. */
    private static final String PATH = "(\\.[A-Za-z_]\\w*|\\[[A-Za-z0-9_. -]{1,60}])*";
    private static final Pattern READING = Pattern.compile("\\$\\{(body" + PATH
            + "|headers?[.\\[][A-Za-z_]\\w*]?" + PATH + "|exchangeProperty[.\\[][A-Za-z_]\\w*]?" + PATH + ")}");
    private static final Pattern FUNCTION = Pattern.compile("\\$[A-Za-z]*\\{|\\$init|}init\\$");
    /** From data to its class it is one word, and from there to anything. */
    private static final Pattern REFLECTION = Pattern.compile("(?i)class|getclass|loader|module|package");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(routes\\.[a-zA-Z0-9.-]+)(:[^{}]*)?}}");
    private static final Pattern TYPE = Pattern.compile("(?:^|[\\s}])!?is\\s+(\\S.*)");
    private static final Pattern KNOWN_TYPE = Pattern.compile(
            "['\"](dev\\.sverka\\.records\\.[\\w.]+|java\\.util\\.(Map|List))['\"]");
    private static final Pattern SLOW = Pattern.compile("(^|[\\s}])!?regex\\s");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");

    private RouteWords() {
    }

    /** What is wrong with a text in {@code simple}; empty where nothing is. */
    static Optional<String> simple(String text) {
        Optional<String> loaded = plain(text);
        if (loaded.isPresent()) {
            return loaded;
        }
        String rest = READING.matcher(text).replaceAll(read -> REFLECTION.matcher(read.group()).find()
                ? Matcher.quoteReplacement(read.group()) : "");
        Matcher function = FUNCTION.matcher(rest);
        if (function.find()) {
            int end = rest.indexOf('}', function.start());
            String said = rest.substring(function.start(), end < 0 ? rest.length() : end + 1);
            return Optional.of("'" + said + "' reads more than body, header and exchangeProperty");
        }
        return Optional.empty();
    }

    /** What is wrong with a condition in {@code simple}: only there words between readings compare. */
    static Optional<String> condition(String text) {
        Optional<String> wrong = simple(text);
        if (wrong.isPresent()) {
            return wrong;
        }
        String rest = READING.matcher(text).replaceAll("");
        if (SLOW.matcher(rest).find()) {
            return Optional.of("'regex' is not taken: a pattern can keep a flow busy for ever");
        }
        Matcher type = TYPE.matcher(rest);
        if (type.find() && !KNOWN_TYPE.matcher(type.group(1)).lookingAt()) {
            return Optional.of("'is' takes a record of dev.sverka.records, or java.util.Map or List");
        }
        return Optional.empty();
    }

    /** What is wrong with any other text: it may not come from somewhere else, nor name beans and classes. */
    static Optional<String> plain(String text) {
        String lead = text.stripLeading();
        if (lead.startsWith("resource:")) {
            return Optional.of("'resource:' reads a file or an address");
        }
        if (lead.startsWith("#")) {
            return Optional.of("'" + lead.split("[\\s,]")[0] + "' names a bean or a class");
        }
        return Optional.empty();
    }

    /** A name of a header or a property. */
    static Optional<String> name(String text) {
        return NAME.matcher(text).matches() ? Optional.empty() : Optional.of("'" + text + "' is no name");
    }

    /** Placeholders that a text names without a default, once all of them are of the kind that routes may read. */
    static Map<Boolean, Set<String>> placeholders(String text) {
        Set<String> bare = new java.util.TreeSet<>();
        Set<String> foreign = new java.util.TreeSet<>();
        Matcher good = PLACEHOLDER.matcher(text);
        while (good.find()) {
            if (good.group(2) == null) {
                bare.add(good.group(1));
            }
        }
        String rest = PLACEHOLDER.matcher(text).replaceAll("");
        int at = rest.indexOf("{{");
        if (at >= 0) {
            int end = rest.indexOf("}}", at);
            foreign.add(rest.substring(at, end < 0 ? Math.min(rest.length(), at + 40) : end + 2));
        }
        return Map.of(true, bare, false, foreign);
    }
}
