package dev.sverka.core.journal;

import java.time.Duration;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sends a flow's entries through its route and asks the error policy what becomes of those that fail. */
final class JournalConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalConsumer.class);

    /**
     * These told how to accept the entry; left in place they would order and drop the news its work gives rise to. The
     * journey is carried by the thread.
     */
    private static final Set<String> OF_ACCEPTANCE = Set.of("SyncKey", "SyncVersion", Journey.TRACE, Journey.BEGAN);

    /** How long a route that is changed waits for its work's outcomes to be stored. */
    private static final long MILLIS_AT_A_CHANGE = 500;
    private static final String ERROR = "error";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final JournalEndpoint endpoint;
    private volatile @Nullable Workers workers;
    private volatile @Nullable Verdicts verdicts;

    JournalConsumer(JournalEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        verdicts = endpoint.getComponent().verdicts();
        Workers starting = endpoint.getComponent().workers(endpoint.getFlow(), endpoint.getWorkers(), this::work);
        workers = starting;
        starting.start();
    }

    @Override
    protected void doSuspend() throws Exception {
        Workers running = workers;
        if (running != null) {
            running.halt();
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
            long patience = patience();
            if (!stopping.finish(patience)) {
                LOG.info("Work of {} goes on for longer than {} ms; what its route no longer carries to the end is begun"
                        + " anew", endpoint.getFlow(), patience);
            }
        }
        super.doStop();
    }

    /** All there is when the process ends; at a change of the route, by which no vendor is waited for, very little. */
    private long patience() {
        CamelContext camel = endpoint.getCamelContext();
        return camel.isStopping() ? camel.getShutdownStrategy().getTimeUnit()
                .toMillis(camel.getShutdownStrategy().getTimeout()) : MILLIS_AT_A_CHANGE;
    }

    private Outcome work(Work work) {
        Outcome outcome = Journey.of(work.headers(), work.acceptedAt()).along(() -> said(work));
        // a route that was taken away under its work has steps that no longer run: that is no trouble of the work
        return outcome instanceof Outcome.Dead dead && dead.cause().equals(ERROR) && workers == null
                ? new Outcome.Later(endpoint.getComponent().now().plus(SOON), false, "transient",
                        "its route was changed while this was at work: " + dead.message())
                : outcome;
    }

    private Outcome said(Work work) {
        MDC.put("entry", Long.toString(work.id()));
        MDC.put("flow", work.flow());
        try {
            return outcome(work);
        } finally {
            MDC.remove("entry");
            MDC.remove("flow");
        }
    }

    private Outcome outcome(Work work) {
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
        return new Outcome.Dead(ERROR, String.valueOf(failure));
    }
}
