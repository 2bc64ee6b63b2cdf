/**
 * What an operation pays, told from facts alone: the purpose read, numbers and papers held against it, the bank's
 * rules,
 * the decision with its evidence; and the files of {@code match}. Pure: no Spring, no SQL, no clock, no chance, so
 * that a
 * decision can be repeated from its facts for ever.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"records.bank", "core.state"})
package dev.sverka.flows.matching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
