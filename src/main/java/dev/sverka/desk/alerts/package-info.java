/**
 * Tells people what needs them, once, and when it is over: an account that is down or silent, work that died, a refused
 * edit, a day that does not add up, a cash gap. What is to be told is worked out anew from the present state every half
 * minute; a row for each says what has been told, so that a restart or a second replica tells nothing twice.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.journal", "core.state", "flows.books",
        "flows.forecast"})
package dev.sverka.desk.alerts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
