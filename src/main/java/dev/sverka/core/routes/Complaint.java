package dev.sverka.core.routes;

import dev.sverka.core.mapping.Nearest;
import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.Problem;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.UriParam;
import org.jspecify.annotations.Nullable;

/** What Camel has against a file, with the line where it stands there and a cure: Camel names steps, seldom lines. */
final class Complaint {

    private static final Set<String> STEPS = Set.of("bean", "choice", "convertBodyTo", "delay", "filter", "log", "loop",
            "multicast", "process", "recipientList", "removeHeader", "removeHeaders", "removeProperty", "setBody",
            "setHeader", "setHeaders", "setProperty", "setVariable", "split", "stop", "throttle", "throwException",
            "to", "toD", "transform", "validate", "wireTap");
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "header", "exchangeProperty", "method");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(.*)}]");

    private final YamlText yaml;
    private final CamelContext scratch;

    private Complaint(YamlText yaml, CamelContext scratch) {
        this.yaml = yaml;
        this.scratch = scratch;
    }

    static Problem of(YamlText yaml, Exception broken, CamelContext scratch) {
        return new Complaint(yaml, scratch).problem(broken);
    }

    private Problem problem(Exception broken) {
        Throwable root = broken;
        @Nullable ResolveEndpointFailedException endpoint = null;
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof ResolveEndpointFailedException inner) {
                endpoint = inner;
            } else if (cause instanceof PropertyBindingException value && endpoint != null) {
                return misfit(endpoint, value);
            } else if (cause instanceof SimpleIllegalSyntaxException syntax) {
                return at(find((key, value) -> syntax.getExpression().equals(value), 0),
                        "'" + syntax.getExpression() + "' cannot be read: " + firstLine(syntax),
                        "mend the expression; its form is Camel's simple language");
            } else if (cause instanceof NoSuchLanguageException unknown) {
                return at(find((key, value) -> key.equals(unknown.getLanguage()), 0), "the language '"
                        + unknown.getLanguage() + "' is not here", Nearest.cure(unknown.getLanguage(), LANGUAGES));
            }
        }
        return endpoint != null ? unresolved(endpoint) : written(root);
    }

    /** A step or key that the YAML reader does not know; its mark may be the beginning of the map around it. */
    private Problem written(Throwable root) {
        String message = firstLine(root);
        Matcher mark = LINE.matcher(String.valueOf(root.getMessage()));
        int line = mark.find() ? Integer.parseInt(mark.group(1)) : 1;
        String word = message.substring(message.lastIndexOf(' ') + 1);
        if (root instanceof UnknownNodeIdException) {
            return new Problem(yaml.file(), line, "unknown step '" + word + "'", Nearest.cure(word, STEPS));
        }
        if (root instanceof UnsupportedFieldException) {
            return at(find((key, value) -> key.equals(word), line), "unknown key '" + word + "'",
                    "mend its spelling, or remove it; the keys of each step are in Camel's YAML DSL");
        }
        return new Problem(yaml.file(), line, message, "mend this step; its form is in Camel's YAML DSL");
    }

    private Problem unresolved(ResolveEndpointFailedException broken) {
        String address = address(broken);
        String message = String.valueOf(broken.getMessage())
                .replaceFirst("(?s)^(Failed to resolve endpoint: \\S+ due to: )+", "").lines().findFirst().orElse("");
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            List<String> names = Arrays.stream(unknown.group(1).split(", "))
                    .map(one -> one.replaceFirst("=.*", "")).toList();
            String uri = broken.getUri();
            for (String name : names) {
                uri = uri.replaceFirst("(?<=[?&])" + Pattern.quote(name) + "=[^&]*&?", "");
            }
            return at(option(address, names.get(0)), "unknown option '" + names.get(0) + "' of " + address,
                    Nearest.cure(names.get(0), options(uri).keySet()));
        }
        int semicolon = message.indexOf("; ");
        List<Object> place = find((key, value) -> isAt(address, value) && key.equals("uri"), 0);
        return semicolon > 0 ? at(place, message.substring(0, semicolon), message.substring(semicolon + 2))
                : at(place, message, "mend the uri or its parameters");
    }

    private Problem misfit(ResolveEndpointFailedException endpoint, PropertyBindingException binding) {
        String address = address(endpoint);
        String name = binding.getPropertyName();
        return at(option(address, name), "the option '" + name + "' of " + address + " does not take '"
                + binding.getValue() + "'", "write " + words(options(address).get(name)));
    }

    private static String words(@Nullable Class<?> type) {
        if (type == null) {
            return "a value that fits";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        return type == int.class || type == long.class ? "a whole number" : "a value of " + type.getSimpleName();
    }

    private static String address(ResolveEndpointFailedException broken) {
        return broken.getUri().replaceFirst("\\?.*", "").replaceFirst("://", ":");
    }

    private static boolean isAt(String address, @Nullable Object uri) {
        return uri instanceof String text && text.replaceFirst("\\?.*", "").replaceFirst("://", ":").equals(address);
    }

    /** Where an option stands: among the parameters beside the address, or in the address itself. */
    private List<Object> option(String address, String option) {
        List<Object> step = find((key, value) -> value instanceof Map<?, ?> map && isAt(address, map.get("uri"))
                && map.get("parameters") instanceof Map<?, ?> parameters && parameters.containsKey(option), 0);
        if (step.isEmpty()) {
            return find((key, value) -> key.equals("uri") && isAt(address, value)
                    && value.toString().matches(".*[?&]" + Pattern.quote(option) + "=.*"), 0);
        }
        return with(with(step, "parameters"), option);
    }

    /** The described options of what a uri leads to, with their types; none where it leads nowhere. */
    private Map<String, Class<?>> options(String uri) {
        Map<String, Class<?>> options = new TreeMap<>();
        try {
            for (Class<?> type = scratch.getEndpoint(uri).getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.isAnnotationPresent(UriParam.class)) {
                        options.put(field.getName(), field.getType());
                    }
                }
            }
        } catch (RuntimeException alsoBroken) {
            // the cure then names none
        }
        return options;
    }

    private Problem at(List<Object> place, String problem, String cure) {
        return yaml.problem(problem, cure, place.toArray());
    }

    /** The path of the first key at this line or below that is meant; empty where there is none. */
    private List<Object> find(BiPredicate<String, @Nullable Object> meant, int line) {
        return find(yaml.content(), meant, line, List.of());
    }

    private List<Object> find(@Nullable Object node, BiPredicate<String, @Nullable Object> meant, int line,
            List<Object> path) {
        List<Object> keys = new ArrayList<>();
        if (node instanceof Map<?, ?> map) {
            keys.addAll(map.keySet());
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                keys.add(i);
            }
        }
        for (Object key : keys) {
            List<Object> here = with(path, key);
            Object value = node instanceof Map<?, ?> map ? map.get(key) : ((List<?>) node).get((Integer) key);
            if (key instanceof String name && meant.test(name, value) && yaml.line(here) >= line) {
                return here;
            }
            List<Object> below = find(value, meant, line, here);
            if (!below.isEmpty()) {
                return below;
            }
        }
        return List.of();
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    }
}
