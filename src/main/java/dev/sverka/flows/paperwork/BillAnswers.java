package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.Asked;
import dev.sverka.flows.payments.Reviews.Invalid;
import dev.sverka.flows.payments.Reviews.Said;
import dev.sverka.records.invoice.InvoiceFile;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What follows from a person's word on an invoice file: its work is taken up again with it. */
final class BillAnswers implements Asked {

    private final BillBook book;
    private final Own own;
    private final Journal journal;
    private final JsonMapper json;

    BillAnswers(BillBook book, Own own, Journal journal, JsonMapper json) {
        this.book = book;
        this.own = own;
        this.journal = journal;
        this.json = json;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(Bills.KIND);
    }

    @Override
    public void answered(Map<String, Object> subject, Said said, String by) {
        String hash = String.valueOf(subject.get("hash"));
        InvoiceFile file = book.file(hash);
        if (said.item() != null) {
            book.decide(hash, Map.of("item", said.item(), "by", by));
        } else if (Boolean.TRUE.equals(said.create())) {
            if (BillSearch.side(own, file) == null || file.amount() == null) {
                throw new Invalid("the file does not tell its side or its sum: enter the payment on the portal, then say"
                        + " item");
            }
            book.decide(hash, Map.of("create", true, "by", by));
        } else if (said.ignore() != null && !said.ignore().isBlank()) {
            book.decide(hash, Map.of("ignore", said.ignore(), "by", by));
        } else {
            throw new Invalid("say item, create or ignore");
        }
        journal.accept(new Event(Bills.FLOW, "bitrix24.main", Objects.requireNonNullElse(BillBook.key(file), hash), null,
                false, json.convertValue(file, Map.class), Map.of("SyncAccount", file.source(), "SyncEntity", "file",
                "SyncId", hash), null));
    }
}
