package dev.sverka.core.state;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.springframework.core.env.Environment;

/**
 * The store of a daemon that does not run, or of one on PostgreSQL.
 *
 * @param url of JDBC
 * @param user of the database; may be empty
 * @param password of the database; may be empty
 */
public record StoreFile(String url, String user, String password) {

    /** As the daemon would find it. */
    public static StoreFile of(Environment configuration) {
        String url = configuration.getProperty("sverka.database.url", "");
        return new StoreFile(url.isBlank() ? DatabaseConfig.url(Path.of(configuration.getProperty("sverka.home", "."))
                .toAbsolutePath().normalize()) : url, configuration.getProperty("sverka.database.user", ""),
                configuration.getProperty("sverka.database.password", ""));
    }

    /** False on PostgreSQL and for a store in memory. */
    public boolean isH2() {
        return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:mem:");
    }

    public boolean isPostgreSql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /**
     * Copies a store on PostgreSQL, which is read only, also while daemons work.
     *
     * @param copy an H2 file that is not there yet; a database without a store leaves it so
     * @throws SQLException where PostgreSQL cannot be read
     * @throws IllegalStateException where a newer program than this one has made the store
     */
    public void copyRowsTo(StoreFile copy) throws SQLException {
        new PostgreSqlCopy(this, copy).make();
    }

    /** Where the store's one file is. */
    public Path path() {
        String file = url.split(";", 2)[0].substring("jdbc:h2:".length()).replaceFirst("^file:", "")
                .replaceFirst("^~", System.getProperty("user.home"));
        return Path.of(file + ".mv.db");
    }

    /** Whether a process has it open. */
    public boolean isInUse() throws IOException {
        if (!Files.exists(path())) {
            return false;
        }
        try (FileChannel file = FileChannel.open(path(), StandardOpenOption.WRITE); FileLock lock = file.tryLock()) {
            return lock == null;
        }
    }

    /**
     * Writes a copy.
     *
     * @param zip must not be there yet
     * @throws StoreRefusal where a process has the store open
     */
    public void copyTo(Path zip) {
        try (HikariDataSource store = DatabaseConfig.open(url, user, password)) {
            new H2File(store).copyTo(zip);
        }
    }

    /**
     * Puts a copy in the store's place; what was there is kept beside it.
     *
     * @param aside the name for what was there
     * @throws IOException where the zip holds no store, or a file cannot be written: what was there is still in place
     */
    public void replaceBy(Path zip, Path aside) throws IOException {
        Files.createDirectories(path().toAbsolutePath().getParent());
        Path fresh = path().resolveSibling(path().getFileName() + ".restoring");
        extract(zip, fresh);
        if (Files.exists(path())) {
            Files.move(path(), aside);
        }
        Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void extract(Path zip, Path to) throws IOException {
        try (InputStream bytes = Files.newInputStream(zip); ZipInputStream entries = new ZipInputStream(bytes)) {
            ZipEntry entry = entries.getNextEntry();
            while (entry != null && !entry.getName().endsWith(".mv.db")) {
                entry = entries.getNextEntry();
            }
            if (entry == null) {
                throw new IOException(zip + " holds no store; name a file that backup has written");
            }
            Files.copy(entries, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
