package dev.sverka.core.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class JournalConfig {

    // A JdbcClient is given out once the migrations have run.
    @Bean
    Store journalStore(DataSource dataSource, JdbcClient jdbc, Clock clock, PlatformTransactionManager manager) {
        return new Store(dataSource, jdbc, clock, manager);
    }

    @Bean
    Entries journalEntries(Store store) {
        return new Entries(store);
    }

    @Bean
    Signals journalSignals() {
        return new Signals();
    }

    @Bean
    NewsTally newsTally(Store store) {
        return new NewsTally(store);
    }

    @Bean
    Accounts accounts(Store store) {
        return new Accounts(store);
    }

    @Bean
    JournalMeters journalMeters(ObjectProvider<MeterRegistry> meters) {
        return new JournalMeters(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    QueueFigures queueFigures(Store store) {
        return new QueueFigures(store);
    }

    @Bean
    Intents intents(Store store, JournalMeters meters) {
        return new Intents(store, meters);
    }

    // The bean "journal" is the component.
    @Bean
    Journal entryJournal(Store store, Entries entries, Signals signals) {
        return new Journal(store, entries, signals);
    }

    @Bean
    JournalPages journalPages(Store store) {
        return new JournalPages(store);
    }

    @Bean
    EntryDecisions entryDecisions(Store store, Journal journal) {
        return new EntryDecisions(store, journal);
    }

    @Bean
    Retention retention(Store store) {
        return new Retention(store);
    }

    @Bean(destroyMethod = "close")
    Claims journalClaims(Store store, Entries entries, Accounts accounts, JournalMeters meters,
            @Value("${sverka.journal.lease:30s}") String lease) {
        Claims claims = new Claims(store, entries, accounts, DurationStyle.detectAndParse(lease), meters);
        claims.releaseEarlier();
        claims.keepRenewing();
        return claims;
    }

    @Bean("journal")
    @Scope("prototype")
    JournalComponent journalComponent(Journal journal, Claims claims, Signals signals,
            ObjectProvider<Verdicts> verdicts) {
        return new JournalComponent(journal, claims, signals, verdicts);
    }
}
