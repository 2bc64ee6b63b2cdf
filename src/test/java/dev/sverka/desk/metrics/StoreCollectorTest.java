package dev.sverka.desk.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreCollectorTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicInteger looks = new AtomicInteger();
    private Duration takes = Duration.ZERO;
    private boolean away;
    private final StoreCollector collector = new StoreCollector(this::look, nanos::get);

    private MetricSnapshots look() {
        looks.incrementAndGet();
        nanos.addAndGet(takes.toNanos());
        if (away) {
            throw new IllegalStateException("the store is away");
        }
        Gauges gauges = new Gauges();
        gauges.set("sverka_looks", "How often", looks.get());
        return gauges.snapshots();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<String> names() {
        return collector.collect().stream().map(one -> one.getMetadata().getName()).toList();
    }

    @Test
    void aHundredScrapesWithinSecondsAreOneLook() {
        for (int n = 0; n < 100; n++) {
            assertThat(names()).containsExactly("sverka_looks", "sverka_store_up");
            pass(Duration.ofMillis(40));
        }
        assertThat(looks).hasValue(1);
        pass(StoreCollector.KEPT);
        names();
        assertThat(looks).hasValue(2);
    }

    @Test
    void aLookThatTakesLongIsKeptForLonger() {
        takes = Duration.ofSeconds(3);
        names();
        pass(Duration.ofSeconds(59));
        names();
        assertThat(looks).hasValue(1);
        pass(Duration.ofSeconds(2));
        names();
        assertThat(looks).hasValue(2);
    }

    @Test
    void aStoreThatIsAwayIsToldAndNothingOld() {
        names();
        away = true;
        pass(StoreCollector.KEPT);
        assertThat(names()).containsExactly("sverka_store_up");
        assertThat(up()).isZero();
        away = false;
        pass(StoreCollector.KEPT);
        assertThat(names()).contains("sverka_looks");
        assertThat(up()).isEqualTo(1);
    }

    private double up() {
        return collector.collect().stream().filter(one -> one.getMetadata().getName().equals("sverka_store_up"))
                .map(GaugeSnapshot.class::cast).findFirst().orElseThrow().getDataPoints().get(0).getValue();
    }
}
