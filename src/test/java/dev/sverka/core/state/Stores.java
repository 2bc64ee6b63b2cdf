package dev.sverka.core.state;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.store.fs.FileUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What lasts, in an empty store of its own in memory, for tests of rooms that only need it to be there. */
public final class Stores {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DataSource store;
    private final Rows rows;

    private Stores(DataSource store, Rows rows) {
        this.store = store;
        this.rows = rows;
    }

    public static Stores open() {
        String name = "nioMemFS:stores" + NUMBER.incrementAndGet();
        try (OutputStream file = FileUtils.newOutputStream(name + ".mv.db", false)) {
            file.write(Databases.emptyH2());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DataSource store = JdbcConnectionPool.create("jdbc:h2:" + name + ";DB_CLOSE_DELAY=-1", "", "");
        return new Stores(store, new Rows(JdbcClient.create(store), new JdbcTransactionManager(store)));
    }

    public Links links() {
        return new Links(rows);
    }

    public DataSource dataSource() {
        return store;
    }

    public Cursors cursors(Clock clock) {
        return new Cursors(rows, clock);
    }

    public Leases leases(Clock clock) {
        return new Leases(rows, clock);
    }

    public SharedQuota quota(Clock clock) {
        return new SharedQuota(rows, clock);
    }
}
