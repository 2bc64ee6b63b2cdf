/**
 * What the program can be told on its command line, and whether the configuration says what its author meant.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.journal", "flows.matching", "flows.payments", "core.state"})
package dev.sverka.desk.commands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
