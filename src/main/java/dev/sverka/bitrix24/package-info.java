/**
 * The CRM. Surprises of this vendor that shaped the room (bitrix24.md):
 *
 * <ul>
 *   <li>An error may come with HTTP 200, and every batch does: success is judged from the body (sections 2.3, 5.2).
 *   <li>There is no idempotency key: a timed-out add may have been carried out, so each has a marker to look up (0.1).
 *   <li>Events carry only an id, are never repeated and fire for our own writes too: polling is what counts (8.5).
 *   <li>Unknown fields are ignored without a word, so what comes back is compared with what was sent (4.2).
 *   <li>{@code date} fields read as midnight UTC in the server's offset (12); money fields as {@code "1500.5|RUB"} (6.5).
 *   <li>Date filters may ignore the offset: instants are always written in the server's own (4.3).
 *   <li>Names of stages, funnels and fields are the users' to change: looked up, cached for minutes, never computed.
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"connector", "http", "portal", "state"})
package dev.sverka.bitrix24;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
