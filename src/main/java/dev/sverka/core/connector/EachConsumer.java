package dev.sverka.core.connector;

import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;

/** A route that names no account reads every one that is configured: each has position, limit and state of its own. */
final class EachConsumer extends DefaultConsumer {

    private final List<Consumer> each;

    EachConsumer(ConnectorEndpoint endpoint, Processor processor, List<Consumer> each) {
        super(endpoint, processor);
        this.each = each;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(each);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(each);
        super.doStop();
    }
}
