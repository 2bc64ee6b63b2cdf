package dev.sverka.core.connector;

import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Intents;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Leases;
import java.time.Clock;
import org.springframework.transaction.support.TransactionOperations;

/** What consumers and producers of every vendor share. */
public record ConnectorParts(Accounts accounts, Intents intents, Cursors cursors, Leases leases, Journal journal,
        Pushes pushes, TransactionOperations transactions, Clock clock, Rehearsal rehearsal, Polls polls,
        Overturned overturned) {
}
