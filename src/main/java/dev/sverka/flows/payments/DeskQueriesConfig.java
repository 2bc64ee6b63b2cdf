package dev.sverka.flows.payments;

import dev.sverka.core.state.Locks;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What the desk and the books may ask of the ledger: nothing of it writes but the index of words. */
@Configuration(proxyBeanMethods = false)
class DeskQueriesConfig {

    @Bean
    ReviewPages reviewPages(JdbcClient jdbc, Clock clock) {
        return new ReviewPages(jdbc, clock);
    }

    @Bean
    WordIndex wordIndex(JdbcClient jdbc, JdbcTemplate batches) {
        return new WordIndex(jdbc, batches);
    }

    @Bean
    WordSearch wordSearch(JdbcClient jdbc, WordIndex index) {
        return new WordSearch(jdbc, index);
    }

    @Bean
    WordFollower wordFollower(JdbcClient jdbc, WordIndex index, Transactions transactions, Locks locks, Clock clock) {
        return new WordFollower(jdbc, index, transactions, locks, clock);
    }

    @Bean
    OperationSearch operationSearch(JdbcClient jdbc, WordSearch words) {
        return new OperationSearch(jdbc, words);
    }

    @Bean
    PaymentSearch paymentSearch(JdbcClient jdbc, WordSearch words) {
        return new PaymentSearch(jdbc, words);
    }

    @Bean
    OperationPages operationPages(JdbcClient jdbc, OperationSearch search) {
        return new OperationPages(jdbc, search);
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
    CompanySearch companySearch(JdbcClient jdbc, WordSearch words) {
        return new CompanySearch(jdbc, words);
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
