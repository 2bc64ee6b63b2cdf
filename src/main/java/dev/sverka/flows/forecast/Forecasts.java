package dev.sverka.flows.forecast;

import dev.sverka.flows.books.AccountBalances;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.PlannedMoney;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks ahead. Rubles only: what is in another currency is no rubles until it is changed. */
public class Forecasts {

    private static final String RUBLES = "RUB";

    private final AccountBalances balances;
    private final PlannedMoney planned;
    private final Own own;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone of the business day */
    Forecasts(AccountBalances balances, PlannedMoney planned, Own own, Clock clock, ZoneId zone) {
        this.balances = balances;
        this.planned = planned;
        this.own = own;
        this.clock = clock;
        this.zone = zone;
    }

    /** @param days how many, today the first */
    public Forecast ahead(int days) {
        LocalDate today = LocalDate.now(clock.withZone(zone));
        Map<String, Long> now = balances.on(today);
        List<Forecast.Move> moves = planned.open().stream().filter(one -> one.currency().equals(RUBLES))
                .map(one -> new Forecast.Move(account(one.ourInn(), now), one.incoming(), one.due(), one.rest())).toList();
        return Forecast.of(now, moves, today, days);
    }

    /** The first account of the company that a balance is known of; of the only company, where the payment names none. */
    private @Nullable String account(@Nullable String inn, Map<String, Long> now) {
        List<Own.Company> companies = own.ownCompanies().stream()
                .filter(company -> inn == null ? own.ownCompanies().size() == 1 : company.inn().equals(inn)).toList();
        return companies.stream().flatMap(company -> company.accounts().stream()).filter(now::containsKey).findFirst()
                .orElse(null);
    }
}
