/**
 * The portal's deals in FinTablo: partner, deal and a planned operation for each payment that is still to come.
 *
 * <ul>
 *   <li>Only what differs from what we wrote last is written, so that what people change in FinTablo stays, and a deal
 *       that has not changed costs no call there.
 *   <li>What {@code mappings/fintablo.yaml} does not name is left out and told to a person, never guessed.
 *   <li>Each payment's plan is work of its own, in order by payment: it may move from deal to deal.
 *   <li>FinTablo has no external ids (fintablo.md section 11): whatever is created carries a marker. A plan that was
 *       withdrawn and is wanted again is another operation with another marker.
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"flows.books", "flows.matching", "core.http", "core.journal", "core.portal", "core.state"})
package dev.sverka.flows.deals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
