package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Lets a write to a vendor happen once, whatever crashes, answers lost, or repeated work come in between. */
public final class Intents {

    /** Looked again at the latest, for the one under way may end at any moment. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(250);
    private static final String VIEW = "select id, account, target, item, marker, content, result, opened_at, closed_at"
            + " from intent";

    private final Store store;
    private final JournalMeters meters;
    private final Set<List<String>> inFlight = ConcurrentHashMap.newKeySet();

    Intents(Store store, JournalMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    /**
     * What is not known of a write that nobody answered.
     *
     * @param longest how long the vendor may go on executing after its caller has gone: until then nothing is looked up
     *     or sent again, for what is not there yet may still come
     * @param isUnclear whether a failure leaves open if it was carried out; any other one ends the intent
     * @param isForAPerson whether a failure to look for it is a person's to look: what is sent again then is sent. After
     *     any other one it is looked for once more, for nothing is known yet
     */
    public record Doubt(Duration longest, Predicate<RuntimeException> isUnclear,
            Predicate<RuntimeException> isForAPerson) {

        public Doubt(Duration longest, Predicate<RuntimeException> isUnclear) {
            this(longest, isUnclear, failure -> false);
        }

        /** Whatever fails is looked for at once. */
        public static final Doubt SHORT = new Doubt(Duration.ZERO, failure -> true);
    }

    /** As the other one, for a vendor that does nothing once its caller has gone. */
    public Map<String, Object> once(Intent intent, Supplier<Optional<Map<String, Object>>> find,
            Supplier<Map<String, Object>> send) {
        return once(intent, Doubt.SHORT, false, find, send);
    }

    /**
     * Writes unless it was written. What {@code send} throws goes on to the caller and leaves the intent open, so that
     * the next try looks first.
     *
     * @param absolute whether it sets values whatever was there before: then no earlier write to the item may be under way
     * @param find looks at the vendor for this very content under the marker; asked only where an earlier try is open
     * @param send writes, and tells what is worth keeping, such as the new id
     * @return the result, of this call or of the one that wrote before; numbers and times as JSON gives them
     * @throws NotYet where another thread is writing the same at this moment, or an earlier try may still be executed
     */
    public Map<String, Object> once(Intent intent, Doubt doubt, boolean absolute,
            Supplier<Optional<Map<String, Object>>> find, Supplier<Map<String, Object>> send) {
        List<String> key = List.of(intent.account(), intent.target(), intent.item(), intent.marker());
        if (!inFlight.add(key)) {
            throw new NotYet("The write " + intent.marker() + " to " + intent.target() + " " + intent.item()
                    + " is under way in another entry; this one waits for it", AT_ONCE);
        }
        try {
            return settle(intent, doubt, absolute, find, send);
        } finally {
            inFlight.remove(key);
        }
    }

    private record Row(long id, String content, @Nullable String result, long openedAt) {
    }

    private Map<String, Object> settle(Intent intent, Doubt doubt, boolean absolute,
            Supplier<Optional<Map<String, Object>>> find, Supplier<Map<String, Object>> send) {
        if (absolute) {
            waitForOthers(intent, doubt);
        }
        String content = Json.write(intent.content());
        boolean opened = store.apart(() -> open(intent, content));
        Row row = store.sql("""
                select id, content, result, opened_at from intent
                where account = :account and target = :target and item = :item and marker = :marker""")
                .param("account", intent.account()).param("target", intent.target()).param("item", intent.item())
                .param("marker", intent.marker()).query(Row.class).single();
        boolean same = row.content().equals(content);
        if (row.result() != null && same) {
            return map(row.result());
        }
        boolean unsettled = !opened && row.result() == null;
        if (unsettled) {
            waitUntil(intent, row.openedAt() + doubt.longest().toMillis());
        }
        if (!same || unsettled) {
            reopen(row.id(), content);
        }
        Supplier<Map<String, Object>> timed = () -> {
            Map<String, Object> result = send.get();
            meters.written(intent.account(), Instant.ofEpochMilli(store.now()));
            return result;
        };
        Map<String, Object> found = unsettled ? orEnd(row, doubt.isForAPerson(), () -> find.get().orElse(null)) : null;
        return close(row.id(), found != null ? found : orEnd(row, doubt.isUnclear().negate(), timed));
    }

    /** @param ends which failures end the intent */
    private <T extends @Nullable Object> T orEnd(Row row, Predicate<RuntimeException> ends, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            if (ends.test(failure)) {
                store.apart(() -> store.sql("delete from intent where id = :id and result is null")
                        .param("id", row.id()).update());
            }
            throw failure;
        }
    }

    /** An earlier write to the item whose outcome is not known may still be executed, after this one. */
    private void waitForOthers(Intent intent, Doubt doubt) {
        Long latest = store.sql("""
                select max(opened_at) from intent where account = :account and target = :target and item = :item
                    and result is null and marker <> :marker and opened_at > :since""")
                .param("account", intent.account()).param("target", intent.target()).param("item", intent.item())
                .param("marker", intent.marker()).param("since", store.now() - doubt.longest().toMillis())
                .query(Long.class).optional().orElse(null);
        if (latest != null) {
            waitUntil(intent, latest + doubt.longest().toMillis());
        }
    }

    private void waitUntil(Intent intent, long moment) {
        long left = moment - store.now();
        if (left > 0) {
            throw new NotYet("A write to " + intent.target() + " " + intent.item() + " was not answered and may still be"
                    + " executed; it is looked for once that is over",
                    left < LOOK_AGAIN.toMillis() ? Duration.ofMillis(left) : LOOK_AGAIN);
        }
    }

    /** The newest intent by which an entry of the journal wrote to a target, such as {@code bitrix24:payment/update}. */
    public Optional<Long> latestOf(long entry, String target) {
        return store.sql("select id from intent where entry = :entry and target = :target order by id desc limit 1")
                .param("entry", entry).param("target", target).query(Long.class).optional();
    }

    /** A write by its number, call and answer; writes older than the journal is kept are gone. */
    public Optional<IntentView> find(long id) {
        return store.sql(VIEW + " where id = :id").param("id", id).query(Intents::view).optional();
    }

    /** On behalf of which entry a write was, and the trace by which the log tells of it; both go with the journal. */
    public Optional<Origin> origin(long id) {
        return store.sql("select e.id, e.headers from intent i join entry e on e.id = i.entry where i.id = :id")
                .param("id", id).query((row, n) -> new Origin(row.getLong(1), Journey.traceIn(row.getString(2))))
                .optional();
    }

    /** @param trace null for an entry of an older version */
    public record Origin(long entry, @Nullable String trace) {
    }

    /** Writes on behalf of an entry, the oldest first. */
    public List<IntentView> of(long entry, int most) {
        return store.sql(VIEW + " where entry = :entry order by id limit :most").param("entry", entry)
                .param("most", most).query(Intents::view).list();
    }

    /** Writes under a marker, the newest first. */
    public List<IntentView> under(String marker) {
        return store.sql(VIEW + " where marker = :marker order by id desc").param("marker", marker)
                .query(Intents::view).list();
    }

    private static IntentView view(ResultSet row, int number) throws SQLException {
        Long closed = row.getObject(9, Long.class);
        return new IntentView(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                row.getString(6), row.getString(7), Instant.ofEpochMilli(row.getLong(8)),
                closed == null ? null : Instant.ofEpochMilli(closed));
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
