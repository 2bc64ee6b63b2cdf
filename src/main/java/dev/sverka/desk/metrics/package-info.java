/**
 * What Prometheus is told beside what rooms count themselves: the queue, accounts, limits, feeds, questions, alerts and
 * the proof, read from what the rooms publish. A scrape costs a few reads of indexes, and the next ones none for some
 * seconds.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.http", "core.journal", "core.state", "desk.alerts", "flows.books",
        "flows.payments"})
package dev.sverka.desk.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
