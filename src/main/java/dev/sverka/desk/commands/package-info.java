/**
 * What the program can be told on its command line, and whether the configuration says what its author meant.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.journal", "core.portal",
        "core.state", "flows.matching", "flows.payments"})
package dev.sverka.desk.commands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
