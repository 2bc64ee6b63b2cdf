package dev.sverka.records.bank;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * All that a bank showed of some whole days of one account, read to the end without fault: what is known of those days
 * and not among it was withdrawn, or goes by another id now.
 *
 * @param source the account at the vendor that told it, such as {@code tbank.main}
 * @param bankAccount our account, 20 digits
 * @param fromDate the first day, Europe/Moscow
 * @param toDateExclusive the day after the last one
 * @param readAt just before the first page was asked for; an operation read later proves nothing against it
 * @param seen the posted operations, each once
 */
public record StatementWindow(String source, String bankAccount, LocalDate fromDate, LocalDate toDateExclusive,
        Instant readAt, List<Seen> seen) {

    /**
     * One operation of it.
     *
     * @param operationId {@link BankOperation#sourceId}
     * @param fingerprint {@link BankOperation#fingerprint}
     */
    public record Seen(String operationId, String fingerprint) {
    }
}
