package dev.sverka.flows.calendar;

import dev.sverka.core.state.Declared;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts calendars together from what is in the store, and keeps the last ones: programs ask far more often than
 * anything changes, and feeds that show the same share one text.
 */
final class CalendarBodies {

    /** How long a cancelled event is told. */
    private static final int GONE_AFTER_DAYS = 30;
    private static final long MOST_BYTES = 48L * 1024 * 1024;
    private static final int LOCKS = 32;

    private final EventStore events;
    private final EventKeeper keeper;
    private final Declared<CalendarRules> rules;
    private final Clock clock;
    private final ZoneId zone;
    private final Map<FeedFilter, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;
    private final Object[] locks = new Object[LOCKS];

    private record Kept(long revision, LocalDate day, String rules, CalendarBody body) {
        boolean holds(long present, LocalDate today, String version) {
            return revision == present && day.equals(today) && rules.equals(version);
        }
    }

    CalendarBodies(EventStore events, EventKeeper keeper, Declared<CalendarRules> rules, Clock clock, ZoneId zone) {
        this.events = events;
        this.keeper = keeper;
        this.rules = rules;
        this.clock = clock;
        this.zone = zone;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    CalendarBody of(FeedFilter filter) {
        CalendarBody held = held(filter);
        if (held != null) {
            return held;
        }
        // two hundred programs that ask at once cost one text
        synchronized (locks[Math.floorMod(filter.hashCode(), LOCKS)]) {
            held = held(filter);
            return held != null ? held : make(filter);
        }
    }

    private @Nullable CalendarBody held(FeedFilter filter) {
        long revision = events.state().revision();
        synchronized (kept) {
            Kept one = kept.get(filter);
            return one != null && one.holds(revision, today(), rules.get().version()) ? one.body() : null;
        }
    }

    private CalendarBody make(FeedFilter filter) {
        CalendarRules declared = rules.get();
        keeper.make(declared);
        // read before the events: what changes in between is made anew at the next request
        EventStore.State state = events.state();
        LocalDate today = today();
        StringBuilder text = new StringBuilder(EventText.head(
                declared.names().getOrDefault(filter.view(), filter.view()), declared.refresh()));
        int head = text.length();
        for (EventStore.Shown event : events.between(today.minus(filter.back()), today.plus(filter.ahead()),
                today.minusDays(GONE_AFTER_DAYS))) {
            if (filter.shows(event.entity(), event.pipeline(), event.assignee(), event.form())) {
                text.append(event.block());
                if (filter.alarm() != null && !event.cancelled()) {
                    text.append(EventText.alarm(Contents.event(event.content()).title(), filter.alarm()));
                }
                text.append(EventText.END_OF_EVENT);
            }
        }
        if (text.length() == head) {
            text.append(EventText.NO_EVENTS);
        }
        text.append(EventText.END);
        Instant midnight = today.atStartOfDay(zone).toInstant();
        CalendarBody body = new CalendarBody(text.toString().getBytes(StandardCharsets.UTF_8),
                state.changedAt().isAfter(midnight) ? state.changedAt() : midnight);
        keep(filter, new Kept(state.revision(), today, declared.version(), body));
        return body;
    }

    private void keep(FeedFilter filter, Kept made) {
        synchronized (kept) {
            Kept before = kept.put(filter, made);
            keptBytes += made.body().size() - (before == null ? 0 : before.body().size());
            Iterator<Kept> oldest = kept.values().iterator();
            while (keptBytes > MOST_BYTES && kept.size() > 1) {
                keptBytes -= oldest.next().body().size();
                oldest.remove();
            }
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }
}
