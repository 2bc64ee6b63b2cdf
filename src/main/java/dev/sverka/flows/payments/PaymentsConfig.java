package dev.sverka.flows.payments;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.connector.Polls;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Intents;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Locks;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.NumberMatcher;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.matching.PurposeWords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentsProperties.class)
class PaymentsConfig {

    @Bean
    Transactions paymentsTransactions(PlatformTransactionManager manager) {
        return new Transactions(new TransactionTemplate(manager));
    }

    @Bean
    PaymentMirror paymentMirror(JdbcClient jdbc, JsonMapper json) {
        return new PaymentMirror(jdbc, json);
    }

    @Bean
    Companies companies(JdbcClient jdbc, Own own) {
        return new Companies(jdbc, own);
    }

    @Bean
    Operations operations(JdbcClient jdbc, Clock clock) {
        return new Operations(jdbc, clock);
    }

    @Bean
    ShareBook shareBook(JdbcClient jdbc, PaymentMirror mirror, Clock clock, ObjectProvider<MeterRegistry> meters) {
        return new ShareBook(jdbc, mirror, clock,
                new DecisionCounter(meters.getIfAvailable(SimpleMeterRegistry::new)));
    }

    @Bean
    Questions questions(JdbcClient jdbc, Clock clock) {
        return new Questions(jdbc, clock);
    }

    @Bean
    StoreUpgrade paymentsUpgrade(Transactions transactions, Locks locks, Operations operations, PaymentMirror mirror,
            Companies companies) {
        return new StoreUpgrade(transactions, locks, operations, mirror, companies);
    }

    @Bean
    OperationList operationList(JdbcClient jdbc, OperationSearch search) {
        return new OperationList(jdbc, search);
    }

    @Bean
    Matcher matcher() {
        return new NumberMatcher();
    }

    @Bean
    Ledger paymentsLedger(Operations operations, ShareBook shares, PaymentMirror mirror, Companies companies,
            Questions questions, Journal journal, Accounts accounts) {
        return new Ledger(operations, shares, mirror, companies, questions, journal,
                new Bookkeeping(journal, accounts));
    }

    @Bean
    CustomerLocks customerLocks(Locks locks, PaymentMirror mirror, Companies companies, ShareBook shares,
            Operations operations) {
        return new CustomerLocks(locks, mirror, companies, shares, operations);
    }

    @Bean
    Steps paymentSteps(JdbcClient jdbc, Operations operations, ShareBook shares, PaymentMirror mirror,
            Companies companies, Matcher matcher, Declared<BankRules> rules, Declared<PurposeWords> words, Own own,
            Ledger ledger, Cursors cursors, PaymentsProperties properties, Settings settings) {
        return new Steps(operations, shares, new Facts(jdbc, mirror, companies, shares, matcher, rules, words,
                own), ledger, cursors, properties, settings.zone());
    }

    @Bean
    Reviews reviews(Transactions transactions, Questions questions, Operations operations, ShareBook shares,
            PaymentMirror mirror, CustomerLocks locks, Ledger ledger, Steps steps, Companies companies, Clock clock,
            MassDeletions doubts, ObjectProvider<Asked> others) {
        return new Reviews(questions, operations, shares,
                new Answers(transactions, questions, operations, shares, mirror, locks, ledger, steps,
                        companies, clock, doubts, () -> others.stream().toList()));
    }

    @Bean
    LearnedAccounts learnedAccounts(JdbcClient jdbc, Transactions transactions, CustomerLocks locks,
            Operations operations, Companies companies, Ledger ledger, Clock clock) {
        return new LearnedAccounts(jdbc, transactions, locks, operations, companies, ledger, clock);
    }

    @Bean
    Payments payments(Transactions transactions, CustomerLocks locks, Operations operations, ShareBook shares,
            PaymentMirror mirror, Companies companies, Questions questions, Steps steps, Ledger ledger, Own own,
            Cursors cursors, Journal journal, Audit audit, Intents intents, Settings settings, Clock clock,
            PortalPages pages, JdbcClient jdbc, JsonMapper json, Polls polls,
            @Value("${sverka.poll.bitrix24:30s}") Duration poll) {
        return new Payments(transactions, locks, new Freshness(cursors, journal, mirror, companies, clock,
                () -> polls.length("bitrix24.main", "payment", poll)),
                operations, shares, mirror, companies,
                new PortalNews(mirror, operations, shares, ledger, audit, intents, clock), pages,
                new Projection(mirror, operations, shares, new Comments(settings.locale(), settings.publicUrl()),
                        () -> LocalDate.ofInstant(clock.instant(), settings.zone()), json),
                new Windows(operations, jdbc), questions, steps, ledger, own, cursors, clock, json);
    }
}
