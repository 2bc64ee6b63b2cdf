package dev.sverka.flows.forecast;

import dev.sverka.flows.forecast.Habits.Settled;
import dev.sverka.flows.forecast.Plan.Move;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An agency's two years of invoices, made up: customers of several sorts (on the day, slack, late, erratic, and one that
 * changes for the worse), new ones in the second year, sums of every size, money on working days alone. The forecast is
 * told of none of these rules.
 */
final class CashYear {

    static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final int DAYS = 730;

    /** @param came null where it never does */
    record Invoice(long id, long customer, LocalDate issued, LocalDate due, long amount, @Nullable LocalDate came) {
    }

    private record Customer(long id, int sort, int usual, int spread, int term, int every, LocalDate from) {
    }

    final List<Invoice> invoices = new ArrayList<>();
    private final SplittableRandom dice;
    private final WorkingDays days;

    /** @param days on which money moves */
    CashYear(long seed, WorkingDays days) {
        this.days = days;
        dice = new SplittableRandom(seed);
        int customers = 25 + dice.nextInt(20);
        for (int n = 0; n < customers; n++) {
            int sort = dice.nextInt(10);
            // a fifth of them come in the second year
            LocalDate from = FIRST.plusDays(n % 5 == 0 ? 365 + dice.nextInt(250) : dice.nextInt(60));
            bill(new Customer(n + 1, sort, sort < 4 ? dice.nextInt(2) : sort < 7 ? 3 + dice.nextInt(6)
                    : 10 + dice.nextInt(20), sort < 4 ? 1 + dice.nextInt(3) : 3 + dice.nextInt(9),
                    List.of(5, 10, 14, 30).get(dice.nextInt(4)), 10 + dice.nextInt(25), from));
        }
    }

    private void bill(Customer customer) {
        LocalDate end = FIRST.plusDays(DAYS);
        for (LocalDate day = customer.from(); day.isBefore(end);
                day = day.plusDays(customer.every() / 2 + dice.nextInt(customer.every()))) {
            LocalDate issued = days.plus(day, 0);
            LocalDate due = issued.plusDays(customer.term());
            long amount = 1_000_000L * (1 + dice.nextInt(6)) * (1 + dice.nextInt(9)) + dice.nextInt(100_000);
            invoices.add(new Invoice(invoices.size() + 1, customer.id(), issued, due, amount, came(customer, issued, due)));
        }
    }

    private @Nullable LocalDate came(Customer customer, LocalDate issued, LocalDate due) {
        int late = customer.usual() + (int) Math.round(dice.nextDouble() * dice.nextDouble() * 2 * customer.spread())
                - (dice.nextInt(4) == 0 ? 1 + dice.nextInt(3) : 0);
        if (customer.sort() == 9 && issued.isAfter(FIRST.plusDays(400))) {
            late += 8; // a habit changes
        }
        if (dice.nextInt(25) == 0) {
            late += 20 + dice.nextInt(40); // forgotten, and paid after a reminder
        }
        if (dice.nextInt(200) == 0) {
            return null;
        }
        LocalDate came = days.plus(due, late);
        return came.isBefore(issued) ? issued : came;
    }

    /** What could be learned that morning. */
    Habits habits(LocalDate today) {
        return new Habits(settled(today), open(today).stream().map(one -> new Habits.Open(one.customer(), one.due(),
                one.issued())).toList(), today, days);
    }

    private List<Settled> settled(LocalDate today) {
        return invoices.stream().filter(one -> one.came() != null && one.came().isBefore(today))
                .map(one -> new Settled(one.customer(), one.due(), one.issued(), one.came())).toList();
    }

    List<Invoice> open(LocalDate today) {
        return invoices.stream().filter(one -> one.issued().isBefore(today)
                && (one.came() == null || !one.came().isBefore(today))).toList();
    }

    static Move move(Invoice one) {
        return new Move(one.id(), "Счёт " + one.id(), one.customer(), null, true, one.due(), one.issued(), one.amount());
    }
}
