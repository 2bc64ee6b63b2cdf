package dev.sverka.core.routes;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.mapping.Mappings;
import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.boot.SpringPropertiesParser;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
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
            // its starts and stops read in the log as if live flows stopped
            scratch.setStartupSummaryLevel(StartupSummaryLevel.Off);
            scratch.setPropertiesComponent(placeholders());
            scratch.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
            scratch.start();
            for (Map.Entry<String, String> file : routes.entrySet()) {
                try {
                    PluginHelper.getRoutesLoader(scratch).loadRoutes(
                            ResourceHelper.fromString(file.getKey(), file.getValue()));
                } catch (Exception broken) {
                    return List.of(Complaint.of(YamlText.parse(file.getKey(), file.getValue()), broken, scratch));
                }
            }
            return List.of();
        }
    }

    /** Of its own: a context binds the component to itself and ends it, the running one's would die with the trial. */
    private PropertiesComponent placeholders() {
        PropertiesComponent placeholders = new PropertiesComponent();
        placeholders.setPropertiesParser(new SpringPropertiesParser(beans.getEnvironment()));
        return placeholders;
    }

    /** What the lint asks about beans and properties. */
    private final class Beans implements RoutesLint.Context {

        @Override
        public Set<String> schemes() {
            Set<String> schemes = new TreeSet<>(Set.of("bean", "direct", "log"));
            schemes.addAll(Binder.get(beans.getEnvironment()).bind("sverka.routes.allow", Bindable.listOf(String.class))
                    .orElse(List.of()));
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
            if (!beans().contains(bean)) {
                return null;
            }
            return Arrays.stream(AopUtils.getTargetClass(beans.getBean(bean)).getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .map(Method::getName).collect(Collectors.toSet());
        }

        @Override
        public Set<String> beans() {
            return Set.of(beans.getBeanNamesForAnnotation(FlowSteps.class));
        }
    }
}
