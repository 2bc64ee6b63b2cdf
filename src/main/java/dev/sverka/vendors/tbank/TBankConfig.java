package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.ConnectorComponent;
import dev.sverka.core.connector.ConnectorParts;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TBankProperties.class)
class TBankConfig {

    @Bean
    TBankConnector tbankConnector(TBankProperties properties, Doors doors, Clock clock, Settings settings) {
        return new TBankConnector(properties, doors, clock, settings.zone(), settings.publicUrl(),
                settings.homeFolder());
    }

    @Bean
    TBankHook tbankHook(TBankProperties properties) {
        return new TBankHook(properties.tbank());
    }

    @Bean("tbank")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent tbank(TBankConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
