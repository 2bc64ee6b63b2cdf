package dev.sverka.core.connector;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code schedule:<name>?cron=…}: fires at stated times, once whatever the number of replicas. */
public final class ScheduleComponent extends DefaultComponent {

    private final Schedules schedules;

    public ScheduleComponent(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ScheduleEndpoint endpoint = new ScheduleEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        try {
            schedules.next(endpoint.getCron(), Instant.EPOCH);
        } catch (RuntimeException meaningless) {
            throw new ResolveEndpointFailedException(uri, "cron '" + endpoint.getCron() + "' means nothing; write six "
                    + "fields: second minute hour day month weekday, such as 0 30 3 * * *");
        }
        return endpoint;
    }

    /** One named schedule. */
    @UriEndpoint(firstVersion = "0.1", scheme = "schedule", title = "Schedule", syntax = "schedule:name",
            consumerOnly = true)
    public final class ScheduleEndpoint extends DefaultEndpoint {

        @UriPath(description = "Its name; the due time is kept in the store under it")
        private final String name;
        @UriParam(description = "When: second minute hour day month weekday, in the zone of sverka.zone")
        private String cron = "";

        ScheduleEndpoint(String uri, ScheduleComponent component, String name) {
            super(uri, component);
            this.name = name;
        }

        public String getCron() {
            return cron;
        }

        public void setCron(String cron) {
            this.cron = cron;
        }

        @Override
        public Producer createProducer() {
            throw new IllegalArgumentException("schedule: stands in from:, not in to:");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Consumer consumer = new ScheduleConsumer(this, processor);
            configureConsumer(consumer);
            return consumer;
        }
    }

    private final class ScheduleConsumer extends DefaultConsumer {

        private final ScheduleEndpoint endpoint;
        private final Runnable work = this::fire;

        ScheduleConsumer(ScheduleEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            schedules.listen(endpoint.name, endpoint.cron, work);
        }

        @Override
        protected void doStop() throws Exception {
            schedules.leave(endpoint.name, work);
            super.doStop();
        }

        private void fire() {
            Exchange exchange = createExchange(false);
            try {
                exchange.getIn().setHeader(SyncHeaders.ID, endpoint.name);
                exchange.getIn().setHeader(SyncHeaders.KEY, endpoint.name);
                exchange.getIn().setHeader(SyncHeaders.ENTITY, "schedule");
                exchange.getIn().setHeader(SyncHeaders.ACCOUNT, "sverka.schedule");
                getProcessor().process(exchange);
                if (exchange.getException() != null) {
                    throw exchange.getException();
                }
            } catch (Exception failure) {
                throw new IllegalStateException("schedule " + endpoint.name + " failed", failure);
            } finally {
                releaseExchange(exchange, false);
            }
        }
    }
}
