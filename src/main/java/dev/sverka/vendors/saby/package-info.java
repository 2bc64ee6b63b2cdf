/**
 * Saby's documents and their states. Surprises of this provider that shaped the room (saby.md):
 *
 * <ul>
 *   <li>An error comes with any HTTP status, 200 among them, so it is looked for before the result (section 1). A body
 *       without its charset is read as windows-1251 (2).
 *   <li>The cursor is an event's id, and dies when the event is deleted: its time is kept beside it (1, 5). The time
 *       goes into filters with dots or with colons, whichever works (2).
 *   <li>A list of changes holds one record for every event of a document, perhaps none with an event, and reports to
 *       authorities among them (5): a record is a hint, the document is asked for anew (1).
 *   <li>A rejected document is signed after all, under a new revision or without one (1); a finished one is deleted
 *       without an event (7). What was told last of each document is kept in the store's {@code agreed} table, so that
 *       also a way back is news, and {@code changedAt} is empty: an event that vanishes would turn it back.
 *   <li>Most codes of states are known from code that others wrote; any other is told without a state (7).
 *   <li>A log-in by password may ask a person for a code: that stops the account (3.2). One session serves for 12 hours
 *       and in memory only; it is renewed once where it is lost, also between two pages (3.3).
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "records.edo", "core.state"})
package dev.sverka.vendors.saby;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
