package dev.sverka.core.connector;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/** One {@code scheme:entity/verb} of a vendor. */
@UriEndpoint(firstVersion = "0.1", scheme = "sverka", title = "A vendor", syntax = "scheme:entity/verb",
        category = Category.SAAS)
public final class ConnectorEndpoint extends ScheduledPollEndpoint {

    static final String MAIN = "main";
    static final String CHANGED = "changed";
    static final String PUSHED = "pushed";

    @UriPath(description = "What it is about, such as payment.in or operation")
    private final String entity;
    @UriPath(description = "What is done: changed and pushed in from, every other verb in to")
    private final String verb;
    @UriParam(description = "Which account of the vendor; left out: in from every one, in to the one the message came "
            + "from, else main")
    private @Nullable String account;

    ConnectorEndpoint(String uri, ConnectorComponent component, String entity, String verb) {
        super(uri, component);
        this.entity = entity;
        this.verb = verb;
        setInitialDelay(0);
    }

    public @Nullable String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String account) {
        this.account = account;
    }

    String entity() {
        return entity;
    }

    String verb() {
        return verb;
    }

    /** An account's full name, such as {@code bitrix24.main}. */
    String fullName(String account) {
        return connector().scheme() + "." + account;
    }

    /** Whose work a message is: the route's account, else the one of this vendor it came from, else main. */
    String accountOf(Message message) {
        String from = message.getHeader(SyncHeaders.ACCOUNT, "", String.class);
        String own = connector().scheme() + ".";
        return account != null ? account : from.startsWith(own) ? from.substring(own.length()) : MAIN;
    }

    Connector connector() {
        return ((ConnectorComponent) getComponent()).connector();
    }

    ConnectorParts parts() {
        return ((ConnectorComponent) getComponent()).parts();
    }

    /** Whether url and credential of an account are there. */
    boolean isOn(String account) {
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
        if (account != null) {
            return consumer(account, processor);
        }
        List<Consumer> each = new ArrayList<>();
        for (String one : connector().accounts().keySet()) {
            each.add(consumer(one, processor));
        }
        return each.size() == 1 ? each.get(0) : new EachConsumer(this, processor, each);
    }

    private Consumer consumer(String account, Processor processor) throws Exception {
        Consumer consumer = switch (verb) {
            case CHANGED -> new CursorConsumer(this, account, processor, connector().feed(entity).orElseThrow());
            case PUSHED -> new PushedConsumer(this, account, processor);
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
