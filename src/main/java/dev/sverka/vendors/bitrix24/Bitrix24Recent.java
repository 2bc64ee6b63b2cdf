package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which items were just read or written. Saves a read where a row from a list, or one read a moment ago, tells as much;
 * what we wrote is kept in the store, so that a row listed before it is not taken for news, whichever replica wrote.
 */
final class Bitrix24Recent {

    private static final String WRITTEN = "bitrix24-written:";
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int MOST = 500;
    /** For so long the answer to our own write serves those who only show the item: its events come back by then. */
    private static final Duration ECHO = Duration.ofSeconds(30);
    /** Between two answers NOT_FOUND that are believed, and until the first one no longer counts. */
    private static final Duration APART = Duration.ofSeconds(15);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final String account;
    private final Links links;
    private final Clock clock;
    private final Map<String, Read> reads = new Newest();
    /** What the answers to our own writes showed, and since when. */
    private final Map<String, Read> answers = new Newest();

    private final Map<String, Instant> missing = new HashMap<>();

    private record Read(Map<String, Object> item, Instant at) {
        Read {
            item = Collections.unmodifiableMap(new LinkedHashMap<>(item));
        }
    }

    private static final class Newest extends LinkedHashMap<String, Read> {
        Newest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
            return size() > MOST;
        }
    }

    Bitrix24Recent(String account, Links links, Clock clock) {
        this.account = account;
        this.links = links;
        this.clock = clock;
    }

    /** Notes an item as it was read at this moment. */
    synchronized void read(String entity, long id, Map<String, Object> item) {
        reads.put(entity + " " + id, new Read(item, clock.instant()));
        answers.computeIfPresent(entity + " " + id, (key, answer) -> new Read(item, answer.at()));
    }

    /** An item as it was read a few seconds ago. */
    synchronized Optional<Map<String, Object>> lately(String entity, long id) {
        Read read = reads.get(entity + " " + id);
        return read == null || clock.instant().isAfter(read.at().plus(FRESH)) ? Optional.empty()
                : Optional.of(read.item());
    }

    /**
     * An item that we wrote a moment ago, as the write's answer showed it or as it was read since. Not for decisions:
     * what a person does at the same moment is told by the next poll.
     */
    synchronized Optional<Map<String, Object>> answered(String entity, long id) {
        Read answer = answers.get(entity + " " + id);
        return answer == null || clock.instant().isAfter(answer.at().plus(ECHO)) ? Optional.empty()
                : Optional.of(answer.item());
    }

    /** A write is about to be sent: until its answer is known no listed row tells the truth. */
    void writing(String entity, long id) {
        forget(entity, id);
        links.agree(account, WRITTEN + entity, Long.toString(id), Map.of("at", ""));
    }

    /** A write was answered. @param item with our keys, as the answer shows it */
    void written(String entity, long id, Map<String, Object> item) {
        synchronized (this) {
            forget(entity, id);
            answers.put(entity + " " + id, new Read(item, clock.instant()));
        }
        links.agree(account, WRITTEN + entity, Long.toString(id), Map.of(
                "at", String.valueOf(item.getOrDefault("updatedTime", "")), "print", Fingerprint.of(item)));
    }

    /** Whether a listed row is no older than our last write of the item. */
    boolean holds(String entity, long id, Map<String, Object> row) {
        Map<String, Object> written = links.agreed(account, WRITTEN + entity, Long.toString(id));
        if (written.isEmpty()) {
            return true;
        }
        String at = String.valueOf(written.get("at"));
        if (at.isEmpty() || row.get("updatedTime") == null) {
            return false;
        }
        return Instant.parse(row.get("updatedTime").toString()).isAfter(Instant.parse(at))
                || Fingerprint.of(row).equals(written.get("print"));
    }

    /** A deletion was told and found true. */
    void deleted(String entity, long id) {
        Bitrix24Deletions.told(links, account, entity, id);
    }

    /** @return whether an item that is not found now was not found some time ago either */
    synchronized boolean isMissingStill(String entity, long id) {
        Instant now = clock.instant();
        missing.values().removeIf(since -> now.isAfter(since.plus(FORGOTTEN)));
        return !now.isBefore(missing.computeIfAbsent(entity + " " + id, key -> now).plus(APART));
    }

    private synchronized void forget(String entity, long id) {
        reads.remove(entity + " " + id);
        answers.remove(entity + " " + id);
    }
}
