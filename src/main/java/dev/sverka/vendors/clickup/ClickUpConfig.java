package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.ConnectorComponent;
import dev.sverka.core.connector.ConnectorParts;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClickUpProperties.class)
class ClickUpConfig {

    @Bean
    ClickUpSecrets clickupSecrets(ClickUpProperties properties, Links links) {
        return new ClickUpSecrets(properties.clickup(), links);
    }

    @Bean
    ClickUpConnector clickupConnector(ClickUpProperties properties, Doors doors, Links links, Clock clock,
            Settings settings, ClickUpSecrets secrets) {
        return new ClickUpConnector(properties, doors, links, clock, settings, secrets);
    }

    @Bean
    ClickUpHook clickupHook(ClickUpProperties properties, ClickUpSecrets secrets) {
        return new ClickUpHook(properties.clickup(), secrets);
    }

    @Bean("clickup")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent clickup(ClickUpConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
