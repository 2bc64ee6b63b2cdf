package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.ConnectorComponent;
import dev.sverka.core.connector.ConnectorParts;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TochkaProperties.class)
class TochkaConfig {

    private static final Logger LOG = LoggerFactory.getLogger(TochkaConfig.class);

    @Bean
    TochkaConnector tochkaConnector(TochkaProperties properties, Doors doors, Clock clock, Settings settings) {
        return new TochkaConnector(properties, doors, clock, settings, TochkaPause::sleep);
    }

    @Bean
    TochkaHook tochkaHook(TochkaProperties properties, TochkaConnector connector) {
        return new TochkaHook(properties.tochka(), connector::keys);
    }

    /** The keys are there before the first event: no request waits for the bank. */
    @Bean
    @ConditionalOnProperty(name = "sverka.routes.start", matchIfMissing = true)
    ApplicationRunner tochkaKeys(TochkaProperties properties, TochkaConnector connector) {
        return arguments -> properties.tochka().forEach((name, account) -> {
            try {
                if (account.isOn()) {
                    connector.keys(name).fetch();
                }
            } catch (IllegalArgumentException unusable) {
                LOG.warn("tochka.{}: events cannot be verified: {}", name, unusable.getMessage());
            }
        });
    }

    @Bean("tochka")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent tochka(TochkaConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
