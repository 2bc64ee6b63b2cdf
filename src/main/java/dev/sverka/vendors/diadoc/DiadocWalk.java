package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One box, page by page (diadoc.md section 11): at the very first the documents of its history; then, each time, the
 * events after the cursor; now and then the latest ones by
 * their time, for the cursor passes over an event that shares its key with the last of a page and over one that was
 * written late; once a day a week of events, and the documents themselves.
 */
final class DiadocWalk {

    private static final Logger LOG = LoggerFactory.getLogger(DiadocWalk.class);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONGEST_CONFLICT = Duration.ofMinutes(30);
    private static final List<String> CATEGORIES = List.of("Any.Outbound", "Any.Inbound", "Any.Internal");

    private enum Stage { FIRST, LINE, AGAIN, DOCUMENTS, DONE }

    private final DiadocAccount account;
    private final String box;
    private final DiadocFeed feed;
    private final Clock clock;
    private final Instant now;
    private final boolean sweeping;
    private final Set<String> cursors = new HashSet<>();
    private DiadocProgress progress;
    private Stage stage;
    private @Nullable VendorException held;

    private @Nullable Instant again;
    private @Nullable String withinOneMoment;
    private final Set<String> seen = new HashSet<>();

    private final Deque<String> categories = new ArrayDeque<>(CATEGORIES);
    private @Nullable String listedAfter;

    DiadocWalk(DiadocAccount account, String box, DiadocFeed feed, Clock clock, DiadocProgress progress) {
        this.account = account;
        this.box = box;
        this.feed = feed;
        this.clock = clock;
        this.now = clock.instant();
        this.progress = progress;
        this.stage = progress.isFirst() ? Stage.FIRST : Stage.LINE;
        this.sweeping = !progress.isFirst() && feed.isSweepDue(progress, now);
    }

    DiadocProgress progress() {
        return progress;
    }

    /** What stands on the next page, perhaps nothing; null when all has been read. */
    @Nullable List<Feed.News> next() {
        if (held != null) {
            throw held;
        }
        List<Feed.News> news = null;
        while (news == null && stage != Stage.DONE) {
            news = switch (stage) {
                case LINE -> line();
                case AGAIN -> again();
                default -> documents();
            };
        }
        return news;
    }

    private @Nullable List<Feed.News> line() {
        List<DiadocClient.Event> events;
        try {
            events = account.client().events(box, progress.from(), progress.key());
        } catch (VendorException.Refused refused) {
            if (refused.status() != 400 || progress.key() == null) {
                throw refused;
            }
            progress = progress.lineLost();
            return null;
        } catch (VendorException.Transient stuck) {
            if (stuck.status() != 409) {
                throw stuck;
            }
            return conflict(stuck);
        }
        String last = events.isEmpty() ? "" : events.get(events.size() - 1).indexKey();
        // a cursor that comes back ends a line: an event told twice may carry its old one (section 12)
        if (last.isEmpty() || !cursors.add(last) || last.equals(progress.key())) {
            progress = progress.idle();
            stage = sweeping || feed.isRereadDue(progress, now) ? Stage.AGAIN : Stage.DONE;
            return events.isEmpty() ? null : news(events);
        }
        List<Feed.News> news = news(events);
        progress = progress.read(last, earliest(events), latest(events));
        return news;
    }

    /**
     * A letter that cannot be read yet holds up the line (section 5): after half an hour a day of events is read by time;
     * where that holds too, the documents themselves are read, and the line goes on from now.
     */
    private @Nullable List<Feed.News> conflict(VendorException.Transient stuck) {
        Instant since = progress.conflict();
        if (since == null) {
            progress = progress.inConflict(now);
            held = stuck;
            return List.of();
        }
        if (now.isBefore(since.plus(LONGEST_CONFLICT))) {
            throw stuck;
        }
        if (progress.key() != null) {
            progress = progress.lineLost();
            return null;
        }
        LOG.warn("{}: events of {} stay unreadable; its documents are read instead, and events from now on: {}",
                account.client().account(), DiadocId.guid(box), stuck.getMessage());
        progress = progress.goneRound(now);
        stage = Stage.DOCUMENTS;
        return null;
    }

    /** Pages overlap by the moment they end with, so that no two events are parted by a border. */
    private @Nullable List<Feed.News> again() {
        Instant from = again;
        if (from == null) {
            from = progress.again(now);
            from = sweeping && from.isAfter(now.minus(WEEK)) ? now.minus(WEEK) : from;
            again = from;
        }
        List<DiadocClient.Event> events;
        try {
            events = account.client().events(box, from, withinOneMoment);
        } catch (VendorException.Transient stuck) {
            if (stuck.status() != 409) {
                throw stuck;
            }
            // tried again at the next poll; what the documents themselves tell waits for no letter
            stage = sweeping ? Stage.DOCUMENTS : Stage.DONE;
            return null;
        }
        List<DiadocClient.Event> fresh = events.stream().filter(one -> !seen.contains(one.key())).toList();
        if (fresh.isEmpty()) {
            String last = events.isEmpty() ? null : events.get(events.size() - 1).indexKey();
            if (last != null && !last.equals(withinOneMoment)) {
                withinOneMoment = last;
                return null;
            }
            progress = progress.rereadDone(now);
            stage = sweeping ? Stage.DOCUMENTS : Stage.DONE;
            return List.of();
        }
        List<Feed.News> news = news(fresh);
        fresh.forEach(one -> seen.add(one.key()));
        Instant last = latest(fresh);
        again = last.isAfter(from) ? last : from;
        withinOneMoment = last.isAfter(from) ? null : withinOneMoment;
        progress = progress.readAgain(last);
        return news;
    }

    /** What events never told, and what was before the first of them, shows in the documents themselves. */
    private @Nullable List<Feed.News> documents() {
        boolean first = stage == Stage.FIRST;
        String category = categories.peek();
        if (category == null) {
            progress = progress.sweepDone(now);
            stage = first ? Stage.LINE : Stage.DONE;
            return List.of();
        }
        Instant since = now.atOffset(ZoneOffset.UTC).minus(feed.history()).toInstant();
        Instant readAt = clock.instant();
        DiadocClient.Listed listed = account.client().documents(box, category, Map.of(
                "timestampFromTicks", Long.toString(DiadocTime.ticks(since)),
                "timestampToTicks", Long.toString(DiadocTime.ticks(now))), listedAfter);
        listedAfter = listed.next();
        if (listedAfter == null) {
            categories.remove();
        }
        return listed.documents().isEmpty() ? null
                : account.documents(box, listed.documents(), readAt, first).stream().map(DiadocWalk::told).toList();
    }

    /** Each document once, as it is now. */
    private List<Feed.News> news(List<DiadocClient.Event> events) {
        Map<DiadocId, DiadocDocflow> touched = new LinkedHashMap<>();
        events.stream().sorted(Comparator.comparing(DiadocClient.Event::at))
                .forEach(one -> touched.put(one.document(), one.docflow()));
        return account.touched(box, touched).stream().map(DiadocWalk::told).toList();
    }

    private static Feed.News told(EdoDocument document) {
        return new Feed.News(document.id(), document.version(), document);
    }

    private static Instant earliest(List<DiadocClient.Event> events) {
        return events.stream().map(DiadocClient.Event::at).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant latest(List<DiadocClient.Event> events) {
        return events.stream().map(DiadocClient.Event::at).max(Comparator.naturalOrder()).orElseThrow();
    }
}
