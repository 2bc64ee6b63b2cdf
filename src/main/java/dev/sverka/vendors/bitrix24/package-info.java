/**
 * The CRM. Surprises of this vendor that shaped the room (bitrix24.md):
 *
 * <ul>
 *   <li>An error may come with HTTP 200, and every batch does: success is judged from the body (sections 2.3, 5.2).
 *   <li>There is no idempotency key: a timed-out add may have been carried out, so each has a marker to look up (0.1).
 *   <li>Events carry only an id, are never repeated and fire for our own writes too: polling is what counts (8.5).
 *   <li>Unknown fields are ignored without a word, so what comes back is compared with what was sent (4.2).
 *   <li>{@code date} fields read as midnight UTC in the server's offset (12); money fields as {@code "1500.5|RUB"}
 *     (6.5).
 *   <li>Date filters may ignore the offset: instants are always written in the server's own (4.3).
 *   <li>Two limits bind independently: requests, and each method's operating time in ten minutes. How a batch's time is
 *       booked differs between portals and is learnt from the answers (3.1, 3.2).
 *   <li>A request is cut at 60 s with its work half done: batches are sized by measured time (3.3).
 *   <li>In a batch nothing and an empty list cannot be said, and {@code $result[…]} in a text is replaced (5.1, 5.3).
 *   <li>Deletions are invisible to polling, and a lost right looks like many of them: all ids are walked once a day,
 *       and what is missing is believed after {@code crm.item.get} said NOT_FOUND some time later (0.1, 13).
 *   <li>Some updates show a field as cleared and keep it: cleared fields are read back (6.6).
 *   <li>A renamed portal answers 302; it is followed once an event with the pinned {@code member_id} came from there
 *     (1.4).
 *   <li>Names of stages, funnels and fields are the users' to change: looked up, cached for minutes, never computed.
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.portal", "core.state"})
package dev.sverka.vendors.bitrix24;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
