package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The journal as people leaf through it. Every question is answered from an index and ends after a bounded number of
 * rows, so that it costs the same however much the journal holds.
 */
public final class JournalPages {

    /** Nobody counts further; what is more is told as more. */
    public static final int COUNTED = 200;

    private static final String COLUMNS =
            "select id, flow, order_key, state, attempts, cause, message, accepted_at, claim_at from entry ";
    /** The index's columns, all of them: else H2 sorts. */
    private static final String UP = " order by state, cause, flow, id limit ";
    private static final String DOWN = " order by state desc, cause desc, flow desc, id desc limit ";

    private final Store store;

    JournalPages(Store store) {
        this.store = store;
    }

    /**
     * Entries of a flow that are in a state for the same reason.
     *
     * @param cause null where there is none, as of work that was never tried
     * @param count of them, {@link #COUNTED} at the most
     * @param more whether there are more than that
     * @param newest the words of the newest
     */
    public record Group(String state, String flow, @Nullable String cause, int count, boolean more,
            @Nullable String newest) {
    }

    /**
     * All that is stored of an entry.
     *
     * @param merged how many further news melted into it
     * @param payload JSON; {@code null} once it is no longer kept
     * @param endedAt when it was done, died or was dismissed; null before that
     */
    public record Whole(EntryView entry, String account, int merged, String payload, String headers,
            @Nullable Instant endedAt) {

        /** By which the log tells of it; null for an entry of an older version. */
        public @Nullable String trace() {
            return Journey.traceIn(headers);
        }
    }

    public List<Group> groups(String state) {
        List<Group> groups = new ArrayList<>();
        flows(state, null).forEach(flow -> groups.add(group(state, flow, null)));
        for (String cause : steps(after -> store.sql("select cause from entry where state = :state and cause "
                + isAfter() + UP + "1").param("state", state).param("after", next(after)))) {
            flows(state, cause).forEach(flow -> groups.add(group(state, flow, cause)));
        }
        return groups;
    }

    private List<String> flows(String state, @Nullable String cause) {
        return steps(after -> of(state, cause, "select flow from entry where " + is(cause) + " and flow " + isAfter()
                + UP + "1").param("after", next(after)));
    }

    /** From value to value of an index, never through what lies between. */
    private static List<String> steps(Function<String, StatementSpec> look) {
        List<String> found = new ArrayList<>();
        Optional<String> one = look.apply("").query(String.class).optional();
        while (one.isPresent()) {
            found.add(one.get());
            one = look.apply(one.get()).query(String.class).optional();
        }
        return found;
    }

    /** H2 would walk through all that is equal before it comes to what is greater. */
    private String isAfter() {
        return store.dialect() == Dialect.H2 ? ">= :after" : "> :after";
    }

    private String next(String after) {
        return store.dialect() == Dialect.H2 && !after.isEmpty() ? after + '\u0001' : after;
    }

    private static String is(@Nullable String cause) {
        return "state = :state and cause " + (cause == null ? "is null" : "= :cause");
    }

    private StatementSpec of(String state, @Nullable String cause, String sql) {
        StatementSpec asked = store.sql(sql).param("state", state);
        return cause == null ? asked : asked.param("cause", cause);
    }

    private Group group(String state, String flow, @Nullable String cause) {
        int count = of(state, cause, "select count(*) from (select 1 from entry where " + is(cause)
                + " and flow = :flow limit " + (COUNTED + 1) + ") as counted").param("flow", flow).query(Integer.class)
                .single();
        String newest = page(state, flow, cause, Long.MAX_VALUE, 1).stream().findFirst().map(EntryView::message)
                .orElse(null);
        return new Group(state, flow, cause, Math.min(count, COUNTED), count > COUNTED, newest);
    }

    /**
     * Entries of a group, the newest first.
     *
     * @param before those with a smaller number than this
     */
    public List<EntryView> page(String state, String flow, @Nullable String cause, long before, int most) {
        return of(state, cause, COLUMNS + "where " + is(cause) + " and flow = :flow and id < :before" + DOWN + ":most")
                .param("flow", flow).param("before", before).param("most", most).query(Journal::view).list();
    }

    /** Entries of any flow about a thing, by the key that orders its work; the newest first. */
    public List<EntryView> ofKey(String key, int most) {
        return store.sql("select distinct flow from lane order by flow").query(String.class).list().stream()
                .flatMap(flow -> store.sql(COLUMNS + "where flow = :flow and order_key = :key order by id desc limit :most")
                        .param("flow", flow).param("key", key).param("most", most).query(Journal::view).list().stream())
                .sorted((one, other) -> Long.compare(other.id(), one.id())).limit(most).toList();
    }

    public Optional<Whole> find(long id) {
        return store.sql("""
                select id, flow, order_key, state, attempts, cause, message, accepted_at, claim_at, account, merged,
                    payload, headers, ended_at from entry where id = :id""").param("id", id)
                .query(JournalPages::whole).optional();
    }

    private static Whole whole(ResultSet row, int n) throws SQLException {
        Long ended = row.getObject("ended_at", Long.class);
        return new Whole(Journal.view(row, n), row.getString("account"), row.getInt("merged"), row.getString("payload"),
                row.getString("headers"), ended == null ? null : Instant.ofEpochMilli(ended));
    }
}
