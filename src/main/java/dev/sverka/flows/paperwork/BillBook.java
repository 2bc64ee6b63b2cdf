package dev.sverka.flows.paperwork;

import dev.sverka.core.state.Links;
import dev.sverka.records.invoice.InvoiceFile;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Invoice files, which payment each invoice is, and what people said of them. Joins the running transaction. */
final class BillBook {

    private static final String INVOICES = "invoices";
    private static final String LINK = "invoice-file";

    private final Links links;
    private final JsonMapper json;

    BillBook(Links links, JsonMapper json) {
        this.links = links;
        this.json = json;
    }

    /**
     * What an invoice is known by, whatever file tells it: the seller, its number and the year.
     *
     * @return null where the file does not tell all of it
     */
    static @Nullable String key(InvoiceFile file) {
        String number = PaperItem.key(file.number());
        LocalDate date = file.date();
        return file.seller().inn() == null || number == null || date == null ? null
                : file.seller().inn() + "/" + date.getYear() + "/" + number;
    }

    Optional<Long> payment(String key) {
        return links.right(LINK, key).map(Long::valueOf);
    }

    void tie(String key, long payment) {
        links.link(LINK, key, Long.toString(payment));
    }

    /** Whether another invoice is this payment's. */
    boolean isTaken(long payment, @Nullable String key) {
        return links.left(LINK, Long.toString(payment)).filter(other -> !other.equals(key)).isPresent();
    }

    /** What an invoice's payment was given last: {@code hash}, {@code amount}; empty at the first time. */
    Map<String, Object> given(String key) {
        return links.agreed(INVOICES, "given", key);
    }

    void give(String key, InvoiceFile file) {
        Map<String, Object> given = new HashMap<>(Map.of("hash", file.hash()));
        given.put("amount", file.amount());
        links.agree(INVOICES, "given", key, given);
    }

    @SuppressWarnings("unchecked")
    void keep(InvoiceFile file) {
        links.agree(INVOICES, "file", file.hash(), json.convertValue(file, Map.class));
    }

    InvoiceFile file(String hash) {
        return json.convertValue(links.agreed(INVOICES, "file", hash), InvoiceFile.class);
    }

    /** What a person said of a file: {@code item}, {@code create} or {@code ignore}; empty for nothing. */
    Map<String, Object> decided(String hash) {
        return links.agreed(INVOICES, "decided", hash);
    }

    void decide(String hash, Map<String, Object> said) {
        links.agree(INVOICES, "decided", hash, said);
    }
}
