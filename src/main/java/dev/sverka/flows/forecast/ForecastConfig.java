package dev.sverka.flows.forecast;

import dev.sverka.core.state.Settings;
import dev.sverka.flows.books.AccountBalances;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.PlannedMoney;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ForecastConfig {

    @Bean
    Forecasts forecasts(AccountBalances balances, PlannedMoney planned, Own own, Clock clock, Settings settings) {
        return new Forecasts(balances, planned, own, clock, settings.zone());
    }
}
