/**
 * Bank operations and the payments they pay. An operation is in exactly one box at any time; what is written to a payment
 * is computed anew from all its allocations; a person is asked wherever the evidence admits two readings.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"bank", "journal", "state"})
package dev.sverka.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
