package dev.sverka.flows.payments;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the desk may ask of the ledger: nothing of it writes. */
@Configuration(proxyBeanMethods = false)
class DeskQueriesConfig {

    @Bean
    ReviewPages reviewPages(JdbcClient jdbc, Clock clock) {
        return new ReviewPages(jdbc, clock);
    }

    @Bean
    PaymentSearch paymentSearch(JdbcClient jdbc) {
        return new PaymentSearch(jdbc);
    }

    @Bean
    OperationPages operationPages(JdbcClient jdbc) {
        return new OperationPages(jdbc);
    }
}
