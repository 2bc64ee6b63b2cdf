package dev.sverka.flows.payments;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What the desk and the books may ask of the ledger: nothing of it writes. */
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

    @Bean
    OperationStory operationStory(JdbcClient jdbc) {
        return new OperationStory(jdbc);
    }

    @Bean
    MachineWork machineWork(JdbcClient jdbc, Clock clock, PaymentsProperties properties) {
        return new MachineWork(jdbc, clock, properties);
    }

    @Bean
    PortalPages portalPages(JdbcClient jdbc) {
        return new PortalPages(jdbc);
    }

    @Bean
    CompanySearch companySearch(JdbcClient jdbc) {
        return new CompanySearch(jdbc);
    }

    @Bean
    PlannedMoney plannedMoney(PaymentMirror mirror, ShareBook shares, Companies companies) {
        return new PlannedMoney(mirror, shares, companies);
    }

    @Bean
    AlikeReviews alikeReviews(JdbcClient jdbc) {
        return new AlikeReviews(jdbc);
    }

    @Bean
    SettledOperations settledOperations(JdbcClient jdbc, JsonMapper json) {
        return new SettledOperations(jdbc, json);
    }

    @Bean
    LedgerDays ledgerDays(JdbcClient jdbc) {
        return new LedgerDays(jdbc);
    }
}
