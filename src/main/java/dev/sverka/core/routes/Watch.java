package dev.sverka.core.routes;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the folders every second; what changed is taken at the look after, once it stands still. */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long EVERY_SECONDS = 1;

    private final RouteFolder routes;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "route-folder");
        thread.setDaemon(true);
        return thread;
    });

    Watch(RouteFolder routes) {
        this.routes = routes;
    }

    void start() {
        looking.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            routes.lookWhenStill();
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            LOG.error("the folders could not be looked at, next try in {} s", EVERY_SECONDS, failure);
        }
    }

    /** Ends a look at work: H2 closes its file under an interrupted thread. */
    @Override
    public void close() throws InterruptedException {
        looking.shutdown();
        looking.awaitTermination(30, TimeUnit.SECONDS);
    }
}
