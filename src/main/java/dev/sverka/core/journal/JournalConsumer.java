package dev.sverka.core.journal;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a flow's entries through its route and asks the error policy what becomes of those that fail. */
final class JournalConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalConsumer.class);

    /** These told how to accept the entry; left in place they would order and drop the news its work gives rise to. */
    private static final Set<String> OF_ACCEPTANCE = Set.of("SyncKey", "SyncVersion");

    private final JournalEndpoint endpoint;
    private @Nullable Workers workers;
    private @Nullable Verdicts verdicts;

    JournalConsumer(JournalEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        verdicts = endpoint.getComponent().verdicts();
        workers = endpoint.getComponent().workers(endpoint.getFlow(), endpoint.getWorkers(), this::work);
        workers.start();
    }

    @Override
    protected void doSuspend() throws Exception {
        if (workers != null) {
            workers.halt();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        doStop();
        doStart();
    }

    @Override
    protected void doStop() throws Exception {
        Workers stopping = workers;
        workers = null;
        if (stopping != null) {
            stopping.halt();
            long patience = endpoint.getCamelContext().getShutdownStrategy().getTimeUnit()
                    .toMillis(endpoint.getCamelContext().getShutdownStrategy().getTimeout());
            if (!stopping.finish(patience)) {
                LOG.warn("Work of {} did not end within {} ms; it is worked on again once its lease has run out",
                        endpoint.getFlow(), patience);
            }
        }
        super.doStop();
    }

    private Outcome work(Work work) {
        Throwable failure = send(work);
        if (failure == null) {
            return new Outcome.Done();
        }
        Verdicts policy = verdicts;
        try {
            return policy == null ? error(failure) : policy.of(failure, work.attempts() + 1);
        } catch (RuntimeException broken) {
            failure.addSuppressed(broken);
            LOG.error("The error policy failed on entry {} of {}", work.id(), work.flow(), failure);
            return error(failure);
        }
    }

    private @Nullable Throwable send(Work work) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(work.payload());
            work.headers().forEach((name, value) -> {
                if (!OF_ACCEPTANCE.contains(name)) {
                    exchange.getMessage().setHeader(name, value);
                }
            });
            exchange.getMessage().setHeader("SyncEntry", work.id());
            getProcessor().process(exchange);
            return exchange.getException();
        } catch (Throwable e) {
            // An Error too: without an outcome the entry would come back with every lease.
            return e;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private static Outcome error(Throwable failure) {
        return new Outcome.Dead("error", String.valueOf(failure));
    }
}
