package dev.sverka.journal;

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

    // The client is asked for so that the migrations have run.
    @Bean
    Dialect journalDialect(DataSource dataSource, JdbcClient jdbc) {
        return Dialect.of(dataSource);
    }

    @Bean
    Entries journalEntries(JdbcClient jdbc, Dialect dialect) {
        return new Entries(jdbc, dialect);
    }

    @Bean
    Signals journalSignals() {
        return new Signals();
    }

    @Bean
    Accounts accounts(JdbcClient jdbc, Dialect dialect, Clock clock, PlatformTransactionManager manager) {
        return new Accounts(jdbc, dialect, clock, manager);
    }

    @Bean
    Intents intents(JdbcClient jdbc, Dialect dialect, Clock clock, PlatformTransactionManager manager) {
        return new Intents(jdbc, dialect, clock, manager);
    }

    // The bean "journal" is the component.
    @Bean
    Journal entryJournal(JdbcClient jdbc, Entries entries, Signals signals, Clock clock,
            PlatformTransactionManager manager) {
        return new Journal(jdbc, entries, signals, clock, manager);
    }

    @Bean(destroyMethod = "close")
    Claims journalClaims(JdbcClient jdbc, Dialect dialect, Entries entries, Accounts accounts, Clock clock,
            PlatformTransactionManager manager, @Value("${sverka.journal.lease:30s}") String lease) {
        Claims claims = new Claims(jdbc, dialect, entries, accounts, clock,
                DurationStyle.detectAndParse(lease), manager);
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
