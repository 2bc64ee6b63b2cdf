/**
 * What people and programs see of the daemon: the web pages of the ops team, {@code /api}, and who may enter. It shows
 * what other rooms publish and decides nothing itself.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.journal", "core.mapping", "core.state",
        "desk.alerts", "flows.books", "flows.calendar", "flows.forecast", "flows.matching", "flows.paperwork",
        "flows.payments", "vendors.invoices"})
package dev.sverka.desk.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
