package dev.sverka.records.bank;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that a bank showed of some whole days of one account, read to the end without fault: what is known of those days
 * and not among it was withdrawn, or goes by another id now. Many operations come in several parts.
 *
 * @param id the same for all parts of one reading
 * @param part 1 for the first, {@code parts} for the last; told in this order
 * @param source the account at the vendor that told it, such as {@code tbank.main}
 * @param bankAccount our account, 20 digits
 * @param fromDate the first day, Europe/Moscow
 * @param toDateExclusive the day after the last one
 * @param readAt just before the first page was asked for; an operation read later proves nothing against it
 * @param seen the posted operations of this part, each once
 */
public record StatementWindow(String id, int part, int parts, String source, String bankAccount, LocalDate fromDate,
        LocalDate toDateExclusive, Instant readAt, List<Seen> seen) {

    /** Rows of a part: it has to fit an entry of the journal. */
    private static final int ROWS = 4000;

    /**
     * One operation of it.
     *
     * @param operationId {@link BankOperation#sourceId}
     * @param fingerprint {@link BankOperation#fingerprint}
     */
    public record Seen(String operationId, String fingerprint) {
    }

    /** A whole window; {@link #split} before it is told. */
    public StatementWindow(String id, String source, String bankAccount, LocalDate fromDate, LocalDate toDateExclusive,
            Instant readAt, List<Seen> seen) {
        this(id, 1, 1, source, bankAccount, fromDate, toDateExclusive, readAt, seen);
    }

    /** Parts that each fit an entry of the journal, in order; a window without operations is one part. */
    public List<StatementWindow> split() {
        int all = Math.max(1, (seen.size() + ROWS - 1) / ROWS);
        return IntStream.range(0, all).mapToObj(n -> new StatementWindow(id, n + 1, all, source,
                bankAccount, fromDate, toDateExclusive, readAt,
                seen.subList(n * ROWS, Math.min(seen.size(), (n + 1) * ROWS)))).toList();
    }
}
