package dev.sverka.desk.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.TreeMap;

/** Gauges of one look, gathered one value after another. */
final class Gauges {

    private final Map<String, GaugeSnapshot.Builder> byName = new TreeMap<>();

    /** @param labels names and values in turn */
    void set(String name, String help, double value, String... labels) {
        byName.computeIfAbsent(name, absent -> GaugeSnapshot.builder().name(name).help(help))
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels))
                        .build());
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        byName.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
        return all.build();
    }
}
