package dev.sverka.flows.calendar;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.calendar.EventKeeper.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells people at once what changes within a day: many calendar programs look only once in that time. Whoever has a
 * feed that shows the event is told, once; news older than the feed is none.
 */
final class UrgentNotices {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");

    /** How far the portal's clock may be behind ours. */
    private static final Duration APART = Duration.ofMinutes(5);

    private final FeedStore feeds;
    private final Journal journal;
    private final boolean russian;
    private final Clock clock;
    private final Settings settings;

    UrgentNotices(FeedStore feeds, Journal journal, Clock clock, Settings settings) {
        this.feeds = feeds;
        this.journal = journal;
        this.russian = !settings.locale().getLanguage().equals("en");
        this.clock = clock;
        this.settings = settings;
    }

    /** Joins the running transaction: what is told and what it tells of are stored together. */
    void tell(EventKeeper.Changes changes, Map<String, Object> item) {
        List<Change> urgent = changes.events().stream().filter(this::isUrgent).toList();
        if (urgent.isEmpty()) {
            return;
        }
        Instant at = item.get("updatedTime") == null ? clock.instant()
                : Instant.parse(item.get("updatedTime").toString()).plus(settings.clockOffset()).plus(APART);
        Map<Long, List<Change>> toTell = new LinkedHashMap<>();
        feeds.live().stream().filter(feed -> !at.isBefore(feed.issuedAt())).forEach(feed -> urgent.stream()
                .filter(change -> shows(feed.filter(), change)).forEach(change -> {
                    List<Change> told = toTell.computeIfAbsent(feed.person(), person -> new ArrayList<>());
                    if (!told.contains(change)) {
                        told.add(change);
                    }
                }));
        toTell.forEach((person, told) -> send(changes.revision(), person, told));
    }

    /** Also to whom it was shown before it changed hands. */
    private static boolean shows(FeedFilter filter, Change change) {
        return shows(filter, change.after()) || change.before() != null && shows(filter, change.before());
    }

    private static boolean shows(FeedFilter filter, EventRow row) {
        return filter.shows(row.entity(), row.pipeline(), row.assignee(), row.event().form());
    }

    /** A date that comes, goes or moves, or gets another title, a payment's sum in it, today or tomorrow. */
    private boolean isUrgent(Change change) {
        EventRow before = change.before();
        EventRow after = change.after();
        boolean changed = before == null || before.isCancelled() != after.isCancelled()
                || !before.event().starts().equals(after.event().starts())
                || !before.event().ends().equals(after.event().ends())
                || !before.event().title().equals(after.event().title());
        return changed && (isNear(after.event()) || before != null && !before.isCancelled() && isNear(before.event()));
    }

    private boolean isNear(DatedEvent event) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
        return isNear(event.starts(), today) || isNear(event.ends().minusDays(1), today);
    }

    private static boolean isNear(LocalDate day, LocalDate today) {
        return !day.isBefore(today) && !day.isAfter(today.plusDays(1));
    }

    private void send(long revision, long person, List<Change> changes) {
        // a person with both kinds of feed reads of marks only
        List<Change> marks = changes.stream().filter(one -> !one.after().event().form().equals("span")).toList();
        List<Change> told = marks.isEmpty() ? changes : marks;
        String url = told.get(0).after().event().url();
        String text = (russian ? "Календарь, меньше суток: " : "Calendar, within a day: ")
                + told.stream().map(this::line).collect(Collectors.joining("; ")) + (url == null ? "" : "\n" + url);
        String id = revision + "-" + person;
        journal.accept(new Event("calendar-notice", "bitrix24.main", id, null, true,
                Map.of("to", person, "text", text, "marker", "sverka:calendar:main:" + id), Map.of("SyncId", id),
                null));
    }

    private String line(Change change) {
        DatedEvent event = change.after().event();
        String now = days(event);
        if (change.after().isCancelled()) {
            return event.title() + (russian ? " — отменено (было " : " — cancelled (was ") + now + ")";
        }
        if (change.before() == null || change.before().isCancelled()) {
            return event.title() + " — " + now;
        }
        String before = days(change.before().event());
        if (before.equals(now)) {
            return event.title() + (russian ? " — было «" : " — was “") + change.before().event().title()
                    + (russian ? "», " : "”, ") + now;
        }
        return event.title() + (russian ? " — перенесено с " + before + " на " : " — moved from " + before + " to ")
                + now;
    }

    private static String days(DatedEvent event) {
        LocalDate last = event.ends().minusDays(1);
        return event.starts().format(DAY) + (event.starts().equals(last) ? "" : " – " + last.format(DAY));
    }
}
