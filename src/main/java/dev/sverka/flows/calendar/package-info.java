/**
 * The portal's dates in any calendar program. Items that changed are kept with the events that {@code
 * mappings/calendar.yaml} makes of them, each already written as a VEVENT; a feed puts together what its person chose
 * to see, and never asks the portal.
 *
 * <ul>
 *   <li>RFC 5545 folds by octets and ical4j by letters, which for Russian are two octets each: {@link
 *     dev.sverka.flows.calendar.Folding}.
 *   <li>METHOD is left out: PUBLISH would need an ORGANIZER (RFC 5546). So DTSTAMP tells the last change.
 *   <li>A VCALENDAR holds a component at least, so an empty feed carries a time zone.
 * </ul>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"core.journal", "core.portal", "core.state"})
package dev.sverka.flows.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
