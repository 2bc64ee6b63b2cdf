package dev.sverka.records.bank;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One posted movement on one of our bank accounts, whatever bank or file it came from.
 *
 * @param source the account at the vendor that told it, such as {@code tbank.main}
 * @param sourceId the bank's id; may change overnight (tbank.md section 6), so it is an alias and never our key
 * @param version hash of the content: the same operation edited by the bank has another
 * @param bankAccount our account, 20 digits
 * @param direction whether money came or went
 * @param amount kopecks (or the currency's hundredths), never negative
 * @param currency ISO 4217 letters, such as {@code RUB}
 * @param bookedOn the banking day in Europe/Moscow
 * @param documentNumber number of the payment order, never of a bill
 * @param purpose the purpose of payment, empty where the bank gives none
 * @param category the bank's own word for the kind of operation, open text
 * @param counterparty the other side
 * @param readAt when the source was asked; what a {@link StatementWindow} read earlier does not hold is no less true
 * @param fingerprint equal for what may be one operation under two ids (tbank.md section 6); truly identical operations
 *     share it, so it is counted. The day is no part of it: days may differ by one
 */
public record BankOperation(String source, String sourceId, String version, String bankAccount, Direction direction,
        long amount, String currency, LocalDate bookedOn, @Nullable String documentNumber, String purpose,
        @Nullable String category, Counterparty counterparty, Instant readAt, String fingerprint) {

    /** The category of a movement that the bank told with a negative sum. */
    public static final String REVERSAL = "reversal";

    /** Between an id that two movements share and what tells them apart. */
    private static final String APART = "~";

    /** An id for one of several movements that the bank shows under one id. */
    public static String apart(String sourceId, String fingerprint) {
        return plainId(sourceId) + APART + fingerprint.substring(0, Math.min(12, fingerprint.length()));
    }

    /** The bank's own id. */
    public static String plainId(String sourceId) {
        int at = sourceId.lastIndexOf(APART);
        return at < 0 ? sourceId : sourceId.substring(0, at);
    }

    /** The same operation under another id. */
    public BankOperation withSourceId(String id) {
        return new BankOperation(source, id, version, bankAccount, direction, amount, currency, bookedOn,
                documentNumber, purpose, category, counterparty, readAt, fingerprint);
    }

    /** Seen from our account. */
    public enum Direction { INCOMING, OUTGOING }

    /**
     * The other side as the bank states it; absent parts are null (the banks' {@code "0"} and {@code ""} too).
     *
     * @param inn 10 or 12 digits, leading zeros kept
     * @param account 20 digits
     */
    public record Counterparty(@Nullable String inn, @Nullable String kpp, @Nullable String name,
            @Nullable String account) {
    }
}
