package dev.sverka.core.journal;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** One flow of the journal, as routes name it; public because Camel sets its options by reflection. */
@UriEndpoint(scheme = "journal", title = "Journal", syntax = "journal:flow", firstVersion = "1.0",
        category = Category.CORE)
public final class JournalEndpoint extends DefaultEndpoint {

    @UriPath(description = "The work this news is for, such as bank-operation")
    @Metadata(required = true)
    private final String flow;

    @UriParam(label = "producer", defaultValue = "true",
            description = "Whether news melts into an entry of its key that still waits; false keeps all, in order")
    private boolean melt = true;

    @UriParam(label = "producer",
            description = "The account whose pause holds this work back (bitrix24.main); else header SyncAccount")
    private @Nullable String account;

    @UriParam(label = "consumer", defaultValue = "4", description = "How many keys are worked on at a time")
    private int workers = 4;

    JournalEndpoint(String uri, JournalComponent component, String flow) {
        super(uri, component);
        if (!flow.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("journal:" + flow + " names no flow; write lower case letters, digits"
                    + " and dashes, such as journal:bank-operation");
        }
        this.flow = flow;
    }

    @Override
    public Producer createProducer() {
        return new JournalProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("journal:" + flow + " has workers=" + workers + "; write 1 to 64");
        }
        JournalConsumer consumer = new JournalConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public JournalComponent getComponent() {
        return (JournalComponent) super.getComponent();
    }

    public String getFlow() {
        return flow;
    }

    public boolean isMelt() {
        return melt;
    }

    public void setMelt(boolean melt) {
        this.melt = melt;
    }

    public @Nullable String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String account) {
        this.account = account;
    }

    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int workers) {
        this.workers = workers;
    }
}
