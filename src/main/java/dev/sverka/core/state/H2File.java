package dev.sverka.core.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The file of an H2 store. With WRITE_DELAY=0 H2 runs none of the upkeep that otherwise gives back what deleted and
 * overwritten rows leave behind, so that is done here: at a start, nightly and at a stop.
 */
public final class H2File {

    private static final Logger LOG = LoggerFactory.getLogger(H2File.class);
    /** Smaller files are left alone. */
    private static final long WORTH_BYTES = 32L << 20;
    private static final int LONGEST_MILLIS = 60_000;

    private final DataSource store;

    H2File(DataSource store) {
        this.store = store;
    }

    /** Whether the store is one; false on PostgreSQL and for one in memory. */
    public boolean isPresent() throws SQLException {
        try (Connection connection = store.getConnection()) {
            return connection.getMetaData().getURL().startsWith("jdbc:h2:") && fileStore(connection) != null;
        }
    }

    /** Gives back what of a large file is unused; work waits meanwhile. */
    public void compact() {
        try (Connection connection = store.getConnection()) {
            if (!connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
                return;
            }
            FileStore<?> file = fileStore(connection);
            if (file == null || file.size() < WORTH_BYTES) {
                return;
            }
            long before = file.size();
            mvStore(connection).compactFile(LONGEST_MILLIS);
            LOG.info("The store's file was {} MB and is {} MB now", before >> 20, file.size() >> 20);
        } catch (SQLException e) {
            LOG.warn("The store's file could not be made smaller; it is tried again next night", e);
        }
    }

    /**
     * Writes a consistent copy of a running store.
     *
     * @param file a zip that {@code restore} reads; must not be there yet
     */
    public void copyTo(Path file) {
        JdbcClient.create(store).sql("backup to '" + file.toString().replace("'", "''") + "'").update();
    }

    private static FileStore<?> fileStore(Connection connection) throws SQLException {
        return mvStore(connection).getFileStore();
    }

    private static MVStore mvStore(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }
}
