package dev.sverka.flows.deals;

import dev.sverka.flows.deals.DealBook.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A payment's planned operation in FinTablo (fintablo.md section 9). There is one while something of the payment is
 * still to come, of what is still to come; a fact is never touched. Joins the running transaction.
 */
final class PlanBooking {

    private static final String CREATE = "create";
    private static final String UPDATE = "update";
    private static final String DELETE = "delete";
    /** A person deleted the plan, or made it a fact: it is left alone for as long as its payment is open. */
    private static final String LEFT = "left";
    /** Without them FinTablo takes no operation. */
    private static final Set<String> NEEDED = Set.of("moneybagId", "date");
    /** How FinTablo clears a field is not said (fintablo.md section 15, row 5): a plan that loses one is made anew. */
    private static final Set<String> NEVER_CLEARED = Set.of("moneybagId", "date", "dealId", "partnerId");

    private final DealBook book;
    private final DealBooking deals;
    private final Mapped mapped;
    private final Partners partners;
    private final StageBooking stages;
    private final @Nullable String onlyOwn;

    /** @param onlyOwn ИНН of our company where we are only one */
    PlanBooking(DealBook book, DealBooking deals, Mapped mapped, Partners partners, StageBooking stages,
            @Nullable String onlyOwn) {
        this.book = book;
        this.deals = deals;
        this.mapped = mapped;
        this.partners = partners;
        this.stages = stages;
        this.onlyOwn = onlyOwn;
    }

    /** What is still to come of a payment. */
    private static BigDecimal rest(Map<String, Object> item) {
        boolean over = Boolean.TRUE.equals(item.get("deleted")) || Values.isOver(item);
        return over ? BigDecimal.ZERO : Values.kopecks(item.get("amount")).subtract(Values.kopecks(item.get("paid")));
    }

    /** A payment of a deal that FinTablo does not hold waits for it. */
    private boolean isWanted(Map<String, Object> item) {
        Long deal = Values.id(item.get("deal"));
        return rest(item).signum() > 0 && (deal == null || deals.theirs(deal) != null);
    }

    /** @return {@code {id, due, item, company, read, own}}: {@code read} and {@code own} are companies not known yet */
    Map<String, Object> begin(Map<String, Object> item) {
        long id = Long.parseLong(item.get("id").toString());
        Plan plan = book.plan(id);
        boolean wanted = isWanted(item);
        boolean left = plan.written().containsKey(LEFT);
        Map<String, Object> work = new LinkedHashMap<>(Map.of("id", id, "item", item,
                "due", wanted ? !left : plan.transaction() != null));
        if (wanted) {
            Long company = Values.id(item.get("company"));
            if (company != null) {
                work.put("company", company);
            }
            if (partners.isUnknown(company)) {
                work.put("read", company);
            }
            Long own = Values.id(item.get("ourCompany"));
            if (partners.isUnknown(own)) {
                work.put("own", own);
            }
        }
        return work;
    }

    /** @return FinTablo's operation that has to be looked at before it is changed; null for none */
    @Nullable Long looked(long id, Map<String, Object> item) {
        String action = decide(id, item, Map.of("isPlan", 1)).get("action").toString();
        return action.equals(UPDATE) || action.equals(DELETE) ? book.plan(id).transaction() : null;
    }

    /**
     * What is to be done.
     *
     * @param present FinTablo's operation where it was looked at
     * @return {@code {payment, item, action, …}}: none, create, update, delete or left, and what that needs
     */
    Map<String, Object> decide(long id, Map<String, Object> item, Map<String, Object> present) {
        Plan plan = book.plan(id);
        List<String> findings = new ArrayList<>();
        Map<String, String> wanted = isWanted(item) ? wanted(item, findings) : Map.of();
        Map<String, Object> chosen = new LinkedHashMap<>(Map.of("portal", id, "item", item, "wanted", wanted,
                "findings", findings, "action", DealBooking.NONE));
        Map<String, Object> fields = new LinkedHashMap<>(wanted);
        if (plan.transaction() == null) {
            if (!wanted.isEmpty() && wanted.keySet().containsAll(NEEDED)) {
                fields.put("isPlan", 1);
                chosen.putAll(Map.of("action", CREATE, "fields", fields, "marker", Deals.MARKER + id
                        + (plan.generation() == 0 ? "" : "." + plan.generation())));
            }
            return chosen;
        }
        chosen.put("id", plan.transaction());
        fields.keySet().removeIf(key -> wanted.get(key).equals(plan.written().get(key)));
        boolean over = wanted.isEmpty() || fields.containsKey("group") || NEVER_CLEARED.stream().anyMatch(key ->
                plan.written().containsKey(key) && !wanted.containsKey(key));
        if (over || !fields.isEmpty()) {
            boolean touchable = !plan.written().containsKey(LEFT) && isPlan(present);
            chosen.put("action", !touchable ? LEFT : over ? DELETE : UPDATE);
            chosen.put("fields", fields);
        }
        return chosen;
    }

    private static boolean isPlan(Map<String, Object> present) {
        return !Boolean.TRUE.equals(present.get("deleted")) && "1".equals(String.valueOf(present.get("isPlan")));
    }

    private Map<String, String> wanted(Map<String, Object> item, List<String> findings) {
        boolean incoming = "in".equals(item.get("pipeline"));
        Long deal = Values.id(item.get("deal"));
        Long company = Values.id(item.get("company"));
        Map<String, String> wanted = new LinkedHashMap<>();
        put(wanted, "value", rest(item));
        put(wanted, "group", incoming ? "income" : "outcome");
        put(wanted, "date", Values.day(item.get("dueDate")));
        if (!wanted.containsKey("date")) {
            findings.add("нет плановой операции: укажите срок оплаты на портале");
        }
        put(wanted, "moneybagId", moneybag(item, findings));
        put(wanted, "categoryId", mapped.category(Values.text(item.get("article")), incoming, findings));
        put(wanted, "partnerId", partners.partner(company));
        partners.findings(company, findings);
        // an income is refused on a stage (fintablo.md section 13, row 8)
        Long stage = incoming ? null : stages.theirs(Values.id(item.get("stageItem")));
        put(wanted, "dealId", stage == null ? deals.theirs(deal) : stage);
        put(wanted, "directionId", deal == null ? mapped.direction(null, new ArrayList<>())
                : book.deal(deal).map(one -> one.written().get("directionId")).orElse(null));
        put(wanted, "nds", Values.vatRate(item.get("vat")));
        put(wanted, "description", Values.text(item.get("title")));
        return wanted;
    }

    private @Nullable Long moneybag(Map<String, Object> item, List<String> findings) {
        Long own = Values.id(item.get("ourCompany"));
        String inn = own == null ? onlyOwn : partners.inn(own);
        if (inn == null) {
            findings.add("нет плановой операции: " + (own == null ? "укажите нашу компанию в платеже на портале"
                    : "в реквизитах нашей компании должен стоять один ИНН, заполните его на портале"));
            return null;
        }
        return mapped.moneybag(inn, Values.currency(item), findings);
    }

    private static void put(Map<String, String> wanted, String key, @Nullable Object value) {
        if (value != null) {
            wanted.put(key, Values.canonical(value));
        }
    }

    /**
     * Keeps what {@link #decide} was carried out to.
     *
     * @param result FinTablo's answer to a creation
     * @return whether more is to be done
     */
    boolean booked(Map<String, Object> chosen, Map<String, String> wanted, @Nullable Map<String, Object> result) {
        long id = Long.parseLong(chosen.get("portal").toString());
        Long company = Values.id(((Map<?, ?>) chosen.get("item")).get("company"));
        Plan plan = book.plan(id);
        switch (chosen.get("action").toString()) {
            case CREATE -> {
                Map<String, String> held = Values.held(result, wanted);
                Long made = result == null ? null : Values.id(result.get("id"));
                book.keep(id, new Plan(company, made, plan.generation(), held));
                return !held.equals(wanted);
            }
            case UPDATE -> {
                Map<String, String> written = new LinkedHashMap<>(plan.written());
                written.putAll(wanted);
                book.keep(id, new Plan(company, plan.transaction(), plan.generation(), written));
                return false;
            }
            case DELETE -> {
                book.keep(id, new Plan(company, null, plan.generation() + 1, Map.of()));
                return !wanted.isEmpty();
            }
            case LEFT -> {
                book.keep(id, wanted.isEmpty() ? new Plan(company, null, plan.generation() + 1, Map.of())
                        : new Plan(company, plan.transaction(), plan.generation(), Map.of(LEFT, "yes")));
                return false;
            }
            default -> {
                book.keep(id, new Plan(company, plan.transaction(), plan.generation(), plan.written()));
                return false;
            }
        }
    }
}
