/**
 * What the program can be told on its command line, and whether the configuration says what its author meant.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"journal", "payments", "state"})
package dev.sverka.commands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
