package dev.sverka.core.state;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A store on PostgreSQL as an H2 file: the same migrations make both. It is read in one transaction that PostgreSQL holds
 * to reading, from one snapshot, over one connection, while daemons work.
 */
final class PostgreSqlCopy {

    private static final int AT_ONCE = 1000;
    private static final String HISTORY = "flyway_schema_history";

    private final StoreFile from;
    private final StoreFile to;

    /** @param to a file that is not there yet */
    PostgreSqlCopy(StoreFile from, StoreFile to) {
        this.from = from;
        this.to = to;
    }

    /** @throws SQLException where PostgreSQL cannot be read */
    void make() throws SQLException {
        Properties login = new Properties();
        if (!from.user().isBlank()) {
            login.setProperty("user", from.user());
            login.setProperty("password", from.password());
        }
        try (Connection live = DriverManager.getConnection(from.url(), login)) {
            live.setReadOnly(true);
            live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            live.setAutoCommit(false);
            try (Statement statement = live.createStatement()) {
                // also where the url tells the driver to ignore the above
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            String version = version(live);
            if (version != null) {
                fill(live, version);
            }
            live.rollback();
        }
    }

    private void fill(Connection live, String version) throws SQLException {
        try (HikariDataSource store = DatabaseConfig.open(to.url(), to.user(), to.password())) {
            migrate(store, version);
            try (Connection copy = store.getConnection(); Statement statement = copy.createStatement()) {
                statement.execute("set referential_integrity false");
                for (Map.Entry<String, List<String>> table : tables(copy).entrySet()) {
                    rows(live, copy, table.getKey(), table.getValue());
                }
                statement.execute("set referential_integrity true");
                numbers(statement);
            }
        }
    }

    /** The migration that was applied last; null for a database without a store. */
    private static @Nullable String version(Connection live) throws SQLException {
        try (Statement statement = live.createStatement()) {
            try (ResultSet there = statement.executeQuery("select to_regclass('" + HISTORY + "') is not null")) {
                if (!there.next() || !there.getBoolean(1)) {
                    return null;
                }
            }
            try (ResultSet applied = statement.executeQuery("select version from " + HISTORY
                    + " where success and version is not null")) {
                MigrationVersion last = null;
                while (applied.next()) {
                    MigrationVersion one = MigrationVersion.fromVersion(applied.getString(1));
                    last = last == null || one.isNewerThan(last.getVersion()) ? one : last;
                }
                return last == null ? null : last.getVersion();
            }
        }
    }

    private static void migrate(HikariDataSource store, String version) {
        MigrationVersion last = MigrationVersion.fromVersion(version);
        Flyway all = Flyway.configure().dataSource(store).load();
        if (Arrays.stream(all.info().all()).noneMatch(one -> last.equals(one.getVersion()))) {
            throw new StoreRefusal("The store has come to version " + version + " by a newer program",
                    "run plan with the version that runs as the daemon, or a newer one");
        }
        Flyway.configure().dataSource(store).target(last).load().migrate();
    }

    /** Columns by table, as H2 spells them. */
    private static Map<String, List<String>> tables(Connection copy) throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (Statement statement = copy.createStatement(); ResultSet columns = statement.executeQuery("""
                select c.table_name, c.column_name from information_schema.columns c
                join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
                where c.table_schema = 'PUBLIC' and t.table_type = 'BASE TABLE'
                order by c.table_name, c.ordinal_position""")) {
            while (columns.next()) {
                if (!columns.getString(1).equalsIgnoreCase(HISTORY)) {
                    tables.computeIfAbsent(columns.getString(1), name -> new ArrayList<>()).add(columns.getString(2));
                }
            }
        }
        return tables;
    }

    private static void rows(Connection live, Connection copy, String table, List<String> columns) throws SQLException {
        String insert = "insert into " + quoted(table) + " (" + columns.stream().map(PostgreSqlCopy::quoted)
                .collect(Collectors.joining(", ")) + ") values (" + "?, ".repeat(columns.size() - 1) + "?)";
        String select = "select " + columns.stream().map(one -> quoted(one.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", ")) + " from " + quoted(table.toLowerCase(Locale.ROOT));
        try (Statement reading = live.createStatement(); PreparedStatement writing = copy.prepareStatement(insert);
                Statement emptying = copy.createStatement()) {
            // a migration may have entered rows of its own
            emptying.execute("delete from " + quoted(table));
            reading.setFetchSize(AT_ONCE);
            try (ResultSet rows = reading.executeQuery(select)) {
                int waiting = 0;
                while (rows.next()) {
                    for (int n = 1; n <= columns.size(); n++) {
                        writing.setObject(n, value(rows, n));
                    }
                    writing.addBatch();
                    if (++waiting % AT_ONCE == 0) {
                        writing.executeBatch();
                    }
                }
                writing.executeBatch();
            }
        }
    }

    private static @Nullable Object value(ResultSet rows, int n) throws SQLException {
        return switch (rows.getMetaData().getColumnTypeName(n)) {
            case "timestamptz" -> rows.getObject(n, OffsetDateTime.class);
            case "timestamp" -> rows.getObject(n, LocalDateTime.class);
            case "date" -> rows.getObject(n, LocalDate.class);
            default -> rows.getObject(n);
        };
    }

    /** New rows get numbers above those that were copied. */
    private static void numbers(Statement statement) throws SQLException {
        Map<String, String> counted = new LinkedHashMap<>();
        try (ResultSet columns = statement.executeQuery("select table_name, column_name from information_schema.columns"
                + " where table_schema = 'PUBLIC' and is_identity = 'YES'")) {
            while (columns.next()) {
                counted.put(columns.getString(1), columns.getString(2));
            }
        }
        for (Map.Entry<String, String> one : counted.entrySet()) {
            long next;
            try (ResultSet last = statement.executeQuery("select coalesce(max(" + quoted(one.getValue())
                    + "), 0) + 1 from " + quoted(one.getKey()))) {
                last.next();
                next = last.getLong(1);
            }
            statement.execute("alter table " + quoted(one.getKey()) + " alter column " + quoted(one.getValue())
                    + " restart with " + next);
        }
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
