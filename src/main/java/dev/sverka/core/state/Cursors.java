package dev.sverka.core.state;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/** How far each feed has been read; saved in one transaction with what was read. */
public final class Cursors {

    private final Rows rows;
    private final Clock clock;

    Cursors(Rows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** The position of a feed, a small flat map; empty when it is new. */
    public Map<String, String> load(String feed) {
        return rows.sql("select position from feed_cursor where feed = :feed").param("feed", feed)
                .query(String.class).optional()
                .map(json -> Json.read(json, new TypeReference<Map<String, String>>() { })).orElse(Map.of());
    }

    /** Joins the running transaction. */
    public void save(String feed, Map<String, String> position) {
        String json = Json.write(position);
        rows.together(() -> rows.put(
                () -> rows.sql("update feed_cursor set position = :position where feed = :feed")
                        .param("position", json).param("feed", feed).update() > 0,
                () -> rows.sql("insert into feed_cursor (feed, position) values (:feed, :position)")
                        .param("feed", feed).param("position", json)));
    }

    /** The feed has been read up to the present; the first time and the last are kept. */
    public void reached(String feed) {
        long now = clock.millis();
        rows.together(() -> rows.put(
                () -> rows.sql("""
                        update feed_cursor set reached_at = coalesce(reached_at, :now), present_at = :now
                        where feed = :feed""")
                        .param("now", now).param("feed", feed).update() > 0,
                () -> rows.sql("""
                        insert into feed_cursor (feed, position, reached_at, present_at)
                        values (:feed, '{}', :now, :now)""")
                        .param("feed", feed).param("now", now)));
    }

    /** When the feed was read up to the present for the first time. */
    public Optional<Instant> reachedAt(String feed) {
        return moment("reached_at", feed);
    }

    /** When the feed was read up to the present last. */
    public Optional<Instant> presentAt(String feed) {
        return moment("present_at", feed);
    }

    /** When each feed was read up to the present last, by its name such as {@code tbank.main/operation}. */
    public Map<String, Instant> presentAt() {
        Map<String, Instant> all = new TreeMap<>();
        rows.sql("select feed, present_at from feed_cursor where present_at is not null")
                .query(row -> {
                    all.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
                });
        return all;
    }

    private Optional<Instant> moment(String column, String feed) {
        return rows.sql("select " + column + " from feed_cursor where feed = :feed and " + column + " is not null")
                .param("feed", feed).query(Long.class).optional().map(Instant::ofEpochMilli);
    }
}
