package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What people decide about work that waits for them, one by one or all of a cause. A decision is carried out after a
 * minute; until then nothing of an entry is touched, so that one who takes it back leaves all as it was.
 */
public final class EntryDecisions {

    /** For so long a decision can be taken back. */
    public static final Duration UNDO = Duration.ofMinutes(1);

    private static final int AT_ONCE = 200;
    private static final String COLUMNS = "select id, what, entry, state, flow, cause, by_person, at, due_at, begun_at,"
            + " done_at, done, undone_at, undone_by from entry_decision ";
    private static final String OPEN = "done_at is null and undone_at is null";

    private final Store store;
    private final Journal journal;

    EntryDecisions(Store store, Journal journal) {
        this.store = store;
        this.journal = journal;
    }

    /** What is to become of the work. */
    public enum What { REPLAY, DISMISS }

    /**
     * A decision.
     *
     * @param entry which it is about; null for all of a flow that are in a state for a cause
     * @param begunAt since when it cannot be taken back
     * @param done how many entries it was carried out on
     */
    public record Decision(long id, What what, @Nullable Long entry, String state, String flow, @Nullable String cause,
            String by, Instant at, Instant dueAt, @Nullable Instant begunAt, @Nullable Instant doneAt, int done,
            @Nullable Instant undoneAt, @Nullable String undoneBy) {

        /** Whether it can still be taken back, unless its minute ends at this moment. */
        public boolean isOpen() {
            return begunAt == null && undoneAt == null;
        }
    }

    /** @return its number; empty where the entry is not for a person to decide on, or is decided on already */
    public Optional<Long> decide(What what, long entry, String by) {
        return store.joined(() -> {
            Optional<JournalPages.Group> group = store.sql("""
                    select state, flow, cause from entry
                    where id = :id and (state = 'dead' or state = 'dismissed' and :replay = 1) for update""")
                    .param("id", entry).param("replay", what == What.REPLAY ? 1 : 0)
                    .query((row, n) -> new JournalPages.Group(row.getString(1), row.getString(2), row.getString(3), 1,
                            false, null)).optional();
            boolean isDecided = !store.sql("select 1 from entry_decision where entry = :entry and " + OPEN)
                    .param("entry", entry).query(Integer.class).list().isEmpty();
            return isDecided ? Optional.empty() : group.map(one -> note(what, entry, one, by));
        });
    }

    /** All that are in the state for this cause by now. @return its number; empty where there are none */
    public Optional<Long> decideAll(What what, String state, String flow, @Nullable String cause, String by) {
        if (!state.equals("dead") && !(state.equals("dismissed") && what == What.REPLAY)) {
            return Optional.empty();
        }
        JournalPages.Group group = new JournalPages.Group(state, flow, cause, 0, false, null);
        return store.joined(() -> meant(group, 0, Long.MAX_VALUE, 1).isEmpty()
                || open().stream().anyMatch(one -> one.entry() == null && one.isOpen() && isOf(one, group))
                ? Optional.empty() : Optional.of(note(what, null, group, by)));
    }

    private static boolean isOf(Decision one, JournalPages.Group group) {
        return one.state().equals(group.state()) && one.flow().equals(group.flow())
                && String.valueOf(one.cause()).equals(String.valueOf(group.cause()));
    }

    private long note(What what, @Nullable Long entry, JournalPages.Group group, String by) {
        long now = store.now();
        return store.insertForId("""
                insert into entry_decision (what, entry, state, flow, cause, by_person, at, due_at)
                values (:what, :entry, :state, :flow, :cause, :by, :now, :due)""", insert -> insert
                .param("what", what.name().toLowerCase(Locale.ROOT)).param("entry", entry, Types.BIGINT)
                .param("state", group.state()).param("flow", group.flow()).param("cause", group.cause(), Types.VARCHAR)
                .param("by", by).param("now", now).param("due", now + UNDO.toMillis())).orElseThrow();
    }

    /** Takes a decision back; false where it is being carried out, or was taken back before. */
    public boolean undo(long id, String by) {
        return store.joined(() -> store.sql("""
                update entry_decision set undone_at = :now, undone_by = :by
                where id = :id and begun_at is null and undone_at is null""")
                .param("now", store.now()).param("by", by).param("id", id).update()) == 1;
    }

    /** Waits no longer; false where it is being carried out, or was taken back. */
    public boolean hurry(long id) {
        return store.joined(() -> store.sql("""
                update entry_decision set due_at = :now where id = :id and begun_at is null and undone_at is null""")
                .param("now", store.now()).param("id", id).update()) == 1;
    }

    /** Those not yet carried out to the end. */
    public List<Decision> open() {
        return store.sql(COLUMNS + "where " + OPEN + " order by id").query(EntryDecisions::decision).list();
    }

    /** The latest first. */
    public List<Decision> latest(int most) {
        return store.sql(COLUMNS + "order by id desc limit :most").param("most", most).query(EntryDecisions::decision)
                .list();
    }

    /** Those about one entry alone, oldest first. */
    public List<Decision> of(long entry) {
        return store.sql(COLUMNS + "where entry = :entry order by id").param("entry", entry)
                .query(EntryDecisions::decision).list();
    }

    /** Whether something is to be carried out by now. */
    public boolean isDue() {
        return !due().isEmpty();
    }

    private List<Long> due() {
        return store.sql("select id from entry_decision where " + OPEN + " and due_at <= :now order by id")
                .param("now", store.now()).query(Long.class).list();
    }

    /** Carries out what is due, and what an earlier process began; one process at a time. @return on how many entries */
    public int carryOut() {
        int all = 0;
        for (long id : due()) {
            boolean begun = store.joined(() -> store.sql("""
                    update entry_decision set begun_at = coalesce(begun_at, :now) where id = :id and undone_at is null""")
                    .param("now", store.now()).param("id", id).update()) == 1;
            if (begun) {
                all += carryOut(store.sql(COLUMNS + "where id = :id").param("id", id).query(EntryDecisions::decision)
                        .single());
            }
        }
        return all;
    }

    private int carryOut(Decision decision) {
        JournalPages.Group group = new JournalPages.Group(decision.state(), decision.flow(), decision.cause(), 0, false,
                null);
        long upTo = decision.at().toEpochMilli();
        Long entry = decision.entry();
        int done = entry != null ? one(entry, decision) : 0;
        List<Long> ids = entry != null ? List.of() : meant(group, 0, upTo, AT_ONCE);
        while (!ids.isEmpty()) {
            done += ids.stream().mapToInt(id -> act(id, decision)).sum();
            ids = meant(group, ids.get(ids.size() - 1), upTo, AT_ONCE);
        }
        int carried = done;
        store.joined(() -> store.sql("""
                update entry_decision set done_at = :now, done = :done where id = :id""")
                .param("now", store.now()).param("done", carried).param("id", decision.id()).update());
        return done;
    }

    private int one(long entry, Decision decision) {
        boolean isMeant = !store.sql("select 1 from entry where id = :id and state = :state and ended_at <= :upTo")
                .param("id", entry).param("state", decision.state()).param("upTo", decision.at().toEpochMilli())
                .query(Integer.class).list().isEmpty();
        return isMeant ? act(entry, decision) : 0;
    }

    private int act(long entry, Decision decision) {
        return (decision.what() == What.REPLAY ? journal.replay(entry, decision.by())
                : journal.dismiss(entry, decision.by())) ? 1 : 0;
    }

    /** What came into the state later, by dying once more too, is not meant. */
    private List<Long> meant(JournalPages.Group group, long after, long upTo, int most) {
        StatementSpec asked = store.sql("select id from entry where state = :state and cause "
                + (group.cause() == null ? "is null" : "= :cause")
                + " and flow = :flow and id > :after and ended_at <= :upTo order by state, cause, flow, id limit :most")
                .param("state", group.state()).param("flow", group.flow()).param("after", after).param("upTo", upTo)
                .param("most", most);
        return (group.cause() == null ? asked : asked.param("cause", group.cause())).query(Long.class).list();
    }

    private static Decision decision(ResultSet row, int n) throws SQLException {
        return new Decision(row.getLong("id"), What.valueOf(row.getString("what").toUpperCase(Locale.ROOT)),
                row.getObject("entry", Long.class), row.getString("state"), row.getString("flow"),
                row.getString("cause"), row.getString("by_person"), Instant.ofEpochMilli(row.getLong("at")),
                Instant.ofEpochMilli(row.getLong("due_at")), instant(row, "begun_at"), instant(row, "done_at"),
                row.getInt("done"), instant(row, "undone_at"), row.getString("undone_by"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = row.getObject(column, Long.class);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
