/**
 * Management accounting. Surprises of this vendor that shaped the room (fintablo.md):
 *
 * <ul>
 *   <li>Success is HTTP 2xx <em>and</em> {@code status: 200} in the body; one object comes as a list of one. A missing
 *       object is 422 «No item found», not 404 (section 3).
 *   <li>No idempotency key and no external id: every create carries a marker in a text field, is looked up by it after
 *       a lost answer, and is sent again only when some minutes have shown nothing; the second such loss goes to a
 *       person (11).
 *   <li>An error proves nothing either: a PUT that answered 400 once removed five employees. Whatever is refused is
 *       read back (8.12, 13).
 *   <li>Only operations and deals have pages; every other list ignores {@code page} and comes again for ever. Rows
 *       move between pages while others write: a row that comes twice makes the list be read again (5).
 *   <li>Unknown filters are ignored without a word, which would answer with everything: they are refused here, and what
 *       comes is filtered once more (7).
 *   <li>Plans and facts share one list; {@code isPlan} is always said. Confirming a plan beside a bank feed counts the
 *       money twice (9).
 *   <li>{@code nds} is a rate in per cent on an operation and a sum on a deal, a stage and an obligation (6).
 *   <li>A deal's stage has an id of its own that stands in {@code dealId}; incomes are refused on it. Stages can only
 *       be added (8.7).
 *   <li>A split operation comes as one parent with {@code subs}, or flat with {@code parentId}; deal and category are
 *       in the parts, never in the parent, and both forms together would count twice (8.6).
 *   <li>No webhooks, no modified time: windows are read and compared with what was told. One short or empty answer
 *       is no deletion: each missing object is asked for by its id, and many at once are believed after a day (5).
 *   <li>300 requests a minute, perhaps shared with other programs: 240 are used, four at a time; at 429 all stop (4).
 *   <li>Days are Moscow's, written {@code dd.mm.yyyy} (6).
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.state"})
package dev.sverka.vendors.fintablo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
