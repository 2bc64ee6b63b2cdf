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
    private @Nullable Beans asked;

    RoutesTrial(CamelContext live, ApplicationContext beans, Mappings mappings) {
        this.live = live;
        this.beans = beans;
        this.mappings = mappings;
    }

    /** @param problems empty when the texts hold; @param meanings of the mappings, to be put in force */
    record Result(List<Problem> problems, Map<Declared<?>, Object> meanings) {
    }

    /** What is known to hold under this program: it runs. */
    record Held(Map<String, String> texts, Map<Declared<?>, Object> meanings) {
        static final Held NOTHING = new Held(Map.of(), Map.of());
    }

    /**
     * @param texts of both folders by file
     * @param held routes that already run under the same mappings are not built again, which is most of the work
     */
    Result of(Map<String, String> texts, Held held) {
        if (texts.equals(held.texts())) {
            return new Result(List.of(), held.meanings());
        }
        Map<Declared<?>, Object> meanings;
        try {
            meanings = mappings.read(only(Folder.MAPPINGS, texts));
        } catch (ProblemException broken) {
            return new Result(broken.problems(), Map.of());
        }
        Map<String, String> routes = only(Folder.ROUTES, texts);
        List<Problem> problems = RoutesLint.lint(routes, asked());
        if (!problems.isEmpty()) {
            return new Result(problems, meanings);
        }
        if (only(Folder.MAPPINGS, texts).equals(only(Folder.MAPPINGS, held.texts()))) {
            routes.entrySet().removeAll(held.texts().entrySet());
        }
        try {
            return new Result(Declared.trying(meanings, () -> build(routes)), meanings);
        } catch (Exception failure) {
            throw new IllegalStateException("routes could not be tried", failure);
        }
    }

    /** At the first trial: every bean is there by then. */
    private synchronized Beans asked() {
        if (asked == null) {
            asked = new Beans();
        }
        return asked;
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

    /** What the lint asks about beans and properties, for each step: beans are looked through once, they stay as they are. */
    private final class Beans implements RoutesLint.Context {

        private final Map<String, Set<String>> methodsByBean = new TreeMap<>();
        private final Set<String> schemes = new TreeSet<>(Set.of("bean", "direct", "log"));

        Beans() {
            schemes.addAll(Binder.get(beans.getEnvironment()).bind("sverka.routes.allow", Bindable.listOf(String.class))
                    .orElse(List.of()));
            schemes.addAll(Arrays.asList(beans.getBeanNamesForType(Component.class, true, false)));
            schemes.removeIf(name -> name.contains("-component"));
            for (String bean : beans.getBeanNamesForAnnotation(FlowSteps.class)) {
                methodsByBean.put(bean, Arrays.stream(AopUtils.getTargetClass(beans.getBean(bean)).getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .map(Method::getName).collect(Collectors.toSet()));
            }
        }

        @Override
        public Set<String> schemes() {
            return schemes;
        }

        @Override
        public boolean hasProperty(String name) {
            return live.getPropertiesComponent().resolveProperty(name).isPresent()
                    || beans.getEnvironment().containsProperty(name);
        }

        @Override
        public @Nullable Set<String> methods(String bean) {
            return methodsByBean.get(bean);
        }

        @Override
        public Set<String> beans() {
            return methodsByBean.keySet();
        }
    }
}
