package dev.sverka.flows.payments;

import dev.sverka.records.bank.BankOperation.Direction;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A bank operation by its current version, and what has been decided of it. Amount in kopecks (the currency's
 * hundredths); the day is Europe/Moscow.
 *
 * @param version 1 for the first content the bank told, 2 for its first edit …
 * @param box new, review, allocated, classified or ignored
 * @param byPerson who decided on it last; null where no person has
 * @param withdrawn whether the bank shows it no longer
 * @param onlyPerson whether its money has been taken back once: the machine gives it to nobody else
 * @param fee what the bank has kept of a register of card money: its shares are gross
 */
record StoredOperation(long id, int version, String source, String hash, String bankAccount, Direction direction,
        long amount, String currency, LocalDate bookedOn, @Nullable String docNumber, String purpose,
        @Nullable String partyInn, @Nullable String partyName, @Nullable String partyAccount,
        @Nullable String category, @Nullable String fingerprint, String box, @Nullable String explanation,
        @Nullable String byPerson, boolean withdrawn, boolean onlyPerson, long fee) {

    boolean isIncoming() {
        return direction == Direction.INCOMING;
    }

    boolean isUndecided() {
        return byPerson == null && (box.equals("new") || box.equals("review"));
    }

    /** Whose customer's line it stands in: the other side's ИНН, else its account. */
    String customer() {
        return partyInn != null ? partyInn : partyAccount != null ? partyAccount : "unknown";
    }
}
