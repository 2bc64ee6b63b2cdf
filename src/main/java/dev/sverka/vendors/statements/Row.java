package dev.sverka.vendors.statements;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.records.bank.BankOperation.Counterparty;
import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One movement on one of our accounts, as a file tells it.
 *
 * @param line where its document starts
 * @param amount in hundredths of the currency
 * @param bookedOn the banking day as written, Europe/Moscow
 * @param issuedOn date of the document
 * @param number text, leading zeros kept; null where it is missing
 * @param kind such as {@code Платежное поручение}
 * @param means {@code ВидОплаты}
 */
record Row(int line, String bankAccount, Direction direction, long amount, String currency, LocalDate bookedOn,
        LocalDate issuedOn, @Nullable String number, String kind, String means, String purpose,
        Counterparty counterparty) {

    /** What makes it this row (sheet section 6); equal rows of a day share it. */
    String fingerprint() {
        return Fingerprint.ofParts(loose(), issuedOn, number, kind, means, spelling());
    }

    /** What stays when the bank spells the row anew: all but purpose and number. */
    String loose() {
        return Fingerprint.ofParts(bankAccount, direction, bookedOn, amount, counterparty.account(), counterparty.inn());
    }

    /** What stays when only the purpose is spelled anew. */
    String numbered() {
        return Fingerprint.ofParts(loose(), number);
    }

    /** Of the content without names, which every export spells its own way. */
    String version() {
        return Fingerprint.ofParts(direction, amount, currency, bookedOn, number, spelling(), counterparty.account(),
                counterparty.inn());
    }

    private String spelling() {
        return purpose.replaceAll("[\\s\\u00A0]+", " ");
    }

    /**
     * @param id the row's own for ever, such as {@code 1c-…}
     * @param madeAt when the file was made
     */
    BankOperation operation(String source, String id, Instant madeAt) {
        String party = counterparty.account() != null ? counterparty.account() : counterparty.inn();
        return new BankOperation(source, id, version(), bankAccount, direction, amount, currency, bookedOn, number,
                purpose, kind.isEmpty() ? null : kind, counterparty, madeAt,
                Fingerprint.ofMovement(bankAccount, direction, amount, number, party, purpose));
    }
}
