package dev.sverka.flows.forecast;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.books.AccountBalances;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.PlannedMoney;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ForecastConfig {

    @Bean
    Declared<WorkingDays> workingDays() {
        return new Declared<>("working-days", WorkingDays::read, WorkingDays.FIXED);
    }

    @Bean
    Forecasts forecasts(AccountBalances balances, PlannedMoney planned, Own own, Declared<WorkingDays> days, Clock clock,
            Settings settings) {
        return new Forecasts(balances, planned, own, days, clock, settings.zone());
    }

    @Bean
    PastForecasts pastForecasts(Forecasts forecasts, JdbcClient jdbc, AccountBalances balances,
            PlatformTransactionManager manager, Clock clock, Settings settings) {
        return new PastForecasts(forecasts, new ForecastBook(jdbc), balances, new TransactionTemplate(manager), clock,
                settings.zone());
    }
}
