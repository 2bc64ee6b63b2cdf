package dev.sverka.flows.books;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.records.bank.StatementBalances;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The steps of the books, each safe to repeat. Routes call them as {@code bean:books?method=…}. */
@FlowSteps
public class Books {

    /** As far as FinTablo is compared with the ledger. */
    private static final Duration BACK = Duration.ofDays(90);

    private final TransactionOperations transactions;
    private final BalanceBook balances;
    private final Prover prover;
    private final Bookings bookings;
    private final JsonMapper json;

    Books(TransactionOperations transactions, BalanceBook balances, Prover prover, Bookings bookings,
            JsonMapper json) {
        this.transactions = transactions;
        this.balances = balances;
        this.prover = prover;
        this.bookings = bookings;
        this.json = json;
    }

    /**
     * Takes over what a bank states that an account held as days began.
     *
     * @param body a {@code StatementBalances} as a map
     */
    public void balances(Map<String, Object> body) {
        StatementBalances told = json.convertValue(body, StatementBalances.class);
        transactions.executeWithoutResult(status -> balances.keep(told));
    }

    /** Proves every account's days up to yesterday, and tells what differs. */
    public void prove() {
        prover.proveAll();
    }

    /**
     * What FinTablo is to hold of an operation, and whether it does.
     *
     * @param body {@code {operation: <our id>}}
     * @return {@code {operation, due, partner, stages, find}}: whether anything is to be done, and what to look with
     */
    public Map<String, Object> wanted(Map<String, Object> body) {
        return bookings.wanted(id(body));
    }

    /** Keeps the partner that has the operation's ИНН. @param found partners that FinTablo lists for it */
    public void partner(Map<String, Object> wanted, List<Map<String, Object>> found) {
        transactions.executeWithoutResult(status -> bookings.partner(id(wanted), found));
    }

    /** Keeps the partner that was made for the operation's ИНН. @param result FinTablo's answer to the creation */
    public void partnerMade(Map<String, Object> wanted, Map<String, Object> result) {
        transactions.executeWithoutResult(status -> bookings.partnerMade(id(wanted), result));
    }

    /**
     * Keeps which stage of FinTablo's deal a stage of the portal is.
     *
     * @param stage the portal's, as it lists it
     * @param deal FinTablo's, with its stages
     */
    public void stage(Map<String, Object> stage, Map<String, Object> deal) {
        if (stage.get("title") != null) {
            transactions.executeWithoutResult(status -> bookings.stage(Long.parseLong(String.valueOf(stage.get("id"))),
                    String.valueOf(stage.get("title")), rows(deal.get("stages"))));
        }
    }

    /**
     * What is to be done in FinTablo.
     *
     * @param found FinTablo's operations of these days
     * @return {@code {operation, action}}: none, update, split, unsplit, create or delete, and what that needs; with
     *     {@code partner} the marker and fields of a partner that has to be made before it is asked again
     * @throws dev.sverka.core.journal.NotYet while FinTablo has not imported the operation
     */
    public Map<String, Object> choose(Map<String, Object> wanted, @Nullable Object found) {
        return bookings.choose(id(wanted), rows(found));
    }

    /** The body of a split: FinTablo takes no other keys. */
    public Map<String, Object> parts(Map<String, Object> action) {
        return Map.of("id", action.get("id"), "split", action.get("split"), "date", action.get("date"));
    }

    /** The body that joins a split operation again. */
    public Map<String, Object> joined(Map<String, Object> action) {
        return Map.of("id", action.get("id"), "categoryId", action.get("categoryId"));
    }

    /** Closes the books on what {@link #choose} asked for. @param result FinTablo's answer to a creation */
    public void booked(Map<String, Object> done, @Nullable Map<String, Object> result) {
        bookings.booked(done, result);
    }

    /** Takes up what FinTablo does not hold as it should: it was off, a deal came later, the mapping has changed. */
    public int compareAll() {
        return bookings.compareAll(BACK);
    }

    private static long id(Map<String, Object> body) {
        return Long.parseLong(String.valueOf(body.get("operation")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(@Nullable Object found) {
        return found instanceof List<?> ? (List<Map<String, Object>>) found : List.of();
    }
}
