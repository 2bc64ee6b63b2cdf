package dev.sverka.flows.deals;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.flows.books.FinTabloIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What a deal has earned and cost, from FinTablo to the portal, and its acts the other way. */
@FlowSteps
public class DealFigures {

    private static final String PORTAL = "bitrix24.main";
    private static final String SUMS = "deal-sums";

    private final TransactionOperations transactions;
    private final JdbcClient jdbc;
    private final Links links;
    private final Locks locks;
    private final Journal journal;
    private final ActBooking acts;
    private final DealBook book;

    DealFigures(TransactionOperations transactions, JdbcClient jdbc, Links links, Locks locks, Journal journal,
            ActBooking acts, DealBook book) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.links = links;
        this.locks = locks;
        this.journal = journal;
        this.acts = acts;
        this.book = book;
    }

    /** Takes over where an operation of FinTablo's belongs; the deals that it is at, and was at, are summed up anew. */
    public void money(Map<String, Object> operation) {
        long id = Long.parseLong(operation.get("id").toString());
        Set<Long> now = deals(operation);
        transactions.executeWithoutResult(status -> {
            locks.hold(List.of("deal-money"));
            Set<Long> touched = new TreeSet<>(jdbc.sql("select their_deal from deal_money where transaction_id = ?")
                    .param(id).query(Long.class).list());
            jdbc.sql("delete from deal_money where transaction_id = ?").param(id).update();
            now.forEach(deal -> jdbc.sql("insert into deal_money (transaction_id, their_deal) values (?, ?)")
                    .params(id, deal).update());
            touched.addAll(now);
            Set<String> ours = new TreeSet<>();
            touched.forEach(deal -> ours(deal.toString()).ifPresent(ours::add));
            ours.forEach(one -> accept(SUMS, PORTAL, one));
        });
    }

    /** The portal's deal behind FinTablo's, or behind a stage of it: they share one field. */
    private Optional<String> ours(String theirs) {
        return links.left(FinTabloIds.DEALS, theirs).or(() -> links.left(FinTabloIds.STAGES, theirs)
                .flatMap(stage -> jdbc.sql("select deal_id from deal_stage where stage_id = ?")
                        .param(Long.valueOf(stage)).query(String.class).optional()))
                .or(() -> jdbc.sql("select deal_id from deal_act where their_stage = ? order by act limit 1")
                        .param(Long.valueOf(theirs)).query(String.class).optional());
    }

    /** A split operation has its deals in its parts (fintablo.md section 8.6). */
    private static Set<Long> deals(Map<String, Object> operation) {
        Set<Long> deals = new TreeSet<>();
        if (Boolean.TRUE.equals(operation.get("deleted"))) {
            return deals;
        }
        List<Object> all = new ArrayList<>(List.of(operation));
        if (operation.get("subs") instanceof List<?> parts) {
            all.addAll(parts);
        }
        all.stream().map(one -> Values.id(((Map<?, ?>) one).get("dealId"))).filter(Objects::nonNull)
                .forEach(deals::add);
        return deals;
    }

    private void accept(String flow, String account, String deal) {
        journal.accept(new Event(flow, account, deal, null, true, Map.of("id", Long.valueOf(deal)),
                Map.of("SyncAccount", PORTAL, "SyncEntity", "deal", "SyncId", deal), null));
    }

    /** @return filters of the deal's facts and plans; empty where FinTablo does not hold the deal */
    public Map<String, Object> sought(Map<String, Object> deal) {
        // a dry run invents ids below zero, of which FinTablo knows nothing
        Optional<String> theirs = links.right(FinTabloIds.DEALS, deal.get("id").toString())
                .filter(id -> !id.startsWith("-"));
        return theirs.<Map<String, Object>>map(id -> Map.of("deal", deal.get("id"), "theirs", id, "facts",
                Map.of("filter", Map.of("dealId", id, "isPlan", 0)), "plans", Map.of("filter", Map.of("dealId", id,
                        "isPlan", 1)))).orElse(Map.of());
    }

    /**
     * The deal's fields on the portal. Plan is what is still to come, fact what has been; the profitability is that of
     * the facts, in per cent of the incomes, absent where there are none.
     *
     * @param page address of a deal in FinTablo, without its id
     */
    public Map<String, Object> sums(Map<String, Object> sought, List<Map<String, Object>> facts,
            List<Map<String, Object>> plans, String page) {
        BigDecimal income = sum(facts, "income");
        BigDecimal expense = sum(facts, "outcome");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fintabloDeal", page + sought.get("theirs"));
        fields.put("incomePlan", sum(plans, "income"));
        fields.put("incomeFact", income);
        fields.put("expensePlan", sum(plans, "outcome"));
        fields.put("expenseFact", expense);
        // where the last income was withdrawn the field is cleared
        fields.put("profit", income.signum() <= 0 ? null : income.subtract(expense).multiply(BigDecimal.valueOf(100))
                .divide(income, 2, RoundingMode.HALF_UP));
        return Map.of("id", sought.get("deal"), "fields", fields);
    }

    private static BigDecimal sum(List<Map<String, Object>> operations, String group) {
        return operations.stream().filter(one -> group.equals(one.get("group")))
                .map(one -> Values.sum(one.get("value"))).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /**
     * Takes over an act, or a document that is one; a signed one tells FinTablo when the deal's work was accepted.
     *
     * @param entry the journal's
     * @throws VendorException.Refused where a signed one says no date
     */
    public void act(Map<String, Object> item, long entry) {
        String id = item.get("entity") + " " + item.get("id");
        transactions.executeWithoutResult(status -> {
            locks.hold(List.of("deal-act"));
            acts.take(item).forEach(deal -> accept("deal-fintablo", Deals.FINTABLO, deal.toString()));
            Long deal = acts.pending(id);
            if (deal != null) {
                Deals.acceptAct(journal, deal, id);
            }
        });
        String words = ActBooking.isUndated(item) ? "«" + Objects.toString(item.get("title"), "Акт") + "» (" + id
                + ") подписан, но без даты, и ФинТабло о нём не узнает; укажите дату на портале и отложите эту запись" : "";
        if (Boolean.TRUE.equals(transactions.execute(status -> book.tell(id + " date", words, entry)))) {
            throw new VendorException.Refused(Deals.FINTABLO, 0, "undated", words);
        }
    }
}
