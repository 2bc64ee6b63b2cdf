package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a window with what was told of it. What is missing from a list is asked for by its id before it is called
 * deleted; when much is missing at once, which is how an accident looks (fintablo.md section 5), only after a day.
 */
final class FinTabloComparison {

    private static final Logger LOG = LoggerFactory.getLogger(FinTabloComparison.class);
    /** Told in one transaction. */
    private static final int CHUNK = 500;
    /** Missing objects asked for by id in one reading. */
    private static final int MOST_ASKED = 50;
    private static final int FEW = 10;
    private static final Duration BELIEVED = Duration.ofDays(1);
    private static final String MISSING_SINCE = "since";

    private final FinTabloClient client;
    private final FinTabloEntity entity;
    private final Links links;
    private final Instant now;

    FinTabloComparison(FinTabloClient client, FinTabloEntity entity, Links links, Instant now) {
        this.client = client;
        this.entity = entity;
        this.links = links;
        this.now = now;
    }

    /** Part of a window's news. @param told what is told of the window once these are stored */
    record Chunk(List<News> news, FinTabloWindow window, Map<String, Object> told) {
    }

    /** Reads a window. @return at least one chunk */
    List<Chunk> read(FinTabloWindow window) {
        Map<String, Object> told = new TreeMap<>(links.agreed(client.account(), kept(), window.name()));
        List<Chunk> chunks = new ArrayList<>();
        List<News> news = new ArrayList<>();
        Map<String, Object> missing = new TreeMap<>(told);
        missing.remove(MISSING_SINCE);
        for (Map<String, Object> item : rows(window)) {
            String id = item.get("id").toString();
            missing.remove(id);
            String fingerprint = entity.fingerprint(item);
            if (!fingerprint.equals(told.put(id, fingerprint))) {
                news.add(new News(id, now + "#" + fingerprint, item));
            }
            if (news.size() == CHUNK) {
                chunks.add(new Chunk(List.copyOf(news), window, new TreeMap<>(told)));
                news.clear();
            }
        }
        if (isBelieved(window, told, missing.size())) {
            missing.keySet().stream().limit(MOST_ASKED)
                    .forEach(id -> missing(window, id, told).ifPresent(news::add));
        }
        chunks.add(new Chunk(List.copyOf(news), window, told));
        return chunks;
    }

    private List<Map<String, Object>> rows(FinTabloWindow window) {
        List<Map<String, Object>> rows = client.list(entity, window.filter());
        List<Map<String, Object>> whole = entity.name().equals(FinTabloEntity.TRANSACTION)
                ? FinTabloSplits.folded(rows) : rows;
        return whole.stream().filter(row -> row.get("id") instanceof Long && window.holds(row)).toList();
    }

    private boolean isBelieved(FinTabloWindow window, Map<String, Object> told, int missing) {
        if (missing <= FEW || missing * 2 <= told.size()) {
            told.remove(MISSING_SINCE);
            return missing > 0;
        }
        Instant since = Instant.parse(told.computeIfAbsent(MISSING_SINCE, first -> now.toString()).toString());
        LOG.warn("{}: {} of {} of {} are missing at once since {}; nothing is called deleted before it has stood for"
                + " a day", client.account(), missing, told.size() - 1, entity.name() + " " + window.name(), since);
        return !now.isBefore(since.plus(BELIEVED));
    }

    /** Deleted, moved into another window, or only left out by the list. */
    private Optional<News> missing(FinTabloWindow window, String id, Map<String, Object> told) {
        Optional<Map<String, Object>> item;
        try {
            item = client.item(entity, Long.parseLong(id));
        } catch (VendorException.Transient unseen) {
            if (unseen.code().equals(FinTabloClient.UNSEEN)) {
                return Optional.empty();
            }
            throw unseen;
        }
        if (item.filter(window::holds).filter(one -> one.get("parentId") == null).isPresent()) {
            return Optional.empty();
        }
        told.remove(id);
        return Optional.of(item.map(moved -> new News(id, now + "#" + entity.fingerprint(moved), moved))
                .orElseGet(() -> new News(id, now + "#deleted",
                        new LinkedHashMap<>(Map.of("id", Long.valueOf(id), "deleted", true)))));
    }

    /** Joins the transaction in which the news were stored. */
    void stored(Chunk chunk) {
        if (!chunk.told().equals(links.agreed(client.account(), kept(), chunk.window().name()))) {
            links.agree(client.account(), kept(), chunk.window().name(), chunk.told());
        }
    }

    private String kept() {
        return "fintablo-told:" + entity.name();
    }
}
