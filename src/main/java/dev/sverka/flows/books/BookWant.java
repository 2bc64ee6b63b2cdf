package dev.sverka.flows.books;

import dev.sverka.flows.books.EntryBook.Entry;
import dev.sverka.flows.payments.SettledOperations.Settled;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of one operation in FinTablo now, and what stands there by us.
 *
 * @param moneybag FinTablo's account
 * @param partner FinTablo's; null where none is known
 * @param newPartner marker and fields of one that FinTablo may lack; null where it is known or cannot be made
 * @param hash equal for operations of which the same is wanted
 */
record BookWant(Settled operation, long moneybag, @Nullable Long partner,
        @Nullable Map<String, Object> newPartner, List<BookLine> lines, String hash, Entry entry) {

    boolean isDue() {
        boolean nothing = lines.isEmpty() && entry.written().isEmpty() && entry.transaction() == null;
        return !nothing && !hash.equals(entry.hash());
    }
}
