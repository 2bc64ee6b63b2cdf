package dev.sverka.routes;

import dev.sverka.mapping.Mappings;
import dev.sverka.mapping.Nearest;
import dev.sverka.mapping.YamlText;
import dev.sverka.state.Declared;
import dev.sverka.state.Problem;
import dev.sverka.state.ProblemException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spring.boot.SpringPropertiesParser;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;

/**
 * Tries a set of texts without touching what runs: reads the mappings, lints the routes, then builds every route in a
 * scratch Camel context over the same beans with fresh components.
 */
final class RoutesTrial {

    private final CamelContext live;
    private final ApplicationContext beans;
    private final Mappings mappings;

    RoutesTrial(CamelContext live, ApplicationContext beans, Mappings mappings) {
        this.live = live;
        this.beans = beans;
        this.mappings = mappings;
    }

    /** @param problems empty when the texts hold; @param meanings of the mappings, to be put in force */
    record Result(List<Problem> problems, Map<Declared<?>, Object> meanings) {
    }

    /** @param texts of both folders by file */
    Result of(Map<String, String> texts) {
        Map<Declared<?>, Object> meanings;
        try {
            meanings = mappings.read(only(Folder.MAPPINGS, texts));
        } catch (ProblemException broken) {
            return new Result(broken.problems(), Map.of());
        }
        Map<String, String> routes = only(Folder.ROUTES, texts);
        List<Problem> problems = RoutesLint.lint(routes, new Beans());
        if (!problems.isEmpty()) {
            return new Result(problems, meanings);
        }
        try {
            return new Result(Declared.trying(meanings, () -> build(routes)), meanings);
        } catch (Exception failure) {
            throw new IllegalStateException("routes could not be tried", failure);
        }
    }

    static Map<String, String> only(String kind, Map<String, String> texts) {
        Map<String, String> some = new TreeMap<>(texts);
        some.keySet().removeIf(file -> !file.startsWith(kind));
        return some;
    }

    private List<Problem> build(Map<String, String> routes) throws Exception {
        try (DefaultCamelContext scratch = new DefaultCamelContext(
                new DefaultRegistry(new ApplicationContextBeanRepository(beans)))) {
            scratch.disableJMX();
            scratch.getCamelContextExtension().setName("trial");
            scratch.setAutoStartup(false);
            scratch.setPropertiesComponent(placeholders());
            scratch.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
            scratch.start();
            for (Map.Entry<String, String> file : routes.entrySet()) {
                try {
                    PluginHelper.getRoutesLoader(scratch).loadRoutes(
                            ResourceHelper.fromString(file.getKey(), file.getValue()));
                } catch (Exception broken) {
                    return List.of(problem(file.getKey(), file.getValue(), broken, scratch));
                }
            }
            return List.of();
        }
    }

    /** Of its own, as a context binds the component to itself and ends it: the running one's would die with the trial. */
    private PropertiesComponent placeholders() {
        PropertiesComponent placeholders = new PropertiesComponent();
        placeholders.setPropertiesParser(new SpringPropertiesParser(beans.getEnvironment()));
        return placeholders;
    }

    private static Problem problem(String file, String text, Exception broken, CamelContext scratch) {
        YamlText yaml = YamlText.parse(file, text);
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResolveEndpointFailedException endpoint) {
                return unresolved(yaml, endpoint, scratch);
            }
        }
        Throwable root = broken;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("").strip();
        Matcher line = Pattern.compile("line (\\d+)").matcher(String.valueOf(broken.getMessage()) + root.getMessage());
        int at = line.find() ? Integer.parseInt(line.group(1)) : 1;
        return new Problem(file, at, message, "mend this step; its form is in Camel's YAML DSL");
    }

    private static Problem unresolved(YamlText yaml, ResolveEndpointFailedException broken, CamelContext scratch) {
        String uri = broken.getUri().replace("://", ":");
        String address = uri.replaceFirst("\\?.*", "");
        String message = String.valueOf(broken.getMessage())
                .replaceFirst("(?s)^(Failed to resolve endpoint: \\S+ due to: )+", "");
        Matcher unknown = Pattern.compile("Unknown parameters=\\[\\{([^=}]+)=").matcher(message);
        List<Object> place = place(yaml.content(), address, List.of());
        if (unknown.find()) {
            String option = unknown.group(1);
            List<Object> at = new java.util.ArrayList<>(place);
            if (!at.isEmpty()) {
                at.set(at.size() - 1, "parameters");
                at.add(option);
            }
            return yaml.problem("unknown option '" + option + "' of " + address,
                    Nearest.cure(option, options(address, scratch)), at.toArray());
        }
        int semicolon = message.indexOf("; ");
        return semicolon > 0 ? yaml.problem(message.substring(0, semicolon), message.substring(semicolon + 2),
                place.toArray()) : yaml.problem(message.lines().findFirst().orElse(message), "mend the uri or its parameters", place.toArray());
    }

    /** Where a uri stands in the file: keys and positions that lead to it. */
    private static List<Object> place(@Nullable Object node, String address, List<Object> path) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri && uri.replaceFirst("\\?.*", "").equals(address)) {
                return with(path, "uri");
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                List<Object> found = place(entry.getValue(), address, with(path, entry.getKey()));
                if (!found.isEmpty()) {
                    return found;
                }
            }
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                List<Object> found = place(list.get(i), address, with(path, i));
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new java.util.ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** The options an endpoint has: its described fields. */
    private static Set<String> options(String address, CamelContext scratch) {
        Set<String> options = new TreeSet<>();
        try {
            for (Class<?> type = scratch.getEndpoint(address).getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.isAnnotationPresent(UriParam.class)) {
                        options.add(field.getName());
                    }
                }
            }
        } catch (RuntimeException alsoBroken) {
            // the cure then names none
        }
        return options;
    }

    /** What the lint asks about beans and properties. */
    private final class Beans implements RoutesLint.Context {

        @Override
        public Set<String> schemes() {
            Set<String> schemes = new TreeSet<>(Set.of("bean", "direct", "log"));
            schemes.addAll(Arrays.asList(beans.getBeanNamesForType(Component.class, true, false)));
            schemes.removeIf(name -> name.contains("-component"));
            return schemes;
        }

        @Override
        public boolean hasProperty(String name) {
            return live.getPropertiesComponent().resolveProperty(name).isPresent()
                    || beans.getEnvironment().containsProperty(name);
        }

        @Override
        public @Nullable Set<String> methods(String bean) {
            if (!beans.containsBean(bean)) {
                return null;
            }
            return Arrays.stream(AopUtils.getTargetClass(beans.getBean(bean)).getMethods()).map(Method::getName)
                    .collect(Collectors.toSet());
        }

        @Override
        public Set<String> beans() {
            return Arrays.stream(beans.getBeanDefinitionNames()).filter(name -> !name.contains("."))
                    .collect(Collectors.toSet());
        }
    }
}
