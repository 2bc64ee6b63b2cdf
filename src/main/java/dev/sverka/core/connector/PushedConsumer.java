package dev.sverka.core.connector;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Waits for what the vendor's webhook tells about one entity. */
final class PushedConsumer extends DefaultConsumer {

    private final ConnectorEndpoint endpoint;
    private final String account;

    PushedConsumer(ConnectorEndpoint endpoint, String account, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.account = account;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.parts().pushes().listen(name(), this);
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.parts().pushes().leave(name(), this);
        super.doStop();
    }

    private String name() {
        return Pushes.name(endpoint.connector().scheme(), account, endpoint.entity());
    }

    /** No version: what a webhook tells is only ever a hint. */
    Exchange exchange(Hook.Pushed pushed) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setHeader(SyncHeaders.ACCOUNT, endpoint.fullName(account));
        exchange.getIn().setHeader(SyncHeaders.ENTITY, endpoint.entity());
        exchange.getIn().setHeader(SyncHeaders.ID, pushed.id());
        exchange.getIn().setHeader(SyncHeaders.KEY, pushed.id());
        exchange.getIn().setBody(pushed.body());
        return exchange;
    }
}
