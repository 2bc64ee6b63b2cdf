package dev.sverka.statements;

import dev.sverka.bank.BankOperation;
import dev.sverka.bank.BankOperation.Counterparty;
import dev.sverka.bank.BankOperation.Direction;
import dev.sverka.connector.Fingerprint;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
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
        return hash(loose(), issuedOn, number, kind, means, spelling());
    }

    /** What stays when the bank spells the row anew: all but purpose and number. */
    String loose() {
        return hash(bankAccount, direction, bookedOn, amount, counterparty.account(), counterparty.inn());
    }

    /** What stays when only the purpose is spelled anew. */
    String numbered() {
        return hash(loose(), number);
    }

    /** Of the content without names, which every export spells its own way. */
    String version() {
        return hash(direction, amount, currency, bookedOn, number, spelling(), counterparty.account(),
                counterparty.inn());
    }

    private String spelling() {
        return purpose.replaceAll("[\\s\\u00A0]+", " ");
    }

    /** Parted by a sign that no value holds, so that two contents never read alike. */
    private static String hash(@Nullable Object... parts) {
        return Fingerprint.of(Arrays.stream(parts).map(part -> Objects.toString(part, ""))
                .collect(Collectors.joining("\u001f")));
    }

    /** @param id the row's own for ever, such as {@code 1c-…} */
    BankOperation operation(String source, String id) {
        return new BankOperation(source, id, version(), bankAccount, direction, amount, currency, bookedOn, number,
                purpose, kind.isEmpty() ? null : kind, counterparty);
    }
}
