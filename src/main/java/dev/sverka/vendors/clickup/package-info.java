/**
 * Tasks and time. Surprises of this vendor that shaped the room (clickup.md):
 *
 * <ul>
 *   <li>401 says of a dead token what it also says of an unknown id or a missing right: {@code GET /user} tells which
 *       (section 4.2). An unknown list is 400.
 *   <li>The minute belongs to the token, whoever uses it; once {@code X-RateLimit-Remaining} is 0 nobody calls before
 *       the reset, which is told by the server's clock (3). A 429 was not carried out and may be sent again.
 *   <li>Ids are texts: longer than 32 bits, of tasks with letters, of comments now a number, now a text (5).
 *   <li>A day without a time comes back as 04:00 in the zone of the token's user: days are compared as days (5).
 *   <li>No idempotency key: a task carries its marker in a custom field from its first moment, a list in its content, a
 *       folder as the end of its name. Names of folders and lists are unique, also against the trash, which no listing
 *       shows: what is taken is adopted, else numbered (7, 10.3, 14).
 *   <li>{@code PUT task} takes neither custom fields nor tags and says 200; a flat list of assignees makes watchers
 *       (8.4). A drop-down is written by uuid and read by orderindex; an unset field has no value (9.2).
 *   <li>Closed tasks, subtasks and archived ones are left out unless asked for; archived ones come alone (10.1).
 *   <li>Pages move while others write: each page begins anew at the last moment seen (10.2).
 *   <li>Time of others comes only for named people, without pages, without a feed of changes or deletions: months are
 *       compared (11). A running entry has no end and a negative duration.
 *   <li>Trashed folders and lists answer 200 and take changes: {@code deleted} is looked at first (15). A task that is
 *       not found is deleted only if the trash says so; out of sight is not deleted.
 *   <li>Events are dropped after five tries, and 401, 410 or a hundred failures suspend the webhook without a word: it
 *       is looked after, activated again, and what it missed is read (13.5).
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "core.state", "records.time"})
package dev.sverka.vendors.clickup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
