package dev.sverka.vendors.saby;

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
@EnableConfigurationProperties(SabyProperties.class)
class SabyConfig {

    @Bean
    SabyConnector sabyConnector(SabyProperties properties, Doors doors, Links links, Clock clock, Settings settings) {
        return new SabyConnector(properties, doors, links, clock, settings.zone());
    }

    @Bean("saby")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent saby(SabyConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
