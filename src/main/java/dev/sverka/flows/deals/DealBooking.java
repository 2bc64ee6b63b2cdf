package dev.sverka.flows.deals;

import dev.sverka.core.state.Links;
import dev.sverka.flows.books.FinTabloIds;
import dev.sverka.flows.deals.DealBook.Deal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What FinTablo's deal is to hold of the portal's. Joins the running transaction. */
final class DealBooking {

    static final String NONE = "none";

    private final DealBook book;
    private final Links links;
    private final Mapped mapped;
    private final Partners partners;

    DealBooking(DealBook book, Links links, Mapped mapped, Partners partners) {
        this.book = book;
        this.links = links;
        this.mapped = mapped;
        this.partners = partners;
    }

    /** FinTablo's deal; null while there is none. */
    @Nullable Long theirs(@Nullable Long deal) {
        return deal == null ? null : links.right(FinTabloIds.DEALS, deal.toString()).map(Long::valueOf).orElse(null);
    }

    /** Whether FinTablo is to hold it: it does already, or it is open, has a company and has come far enough. */
    boolean isDue(Map<String, Object> item, String from) {
        return theirs(Values.id(item.get("id"))) != null || !isDeleted(item) && item.get("company") != null
                && !Values.isOver(item) && mapped.hasReached(Values.text(item.get("pipeline")),
                        Values.text(item.get("stage")), from);
    }

    /** @return {@code {id, due, item, company, read}}: {@code read} is a company that is not known yet */
    Map<String, Object> begin(Map<String, Object> item, String from) {
        long id = Long.parseLong(item.get("id").toString());
        Map<String, Object> work = new LinkedHashMap<>(Map.of("id", id, "item", item, "due", isDue(item, from)));
        Long company = Values.id(item.get("company"));
        if (company != null) {
            work.put("company", company);
            if (partners.isUnknown(company)) {
                work.put("read", company);
            }
        }
        return work;
    }

    /** @return {@code {id, action, …}}: none, create with marker: and fields:, or update with id: and fields: */
    Map<String, Object> choose(long id, Map<String, Object> item) {
        List<String> findings = new ArrayList<>();
        Map<String, String> wanted = wanted(item, findings);
        Map<String, Object> chosen = new LinkedHashMap<>(Map.of("portal", id, "wanted", wanted, "findings", findings,
                "item", item));
        Long theirs = theirs(id);
        if (theirs == null) {
            chosen.put("action", "create");
            chosen.put("marker", Deals.MARKER + id);
            chosen.put("fields", new LinkedHashMap<>(wanted));
            return chosen;
        }
        Map<String, Object> fields = new LinkedHashMap<>(wanted);
        Map<String, String> written = book.deal(id).map(Deal::written).orElse(Map.of());
        if (written.containsKey("actDate") && !isDeleted(item) && !book.hasActs(id)) {
            findings.add("подписанных актов больше нет, сотрите дату акта " + written.get("actDate")
                    + " у сделки в ФинТабло");
        }
        fields.keySet().removeIf(key -> wanted.get(key).equals(written.get(key)));
        chosen.put("action", fields.isEmpty() ? NONE : "update");
        chosen.put("id", theirs);
        chosen.put("fields", fields);
        return chosen;
    }

    private Map<String, String> wanted(Map<String, Object> item, List<String> findings) {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (isDeleted(item)) {
            put(wanted, "statusId", mapped.status("lost", findings));
            return wanted;
        }
        Long company = Values.id(item.get("company"));
        put(wanted, "name", Values.text(item.get("title")));
        put(wanted, "directionId", mapped.direction(Values.text(item.get("pipeline")), findings));
        put(wanted, "partnerId", partners.partner(company));
        put(wanted, "currency", Values.currency(item));
        put(wanted, "startDate", Values.day(item.get("begin")));
        put(wanted, "endDate", Values.day(item.get("end")));
        put(wanted, "actDate", book.actDate(Long.parseLong(item.get("id").toString())).orElse(null));
        put(wanted, "statusId", mapped.status(!Values.isOver(item) ? "open"
                : Values.SUCCESS.equals(item.get("semantics")) ? "won" : "lost", findings));
        amounts(wanted, item, findings);
        partners.findings(company, findings);
        return wanted;
    }

    /** The portal's amount holds the VAT, FinTablo's does not (fintablo.md section 6). */
    private static void amounts(Map<String, String> wanted, Map<String, Object> item, List<String> findings) {
        if (item.get("amount") == null) {
            return;
        }
        Integer rate = Values.vatRate(item.get("vat"));
        if (rate == null) {
            findings.add("сумма не передана: у сделки не указан НДС, выберите ставку или «Без НДС» на портале");
            return;
        }
        BigDecimal amount = Values.kopecks(item.get("amount"));
        BigDecimal vat = Values.vat(amount, rate);
        put(wanted, "amount", amount.subtract(vat));
        put(wanted, "nds", vat);
    }

    private static void put(Map<String, String> wanted, String key, @Nullable Object value) {
        if (value != null) {
            wanted.put(key, Values.canonical(value));
        }
    }

    /**
     * Keeps what {@link #choose} was carried out to.
     *
     * @param result FinTablo's answer to a creation
     * @return whether FinTablo holds something else than is wanted: an earlier try made it of other values
     */
    boolean booked(Map<String, Object> chosen, Map<String, String> wanted, @Nullable Map<String, Object> result) {
        long id = Long.parseLong(chosen.get("portal").toString());
        Map<String, String> written = new LinkedHashMap<>(book.deal(id).map(Deal::written).orElse(Map.of()));
        boolean other = false;
        if (chosen.get("action").equals("create") && result != null) {
            links.link(FinTabloIds.DEALS, Long.toString(id), result.get("id").toString());
            written = Values.held(result, wanted);
            other = !written.equals(wanted);
        } else {
            written.putAll(wanted);
        }
        book.keep(id, new Deal(Values.id(((Map<?, ?>) chosen.get("item")).get("company")), written,
                book.deal(id).map(Deal::mapping).orElse(null)));
        return other;
    }

    /** Whether the deal's payments have to be planned anew: never done yet, or by another mapping. */
    boolean isToPlan(long id) {
        return book.deal(id).filter(deal -> !version(deal.written()).equals(deal.mapping())).isPresent();
    }

    /** A funnel's direction goes into the plans too. */
    private String version(Map<String, String> written) {
        return Integer.toHexString((mapped.version() + written.getOrDefault("directionId", "")).hashCode());
    }

    void planned(long id) {
        Optional<Deal> deal = book.deal(id);
        deal.ifPresent(one -> book.keep(id, new Deal(one.company(), one.written(), version(one.written()))));
    }

    /** Whether it is not held as the mapping says now. */
    boolean isUntaken(Map<String, Object> item, String from) {
        Long id = Values.id(item.get("id"));
        return id != null && isDue(item, from) && (theirs(id) == null || isToPlan(id));
    }

    private static boolean isDeleted(Map<String, Object> item) {
        return Boolean.TRUE.equals(item.get("deleted"));
    }
}
