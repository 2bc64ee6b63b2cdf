package dev.sverka.flows.deals;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Links;
import dev.sverka.flows.books.DealFunnels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The steps that bring deals and payments into FinTablo, each safe to repeat; {@code bean:deals} in routes. */
@FlowSteps
public class Deals {

    /** What marks all that the flow creates; the portal's id, or an ИНН, follows. */
    static final String MARKER = "sverka:deal-fintablo:main:";
    static final String FINTABLO = "fintablo.main";
    private static final String DEAL_FLOW = "deal-fintablo";
    private static final String PLAN_FLOW = "deal-plan";
    private static final String STAGE_FLOW = "deal-stage";
    private static final String ACT_FLOW = "deal-act-stage";
    private static final String SHOWN_FLOW = "deal-partner-shown";
    private static final String SUMS_FLOW = "deal-sums";
    private static final String PORTAL = "bitrix24.main";
    private static final String SHOWN = "deal-partner";
    private static final Map<String, String> NOUNS = Map.of("payment", "платёж", "stage", "этап", "report", "акт",
            "document", "документ");
    private static final String TAKEN = "deal-mapping";

    private final TransactionOperations transactions;
    private final DealBook book;
    private final Partners partners;
    private final DealBooking deals;
    private final StageBooking stages;
    private final ActBooking acts;
    private final PlanBooking plans;
    private final Mapped mapped;
    private final Links links;
    private final Journal journal;
    private final DealFunnels funnels;
    private final boolean on;

    /** What the steps work with. @param on whether portal and FinTablo have a url and a credential */
    record Parts(DealBook book, Partners partners, DealBooking deals, StageBooking stages, ActBooking acts,
            PlanBooking plans, Mapped mapped, Links links, Journal journal, DealFunnels funnels, boolean on) {
    }

    Deals(TransactionOperations transactions, Parts parts) {
        this.transactions = transactions;
        this.book = parts.book();
        this.partners = parts.partners();
        this.deals = parts.deals();
        this.stages = parts.stages();
        this.acts = parts.acts();
        this.plans = parts.plans();
        this.mapped = parts.mapped();
        this.links = parts.links();
        this.journal = parts.journal();
        this.funnels = parts.funnels();
        this.on = parts.on();
    }

    /** Whether deals go into FinTablo at all; news that came while they do not is done with. */
    public boolean isOn() {
        return on && mapped.isSet();
    }

    /**
     * Whether FinTablo is to hold a deal, and what has to be read first.
     *
     * @param from key of the deal's stage from which on, or {@code any}
     */
    public Map<String, Object> begin(Map<String, Object> deal, String from) {
        if (!Boolean.TRUE.equals(deal.get("deleted"))) {
            transactions.executeWithoutResult(status -> funnels.keep(id(deal), mapped.title(
                    Values.text(deal.get("pipeline")))));
        }
        return deals.begin(deal, from);
    }

    /** Whether FinTablo is to hold, or holds, a plan of a payment, and what has to be read first. */
    public Map<String, Object> beginPlan(Map<String, Object> payment) {
        return plans.begin(payment);
    }

    /** Takes over a company; with another ИНН its deals and payments are looked at again. */
    public void company(Map<String, Object> company) {
        transactions.executeWithoutResult(status -> {
            if (partners.take(company)) {
                long id = id(company);
                book.dealsOf(id).forEach(this::acceptDeal);
                book.paymentsOf(id).forEach(this::acceptPlan);
            }
        });
    }

    /** @return {@code {filter}} to look for the partner with; empty where nothing is to be looked for */
    public Map<String, Object> partnerSought(Map<String, Object> work) {
        return new LinkedHashMap<>(partners.sought(Values.id(work.get("company"))));
    }

    /** @return marker and fields of a new partner; empty where it was among the listed */
    public Map<String, Object> partnerFound(Map<String, Object> work, List<Map<String, Object>> listed) {
        return inOne(() -> partners.found(company(work, "company"), listed));
    }

    public void partnerMade(Map<String, Object> work, Map<String, Object> result) {
        transactions.executeWithoutResult(status -> partners.made(company(work, "company"), result));
    }

    /** @return {@code {filter}} of the stages that a new deal is made with; empty where FinTablo holds the deal */
    public Map<String, Object> stagesSought(Map<String, Object> work) {
        return deals.theirs(id(work)) == null ? Map.of("filter", Map.of("deal", id(work))) : Map.of();
    }

    /**
     * What is to be done to FinTablo's deal.
     *
     * @param listed the portal's stages of it, where it is new
     * @return {@code {action}}: none, create or update, and what that needs
     */
    public Map<String, Object> choose(Map<String, Object> work, @Nullable List<Map<String, Object>> listed) {
        Map<String, Object> chosen = deals.choose(id(work), map(work.get("item")));
        if (listed != null && chosen.get("action").equals("create")) {
            chosen.put("stages", listed);
            List<Map<String, Object>> inline = stages.inline(texts(chosen.get("wanted")), listed);
            if (!inline.isEmpty()) {
                map(chosen.get("fields")).put("stages", inline);
            }
        }
        return chosen;
    }

    /** Whether FinTablo lacks a stage, or holds it otherwise, and which of its deals has to be looked at. */
    public Map<String, Object> beginStage(Map<String, Object> stage) {
        return stages.begin(stage);
    }

    /** What is to be done to a stage. @param present FinTablo's deal */
    public Map<String, Object> chooseStage(Map<String, Object> work, Map<String, Object> present) {
        return stages.choose(work, map(work.get("item")), present);
    }

    /** Keeps what was added to FinTablo's deal. @param result FinTablo's answer */
    public void bookedStage(Map<String, Object> chosen, @Nullable Map<String, Object> result) {
        transactions.executeWithoutResult(status -> stages.booked(chosen, texts(chosen.get("wanted")), result));
    }

    /** Whether FinTablo lacks a signed act, or holds it otherwise, and which of its deals has to be looked at. */
    public Map<String, Object> beginAct(Map<String, Object> act) {
        return acts.begin(act.get("id").toString());
    }

    /** What is to be done to a signed act. @param present FinTablo's deal */
    public Map<String, Object> chooseAct(Map<String, Object> work, Map<String, Object> present) {
        return acts.choose(work, present);
    }

    /** Keeps what was done to a signed act. @param result FinTablo's answer to an addition */
    public void bookedAct(Map<String, Object> chosen, @Nullable Map<String, Object> result) {
        transactions.executeWithoutResult(status -> {
            long deal = Long.parseLong(chosen.get("deal").toString());
            if (acts.booked(chosen, texts(chosen.get("wanted")), result)) {
                acceptAct(journal, deal, chosen.get("act").toString());
            }
            if (chosen.get("action").equals("date")) {
                acceptDeal(deal);
            }
        });
    }

    /** Accepts the work on a signed act. One deal's go one after another: one paper may be told as two items. */
    static void acceptAct(Journal journal, long deal, String act) {
        String key = Long.toString(deal);
        journal.accept(new Event(ACT_FLOW, FINTABLO, key, null, false, Map.of("id", act), Map.of("SyncAccount", PORTAL,
                "SyncEntity", "deal", "SyncId", key), null));
    }

    /** Accepts the work on a deal's stages. @param listed as the portal lists them */
    public void stagesPlanned(List<Map<String, Object>> listed) {
        transactions.executeWithoutResult(status -> listed.stream()
                .filter(stage -> Boolean.TRUE.equals(stages.begin(stage).get("due")))
                .forEach(stage -> accept(STAGE_FLOW, FINTABLO, "stage", id(stage), stage)));
    }

    /** What the portal's company is to say of its partner. @return {@code {id, fields}} for an update */
    public Map<String, Object> partnerShown(Map<String, Object> company) {
        Long partner = partners.partner(id(company));
        return partner == null ? Map.of() : Map.of("id", id(company), "fields", Map.of("fintabloPartner",
                partner.toString()));
    }

    /** A company says its partner once it has one; joins the running transaction. */
    private void show(@Nullable Object company) {
        Long id = Values.id(company);
        Long partner = partners.partner(id);
        // a dry run invents ids below zero
        if (id != null && partner != null && partner > 0
                && !partner.toString().equals(links.agreed(FINTABLO, SHOWN, id.toString()).get("partner"))) {
            links.agree(FINTABLO, SHOWN, id.toString(), Map.of("partner", partner.toString()));
            accept(SHOWN_FLOW, PORTAL, "company", id, Map.of("id", id));
        }
    }

    /** @return {@code {id}} of the planned operation that has to be looked at; empty for none */
    public Map<String, Object> looked(Map<String, Object> work) {
        Long theirs = plans.looked(id(work), map(work.get("item")));
        return theirs == null ? Map.of() : Map.of("id", theirs);
    }

    /** What is to be done to a planned operation. @param present FinTablo's, where it was looked at */
    public Map<String, Object> choosePlan(Map<String, Object> work, Map<String, Object> present) {
        return plans.decide(id(work), map(work.get("item")), present);
    }

    /**
     * Keeps what was written to FinTablo's deal.
     *
     * @param result FinTablo's answer to a creation
     * @return {@code {filter}} to list the payments with that have to be planned; empty where none have
     */
    public Map<String, Object> booked(Map<String, Object> chosen, @Nullable Map<String, Object> result) {
        long id = Long.parseLong(chosen.get("portal").toString());
        return inOne(() -> {
            if (deals.booked(chosen, texts(chosen.get("wanted")), result)) {
                acceptDeal(id);
            }
            show(map(chosen.get("item")).get("company"));
            if (chosen.get("stages") instanceof List<?> listed && result != null) {
                stages.made(id, texts(chosen.get("wanted")), rows(listed), result);
            }
            if (chosen.get("action").equals("create")) {
                accept(SUMS_FLOW, PORTAL, "deal", id, Map.of("id", id));
                acts.pendingOf(id).forEach(act -> acceptAct(journal, id, act));
            }
            return deals.isToPlan(id) ? Map.of("filter", Map.of("deal", id)) : Map.of();
        });
    }

    /** Accepts the work on a deal's payments. @param payments as the portal lists them */
    public void planned(Map<String, Object> chosen, List<Map<String, Object>> payments) {
        transactions.executeWithoutResult(status -> {
            payments.forEach(payment -> accept(PLAN_FLOW, FINTABLO, "payment", id(payment), payment));
            deals.planned(Long.parseLong(chosen.get("portal").toString()));
        });
    }

    /** Keeps what was written to a planned operation. @param result FinTablo's answer to a creation */
    public void bookedPlan(Map<String, Object> chosen, @Nullable Map<String, Object> result) {
        transactions.executeWithoutResult(status -> {
            show(map(chosen.get("item")).get("company"));
            if (plans.booked(chosen, texts(chosen.get("wanted")), result)) {
                acceptPlan(Long.parseLong(chosen.get("portal").toString()));
            }
        });
    }

    /**
     * What could not be written.
     *
     * @param entry the journal's
     * @throws VendorException.Refused where a person has to mend something, with what
     */
    public void findings(Map<String, Object> chosen, long entry) {
        Map<String, Object> item = map(chosen.get("item"));
        String entity = Objects.toString(item.get("entity"), "deal");
        String what = entity + " " + chosen.get("portal");
        List<?> found = (List<?>) chosen.get("findings");
        String words = String.join("; ", found.stream().map(String::valueOf).distinct().toList());
        if (Boolean.TRUE.equals(transactions.execute(status -> book.tell(what, words, entry)))) {
            throw new VendorException.Refused(FINTABLO, 0, "unmapped", NOUNS.getOrDefault(entity, "сделка")
                    + " " + chosen.get("portal") + " «" + Objects.toString(item.get("title"), "") + "» в ФинТабло: " + words
                    + "; затем повторите эту запись");
        }
    }

    /** Whether the mapping says something else than when all deals were looked at last. */
    public boolean isUntaken() {
        return isOn() && !mapped.version().equals(links.agreed(FINTABLO, TAKEN, TAKEN).get("version"));
    }

    /** Takes up the deals that FinTablo does not hold as the mapping says. @param all deals of the portal */
    public void takeUp(List<Map<String, Object>> all, String from) {
        String version = mapped.version();
        transactions.executeWithoutResult(status -> {
            all.stream().filter(deal -> deals.isUntaken(deal, from))
                    .forEach(deal -> accept(DEAL_FLOW, FINTABLO, "deal", id(deal), deal));
            links.agree(FINTABLO, TAKEN, TAKEN, Map.of("version", version));
        });
    }

    private void acceptDeal(long id) {
        accept(DEAL_FLOW, FINTABLO, "deal", id, Map.of("id", id));
    }

    private void acceptPlan(long id) {
        accept(PLAN_FLOW, FINTABLO, "payment", id, Map.of("id", id));
    }

    /** @param account which the work writes to */
    private void accept(String flow, String account, String entity, long id, Map<String, Object> body) {
        String key = Long.toString(id);
        journal.accept(new Event(flow, account, key, null, true, body, Map.of("SyncAccount", PORTAL, "SyncEntity",
                entity, "SyncId", key), null));
    }

    private Map<String, Object> inOne(Supplier<Map<String, Object>> step) {
        return Objects.requireNonNull(transactions.execute(status -> new LinkedHashMap<>(step.get())));
    }

    private static long id(Map<String, Object> body) {
        return Long.parseLong(body.get("id").toString());
    }

    private static long company(Map<String, Object> work, String key) {
        return Long.parseLong(work.get(key).toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(List<?> listed) {
        return (List<Map<String, Object>>) listed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(@Nullable Object value) {
        return (Map<String, String>) Objects.requireNonNull(value);
    }
}
