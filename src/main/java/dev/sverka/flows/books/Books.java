package dev.sverka.flows.books;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.records.bank.StatementBalances;
import java.util.Map;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The steps of the books, each safe to repeat. Routes call them as {@code bean:books?method=…}. */
@FlowSteps
public class Books {

    private final TransactionOperations transactions;
    private final BalanceBook balances;
    private final Prover prover;
    private final JsonMapper json;

    Books(TransactionOperations transactions, BalanceBook balances, Prover prover, JsonMapper json) {
        this.transactions = transactions;
        this.balances = balances;
        this.prover = prover;
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
}
