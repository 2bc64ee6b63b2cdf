package dev.sverka.core.state;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
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
        DataSource store = JdbcConnectionPool.create(
                "jdbc:h2:mem:stores" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "", "");
        Flyway.configure().dataSource(store).load().migrate();
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
