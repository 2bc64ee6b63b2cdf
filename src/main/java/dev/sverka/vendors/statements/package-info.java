/**
 * Statements as files: 1CClientBankExchange of any bank, from a drop folder. Surprises of this format that shaped the
 * room (1c-client-bank-exchange.md):
 *
 * <ul>
 *   <li>The header lies about the encoding: the bytes decide, and only by the names of keys, because cp866 reads as
 *       cp1251 without an error (section 1).
 *   <li>A file cut short looks like a whole one but for its last line: it is taken whole or not at all (6).
 *   <li>Direction is told by the own account alone; date keys stand on the wrong side at some banks (4).
 *   <li>There is no id: a row is known by its content and by its place among equal rows of its day (6). Exports
 *       overlap, so rows of a day are compared as a multiset.
 *   <li>A day told again may spell a purpose anew: where the day's turnovers prove it whole, that is the same row (6).
 *   <li>Currency stands in the account's number only, and there is no time of day (4, 9).
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "records.bank", "core.state"})
package dev.sverka.vendors.statements;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
