package dev.sverka.vendors.tochka;

import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.vendors.tochka.TochkaJob.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bank account at once, because an event or a person points at it. What cannot be proven is left to the feed. A
 * statement that is not ready in time is asked for again when the work comes back, and never ordered twice.
 */
final class TochkaHints {

    private final Clock clock;

    TochkaHints(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param day told by the event; read from the day before, because a posting's day may be another one (section 12,
     *     row 5); null for today
     * @throws VendorException.NotYet while the bank makes the statement
     */
    List<BankOperation> list(TochkaAccount account, String accountId, @Nullable LocalDate day) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LocalDate today = LocalDate.ofInstant(now, TochkaOperations.MOSCOW);
        LocalDate from = (day == null || day.isAfter(today) ? today : day).minusDays(1);
        LocalDate earliest = today.minusDays(TochkaJob.LONGEST - 1L);
        TochkaReading reading = reading(account, accountId,
                TochkaJob.first(now, from.isBefore(earliest) ? earliest : from, Kind.DAY));
        return reading.isContradicted() ? List.of() : reading.operations();
    }

    /**
     * What the bank says of a statement's days.
     *
     * @throws VendorException.NotYet while the bank makes the statement
     */
    TochkaReading reading(TochkaAccount account, String accountId, TochkaJob wanted) {
        String bankAccount = TochkaClient.number(accountId);
        Instant now = wanted.since();
        TochkaOrders orders = new TochkaOrders(account.client(), clock);
        Map<String, TochkaJob> hinted = account.hinted();
        hinted.values().removeIf(orders::isOverdue);
        String period = wanted.period(bankAccount);
        TochkaJob feeds = account.fed().get(period);
        if (feeds != null && !orders.isOverdue(feeds)) {
            throw wait(account, bankAccount);
        }
        TochkaJob before = hinted.putIfAbsent(period, wanted);
        TochkaJob job = before == null ? wanted : before;
        try {
            if (job.id() == null) {
                job = orders.order(accountId, job, before != null).orElseThrow(() -> wait(account, bankAccount));
                hinted.put(period, job);
            }
            TochkaReading reading = new TochkaReading(account.client().account(), bankAccount, job,
                    await(account, accountId, job));
            hinted.remove(period);
            return reading;
        } catch (VendorException.Refused refused) {
            hinted.remove(period);
            if (job.id() != null && job.again() == 0 && (refused.status() == 404 || refused.status() == 410)) {
                hinted.put(period, orders.order(accountId, job.anew(now, job.doubt()), false)
                        .orElseThrow(() -> wait(account, bankAccount)));
                throw wait(account, bankAccount);
            }
            throw refused;
        }
    }

    private TochkaClient.Statement await(TochkaAccount account, String accountId, TochkaJob job) {
        Duration step = Duration.ZERO;
        Duration waited = Duration.ZERO;
        while (true) {
            TochkaClient.Statement statement = account.client().statement(accountId, String.valueOf(job.id()));
            if (statement.status().equals("Ready")) {
                return statement;
            }
            if (statement.status().equals("Error")) {
                throw new VendorException.Refused(account.client().account(), 200, "Error", account.client().account()
                        + ": the bank cannot make a statement of " + TochkaClient.number(accountId) + " from "
                        + job.from() + "; the feed asks for it again");
            }
            step = TochkaPause.step(step);
            waited = waited.plus(step);
            if (waited.compareTo(TochkaPause.PATIENCE) > 0 || !account.pause().rest(step)) {
                throw wait(account, TochkaClient.number(accountId));
            }
        }
    }

    private static VendorException.NotYet wait(TochkaAccount account, String bankAccount) {
        return new VendorException.NotYet(account.client().account(), 0, "making", account.client().account()
                + ": the bank is making a statement of " + bankAccount + "; this goes on by itself");
    }
}
