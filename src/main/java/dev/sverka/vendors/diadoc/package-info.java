/**
 * Kontur.Diadoc's documents and their states. Surprises of this provider that shaped the room (diadoc.md):
 *
 * <ul>
 *   <li>Nothing is pushed (section 1): events are asked for, and each is a hint only. What a document is now its flat
 *       fields say, asked for anew; the docflow adds why and who, and of more than two parties how many (9, 10).
 *   <li>An event's id may repeat over several documents (8), an event may come again after a later cursor, and the
 *       second of two events that share their index key is passed over at a page's border (12). So the latest events
 *       are read again by time, each page beginning with the moment the last one ended with; once a day a week of
 *       events, and the documents themselves.
 *   <li>A cursor belongs to the filter it came from (7): the time a line began at stays in it. A cursor that is refused
 *       (400) is given up for a day of events by time. 409 holds a line up until a letter can be read; after half an
 *       hour it is gone round (5, 11).
 *   <li>429 comes from the edge as a page of HTML without {@code Retry-After} (4): the account waits 5 s to 5 min.
 *   <li>402 and 403 are about one box: of several the others go on (5). Without the right to all documents there is no
 *       such feed (1); {@code check} tells it.
 *   <li>Versions of methods die: a {@code Sunset} header is told, and where V5 is not there V4 is used (1, 3).
 *   <li>Ticks are whole numbers above 2^53, boxes are spelled in two ways, sums with a dot, days as people do (2.1).
 *   <li>A state's name that nobody knows is no state: what was known stays (10, row 11).
 *   <li>The web address of a document is in no description, so {@code link} stays empty.
 * </ul>
 *
 * <p>Whether a refresh token changes with its use is not told (3.1), so every one that comes is kept before its access
 * token is used, and the one before it stays until the next. It lies in the store's {@code agreed} table, sealed
 * (AES-GCM) with a key made of the configured client secret and refresh token, which are nowhere in the store: a copy
 * of the store does not give it away, and it ends to count when another one is configured. Access tokens, and those of
 * the older log-in by password, are in memory only. No secret is ever logged.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.connector", "core.http", "records.edo", "core.state"})
package dev.sverka.vendors.diadoc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
