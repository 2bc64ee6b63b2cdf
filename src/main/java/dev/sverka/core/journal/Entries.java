package dev.sverka.core.journal;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The SQL by which entries enter and leave their key's line; every method runs inside the caller's transaction. At
 * most one entry of a key has its {@code head_key}; whoever changes the line holds the head's row lock.
 */
final class Entries {

    /** News about to be stored; {@code due} is never before now. */
    record Draft(String flow, String account, String key, String subject, String payload, String headers, long due,
            long now) {
        String headKey() {
            return Entries.headKey(flow, key);
        }

        String state() {
            return due > now ? "waiting" : "queued";
        }
    }

    /** A stored entry that news may melt into. */
    private record Place(long id, String state, String subject, long due, @Nullable String cause) {
    }

    /** Who comes to the head of its key. */
    private record Next(long id, String flow, String key, long due) {
    }

    private record Line(String flow, String key) {
    }

    private static final String INSERT = """
            insert into entry (flow, account, order_key, subject, payload, headers, state, head_key, claim_at, due_at,
                accepted_at)
            values (:flow, :account, :key, :subject, :payload, :headers, :state, :headKey, :claimAt, :due, :now)""";

    private final Store store;

    Entries(Store store) {
        this.store = store;
    }

    static String headKey(String flow, String key) {
        return flow + "/" + key;
    }

    /** Whether this is what was told last of it. */
    boolean isTold(Event.Told told) {
        return store.sql("select 1 from entry_told where subject = :of and version = :version")
                .param("of", told.of()).param("version", told.version()).query(Integer.class).optional().isPresent();
    }

    /** Notes what is told; false where another told the same at this moment. */
    boolean tell(Event.Told told, long now) {
        return store.insert("insert into entry_told (subject, version, told_at) values (:of, :version, :now)",
                insert -> insert.param("of", told.of()).param("version", told.version()).param("now", now))
                || store.sql("""
                        update entry_told set version = :version, told_at = :now
                        where subject = :of and version <> :version""")
                        .param("of", told.of()).param("version", told.version()).param("now", now).update() > 0;
    }

    void lane(String flow, String account) {
        store.insert("insert into lane (flow, account) values (:flow, :account)",
                insert -> insert.param("flow", flow).param("account", account));
    }

    /** Puts news at the head of its key, into an entry of it that still waits, or behind it; returns the entry's id. */
    long place(Draft draft, boolean melts) {
        while (true) {
            // on H2 an insert that fails on a taken key costs more than a look
            boolean looks = melts && store.dialect() == Dialect.H2;
            Optional<Place> there = looks ? lockHead(draft.headKey()) : Optional.empty();
            if (there.isPresent()) {
                return melt(draft, there.get());
            }
            Optional<Long> head = insertHead(draft);
            if (head.isPresent()) {
                return head.get();
            }
            Optional<Place> present = lockHead(draft.headKey());
            if (present.isPresent()) {
                return melts ? melt(draft, present.get()) : insertBehind(draft);
            }
            // The head finished between the two statements: its key is free, or has a new head.
        }
    }

    private Optional<Long> insertHead(Draft draft) {
        return store.insertForId(INSERT, insert -> bind(insert, draft).param("state", draft.state())
                .param("headKey", draft.headKey()).param("claimAt", draft.due()));
    }

    private long insertBehind(Draft draft) {
        return store.insertForId(INSERT, insert -> bind(insert, draft).param("state", "queued")
                .param("headKey", null).param("claimAt", null)).orElseThrow();
    }

    private static StatementSpec bind(StatementSpec insert, Draft draft) {
        return insert.param("flow", draft.flow()).param("account", draft.account()).param("key", draft.key())
                .param("subject", draft.subject()).param("payload", draft.payload())
                .param("headers", draft.headers()).param("due", draft.due()).param("now", draft.now());
    }

    private Optional<Place> lockHead(String headKey) {
        return store.sql("""
                select id, state, subject, claim_at as due, cause from entry where head_key = :headKey for update""")
                .param("headKey", headKey).query(Place.class).optional();
    }

    private long melt(Draft draft, Place head) {
        if (!head.state().equals("working") && fits(draft, head)) {
            // A pause after a failure stands; what waited for other news is tried with this one.
            boolean sooner = head.cause() == null || head.cause().equals("not-yet");
            long due = sooner ? Math.min(head.due(), draft.due()) : head.due();
            replace(head.id(), draft, due, due > draft.now() ? head.state() : "queued", due);
            return head.id();
        }
        Optional<Place> last = store.sql("""
                select id, state, subject, due_at as due, cause from entry
                where flow = :flow and order_key = :key and state = 'queued' and coalesce(head_key, '') = ''
                order by id desc limit 1""")
                .param("flow", draft.flow()).param("key", draft.key()).query(Place.class).optional();
        if (last.isPresent() && fits(draft, last.get())) {
            replace(last.get().id(), draft, Math.min(last.get().due(), draft.due()), "queued", null);
            return last.get().id();
        }
        return insertBehind(draft);
    }

    /** News that is to wait longer than the entry keeps a turn of its own: it may be a look at a later state. */
    private static boolean fits(Draft draft, Place into) {
        return draft.subject().equals(into.subject()) && (draft.due() <= draft.now() || draft.due() <= into.due());
    }

    private void replace(long id, Draft draft, long due, String state, @Nullable Long claimAt) {
        store.sql("""
                update entry set account = :account, payload = :payload, headers = :headers, merged = merged + 1,
                    state = :state, due_at = :due, claim_at = :claimAt
                where id = :id""")
                .param("account", draft.account()).param("payload", draft.payload())
                .param("headers", draft.headers()).param("state", state).param("due", due)
                .param("claimAt", claimAt, Types.BIGINT).param("id", id).update();
    }

    /**
     * Gives the keys of what ended to the oldest entries that stand in their lines. Their due time stays that of their
     * acceptance: set to now, busy keys would always go to the tail.
     */
    void promote(List<Work> ended, long now) {
        List<Next> next = new ArrayList<>();
        ended.stream().collect(Collectors.groupingBy(Work::flow, Collectors.mapping(Work::key, Collectors.toSet())))
                .forEach((flow, keys) -> next.addAll(next(flow, keys)));
        head(next, now);
    }

    private void head(List<Next> next, long now) {
        store.batch("update entry set head_key = ?, claim_at = ?, state = ? where id = ?", next,
                one -> new Object[] {headKey(one.flow(), one.key()), one.due(), one.due() > now ? "waiting" : "queued",
                        one.id()});
    }

    /** With a plain {@code is null} both databases read the index of heads, where all that was ever done is null. */
    private List<Next> next(String flow, Set<String> keys) {
        return keys.stream().sorted().flatMap(key -> store.sql("""
                select id, flow, order_key, due_at from entry
                where flow = :flow and order_key = :key and state = 'queued' and coalesce(head_key, '') = ''
                order by id limit 1""")
                .param("flow", flow).param("key", key)
                .query((row, n) -> new Next(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)))
                .stream()).toList();
    }

    /**
     * Puts a finished entry back into its key's line.
     *
     * @throws org.springframework.dao.DuplicateKeyException where a new head came at the same moment
     */
    boolean putBack(long id, long now) {
        Optional<Line> line = store.sql("""
                select flow, order_key from entry where id = :id and state in ('dead', 'dismissed')
                for update""").param("id", id).query((row, n) -> new Line(row.getString(1), row.getString(2)))
                .optional();
        if (line.isEmpty()) {
            return false;
        }
        String headKey = line.get().flow() + "/" + line.get().key();
        // Twice: the first look may have waited for a head that went, and does not see the one promoted after it.
        boolean free = lockHead(headKey).or(() -> lockHead(headKey)).isEmpty();
        store.sql("""
                update entry set state = 'queued', attempts = 0, cause = null, message = null, ended_at = null,
                    due_at = :now where id = :id""").param("now", now).param("id", id).update();
        if (free) {
            head(next(line.get().flow(), Set.of(line.get().key())), now);
        }
        return true;
    }

    Optional<String> flowOf(long id) {
        return store.sql("select flow from entry where id = :id").param("id", id).query(String.class).optional();
    }

    void history(long id, long now, String kind, int attempt, @Nullable String cause, @Nullable String message) {
        store.sql("""
                insert into entry_event (entry, at, kind, attempt, cause, message)
                values (:entry, :now, :kind, :attempt, :cause, :message)""")
                .param("entry", id).param("now", now).param("kind", kind).param("attempt", attempt)
                .param("cause", cause).param("message", clip(message)).update();
    }

    /** What fits the column; PostgreSQL takes no zero character. */
    static @Nullable String clip(@Nullable String message) {
        String text = message == null ? null : message.replace("\0", "");
        return text == null || text.length() <= 2000 ? text : text.substring(0, 1999) + "…";
    }
}
