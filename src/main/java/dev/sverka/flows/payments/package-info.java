/**
 * Bank operations and the payments they pay. An operation is in exactly one box at any time; what is written to a payment
 * is computed anew from all its allocations; a person is asked wherever the evidence admits two readings.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"flows.matching", "records.bank", "core.connector", "core.journal", "core.state"})
package dev.sverka.flows.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
