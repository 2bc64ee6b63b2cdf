package dev.sverka.desk.console;

import dev.sverka.core.journal.EntryDecisions;
import dev.sverka.core.state.Leases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has people's decisions on the journal carried out once their minute is over, by one replica at a time. */
@Component
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class DecisionClock implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionClock.class);
    private static final long EVERY_SECONDS = 1;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String NAME = "journal decisions";

    private final EntryDecisions decisions;
    private final Leases leases;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    });

    DecisionClock(EntryDecisions decisions, Leases leases) {
        this.decisions = decisions;
        this.leases = leases;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ticking.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void tick() {
        try {
            if (decisions.isDue() && leases.hold(NAME, LEASE)) {
                try {
                    decisions.carryOut();
                } finally {
                    leases.release(NAME);
                }
            }
        } catch (RuntimeException failure) {
            LOG.error("decisions on the journal could not be carried out, next try in {} s", EVERY_SECONDS, failure);
        }
    }

    /** Ends what is being carried out: H2 closes its file under an interrupted thread. */
    @Override
    public void destroy() {
        ticking.shutdown();
    }
}
