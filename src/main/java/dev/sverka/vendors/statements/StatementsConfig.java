package dev.sverka.vendors.statements;

import dev.sverka.core.connector.ConnectorComponent;
import dev.sverka.core.connector.ConnectorParts;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatementsProperties.class)
class StatementsConfig {

    @Bean
    StatementsConnector statementsConnector(StatementsProperties properties, JdbcClient jdbc, Settings settings,
            Clock clock) {
        return new StatementsConnector(properties, new StatementRows(jdbc), settings.homeFolder(), clock);
    }

    @Bean("statements")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent statements(StatementsConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
