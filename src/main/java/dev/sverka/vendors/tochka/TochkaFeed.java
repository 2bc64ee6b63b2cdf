package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Daily;
import dev.sverka.core.connector.Feed;
import dev.sverka.vendors.tochka.TochkaJob.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A company's operations, each account from yesterday to now; every so often from a week ago and once a day from 45
 * days ago, because postings come late and are taken back (tochka.md section 6.3). What was told before falls by its
 * version.
 */
final class TochkaFeed implements Feed {

    private static final Period WEEK = Period.ofDays(7);
    private static final Period LONG = Period.ofDays(45);

    private final TochkaProperties properties;
    private final Function<String, TochkaAccount> accounts;
    private final Clock clock;
    private final Daily sweeps;
    /** How many each account had when it was read last. */
    private final Map<String, Integer> bankAccounts = new ConcurrentHashMap<>();

    /** @param zone in which {@code sverka.sweep.bank} is meant */
    TochkaFeed(TochkaProperties properties, Function<String, TochkaAccount> accounts, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.accounts = accounts;
        this.clock = clock;
        this.sweeps = new Daily(properties.sweep().bank(), zone);
    }

    @Override
    public Duration every() {
        return properties.poll().bank();
    }

    /** A statement of each bank account is ordered and fetched; and their list. */
    @Override
    public double requests(String account) {
        return 1 + bankAccounts.getOrDefault(account, 1) * 2;
    }

    /** The position: {@link TochkaProgress} by bank account. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        TochkaPages pages = new TochkaPages(this, accounts.apply(account), clock, position);
        bankAccounts.put(account, pages.bankAccounts());
        return pages;
    }

    /** Whether an account in trouble is asked for again. */
    boolean isWorthTrying(TochkaProgress before) {
        return !before.isTroubled() || isDue(before.reread(), clock.instant(), properties.reread().bank());
    }

    /** The first statement that an account needs now. */
    TochkaJob due(TochkaProgress before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LocalDate today = LocalDate.ofInstant(now, TochkaOperations.MOSCOW);
        LocalDate from = today.minusDays(1);
        Instant read = before.read();
        if (read == null) {
            return TochkaJob.first(now, back(from, today, properties.history().bank()), Kind.FAR);
        }
        Instant swept = before.swept();
        boolean sweeping = swept == null || swept.isBefore(sweeps.lastDue(now));
        boolean rereads = sweeping || isDue(before.reread(), now, properties.reread().bank());
        from = back(from, LocalDate.ofInstant(read, TochkaOperations.MOSCOW), Period.ofDays(1));
        from = rereads ? back(from, today, WEEK) : from;
        from = sweeping ? back(from, today, LONG) : from;
        return TochkaJob.first(now, from, sweeping ? Kind.FAR : rereads ? Kind.WEEK : Kind.DAY);
    }

    private static boolean isDue(@Nullable Instant last, Instant now, Duration every) {
        return last == null || !now.isBefore(last.plus(every));
    }

    private static LocalDate back(LocalDate from, LocalDate day, Period by) {
        LocalDate back = day.minus(by);
        return back.isBefore(from) ? back : from;
    }
}
