package dev.sverka.flows.books;

import dev.sverka.flows.books.EntryBook.Entry;
import dev.sverka.flows.payments.SettledOperations.Settled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of one operation in FinTablo now, and what stands there by us.
 *
 * @param moneybag FinTablo's account
 * @param partner FinTablo's; null where none is known
 * @param hash equal for operations of which the same is wanted
 */
record BookWant(Settled operation, long moneybag, @Nullable Long partner, List<BookLine> lines, String hash,
        Entry entry) {

    boolean isDue() {
        boolean nothing = lines.isEmpty() && entry.written().isEmpty() && entry.transaction() == null;
        return !nothing && !hash.equals(entry.hash());
    }
}
