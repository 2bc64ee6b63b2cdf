package dev.sverka.records.bank;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a bank states an account held as some days began: the day before was closed with as much. Told only of days that
 * had begun when the bank was asked, and only where the bank itself says so, or its rows and its balances fit.
 *
 * @param source the account at the vendor that told it, such as {@code tbank.main}
 * @param bankAccount our account, 20 digits
 * @param readAt just before the bank was asked; an operation read later may not be counted in it
 * @param starts oldest first
 */
public record StatementBalances(String source, String bankAccount, Instant readAt, List<Start> starts) {

    /**
     * One morning.
     *
     * @param day Europe/Moscow
     * @param amount kopecks (or the currency's hundredths); negative where the account is overdrawn
     */
    public record Start(LocalDate day, long amount) {
    }
}
