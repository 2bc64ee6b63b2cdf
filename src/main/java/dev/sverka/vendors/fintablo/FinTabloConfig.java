package dev.sverka.vendors.fintablo;

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
@EnableConfigurationProperties(FinTabloProperties.class)
class FinTabloConfig {

    @Bean
    FinTabloConnector fintabloConnector(FinTabloProperties properties, Doors doors, Links links, Clock clock,
            Settings settings) {
        return new FinTabloConnector(properties, doors, links, clock, settings.zone());
    }

    @Bean("fintablo")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent fintablo(FinTabloConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
