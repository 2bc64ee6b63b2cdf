package dev.sverka.desk.alerts;

import dev.sverka.core.state.Leases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Has alerts looked for, by one replica at a time, and beats the heart of each. */
final class AlertClock implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AlertClock.class);
    private static final long EVERY_SECONDS = 30;
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static final String NAME = "alerts";

    private final Alerts alerts;
    private final Leases leases;
    private final @Nullable HeartbeatClient heartbeat;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    });

    AlertClock(Alerts alerts, Leases leases, @Nullable HeartbeatClient heartbeat) {
        this.alerts = alerts;
        this.leases = leases;
        this.heartbeat = heartbeat;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ticking.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void tick() {
        try {
            if (heartbeat != null) {
                heartbeat.beat();
            }
            if (leases.hold(NAME, LEASE)) {
                alerts.look();
            }
        } catch (RuntimeException failure) {
            LOG.error("alerts could not be looked for, next try in {} s", EVERY_SECONDS, failure);
        }
    }

    /** Ends a look at work: H2 closes its file under an interrupted thread. */
    @Override
    public void destroy() {
        ticking.shutdown();
    }
}
