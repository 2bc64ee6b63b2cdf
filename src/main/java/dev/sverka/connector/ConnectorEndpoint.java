package dev.sverka.connector;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;

/** One {@code scheme:entity/verb} of a vendor. */
@UriEndpoint(firstVersion = "0.1", scheme = "sverka", title = "A vendor", syntax = "scheme:entity/verb",
        category = Category.SAAS)
public final class ConnectorEndpoint extends ScheduledPollEndpoint {

    static final String CHANGED = "changed";
    static final String PUSHED = "pushed";

    @UriPath(description = "What it is about, such as payment.in or operation")
    private final String entity;
    @UriPath(description = "What is done: changed and pushed in from, every other verb in to")
    private final String verb;
    @UriParam(description = "Which account of the vendor", defaultValue = "main")
    private String account = "main";

    ConnectorEndpoint(String uri, ConnectorComponent component, String entity, String verb) {
        super(uri, component);
        this.entity = entity;
        this.verb = verb;
        setInitialDelay(0);
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    String entity() {
        return entity;
    }

    String verb() {
        return verb;
    }

    /** The account's full name, such as {@code bitrix24.main}. */
    String accountName() {
        return connector().scheme() + "." + account;
    }

    Connector connector() {
        return ((ConnectorComponent) getComponent()).connector();
    }

    ConnectorParts parts() {
        return ((ConnectorComponent) getComponent()).parts();
    }

    /** Whether url and credential of the account are there. */
    boolean isOn() {
        return Boolean.TRUE.equals(connector().accounts().get(account));
    }

    @Override
    public Producer createProducer() {
        Operation operation = connector().operations(entity).get(verb);
        if (operation == null) {
            throw new IllegalArgumentException("'" + verb + "' stands in from:, not in to:");
        }
        return new OperationProducer(this, operation);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = switch (verb) {
            case CHANGED -> new CursorConsumer(this, processor, connector().feed(entity).orElseThrow());
            case PUSHED -> new PushedConsumer(this, processor);
            default -> throw new IllegalArgumentException("'" + verb + "' stands in to:, not in from:");
        };
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public boolean isSingletonProducer() {
        return true;
    }
}
