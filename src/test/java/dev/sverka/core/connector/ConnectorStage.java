package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.JournalStage;
import dev.sverka.core.state.Stores;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A vendor's scheme in a running Camel over an empty store, for tests of vendor rooms: what routes would send it. */
public final class ConnectorStage implements AutoCloseable {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final String scheme;
    public final JournalStage journal;

    /** @param overturned how often a value may be changed back in a row */
    public ConnectorStage(Connector connector, Stores stores, Clock clock, int overturned) {
        journal = new JournalStage(stores.dataSource(), clock);
        scheme = connector.scheme();
        camel.getRegistry().bind(scheme, new ConnectorComponent(connector, new ConnectorParts(journal.accounts(),
                journal.intents(), stores.cursors(clock), stores.leases(clock), journal.journal(), null,
                new TransactionTemplate(new JdbcTransactionManager(stores.dataSource())), clock, new Rehearsal(false),
                new Polls(), new Overturned(stores.links(), clock, overturned))));
        camel.start();
        template = camel.createProducerTemplate();
    }

    /** A step of a route. @param entry the journal's entry that is at work */
    public void send(String step, Map<String, Object> body, long entry) {
        try {
            template.sendBodyAndHeader(scheme + ":" + step, body, SyncHeaders.ENTRY, entry);
        } catch (CamelExecutionException failure) {
            throw failure.getCause() instanceof VendorException verdict ? verdict : failure;
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
