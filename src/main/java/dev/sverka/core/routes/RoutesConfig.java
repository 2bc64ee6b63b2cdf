package dev.sverka.core.routes;

import dev.sverka.core.journal.Verdicts;
import dev.sverka.core.mapping.Mappings;
import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Refusals;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class RoutesConfig {

    @Bean
    Verdicts flowErrors(Clock clock) {
        return new FlowErrors(clock);
    }

    /** A failure goes back to whoever began the exchange: the journal decides, a page rolls back, a hook gets 503. */
    @Bean
    CamelContextConfiguration noErrorHandler() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                camel.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
                camel.getShutdownStrategy().setTimeout(40);
                camel.setSourceLocationEnabled(true);
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // nothing: routes are loaded once the application stands
            }
        };
    }

    @Bean
    RouteFolder routeFolder(Settings settings, CamelContext camel, ApplicationContext beans, Mappings mappings,
            AcceptedTexts store, Refusals refusals) {
        return new RouteFolder(new Folder(settings.homeFolder()), new RoutesTrial(camel, beans, mappings),
                new LiveRoutes(camel, mappings), store, refusals);
    }

    /** Part of readiness: a replica whose configuration is away works on, and says that somebody has to look. */
    @Bean
    HealthIndicator foldersHealthIndicator(RouteFolder routes) {
        return () -> routes.isWhole() ? Health.up().build() : Health.outOfService().build();
    }

    /** First of all checks: the others read the declarations that this one puts in force. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Check routesCheck(RouteFolder routes) {
        return routes::check;
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "sverka.routes.start", matchIfMissing = true)
    Watch routesWatch(RouteFolder routes) {
        return new Watch(routes);
    }

    @Bean
    @ConditionalOnProperty(name = "sverka.routes.start", matchIfMissing = true)
    ApplicationRunner routesStart(RouteFolder routes, Watch watch) {
        return arguments -> {
            routes.load();
            watch.start();
        };
    }
}
