package dev.sverka.flows.payments;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.NumberMatcher;
import dev.sverka.flows.matching.Own;
import java.time.Clock;
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
    Mirror paymentsMirror(JdbcClient jdbc) {
        return new Mirror(jdbc);
    }

    @Bean
    Ledger paymentsLedger(JdbcClient jdbc) {
        return new Ledger(jdbc);
    }

    @Bean
    Matcher matcher() {
        return new NumberMatcher();
    }

    @Bean
    Reviews reviews(JdbcClient jdbc, PlatformTransactionManager transactions, Ledger ledger, Mirror mirror,
            Journal journal) {
        return new Reviews(jdbc, new TransactionTemplate(transactions), ledger, mirror, journal);
    }

    @Bean
    Payments payments(PaymentsProperties properties, PlatformTransactionManager transactions, Mirror mirror,
            Ledger ledger, Reviews reviews, Matcher matcher, Cursors cursors, Journal journal, Links links, Audit audit,
            JsonMapper json, Settings settings, Clock clock, Declared<BankRules> rules, Own own) {
        Projection projection = new Projection(mirror, ledger, links, audit, new Comments(settings.locale()), json,
                clock);
        return new Payments(properties, new TransactionTemplate(transactions), mirror, new MirrorGate(cursors, journal),
                ledger, reviews, matcher, projection, rules, own, json);
    }
}
