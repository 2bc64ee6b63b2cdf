package dev.sverka.flows.forecast;

import dev.sverka.core.state.Declared;
import dev.sverka.flows.books.AccountBalances;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.PlannedMoney;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks ahead. Rubles only: what is in another currency is no rubles until it is changed. */
public class Forecasts {

    private static final String RUBLES = "RUB";
    private static final Duration LEARNED_ANEW = Duration.ofMinutes(10);
    private static final int MOST_SETTLED = 20_000;

    private final AccountBalances balances;
    private final PlannedMoney planned;
    private final Own own;
    private final Declared<WorkingDays> days;
    private final Clock clock;
    private final ZoneId zone;
    private final AtomicReference<@Nullable Learned> learned = new AtomicReference<>();
    /** The last one: pages and alerts ask for the same again and again. */
    private final AtomicReference<@Nullable Made> made = new AtomicReference<>();

    private record Learned(Habits habits, WorkingDays days, LocalDate today, Instant at) {
    }

    private record Made(Plan plan, Forecast forecast) {
    }

    /** @param zone of the business day */
    Forecasts(AccountBalances balances, PlannedMoney planned, Own own, Declared<WorkingDays> days, Clock clock,
            ZoneId zone) {
        this.balances = balances;
        this.planned = planned;
        this.own = own;
        this.days = days;
        this.clock = clock;
        this.zone = zone;
    }

    /** @param days how many, today the first */
    public Forecast ahead(int days) {
        LocalDate today = LocalDate.now(clock.withZone(zone));
        Map<String, Long> now = balances.on(today);
        List<Plan.Move> moves = moves(now);
        Plan plan = new Plan(now, moves, habits(moves, today), today, days);
        Made before = made.get();
        if (before == null || !before.plan().equals(plan)) {
            before = new Made(plan, plan.forecast());
            made.set(before);
        }
        return before.forecast();
    }

    private List<Plan.Move> moves(Map<String, Long> now) {
        return planned.open().stream().filter(one -> one.currency().equals(RUBLES))
                .map(one -> new Plan.Move(one.payment(), one.title(), one.customer(), account(one.ourInn(), now),
                        one.incoming(), one.due(), one.invoiced(), one.rest())).toList();
    }

    /** Two years of payments change little within a few minutes, and are many. */
    private Habits habits(List<Plan.Move> moves, LocalDate today) {
        Learned before = learned.get();
        Instant now = clock.instant();
        if (before == null || !before.today().equals(today) || before.days() != WorkingDays.of(days)
                || !before.habits().isKnown(Habits.Since.DUE)
                || Duration.between(before.at(), now).abs().compareTo(LEARNED_ANEW) >= 0) {
            LocalDate since = today.minusYears(2);
            List<Habits.Settled> settled = planned.settled(since, MOST_SETTLED).stream().map(one ->
                    new Habits.Settled(one.customer(), one.due(), one.invoiced(), one.came())).toList();
            List<Habits.Open> open = moves.stream().filter(move -> move.incoming() && (move.due() == null
                            || move.due().isAfter(since)))
                    .map(move -> new Habits.Open(move.customer(), move.due(), move.invoiced())).toList();
            before = new Learned(new Habits(settled, open, today, WorkingDays.of(days)), WorkingDays.of(days), today, now);
            learned.set(before);
        }
        return before.habits();
    }

    /** The first account of the company that a balance is known of; of the only company, where the payment names none. */
    private @Nullable String account(@Nullable String inn, Map<String, Long> now) {
        List<Own.Company> companies = own.ownCompanies().stream()
                .filter(company -> inn == null ? own.ownCompanies().size() == 1 : company.inn().equals(inn)).toList();
        return companies.stream().flatMap(company -> company.accounts().stream()).filter(now::containsKey).findFirst()
                .orElse(null);
    }
}
