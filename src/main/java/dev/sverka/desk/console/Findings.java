package dev.sverka.desk.console;

import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What {@code check} finds, looked for again every hour, for the first page: whoever runs no commands sees it there.
 * Vendors are asked in the background, never for a page.
 */
@Component
class Findings implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);
    /** By then the routes stand, and the first feeds have had their turn. */
    private static final long FIRST_SECONDS = 20;
    private static final long EVERY_SECONDS = TimeUnit.HOURS.toSeconds(1);

    private final ObjectProvider<Check> checks;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "findings");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<Problem> found = List.of();

    Findings(ObjectProvider<Check> checks) {
        this.checks = checks;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        looking.scheduleWithFixedDelay(this::look, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Of the last look; empty before the first. */
    List<Problem> all() {
        return found;
    }

    void look() {
        TreeSet<Problem> all = new TreeSet<>();
        checks.orderedStream().forEach(check -> {
            try {
                all.addAll(check.check());
            } catch (RuntimeException failure) {
                LOG.warn("a check failed, the others go on: {}", failure.toString());
            }
        });
        found = List.copyOf(all);
    }

    /** Ends a look at work: H2 closes its file under an interrupted thread. */
    @Override
    public void destroy() {
        looking.shutdown();
    }
}
