package dev.sverka.flows.calendar;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.TextList;
import net.fortuna.ical4j.model.component.VAlarm;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.Color;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Name;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Trigger;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableAction;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Writes the pieces of a calendar, made by ical4j, ready to be put together. */
final class EventText {

    static final String END_OF_EVENT = "END:VEVENT\r\n";
    static final String END = "END:VCALENDAR\r\n";
    /** A calendar without a component is none. */
    static final String NO_EVENTS = String.join("\r\n", "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD",
            "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE", "");

    /** What some programs take for the end of a line, though RFC 5545 does not. */
    private static final Pattern BREAK = Pattern.compile("\\R");

    private EventText() {
    }

    /** Everything above the first event. @param refresh how often programs are asked to look */
    static String head(String name, Duration refresh) {
        return "BEGIN:VCALENDAR\r\n" + Folding.fold(ImmutableVersion.VERSION_2_0.toString()
                + new ProdId("-//Sverka//Calendar//RU") + ImmutableCalScale.GREGORIAN
                + new Name(plain(name)) + new XProperty("X-WR-CALNAME", plain(name))
                + new RefreshInterval(new ParameterList(List.of(Value.DURATION)), refresh)
                + new XProperty("X-PUBLISHED-TTL", refresh.toString()));
    }

    /** A VEVENT without its last line, so that an alarm can still be put into it. */
    static String block(String uid, DatedEvent event, boolean cancelled, int sequence, Instant changed) {
        VEvent entry = new VEvent(false);
        entry.add(new Uid(uid)).add(new DtStamp(changed)).add(new LastModified(changed)).add(new Sequence(sequence));
        entry.add(new DtStart<>(event.starts())).add(new DtEnd<>(event.ends()));
        entry.add(new Summary(plain(event.title())));
        if (!event.text().isBlank()) {
            entry.add(new Description(plain(event.text())));
        }
        entry.add(cancelled ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        entry.add(new Categories(new TextList(List.of(plain(event.category()))))).add(new Color(new ParameterList(),
                event.color()));
        entry.add(ImmutableTransp.TRANSPARENT);
        if (event.url() != null) {
            entry.add(new Url(URI.create(event.url())));
        }
        String whole = entry.toString();
        return Folding.fold(whole.substring(0, whole.length() - END_OF_EVENT.length()));
    }

    /** @param before such as {@code P1D} */
    static String alarm(String title, String before) {
        VAlarm alarm = new VAlarm();
        alarm.add(ImmutableAction.DISPLAY).add(new Trigger(new ParameterList(), "-" + before))
                .add(new Description(plain(title)));
        return Folding.fold(alarm.toString());
    }

    /** TEXT holds no control characters, and a lone half of a letter would not survive UTF-8. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        BREAK.matcher(text).replaceAll("\n").codePoints()
                .filter(letter -> letter == '\n' || letter == '\t' || !Character.isISOControl(letter))
                .filter(letter -> letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
