package dev.sverka.core.state;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** What only one replica may do at a time: a poll, a file, the refresh of a token. */
public final class Leases {

    private final Rows rows;
    private final Clock clock;
    private final String replica = UUID.randomUUID().toString();

    Leases(Rows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** An H2 store belongs to one process: what an earlier one held is held by nobody. */
    void releaseEarlier(DataSource dataSource) {
        try {
            if (JdbcUtils.extractDatabaseMetaData(dataSource, meta -> meta.getDatabaseProductName()).equals("H2")) {
                rows.sql("delete from lease").update();
            }
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The store cannot be reached; check sverka.database.url", e);
        }
    }

    /** Takes the lease for this replica, or renews it; false while another holds it. Known to all at once. */
    public boolean hold(String name, Duration time) {
        long now = clock.millis();
        return rows.apart(() -> rows.sql("""
                update lease set holder = :me, until_at = :until
                where name = :name and (holder = :me or until_at <= :now)""")
                .param("me", replica).param("until", now + time.toMillis()).param("name", name).param("now", now)
                .update() > 0
                || rows.insert(rows.sql("insert into lease (name, holder, until_at) values (:name, :me, :until)")
                        .param("name", name).param("me", replica).param("until", now + time.toMillis())));
    }

    /** Gives up a lease of this replica. */
    public void release(String name) {
        rows.apart(() -> rows.sql("delete from lease where name = :name and holder = :me")
                .param("name", name).param("me", replica).update());
    }
}
