package dev.sverka.vendors.invoices;

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
@EnableConfigurationProperties(InvoicesProperties.class)
class InvoicesConfig {

    @Bean
    InvoiceRows invoiceRows(JdbcClient jdbc) {
        return new InvoiceRows(jdbc);
    }

    @Bean
    PdfReader pdfReader() {
        return new PdfReader();
    }

    @Bean
    InvoicesConnector invoicesConnector(InvoicesProperties properties, InvoiceRows rows, PdfReader reader,
            Settings settings, Clock clock) {
        return new InvoicesConnector(properties, rows, reader, settings.homeFolder(), clock);
    }

    @Bean("invoices")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ConnectorComponent invoices(InvoicesConnector connector, ConnectorParts parts) {
        return new ConnectorComponent(connector, parts);
    }
}
