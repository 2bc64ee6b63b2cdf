package dev.sverka.core.state;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Empty, migrated stores for suites that run on both databases; whoever takes one closes it. */
public final class Databases {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Databases() {
    }

    /** An H2 file in a folder of the test, as the daemon opens it. */
    public static HikariDataSource h2(Path folder) {
        return migrated(h2Url(folder), "", "");
    }

    public static String h2Url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("sverka").toAbsolutePath() + ";WRITE_DELAY=0";
    }

    /** A new database on the one PostgreSQL that all suites of this process share. */
    public static HikariDataSource postgres() {
        return migrated(postgresUrl(), "postgres", "");
    }

    public static String postgresUrl() {
        String name = "sverka" + NUMBER.incrementAndGet();
        JdbcClient.create(Server.POSTGRES.getPostgresDatabase()).sql("create database " + name).update();
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    public static Locks locks(DataSource store) {
        return new Locks(new Rows(JdbcClient.create(store), new JdbcTransactionManager(store)));
    }

    private static HikariDataSource migrated(String url, String user, String password) {
        HikariDataSource dataSource = DatabaseConfig.open(url, user, password);
        Flyway.configure().dataSource(dataSource).load().migrate();
        return dataSource;
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
