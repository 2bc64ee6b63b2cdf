package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Daily;
import dev.sverka.core.connector.Feed;
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
 * days ago, because the bank adds and edits past ones (tbank.md section 6). What was told before falls by its version.
 */
final class TBankFeed implements Feed {

    /** How many days late the bank still adds and edits operations (section 6). */
    static final int LONGEST = 45;
    private static final Period WEEK = Period.ofDays(7);
    private static final Period LONG = Period.ofDays(LONGEST);
    /** What the bank has (section 4). */
    private static final LocalDate FIRST_DAY = LocalDate.of(2023, 6, 1);

    private final TBankProperties properties;
    private final Function<String, TBankAccount> accounts;
    private final Clock clock;
    private final Daily sweeps;
    /** How many each account had when it was read last. */
    private final Map<String, Integer> bankAccounts = new ConcurrentHashMap<>();

    /** @param zone in which {@code sverka.sweep.bank} is meant */
    TBankFeed(TBankProperties properties, Function<String, TBankAccount> accounts, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.accounts = accounts;
        this.clock = clock;
        this.sweeps = new Daily(properties.sweep().bank(), zone);
    }

    /** What is to be read of a bank account now. @param after how far it has been read then */
    record Due(LocalDate from, TBankProgress after) {
    }

    @Override
    public Duration every() {
        return properties.poll().bank();
    }

    /** A statement of each bank account, and their list. */
    @Override
    public double requests(String account) {
        return 1 + bankAccounts.getOrDefault(account, 1);
    }

    /** The position: {@link TBankProgress} by bank account. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        TBankWindow window = new TBankWindow(this, accounts.apply(account), clock, position);
        bankAccounts.put(account, window.bankAccounts());
        return window;
    }

    /** Whether an account in trouble is asked for again. */
    boolean isWorthTrying(TBankProgress before) {
        return !before.isTroubled() || isDue(before.reread(), clock.instant(), properties.reread().bank());
    }

    /** Whether the long re-read is due. */
    boolean isSweeping(TBankProgress before) {
        Instant swept = before.swept();
        return before.read() == null || swept == null || swept.isBefore(sweeps.lastDue(clock.instant()));
    }

    Due due(TBankProgress before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        LocalDate today = LocalDate.ofInstant(now, TBankOperations.MOSCOW);
        Instant read = before.read();
        boolean rereads = isDue(before.reread(), now, properties.reread().bank());
        boolean sweeping = isSweeping(before);
        LocalDate from = today.minusDays(1);
        if (read == null) {
            from = back(from, today, properties.history().bank());
        } else {
            from = back(from, LocalDate.ofInstant(read, TBankOperations.MOSCOW), Period.ofDays(1));
            from = rereads ? back(from, today, WEEK) : from;
            from = sweeping ? back(from, today, LONG) : from;
        }
        return new Due(from.isBefore(FIRST_DAY) ? FIRST_DAY : from, new TBankProgress(now,
                rereads ? now : before.reread(), sweeping ? now : before.swept(), before.trouble(), before.day(), before.week(),
                before.far(), before.start()));
    }

    private static boolean isDue(@Nullable Instant last, Instant now, Duration every) {
        return last == null || !now.isBefore(last.plus(every));
    }

    private static LocalDate back(LocalDate from, LocalDate day, Period by) {
        LocalDate back = day.minus(by);
        return back.isBefore(from) ? back : from;
    }
}
