package dev.sverka.core.state;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    /** The feed has been read up to the present; only the first time is kept. */
    public void reached(String feed) {
        long now = clock.millis();
        rows.together(() -> rows.put(
                () -> rows.sql("update feed_cursor set reached_at = coalesce(reached_at, :now) where feed = :feed")
                        .param("now", now).param("feed", feed).update() > 0,
                () -> rows.sql("insert into feed_cursor (feed, position, reached_at) values (:feed, '{}', :now)")
                        .param("feed", feed).param("now", now)));
    }

    public Optional<Instant> reachedAt(String feed) {
        return rows.sql("select reached_at from feed_cursor where feed = :feed and reached_at is not null")
                .param("feed", feed).query(Long.class).optional().map(Instant::ofEpochMilli);
    }
}
