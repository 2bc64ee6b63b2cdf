/**
 * Papers that go through EDO providers, and the portal's items that they drive. What a provider's state means for an item
 * stands in one table, {@link dev.sverka.flows.paperwork.PaperStage}; an item ends in the state that the provider holds
 * now, whatever came in between, twice or late.
 *
 * <ul>
 *   <li>A paper is known by its EDO id; else number, date, counterparty's ИНН, sum and kind must all agree with one item,
 *       or a person is asked. The item is looked at once more on the portal before it is tied.
 *   <li>A stage that a person chose is not undone: where the provider says something else, a person is asked.
 *   <li>What is told, of whom and when, is kept with the tie, so that a repeated or restarted step says nothing twice.
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"flows.matching", "flows.payments", "records.edo", "records.invoice",
        "core.connector", "core.journal", "core.portal", "core.state"})
package dev.sverka.flows.paperwork;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
