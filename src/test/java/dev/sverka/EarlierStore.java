package dev.sverka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A store as an earlier version left it, and the world beside it. {@code store-v22} was left by the program of migration
 * 22, killed with {@code kill -9} in the midst of a day in the sandbox: a write whose answer it never got, news at work
 * and waiting, a statement being asked for. That day has no papers, deals in FinTablo or hours of a stage: rows of those
 * tables were added by hand.
 */
final class EarlierStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Rows by table: values by column, nulls left out. */
    final Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
    final JsonNode world;
    private final String version;

    private EarlierStore(String version) throws IOException {
        this.version = version;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open("store.jsonl.gz"),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                rows.computeIfAbsent(line.substring(0, space), table -> new ArrayList<>())
                        .add(map(JSON.readTree(line.substring(space + 1))));
            }
        }
        try (InputStream file = open("world.json.gz")) {
            world = JSON.readTree(file);
        }
    }

    static EarlierStore of(String version) throws IOException {
        return new EarlierStore(version);
    }

    private InputStream open(String file) throws IOException {
        return new GZIPInputStream(Objects.requireNonNull(EarlierStore.class.getResourceAsStream("/store-v" + version
                + "/" + file)));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>(JSON.convertValue(node, Map.class));
        map.values().removeIf(Objects::isNull);
        return map;
    }

    /** Makes it, as that version had it. */
    void into(DataSource database) throws SQLException {
        Flyway.configure().dataSource(database).target(version).load().migrate();
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("delete from calendar_state");
            for (Map.Entry<String, List<Map<String, Object>>> table : rows.entrySet()) {
                insert(connection, table.getKey(), table.getValue());
            }
        }
    }

    /** What columns are is asked of the database, which is the one to know. */
    private static void insert(Connection connection, String table, List<Map<String, Object>> rows) throws SQLException {
        Map<String, Integer> types = new LinkedHashMap<>();
        String id = null;
        try (ResultSet columns = connection.createStatement().executeQuery("select * from " + table + " where 1 = 0")) {
            ResultSetMetaData data = columns.getMetaData();
            for (int n = 1; n <= data.getColumnCount(); n++) {
                types.put(data.getColumnName(n).toLowerCase(), data.getColumnType(n));
                id = data.isAutoIncrement(n) ? data.getColumnName(n).toLowerCase() : id;
            }
        }
        String names = String.join(", ", types.keySet());
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " (" + names + ") values (?"
                + ", ?".repeat(types.size() - 1) + ")")) {
            for (Map<String, Object> row : rows) {
                int n = 0;
                for (Map.Entry<String, Integer> column : types.entrySet()) {
                    insert.setObject(++n, value(row.get(column.getKey()), column.getValue()));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        if (id != null) {
            long next = 1 + EarlierStore.greatest(rows, id);
            connection.createStatement().execute("alter table " + table + " alter column " + id + " restart with " + next);
        }
    }

    private static long greatest(List<Map<String, Object>> rows, String column) {
        return rows.stream().mapToLong(row -> ((Number) row.get(column)).longValue()).max().orElse(0);
    }

    private static Object value(Object told, int type) {
        if (told == null) {
            return null;
        }
        return switch (type) {
            case Types.DATE -> LocalDate.parse(told.toString());
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP -> OffsetDateTime.parse(told.toString());
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Base64.getDecoder().decode(told.toString());
            default -> told;
        };
    }

    /** The rows of a table today, as {@link #rows} has them. */
    static List<Map<String, Object>> read(Connection connection, String table) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ResultSet found = connection.createStatement().executeQuery("select * from " + table)) {
            ResultSetMetaData data = found.getMetaData();
            while (found.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int n = 1; n <= data.getColumnCount(); n++) {
                    Object value = data.getColumnType(n) == Types.CLOB ? found.getString(n) : found.getObject(n);
                    if (value != null) {
                        row.put(data.getColumnName(n).toLowerCase(), value instanceof byte[] bytes
                                ? Base64.getEncoder().encodeToString(bytes) : value instanceof Number
                                || value instanceof Boolean ? value : value.toString());
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
