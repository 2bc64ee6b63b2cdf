package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.ConnectorComponent;
import dev.sverka.core.connector.ConnectorParts;
import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.Quota;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Provision;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Bitrix24Properties.class)
class Bitrix24Config {

    @Bean
    Bitrix24Connector bitrix24Connector(Bitrix24Properties properties, Declared<Portal> portal, Doors doors,
            Quota quota, Links links, MassDeletions doubts, Clock clock, Settings settings) {
        return new Bitrix24Connector(properties, portal, doors, quota, links, doubts, clock, settings.zone());
    }

    @Bean
    Provision bitrix24Provision(Bitrix24Connector connector, Declared<Portal> portal, Settings settings) {
        return new Bitrix24Provision(() -> connector.account("main").client(), portal, settings.publicUrl(),
                connector.longestExecution("main"), 4);
    }

    @Bean
    Bitrix24Hook bitrix24Hook(Bitrix24Properties properties, Bitrix24Connector connector, Links links) {
        return new Bitrix24Hook(properties.bitrix24(), connector::account, links);
    }

    @Bean("bitrix24")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent bitrix24(Bitrix24Connector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
