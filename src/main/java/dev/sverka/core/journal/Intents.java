package dev.sverka.core.journal;

import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Lets a write to a vendor happen once, whatever crashes, answers lost, or repeated work come in between. */
public final class Intents {

    private final Store store;
    private final Set<List<String>> inFlight = ConcurrentHashMap.newKeySet();

    Intents(Store store) {
        this.store = store;
    }

    /**
     * Writes unless it was written. What {@code send} throws goes on to the caller and leaves the intent open, so that
     * the next try looks first.
     *
     * @param find looks at the vendor for this very content under the marker; asked only where an earlier try is open
     * @param send writes, and tells what is worth keeping, such as the new id
     * @return the result, of this call or of the one that wrote before; numbers and times as JSON gives them
     * @throws NotYet where another thread is writing the same at this moment
     */
    public Map<String, Object> once(Intent intent, Supplier<Optional<Map<String, Object>>> find,
            Supplier<Map<String, Object>> send) {
        List<String> key = List.of(intent.account(), intent.target(), intent.item(), intent.marker());
        if (!inFlight.add(key)) {
            throw new NotYet("The write " + intent.marker() + " to " + intent.target() + " " + intent.item()
                    + " is under way in another entry; this one waits for it");
        }
        try {
            return settle(intent, find, send);
        } finally {
            inFlight.remove(key);
        }
    }

    private record Row(long id, String content, @Nullable String result) {
    }

    private Map<String, Object> settle(Intent intent, Supplier<Optional<Map<String, Object>>> find,
            Supplier<Map<String, Object>> send) {
        String content = Json.write(intent.content());
        boolean opened = store.apart(() -> open(intent, content));
        Row row = store.sql("""
                select id, content, result from intent
                where account = :account and target = :target and item = :item and marker = :marker""")
                .param("account", intent.account()).param("target", intent.target()).param("item", intent.item())
                .param("marker", intent.marker()).query(Row.class).single();
        boolean same = row.content().equals(content);
        if (row.result() != null && same) {
            return map(row.result());
        }
        boolean unsettled = !opened && row.result() == null;
        if (!same) {
            reopen(row.id(), content);
        }
        Map<String, Object> result = unsettled ? find.get().orElseGet(send) : send.get();
        return close(row.id(), result);
    }

    /** The newest intent by which an entry of the journal wrote to a target, such as {@code bitrix24:payment/update}. */
    public Optional<Long> latestOf(long entry, String target) {
        return store.sql("select id from intent where entry = :entry and target = :target order by id desc limit 1")
                .param("entry", entry).param("target", target).query(Long.class).optional();
    }

    private boolean open(Intent intent, String content) {
        return store.insert("""
                insert into intent (account, target, item, marker, entry, content, opened_at)
                values (:account, :target, :item, :marker, :entry, :content, :now)""",
                insert -> insert.param("account", intent.account()).param("target", intent.target())
                        .param("item", intent.item()).param("marker", intent.marker())
                        .param("entry", intent.entry(), Types.BIGINT).param("content", content)
                        .param("now", store.now()));
    }

    private void reopen(long id, String content) {
        store.apart(() -> store.sql("""
                update intent set content = :content, result = null, opened_at = :now, closed_at = null
                where id = :id""").param("content", content).param("now", store.now()).param("id", id).update());
    }

    private Map<String, Object> close(long id, Map<String, Object> result) {
        String stored = Json.write(result);
        store.apart(() -> store.sql("""
                update intent set result = :result, closed_at = :now where id = :id""")
                .param("result", stored).param("now", store.now()).param("id", id).update());
        return map(stored);
    }

    private static Map<String, Object> map(String json) {
        return Json.map(json, new TypeReference<>() { });
    }
}
