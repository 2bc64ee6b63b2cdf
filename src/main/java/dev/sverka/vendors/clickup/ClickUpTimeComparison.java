package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.records.time.DeletedTimeEntry;
import dev.sverka.records.time.TimeEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a month (UTC, by the entries' start) with what was told of it. People who have left the Workspace are asked
 * for too: where ClickUp refuses one, nothing of that person counts as missing (clickup.md section 11.1).
 */
final class ClickUpTimeComparison {

    private static final Logger LOG = LoggerFactory.getLogger(ClickUpTimeComparison.class);
    /** Told in one transaction. */
    private static final int CHUNK = 500;
    /** Missing entries asked for by id in one reading. */
    private static final int MOST_ASKED = 50;
    private static final Duration BELIEVED = Duration.ofDays(1);
    private static final String MISSING_SINCE = "since";
    private static final String TOLD = "clickup-told:time";
    private static final String PEOPLE = "clickup-people";
    /** Which instant of an entry the window tests is not told: it is asked for wider, and cut here. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final ClickUpAccount account;
    private final Links links;
    private final Instant began;
    private final Instant now;
    private final boolean thorough;
    private final Set<String> members = new TreeSet<>();
    private final Set<String> former = new TreeSet<>();

    /**
     * @param began entries before it are not ours to tell
     * @param thorough whether members are asked for anew, and those who have left for their time
     */
    ClickUpTimeComparison(ClickUpAccount account, Links links, Instant began, Instant now, boolean thorough) {
        this.account = account;
        this.links = links;
        this.began = began;
        this.now = now;
        this.thorough = thorough;
    }

    /** Part of a month's news. @param told what is told of the month once these are stored */
    record Chunk(List<News> news, YearMonth month, Map<String, Object> told) {
    }

    /** What a reading showed. @param silent people of whom nothing could be read */
    private record Reading(Map<String, TimeEntry> entries, Set<String> running, Set<String> silent) {
    }

    /** Reads a month. @return at least one chunk */
    List<Chunk> read(YearMonth month) {
        people();
        Map<String, Object> told = new TreeMap<>(links.agreed(account.name(), TOLD, month.toString()));
        Map<String, Object> missing = new TreeMap<>(told);
        missing.remove(MISSING_SINCE);
        Reading reading = reading(month);
        List<Chunk> chunks = new ArrayList<>();
        List<News> news = new ArrayList<>();
        for (TimeEntry entry : reading.entries().values()) {
            missing.remove(entry.entryId());
            String version = entry.person().id() + "#" + entry.version();
            if (!version.equals(told.put(entry.entryId(), version))) {
                news.add(news(entry));
            }
            if (news.size() == CHUNK) {
                chunks.add(new Chunk(List.copyOf(news), month, new TreeMap<>(told)));
                news.clear();
            }
        }
        missing.keySet().removeAll(reading.running());
        missing.values().removeIf(version -> reading.silent().contains(version.toString().split("#")[0]));
        if (isBelieved(month, told, missing.size())) {
            missing.keySet().stream().limit(MOST_ASKED).forEach(id -> missing(month, id, told).ifPresent(news::add));
        }
        chunks.add(new Chunk(List.copyOf(news), month, told));
        return chunks;
    }

    private static News news(TimeEntry entry) {
        return new News(entry.entryId(), entry.version(), entry);
    }

    /** Who is a member now, and who was: those vanish from the list and keep their time. */
    private void people() {
        if (!members.isEmpty()) {
            return;
        }
        (thorough ? account.members() : account.membersKept()).forEach(one -> members.add(String.valueOf(ClickUpBodies.id(one))));
        Map<String, Object> kept = new LinkedHashMap<>(links.agreed(account.name(), PEOPLE, "all"));
        former.addAll(kept.keySet());
        former.removeAll(members);
        boolean grew = false;
        for (String id : members) {
            grew |= kept.put(id, "seen") == null;
        }
        if (grew) {
            links.agree(account.name(), PEOPLE, "all", kept);
        }
    }

    private Reading reading(YearMonth month) {
        Reading reading = new Reading(new LinkedHashMap<>(), new HashSet<>(), new HashSet<>());
        List<String> all = List.copyOf(members);
        for (int n = 0; n < all.size(); n += ClickUpTimes.BATCH) {
            read(month, String.join(",", all.subList(n, Math.min(all.size(), n + ClickUpTimes.BATCH))), reading);
        }
        left(month, reading);
        return reading;
    }

    /** Their time seldom changes, and they grow in number: asked for together, and not in every reading. */
    private void left(YearMonth month, Reading reading) {
        if (!thorough || former.isEmpty()) {
            reading.silent().addAll(former);
            return;
        }
        try {
            read(month, String.join(",", former), reading);
        } catch (VendorException.Refused oneOfThem) {
            for (String one : former) {
                try {
                    read(month, one, reading);
                } catch (VendorException.Refused refused) {
                    LOG.debug("{}: time of {}, who is no member any more, is not told: {}", account.name(), one,
                            refused.getMessage());
                    reading.silent().add(one);
                }
            }
        }
    }

    private void read(YearMonth month, String people, Reading reading) {
        Instant from = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        account.workspace().time(Map.of("assignee", people, "start_date", from.minus(MARGIN).toEpochMilli(),
                "end_date", to.plus(MARGIN).toEpochMilli(), "include_location_names", true)).forEach(raw -> {
                    TimeEntry entry = ClickUpTimes.read(account.name(), raw, now);
                    if (entry == null) {
                        reading.running().add(String.valueOf(raw.get("id")));
                    } else if (holds(month, entry)) {
                        reading.entries().put(entry.entryId(), entry);
                    }
                });
    }

    private boolean holds(YearMonth month, TimeEntry entry) {
        return !entry.startAt().isBefore(began)
                && YearMonth.from(entry.startAt().atOffset(ZoneOffset.UTC)).equals(month);
    }

    private boolean isBelieved(YearMonth month, Map<String, Object> told, int missing) {
        int all = told.size() - (told.containsKey(MISSING_SINCE) ? 1 : 0);
        if (ClickUpKnown.isFew(missing, all)) {
            told.remove(MISSING_SINCE);
            return missing > 0;
        }
        Instant since = Instant.parse(told.computeIfAbsent(MISSING_SINCE, first -> now.toString()).toString());
        LOG.warn("{}: {} of {} time entries of {} are missing at once since {}; nothing is called deleted before it"
                + " has stood for a day; look whether the token's user is still an owner or admin", account.name(),
                missing, all, month, since);
        return !now.isBefore(since.plus(BELIEVED));
    }

    /** Deleted, moved into another month, or only left out by the list. */
    private Optional<News> missing(YearMonth month, String id, Map<String, Object> told) {
        Optional<Map<String, Object>> raw = account.workspace().timeEntry(id);
        if (raw.isEmpty()) {
            told.remove(id);
            return Optional.of(new News(id, "deleted " + now, new DeletedTimeEntry(account.name(), id, now)));
        }
        TimeEntry entry = ClickUpTimes.read(account.name(), raw.get(), now);
        if (entry == null || holds(month, entry)) {
            return Optional.empty();
        }
        told.remove(id);
        return Optional.of(news(entry));
    }

    /** Joins the transaction in which the news were stored. */
    void stored(Chunk chunk) {
        if (!chunk.told().equals(links.agreed(account.name(), TOLD, chunk.month().toString()))) {
            links.agree(account.name(), TOLD, chunk.month().toString(), chunk.told());
        }
    }
}
