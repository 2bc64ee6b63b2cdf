package dev.sverka.core.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the store, or says in one sentence why it cannot. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfig {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfig.class);
    /** H2's "database may be already in use". */
    private static final int IN_USE = 90020;
    /** H2's "database is already closed". */
    private static final int CLOSED = 90121;
    /** Durable at each commit; closed by us, after the routes, and not by H2's own hook. */
    private static final String OF_ITS_OWN = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    /** Four workers for each of some flows, polls, hooks and the console, most of them briefly. */
    private static final int CONNECTIONS = 20;

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Settings settings, @Value("${sverka.database.url:}") String url,
            @Value("${sverka.database.user:}") String user,
            @Value("${sverka.database.password:}") String password) {
        return open(url.isBlank() ? url(settings.homeFolder()) : url, user, password);
    }

    /** Of the store that a daemon without other orders has. */
    static String url(Path home) {
        return "jdbc:h2:file:" + home.resolve("data/sverka") + OF_ITS_OWN;
    }

    static HikariDataSource open(String url, String user, String password) {
        guard(url);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (!user.isBlank()) {
            config.setUsername(user);
            config.setPassword(password);
        }
        config.setPoolName("store");
        config.setMaximumPoolSize(CONNECTIONS);
        // a vendor whose call cannot be stored is to be told so before it gives up
        config.setConnectionTimeout(5000);
        if (url.startsWith("jdbc:h2:")) {
            config.setConnectionInitSql("set lock_timeout 10000");
        }
        try {
            HikariDataSource store = url.startsWith("jdbc:h2:") ? new Compacting(config) : new HikariDataSource(config);
            new H2File(store).compact();
            return store;
        } catch (PoolInitializationException e) {
            if (e.getCause() instanceof SQLException cause && cause.getErrorCode() == IN_USE) {
                // Without what follows the file's name: a password may stand there.
                throw new StoreRefusal("The store " + url.split(";", 2)[0] + " is in use by another process",
                        "stop that one, or set sverka.database.url to PostgreSQL to run several");
            }
            throw e;
        }
    }

    /** Closes last of all that uses the store; what a day has left unused in the file is given back then. */
    private static final class Compacting extends HikariDataSource {

        Compacting(HikariConfig config) {
            super(config);
        }

        @Override
        public void close() {
            if (!isClosed()) {
                try (Connection connection = getConnection(); Statement statement = connection.createStatement()) {
                    if (isAlone(statement)) {
                        statement.execute("shutdown compact");
                    }
                } catch (SQLException e) {
                    logUnlessClosed(e);
                }
            }
            super.close();
        }

        /** Compacting closes the store for everybody in this process. */
        private boolean isAlone(Statement statement) throws SQLException {
            try (ResultSet sessions = statement.executeQuery("select count(*) from information_schema.sessions")) {
                return sessions.next() && sessions.getInt(1) <= getHikariPoolMXBean().getTotalConnections();
            }
        }

        /** Giving back the connection that closed the store fails for that very reason. */
        private static void logUnlessClosed(SQLException e) {
            if (e.getErrorCode() != CLOSED) {
                LOG.warn("The store could not be compacted at its end; it is whole all the same", e);
            }
        }
    }

    /** Refuses what would break the promises that nothing accepted is lost and nothing is done twice. */
    static void guard(String url) {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new StoreRefusal("sverka.database.url begins neither with jdbc:h2: nor with jdbc:postgresql:",
                    "write one of these two");
        }
        String settings = url.toUpperCase(Locale.ROOT) + ";";
        if (!url.startsWith("jdbc:h2:") || url.startsWith("jdbc:h2:mem:")) {
            return;
        }
        if (!settings.contains(";WRITE_DELAY=0;")) {
            throw new StoreRefusal("sverka.database.url is an H2 file without WRITE_DELAY=0, which loses"
                    + " acknowledged events when the process is killed", "add ;WRITE_DELAY=0 to it");
        }
        if (settings.contains(";AUTO_SERVER=TRUE;") || settings.contains(";FILE_LOCK=NO;")
                || url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
            throw new StoreRefusal("sverka.database.url lets several processes into one H2 store",
                    "leave out AUTO_SERVER, FILE_LOCK and tcp:, or use PostgreSQL");
        }
    }
}
