package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.records.edo.EdoDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One window of an account (saby.md section 5): the changes after the last event; now and then the latest ones by their
 * time, for one that was written late is passed over; once a day a day of changes, and the registers of the history.
 */
final class SabyWalk implements Feed.Pages {

    private static final Logger LOG = LoggerFactory.getLogger(SabyWalk.class);
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofHours(24);
    private static final String PARTIAL = "partial";
    /** So many of their ids fit into a position. */
    private static final int LONGEST_PARTIAL = 1000;
    private static final List<String> REGISTERS = List.of("Исходящие", "Входящие");

    private enum Stage { LINE, AGAIN, REGISTERS, END, DONE }

    private final SabyFeed feed;
    private final SabyClient client;
    private final SabyTold told;
    private final Clock clock;
    private final Instant now;
    private final boolean sweeping;
    private final Map<String, String> position;
    private final Set<String> cursors = new HashSet<>();
    private final Deque<String> registers = new ArrayDeque<>(REGISTERS);
    private int number;
    private @Nullable String againAfter;
    private Stage stage = Stage.LINE;

    SabyWalk(SabyFeed feed, SabyClient client, Links links, Clock clock, Map<String, String> position) {
        this.feed = feed;
        this.client = client;
        this.told = new SabyTold(client.account(), links);
        this.clock = clock;
        this.now = clock.instant();
        this.position = new LinkedHashMap<>(position);
        this.position.putIfAbsent("at", now.atOffset(ZoneOffset.UTC).minus(feed.history()).toInstant().toString());
        this.sweeping = feed.isSweepDue(instant("swept"), now);
        this.position.put("asked", now.toString());
    }

    private @Nullable Instant instant(String key) {
        String value = position.get(key);
        return value == null ? null : Instant.parse(value);
    }

    @Override
    public Feed.@Nullable Page next() {
        return switch (stage) {
            case LINE -> line();
            case AGAIN -> again();
            case REGISTERS -> registers();
            case END -> {
                stage = Stage.DONE;
                List<Feed.News> whole = partial();
                yield new Feed.Page(whole, Map.copyOf(position), true);
            }
            case DONE -> null;
        };
    }

    /** What has been told is kept with the news, or a crash in between would hide a change for ever. */
    @Override
    public void stored(Feed.Page page) {
        told.stored();
    }

    private Feed.Page line() {
        // by their clock, and before the page is asked for: it takes the place of a cursor that cannot move
        Instant before = position.containsKey("event") ? null : theirTime();
        SabyClient.Page page = linePage();
        List<JsonNode> events = events(page.rows());
        if (events.isEmpty()) {
            if (!page.rows().isEmpty()) {
                LOG.warn("{}: changes came without events: what was told since is read again by time",
                        client.account());
                position.remove("event");
                position.put("at", (before == null ? theirTime() : before).minus(OVERLAP).toString());
                if (page.more()) {
                    position.remove("swept"); // what stood on the pages after it shows in the registers
                }
            }
            return lineEnds(page.rows());
        }
        move(events);
        String last = id(events.get(events.size() - 1));
        boolean goesOn = page.more() && cursors.add(last);
        return goesOn ? page(page.rows()) : lineEnds(page.rows());
    }

    /** Nothing but the mark depends on their clock, so that a feed goes on where it does not tell. */
    private Instant theirTime() {
        try {
            return client.theirTime();
        } catch (VendorException.Refused untold) {
            LOG.info("{}: their clock is not told, ours is used: {}", client.account(), untold.getMessage());
            return now;
        }
    }

    /** An event that is gone from the server makes the call fail: once by time then, never in a loop (section 1). */
    private SabyClient.Page linePage() {
        String after = position.get("event");
        Instant since = Instant.parse(position.get("at"));
        if (after == null) {
            return client.changesSince(since);
        }
        try {
            return client.changesAfter(after);
        } catch (VendorException.Refused gone) {
            if (!SabyClient.isBusiness(gone)) {
                throw gone;
            }
            LOG.info("{}: the event read last is gone; changes are read by time from {}", client.account(), since);
            return client.changesSince(since.minus(OVERLAP));
        }
    }

    private void move(List<JsonNode> events) {
        position.put("event", id(events.get(events.size() - 1)));
        Instant last = SabyTime.instant(events.get(events.size() - 1).path("ДатаВремя").asString(""));
        if (last != null && last.isAfter(Instant.parse(position.get("at")))) {
            position.put("at", last.toString());
        }
        for (JsonNode event : events) {
            Instant at = SabyTime.instant(event.path("ДатаВремя").asString(""));
            Instant low = instant("low");
            if (at != null && (low == null || at.isBefore(low))) {
                position.put("low", at.toString());
            }
        }
    }

    private Feed.Page lineEnds(List<JsonNode> rows) {
        stage = sweeping || feed.isRereadDue(instant("reread"), now) ? Stage.AGAIN : Stage.END;
        cursors.clear();
        return page(rows);
    }

    private Feed.Page again() {
        Instant reread = instant("reread");
        Instant low = instant("low");
        Instant from = reread == null ? now : reread;
        from = (low != null && low.isBefore(from) ? low : from).minus(OVERLAP);
        from = sweeping && from.isAfter(now.minus(DAY)) ? now.minus(DAY) : from;
        SabyClient.Page page = againAfter == null ? client.changesSince(from) : client.changesAfter(againAfter);
        List<JsonNode> events = events(page.rows());
        againAfter = events.isEmpty() ? null : id(events.get(events.size() - 1));
        if (againAfter == null || !page.more() || !cursors.add(againAfter)) {
            position.remove("low");
            position.put("reread", now.toString());
            stage = sweeping ? Stage.REGISTERS : Stage.END;
        }
        return page(page.rows());
    }

    /** What changes never told shows in the registers (section 11). */
    private Feed.Page registers() {
        LocalDate today = LocalDate.ofInstant(now, SabyTime.MOSCOW);
        SabyClient.Page page = client.register(registers.element(), today.minus(feed.history()), today, number);
        number = page.more() ? number + 1 : 0;
        if (!page.more()) {
            registers.remove();
        }
        if (registers.isEmpty()) {
            position.put("swept", now.toString());
            stage = Stage.END;
        }
        return page(page.rows().stream().map(row -> row.path("Документ")).toList());
    }

    private static List<JsonNode> events(List<JsonNode> rows) {
        return rows.stream().flatMap(row -> row.path("Событие").valueStream()).filter(event -> !id(event).isEmpty())
                .toList();
    }

    private static String id(JsonNode node) {
        return node.path("Идентификатор").asString("");
    }

    /** Each document once, asked for anew: a record of a change may be old, and there is one for every event. */
    private Feed.Page page(List<JsonNode> rows) {
        Set<String> touched = new LinkedHashSet<>();
        rows.stream().filter(SabyDocuments::isPerhapsEdo).forEach(row -> touched.add(id(row)));
        List<Feed.News> news = read(touched);
        return new Feed.Page(news, Map.copyOf(position), false);
    }

    /** Those that were shown in part only, once more (section 6); what stays so waits for the next window. */
    private List<Feed.News> partial() {
        List<String> ids = List.of(position.getOrDefault(PARTIAL, "").split(" "));
        position.remove(PARTIAL);
        return read(ids.stream().filter(id -> !id.isEmpty()).toList());
    }

    private void isPartial(String id) {
        String known = position.getOrDefault(PARTIAL, "");
        String ids = known.contains(id) ? known : (known + " " + id).strip();
        if (ids.length() <= LONGEST_PARTIAL) {
            position.put(PARTIAL, ids);
        } else {
            position.remove("swept");
        }
    }

    private List<Feed.News> read(Collection<String> ids) {
        List<Feed.News> news = new ArrayList<>();
        for (String id : ids) {
            Instant readAt = clock.instant();
            try {
                JsonNode document = client.document(id);
                if (SabyDocuments.isPartial(document)) {
                    isPartial(id);
                } else if (SabyDocuments.isEdo(document)) {
                    EdoDocument read = SabyDocuments.read(client.account(), document, readAt);
                    if (read.state() == null) {
                        LOG.warn("{}: the state of {} is not known to this version ({}): what is known of it stays;"
                                + " update Sverka", client.account(), id, read.providerState());
                    }
                    told.news(read).ifPresent(news::add);
                }
            } catch (VendorException.Refused gone) {
                if (!SabyClient.isBusiness(gone)) {
                    throw gone;
                }
                LOG.warn("{}: {} cannot be read, what is known of it stays: {}", client.account(), id,
                        gone.getMessage());
            }
        }
        return news;
    }
}
