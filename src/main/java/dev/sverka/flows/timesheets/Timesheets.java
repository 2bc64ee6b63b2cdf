package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.FlowSteps;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The steps of the flow, each one transaction and safe to repeat; {@code bean:timesheets?method=…} in routes. */
@FlowSteps
public class Timesheets {

    private final TransactionOperations transactions;
    private final WorkReports work;
    private final StaffReports staff;
    private final DealCosts costs;

    Timesheets(TransactionOperations transactions, WorkReports work, StaffReports staff, DealCosts costs) {
        this.transactions = transactions;
        this.work = work;
        this.staff = staff;
        this.costs = costs;
    }

    private <T> T together(Supplier<T> step) {
        return Objects.requireNonNull(transactions.execute(status -> step.get()));
    }

    /** Which reports of a stage are to be read: what a person has sent on by now is no draft any more. */
    public Map<String, Object> reportsOf(Map<String, Object> stage) {
        return Map.of("filter", Map.of("stageItem", Objects.requireNonNull(stage.get("id"))));
    }

    /**
     * Brings the drafts of a stage to what its time says.
     *
     * @param stage as the portal holds it
     * @param reports of the stage as the portal holds them
     * @return what is to be written to the portal, a draft each; empty where the portal shows all of it
     */
    public List<Map<String, Object>> drafts(Map<String, Object> stage, List<Map<String, Object>> reports) {
        return together(() -> {
            reports.forEach(work::report);
            return work.drafts(stage);
        });
    }

    /** A draft's item was made. @return the draft with the item's id */
    public Map<String, Object> made(Map<String, Object> draft, Map<String, Object> result) {
        return together(() -> work.made(draft, result));
    }

    /** The draft's file. */
    public Map<String, Object> file(Map<String, Object> draft) {
        return work.file(draft);
    }

    /** The portal shows the draft as it is. */
    public void shown(Map<String, Object> draft) {
        transactions.executeWithoutResult(status -> work.shown(draft));
    }

    /**
     * Takes over a report as the portal holds it: one that left Черновик is frozen, an agreed one yields its act, and of
     * an employee's the next takes the corrections.
     *
     * @return {@code {id, fields, act, comment}}: the snapshot's hash, the act that is to be made, what its item is told
     */
    public Map<String, Object> report(Map<String, Object> item) {
        return together(() -> staff.holds(Long.parseLong(String.valueOf(item.get("id")))) ? staff.report(item)
                : work.report(item));
    }

    /** A report's act was made. */
    public void actMade(Map<String, Object> plan, Map<String, Object> result) {
        transactions.executeWithoutResult(status -> work.actMade(plan, result));
    }

    /** Whether mappings/rates.yaml says something else than when all drafts were looked at last. */
    public boolean isRatedAnew() {
        return work.isRatedAnew();
    }

    /** Drafts follow the rates. */
    public void rated() {
        transactions.executeWithoutResult(status -> work.rated());
    }

    /** All drafts are looked at: what their stages say of themselves may have changed. */
    public void draftsDue() {
        transactions.executeWithoutResult(status -> work.due());
    }

    /** Accepts the work on everybody whose report is due by now. @param users of the portal */
    public void staffDue(List<Map<String, Object>> users) {
        transactions.executeWithoutResult(status -> staff.due(users));
    }

    /** Which reports of an employee are to be read: what a person has sent on by now is no draft any more. */
    public List<Map<String, Object>> staffOpen(Map<String, Object> asked) {
        return staff.open(person(asked));
    }

    /** Brings the drafts of an employee to what the time says. @return what is to be written, a draft each */
    public List<Map<String, Object>> staffDrafts(Map<String, Object> asked) {
        return together(() -> staff.drafts(person(asked)));
    }

    /** The portal shows an employee's draft as it is. @param result of its creation */
    public void staffWritten(Map<String, Object> draft, @Nullable Map<String, Object> result) {
        transactions.executeWithoutResult(status -> staff.written(draft, result));
    }

    /** Hours of a deal have changed: what they cost is looked at. */
    public void costDue(Map<String, Object> deal) {
        transactions.executeWithoutResult(status -> costs.due(Long.parseLong(String.valueOf(deal.get("id")))));
    }

    /** The costs of all deals are looked at: rates may have changed, and FinTablo's deals may have come later. */
    public void costsDue() {
        transactions.executeWithoutResult(status -> costs.due());
    }

    /**
     * What FinTablo's deal is to hold of the hours of the portal's.
     *
     * @param wanted {@code cost: on} or {@code cost: off}
     * @return {@code {id, fields}}; empty where there is nothing to write
     */
    public Map<String, Object> cost(Map<String, Object> asked, String wanted) {
        return wanted.replaceFirst("^\\s*cost:", "").strip().equals("on")
                ? costs.of(Long.parseLong(String.valueOf(asked.get("deal")))) : Map.of();
    }

    /** FinTablo's deal holds the cost. */
    public void costWritten(Map<String, Object> plan) {
        transactions.executeWithoutResult(status -> costs.written(plan));
    }

    private static long person(Map<String, Object> asked) {
        return Long.parseLong(String.valueOf(asked.get("person")));
    }
}
