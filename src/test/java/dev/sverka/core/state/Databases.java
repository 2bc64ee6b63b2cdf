package dev.sverka.core.state;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.FileSystemUtils;

/** Empty, migrated stores for suites that run on both databases; whoever takes one closes it. */
public final class Databases {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Databases() {
    }

    /** An H2 file in a folder of the test, as the daemon opens it; one that is there already is opened as it is. */
    public static HikariDataSource h2(Path folder) {
        Path file = folder.resolve("sverka.mv.db");
        if (!Files.exists(file)) {
            try {
                Files.write(file, emptyH2());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return DatabaseConfig.open(h2Url(folder), "", "");
    }

    /** The file of an H2 store that has been migrated and holds nothing: migrations take longer than most tests. */
    static byte[] emptyH2() {
        return EmptyH2.FILE;
    }

    public static String h2Url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("sverka").toAbsolutePath() + ";WRITE_DELAY=0";
    }

    /** A new database on the one PostgreSQL that all suites of this process share. */
    public static HikariDataSource postgres() {
        return DatabaseConfig.open(postgresUrl(EmptyPostgres.NAME), "postgres", "");
    }

    /** Of a new database without tables. */
    public static String postgresUrl() {
        return postgresUrl("template1");
    }

    private static String postgresUrl(String template) {
        String name = "sverka" + NUMBER.incrementAndGet();
        JdbcClient.create(Server.POSTGRES.getPostgresDatabase())
                .sql("create database " + name + " template " + template).update();
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    public static Locks locks(DataSource store) {
        return new Locks(new Rows(JdbcClient.create(store), new JdbcTransactionManager(store)));
    }

    private static void migrate(String url, String user) {
        try (HikariDataSource store = DatabaseConfig.open(url, user, "")) {
            Flyway.configure().dataSource(store).load().migrate();
        }
    }

    private static final class EmptyH2 {
        static final byte[] FILE = file();

        private static byte[] file() {
            try {
                Path folder = Files.createTempDirectory("empty-store");
                migrate(h2Url(folder), "");
                byte[] file = Files.readAllBytes(folder.resolve("sverka.mv.db"));
                FileSystemUtils.deleteRecursively(folder);
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class EmptyPostgres {
        static final String NAME = make("empty");

        private static String make(String name) {
            JdbcClient.create(Server.POSTGRES.getPostgresDatabase()).sql("create database " + name).update();
            migrate(Server.POSTGRES.getJdbcUrl("postgres", name), "postgres");
            return name;
        }
    }

    /** Started when the first suite asks; ends with the process. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setServerConfig("fsync", System.getProperty("postgres.fsync", "off"))
                        .setServerConfig("deadlock_timeout", "100ms").setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
