/**
 * T-Bank's statements. Surprises of this vendor that shaped the room (tbank.md):
 *
 * <ul>
 *   <li>A statement speaks UTC, the books speak Moscow: a banking day is cut at 21:00Z (section 6).
 *   <li>Ids may change overnight, operations come late and are edited: a window is read again and again (section 6).
 *   <li>Only {@code Transaction} moves money; a hold ({@code Authorization}) may vanish or change (4.3).
 *   <li>Everything but id, type, amounts and dates may be missing; {@code "0"} and {@code ""} mean absent (4.3).
 *   <li>One cursor may come back for ever: then the window has been read (4.2). A cursor is never kept across runs.
 *   <li>An event differs from the statement in names and types and may carry another id: it is a hint (7).
 *   <li>A row that cannot be read, or an account that the bank refuses, becomes work of its own and stops no other; an
 *       account that leaves the list is told and read further (11, rows 12 and 13).
 *   <li>A window counts as whole only when its last page said so and the balances of its first page agree, or a second
 *       reading brought the same: only then may what it lacks be called withdrawn (11, rows 3 and 4).
 *   <li>Two requests a second stay below the limit of every method (8). The deprecated reads are not used (5): one has
 *       no direction and no currency. Filters are not used either (11, row 7).
 *   <li>401 may be final: more than ten wrong log-ins cancel a token, so a lost token stops the account (2.1, 8).
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "records.bank", "core.state"})
package dev.sverka.vendors.tbank;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
