package dev.sverka.desk.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Prometheus's language as tells which series an expression asks for. */
final class PromQl {

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w.])([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*\\})?(?!\\s*\\(|[\\w:])");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /** One series that is asked for. @param equal labels that have to have a value; @param labels all that are named */
    record Selector(String metric, Map<String, String> equal, Set<String> labels) {
    }

    private PromQl() {
    }

    static List<Selector> selectors(String expression) {
        List<Selector> all = new ArrayList<>();
        String bare = GROUPING.matcher(expression).replaceAll(" ").replaceAll("\\[[^]]*]", " ");
        Matcher selector = SELECTOR.matcher(bare);
        while (selector.find()) {
            String name = selector.group(1);
            if (!WORDS.contains(name) && !isNumber(name)) {
                all.add(selector(name, selector.group(2) == null ? "" : selector.group(2)));
            }
        }
        return all;
    }

    private static boolean isNumber(String name) {
        return name.chars().allMatch(Character::isDigit);
    }

    private static Selector selector(String name, String braces) {
        Map<String, String> equal = new TreeMap<>();
        Set<String> labels = new TreeSet<>();
        Matcher matcher = MATCHER.matcher(braces);
        while (matcher.find()) {
            labels.add(matcher.group(1));
            if (matcher.group(2).equals("=")) {
                equal.put(matcher.group(1), matcher.group(3));
            }
        }
        return new Selector(name, equal, labels);
    }

    /** Labels by which series are put together or matched. */
    static Set<String> groupedBy(String expression) {
        Set<String> labels = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
        }
        return labels;
    }
}
