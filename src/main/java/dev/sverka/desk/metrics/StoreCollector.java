package dev.sverka.desk.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the store when it is asked, and keeps the answer: for some seconds, and for longer where a look takes long, so
 * that looking never takes more than a twentieth of the time. Where the store is away, only that is told.
 */
final class StoreCollector implements MultiCollector {

    static final Duration KEPT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StoreCollector.class);
    private static final String STORE_UP = "sverka_store_up";
    private static final int SHARE = 20;

    private final Supplier<MetricSnapshots> look;
    private final LongSupplier nanos;
    private @Nullable MetricSnapshots kept;
    private long until;

    /** @param nanos a clock that only goes forward */
    StoreCollector(Supplier<MetricSnapshots> look, LongSupplier nanos) {
        this.look = look;
        this.nanos = nanos;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        long began = nanos.getAsLong();
        MetricSnapshots last = kept;
        if (last == null || began - until >= 0) {
            last = looked();
            kept = last;
            long now = nanos.getAsLong();
            until = now + Math.max(KEPT.toNanos(), (now - began) * SHARE);
        }
        return last;
    }

    private MetricSnapshots looked() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        double up = 1;
        try {
            look.get().forEach(all::metricSnapshot);
        } catch (RuntimeException away) {
            LOG.warn("Metrics of the store cannot be read now: {}", away.toString());
            up = 0;
        }
        Gauges said = new Gauges();
        said.set(STORE_UP, "Whether the store answered when it was looked at last", up);
        said.snapshots().forEach(all::metricSnapshot);
        return all.build();
    }
}
