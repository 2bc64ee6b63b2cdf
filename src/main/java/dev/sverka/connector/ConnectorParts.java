package dev.sverka.connector;

import dev.sverka.journal.Accounts;
import dev.sverka.journal.Intents;
import dev.sverka.state.Cursors;
import dev.sverka.state.Leases;
import java.time.Clock;
import org.springframework.transaction.support.TransactionOperations;

/** What consumers and producers of every vendor share. */
public record ConnectorParts(Accounts accounts, Intents intents, Cursors cursors, Leases leases, Pushes pushes,
        TransactionOperations transactions, Clock clock) {
}
