package dev.sverka.core.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run of everything that writes nothing: what would be written is noted instead, and the flow goes on as if it had
 * been. Off in a daemon. Safe for use by many threads.
 */
public final class Rehearsal {

    private final boolean on;
    private final List<Write> writes = new CopyOnWriteArrayList<>();
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final AtomicLong invented = new AtomicLong();
    private volatile boolean unread;

    /** @param on whether this is one */
    public Rehearsal(boolean on) {
        this.on = on;
    }

    /**
     * A write that was not sent.
     *
     * @param route whose work it is
     * @param target such as {@code bitrix24:payment/update}
     * @param item such as {@code payment 42}; {@code new} for one that would be made
     * @param before what the item holds under the keys of {@code after}; a key is absent where nothing is there
     * @param after what would be written
     */
    public record Write(String route, String account, String target, String item, Map<String, Object> before,
            Map<String, Object> after) {
    }

    boolean isOn() {
        return on;
    }

    /** @return what the vendor might have answered: the item's id, an invented one below zero for a new item */
    Map<String, Object> withheld(String route, String account, String target, Operation.Effect wanted,
            Map<String, Object> before) {
        writes.add(new Write(route, account, target, wanted.item(), before, wanted.content()));
        String id = wanted.item().replaceFirst(".* ", "");
        return Map.of("id", id.matches("\\d{1,18}") ? Long.valueOf(id) : Long.valueOf(invented.decrementAndGet()));
    }

    static Map<String, Object> ofSameKeys(Map<?, ?> item, Map<String, Object> content) {
        Map<String, Object> same = new LinkedHashMap<>();
        content.keySet().stream().filter(key -> item.get(key) != null).forEach(key -> same.put(key, item.get(key)));
        return same;
    }

    void awaits(String feed) {
        if (on) {
            awaited.add(feed);
        }
    }

    void reached(String feed) {
        awaited.remove(feed);
    }

    /** @param incomplete whether it says nothing about what would be written: what is not there is none of it */
    void failed(String feed, String why, boolean incomplete) {
        if (on) {
            failures.put(feed, why);
            unread |= incomplete;
        }
    }

    /** Whether a feed could not be read that may have had something to write. */
    public boolean isIncomplete() {
        return unread;
    }

    /** Every write so far, in the order in which they would have been sent. */
    public List<Write> writes() {
        return List.copyOf(writes);
    }

    /** Feeds that have not been read up to the present, or could not be. */
    public Set<String> awaited() {
        return Set.copyOf(awaited);
    }

    /** Why feeds could not be read, by feed. */
    public Map<String, String> failures() {
        return new TreeMap<>(failures);
    }
}
