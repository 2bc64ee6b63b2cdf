package dev.sverka.flows.calendar;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Items and their events in the store. Everything joins the running transaction. */
final class EventStore {

    private static final String COLUMNS =
            "name, entity, item, pipeline, assignee, content, cancelled_on, sequence, block";

    private final JdbcClient jdbc;

    EventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What holds for all events.
     *
     * @param portal stands behind the {@code @} of every UID
     * @param rules version of the mapping they were made by
     * @param revision rises with each change
     */
    record State(@Nullable String portal, @Nullable String rules, long revision, Instant changedAt) {
    }

    /** An event as feeds need it. */
    record Shown(String entity, @Nullable String pipeline, @Nullable Long assignee, String form, boolean cancelled,
            String content, String block) {
    }

    State state() {
        return jdbc.sql("select portal, rules, revision, changed_at from calendar_state where id = 1")
                .query(EventStore::toState).single();
    }

    /** Makes other writers wait. */
    State lock() {
        return jdbc.sql("select portal, rules, revision, changed_at from calendar_state where id = 1 for update")
                .query(EventStore::toState).single();
    }

    void save(State state) {
        jdbc.sql("update calendar_state set portal = ?, rules = ?, revision = ?, changed_at = ? where id = 1")
                .params(Arrays.asList(state.portal(), state.rules(), state.revision(),
                        state.changedAt().toEpochMilli())).update();
    }

    private static State toState(ResultSet row, int number) throws SQLException {
        return new State(row.getString(1), row.getString(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4)));
    }

    void keep(String entity, long item, String content) {
        if (jdbc.sql("update calendar_item set content = ? where entity = ? and item = ?")
                .params(content, entity, item).update() == 0) {
            jdbc.sql("insert into calendar_item (entity, item, content) values (?, ?, ?)")
                    .params(entity, item, content).update();
        }
    }

    void forget(String entity, long item) {
        jdbc.sql("delete from calendar_item where entity = ? and item = ?").params(entity, item).update();
    }

    List<Map<String, Object>> items() {
        return jdbc.sql("select content from calendar_item order by entity, item").query(String.class).list().stream()
                .map(Contents::item).toList();
    }

    List<EventRow> of(String entity, long item) {
        return jdbc.sql("select " + COLUMNS + " from calendar_event where entity = ? and item = ?")
                .params(entity, item).query(EventStore::row).list();
    }

    void put(EventRow row, Instant changed) {
        DatedEvent event = row.event();
        List<@Nullable Object> values = Arrays.asList(row.entity(), row.item(), event.kind(), event.form(),
                Date.valueOf(event.starts()), Date.valueOf(event.ends()), row.pipeline(), row.assignee(),
                Contents.write(event), row.cancelledOn() == null ? null : Date.valueOf(row.cancelledOn()),
                row.sequence(), changed.toEpochMilli(), row.block(), row.name());
        if (jdbc.sql("""
                update calendar_event set entity = ?, item = ?, kind = ?, form = ?, starts = ?, ends = ?, pipeline = ?,
                    assignee = ?, content = ?, cancelled_on = ?, sequence = ?, changed_at = ?, block = ?
                where name = ?""").params(values).update() == 0) {
            jdbc.sql("""
                    insert into calendar_event (entity, item, kind, form, starts, ends, pipeline, assignee, content,
                        cancelled_on, sequence, changed_at, block, name)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""").params(values).update();
        }
    }

    /** Somebody else's, or in another funnel: nothing that a calendar tells. */
    void move(String name, @Nullable String pipeline, @Nullable Long assignee) {
        jdbc.sql("update calendar_event set pipeline = ?, assignee = ? where name = ?")
                .params(Arrays.asList(pipeline, assignee, name)).update();
    }

    /**
     * Events that touch the days from one to another, in order.
     *
     * @param gone those cancelled on this day or before have left
     */
    List<Shown> between(LocalDate from, LocalDate to, LocalDate gone) {
        return jdbc.sql("""
                select entity, pipeline, assignee, form, cancelled_on, content, block from calendar_event
                where ends > ? and starts <= ? and (cancelled_on is null or cancelled_on > ?)
                order by starts, name""").params(Date.valueOf(from), Date.valueOf(to), Date.valueOf(gone))
                .query((row, n) -> new Shown(row.getString(1), row.getString(2), row.getObject(3, Long.class),
                        row.getString(4), row.getDate(5) != null, row.getString(6), row.getString(7))).list();
    }

    private static EventRow row(ResultSet row, int number) throws SQLException {
        Date cancelled = row.getDate("cancelled_on");
        return new EventRow(row.getString("name"), row.getString("entity"), row.getLong("item"),
                row.getString("pipeline"), row.getObject("assignee", Long.class),
                Contents.event(row.getString("content")), cancelled == null ? null : cancelled.toLocalDate(),
                row.getInt("sequence"), row.getString("block"));
    }
}
