package dev.sverka.core.state;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
class StateConfig {

    @Bean
    Clock clock(Settings settings) {
        return Clock.offset(Clock.systemUTC(), settings.clockOffset());
    }

    @Bean
    Rows rows(JdbcClient jdbc, PlatformTransactionManager manager) {
        return new Rows(jdbc, manager);
    }

    @Bean
    Cursors cursors(Rows rows, Clock clock) {
        return new Cursors(rows, clock);
    }

    @Bean
    Links links(Rows rows) {
        return new Links(rows);
    }

    @Bean
    Audit audit(JdbcClient jdbc) {
        return new Audit(jdbc);
    }

    @Bean
    Leases leases(Rows rows, Clock clock, DataSource dataSource) {
        Leases leases = new Leases(rows, clock);
        leases.releaseEarlier(dataSource);
        return leases;
    }

    @Bean
    Locks locks(Rows rows) {
        return new Locks(rows);
    }

    @Bean
    SharedQuota sharedQuota(Rows rows, Clock clock) {
        return new SharedQuota(rows, clock);
    }

    @Bean
    AcceptedTexts acceptedTexts(Rows rows, Clock clock) {
        return new AcceptedTexts(rows, clock);
    }

    @Bean
    H2File h2File(DataSource dataSource) {
        return new H2File(dataSource);
    }

    @Bean
    Refusals refusals() {
        return new Refusals();
    }
}
