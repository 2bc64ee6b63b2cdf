package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.FlowSteps;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/** The steps of the flow, each one transaction and safe to repeat; {@code bean:timesheets?method=…} in routes. */
@FlowSteps
public class Timesheets {

    private final TransactionOperations transactions;
    private final WorkReports work;
    private final StaffReports staff;

    Timesheets(TransactionOperations transactions, WorkReports work, StaffReports staff) {
        this.transactions = transactions;
        this.work = work;
        this.staff = staff;
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
     * Takes over a report as the portal holds it: one that left Черновик is frozen, an agreed one yields its act.
     *
     * @return {@code {id, fields, act}}: the snapshot's hash, and the act that is to be made
     */
    public Map<String, Object> report(Map<String, Object> item) {
        return together(() -> work.report(item));
    }

    /** Staff reports that are due by now, a person and half a month each; also those of a downtime. */
    public List<Map<String, Object>> staffDue() {
        return staff.due();
    }

    /** @param users of the portal, as far as they were found by e-mail */
    public Map<String, Object> staffReport(Map<String, Object> due, List<Map<String, Object>> users) {
        return staff.report(due, users);
    }

    /** All that was due has been made. */
    public void staffMade() {
        transactions.executeWithoutResult(status -> staff.made());
    }
}
