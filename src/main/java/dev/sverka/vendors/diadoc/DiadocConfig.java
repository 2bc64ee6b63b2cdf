package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.ConnectorComponent;
import dev.sverka.core.connector.ConnectorParts;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DiadocProperties.class)
class DiadocConfig {

    @Bean
    DiadocConnector diadocConnector(DiadocProperties properties, Doors doors, Links links, Leases leases,
            PlatformTransactionManager transactions, Clock clock, Settings settings) {
        TransactionTemplate apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new DiadocConnector(properties, doors, new DiadocConnector.Parts(links, leases, apart, clock),
                settings.zone());
    }

    @Bean("diadoc")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent diadoc(DiadocConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
