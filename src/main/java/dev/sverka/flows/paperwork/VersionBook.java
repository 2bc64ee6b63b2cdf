package dev.sverka.flows.paperwork;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Versions of proposals, reports and contracts, kept for ever: published to the desk. */
public class VersionBook {

    private static final String SELECT = "select number, at, by_user, content, changes, told from item_version ";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    VersionBook(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What an item was from a moment on.
     *
     * @param number 1 for the first that was seen
     * @param at the portal's time of the change
     * @param by the portal's user who made it; null where the portal does not say
     * @param content the fields by their keys, as text
     * @param changes old and new value by field
     * @param told whether its timeline tells of it
     */
    public record Version(int number, Instant at, @Nullable Long by, Map<String, String> content,
            Map<String, List<String>> changes, boolean told) {
    }

    /** All versions of an item, oldest first. */
    public List<Version> of(String entity, long item) {
        return jdbc.sql(SELECT + "where entity = ? and item = ? order by number").params(entity, item).query(this::row)
                .list();
    }

    /** What differs between two versions of an item: old and new value by field. */
    public Map<String, List<String>> between(String entity, long item, int from, int to) {
        Map<String, String> before = content(entity, item, from);
        Map<String, String> after = content(entity, item, to);
        return differences(before, after);
    }

    private Map<String, String> content(String entity, long item, int number) {
        return jdbc.sql(SELECT + "where entity = ? and item = ? and number = ?").params(entity, item, number)
                .query(this::row).optional().map(Version::content).orElse(Map.of());
    }

    static Map<String, List<String>> differences(Map<String, String> before, Map<String, String> after) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.forEach(key -> {
            String old = before.getOrDefault(key, "");
            String now = after.getOrDefault(key, "");
            if (!old.equals(now)) {
                changes.put(key, List.of(old, now));
            }
        });
        return changes;
    }

    /** The present version, locked. */
    Optional<Version> last(String entity, long item) {
        return jdbc.sql(SELECT + "where entity = ? and item = ? order by number desc limit 1 for update")
                .params(entity, item).query(this::row).optional();
    }

    void add(String entity, long item, Version version) {
        jdbc.sql("""
                insert into item_version (entity, item, number, at, by_user, content, changes, told)
                values (?, ?, ?, ?, ?, ?, ?, ?)""").params(Arrays.asList(entity, item, version.number(),
                version.at().toEpochMilli(), version.by(), json.writeValueAsString(version.content()),
                json.writeValueAsString(version.changes()), version.told())).update();
    }

    void told(String entity, long item, int number) {
        jdbc.sql("update item_version set told = true where entity = ? and item = ? and number = ?")
                .params(entity, item, number).update();
    }

    private Version row(ResultSet row, int number) throws SQLException {
        return new Version(row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), row.getObject(3, Long.class),
                json.readValue(row.getString(4), new TypeReference<LinkedHashMap<String, String>>() { }),
                json.readValue(row.getString(5), new TypeReference<LinkedHashMap<String, List<String>>>() { }),
                row.getBoolean(6));
    }
}
