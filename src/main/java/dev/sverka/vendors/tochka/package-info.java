/**
 * Tochka's statements. Surprises of this vendor that shaped the room (tochka.md):
 *
 * <ul>
 *   <li>A statement is a job at the bank (6.1): ordered, asked for until ready, kept for a day. Ordering is not
 *       repeatable, so the intention is saved before the order goes out and the order's id right after it; a process
 *       that dies in between finds its order in the bank's list. One order at a time for an account and period.
 *   <li>The order's answer holds an object where the statement's holds an array, and the id may be missing (6.1).
 *   <li>Dates are banking days, both ends included; today is a snapshot (6.3). At most 31 days are asked for at once,
 *       and half of them where the bank cannot (12, row 2).
 *   <li>An account's id is its number, a slash and the BIC; whether the slash is escaped in a path no page settles: raw
 *       first, escaped at a 404, and what worked is remembered (4). An older answer leaves the BIC out.
 *   <li>Every id of a row may be missing or longer than a store likes: the posting's id, else the payment's, else its
 *       content and how often it occurs that day (6.3).
 *   <li>A payment that is not sent yet stands as a memorial order and becomes a payment order under another id seconds
 *       later (6.2): a debit of that kind is no movement while it is of today or yesterday.
 *   <li>Only the far side of a movement is filled; sums are numbers in statements and text in events (6.2, 7.4).
 *   <li>Balances that do not fit the rows say that rows are missing: such a statement is asked for anew, and counts
 *       as a mere list when it comes back the same (6.1).
 *   <li>A dead key gives 403, a dead consent 401, 403 or 501 (2.1, 12 row 12). Where the list of accounts is still
 *       answered, a 403 means the one account only: rights are given for each company.
 *   <li>An event is a hint, and its invented test events must be answered 200 as well, else no subscription is made
 *       (7.1). It is a signed text without time or id (7.2); the header's own keys are never looked at (7.3). Events of
 *       SBP and payment links announce money that the statement shows again, perhaps summed: they mean nothing (7.4).
 *   <li>The bank's certificates are of the Russian national authority since 24.08.2026 (1).
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "records.bank", "core.state"})
package dev.sverka.vendors.tochka;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
