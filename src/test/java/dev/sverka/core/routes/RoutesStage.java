package dev.sverka.core.routes;

import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.mapping.Mappings;
import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import dev.sverka.core.state.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.bean.springboot.BeanComponentAutoConfiguration;
import org.apache.camel.component.direct.springboot.DirectComponentAutoConfiguration;
import org.apache.camel.component.log.springboot.LogComponentAutoConfiguration;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Scope;

/** A running context with one toy vendor, one declaration it depends on, and a home to edit; no store, no network. */
final class RoutesStage implements AutoCloseable {

    /** The toy vendor's entities: {@code toy:<entity>} exists while {@code mappings/toys.yaml} names it. */
    static final String TOYS = "mappings/toys.yaml";

    final Path home;
    final ConfigurableApplicationContext beans = new SpringApplicationBuilder(Beans.class).web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .properties("camel.main.routes-include-pattern=false", "spring.jmx.enabled=false", "routes.shop=toyshop",
                    "camel.main.name=stage", "spring.config.location=optional:classpath:/none/").run();
    final CamelContext camel = beans.getBean(CamelContext.class);
    final Refusals refusals = new Refusals();
    final Map<String, String> stored = new TreeMap<>();
    final RoutesTrial trial = new RoutesTrial(camel, beans, beans.getBean(Mappings.class));
    final RouteFolder routes;
    private boolean storeAway;

    RoutesStage(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        write(TOYS, "toys: [car, doll]\n");
        AcceptedTexts store = mock(AcceptedTexts.class);
        when(store.all()).thenAnswer(call -> Map.copyOf(stored));
        doAnswer(call -> {
            if (storeAway) {
                throw new IllegalStateException("the store is away");
            }
            stored.clear();
            stored.putAll(call.getArgument(0));
            return null;
        }).when(store).replace(anyMap());
        routes = new RouteFolder(new Folder(home), trial, new LiveRoutes(camel, beans.getBean(Mappings.class)), store,
                refusals);
    }

    /** A route from {@code direct:<id>} to the probe. */
    static String route(String id, String method) {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - to:
                            uri: toy:car
                        - to:
                            uri: bean:probe
                            parameters: {method: %2$s}
                """.formatted(id, method);
    }

    void storeAway(boolean isAway) {
        storeAway = isAway;
    }

    void write(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), text);
    }

    void delete(String file) throws IOException {
        Files.delete(home.resolve(file));
    }

    /** What stands refused, one line each, as the log has it. */
    List<String> refused() {
        return refusals.all().stream().map(Problem::toString).toList();
    }

    /** The consumer of each started route: a route that was taken out meanwhile has another. */
    Map<String, Object> running() {
        Map<String, Object> consumers = new TreeMap<>();
        camel.getRoutes().stream()
                .filter(route -> camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted())
                .forEach(route -> consumers.put(route.getRouteId(), route.getConsumer()));
        return consumers;
    }

    Queue<String> taken() {
        return beans.getBean(Probe.class).taken;
    }

    void send(String route, String body) {
        camel.createFluentProducerTemplate().to("direct:" + route).withBody(body).request();
    }

    @Override
    public void close() {
        beans.close();
    }

    /** Where routes end. */
    @FlowSteps
    public static final class Probe {
        final Queue<String> taken = new ConcurrentLinkedQueue<>();

        public void take(String body) {
            taken.add(body);
        }

        public void takeTwice(String body) {
            taken.add(body);
            taken.add(body);
        }
    }

    /** A vendor whose entities are declared, with one option. */
    static final class ToyComponent extends DefaultComponent {

        private final Declared<List<String>> toys;

        ToyComponent(Declared<List<String>> toys) {
            this.toys = toys;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String,
                Object> parameters) throws Exception {
            if (!toys.get().contains(remaining)) {
                throw new ResolveEndpointFailedException(uri, "unknown toy '" + remaining + "'; toys are "
                        + toys.get());
            }
            ToyEndpoint endpoint = new ToyEndpoint(uri, this);
            setProperties(endpoint, parameters);
            return endpoint;
        }
    }

    /** One toy. */
    @UriEndpoint(firstVersion = "0", scheme = "toy", title = "Toy", syntax = "toy:name")
    public static final class ToyEndpoint extends DefaultEndpoint {

        @UriParam(description = "How fast it runs")
        private int speed;

        @UriParam(description = "A consumer that the running context refuses to start with this word")
        private String mood = "good";

        ToyEndpoint(String uri, ToyComponent component) {
            super(uri, component);
        }

        public int getSpeed() {
            return speed;
        }

        public void setSpeed(int speed) {
            this.speed = speed;
        }

        public String getMood() {
            return mood;
        }

        public void setMood(String mood) {
            this.mood = mood;
        }

        @Override
        public Producer createProducer() {
            return new org.apache.camel.support.DefaultProducer(this) {
                @Override
                public void process(org.apache.camel.Exchange exchange) {
                    // a toy does nothing
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
                @Override
                protected void doStart() {
                    if (mood.equals("bad")) {
                        throw new IllegalStateException("the toy does not want to");
                    }
                }
            };
        }
    }

    /** No {@code @Configuration}: the daemon's own scan would find it in tests of the whole. */
    @ImportAutoConfiguration({CamelAutoConfiguration.class, BeanComponentAutoConfiguration.class,
        DirectComponentAutoConfiguration.class, LogComponentAutoConfiguration.class})
    @ComponentScan("dev.sverka.core.mapping")
    static class Beans {

        @Bean
        Declared<List<String>> toys() {
            return new Declared<>("toys", (content, lines) -> {
                if (content.get("toys") instanceof List<?> toys) {
                    return toys.stream().map(String::valueOf).toList();
                }
                throw new ProblemException(lines.problem("there are no toys", "write `toys: [car]`"));
            });
        }

        @Bean("toy")
        @Scope("prototype")
        ToyComponent toy(Declared<List<String>> toys) {
            return new ToyComponent(toys);
        }

        @Bean
        Probe probe() {
            return new Probe();
        }
    }
}
