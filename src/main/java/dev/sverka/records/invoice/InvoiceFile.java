package dev.sverka.records.invoice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as a file tells it. What could not be read, or reads in two ways, is null and named in {@code faults}.
 *
 * @param source the drop folder's account, such as {@code invoices.main}
 * @param hash SHA-256 of the file, hexadecimal
 * @param name of the file
 * @param amount kopecks with VAT
 * @param vatRate percent; -1 for «Без НДС»
 * @param vat kopecks; null where it is not stated
 * @param contract number of the contract it names; null for none
 * @param faults in Russian, for the person who is asked
 * @param readAt just before the file was read
 */
public record InvoiceFile(String source, String hash, String name, @Nullable String number, @Nullable LocalDate date,
        @Nullable Long amount, @Nullable Integer vatRate, @Nullable Long vat, Party seller, Party buyer,
        @Nullable String contract, List<String> faults, Instant readAt) {

    /** @param inn 10 or 12 digits; null where it was not read */
    public record Party(@Nullable String inn, @Nullable String name) {
    }
}
