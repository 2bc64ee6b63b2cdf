package dev.sverka.journal;

import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The two statements that H2 and PostgreSQL do not share. */
abstract class Dialect {

    private static final String DUE = """
            select id, flow, account, order_key, payload, headers, attempts, state from entry %s
            where flow = :flow and account = :account and claim_at between 1 and :now
            %s limit :most for update skip locked""";

    static Dialect of(DataSource dataSource) {
        try {
            String product = JdbcUtils.extractDatabaseMetaData(dataSource, meta -> meta.getDatabaseProductName());
            return switch (product) {
                case "H2" -> new H2();
                case "PostgreSQL" -> new PostgreSql();
                default -> throw new IllegalStateException("The store runs on H2 or PostgreSQL, not on " + product
                        + "; set sverka.database.url to one of these");
            };
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The store cannot be reached; check sverka.database.url", e);
        }
    }

    /** Due heads of one flow and account, locked; takes flow, account, now, most. */
    abstract String selectDue();

    /** Prepares an insert that a taken unique key turns into nothing. */
    abstract StatementSpec insert(JdbcClient jdbc, String sql);

    /** Runs it without harm to the running transaction; says whether a row was written. */
    abstract boolean inserted(IntSupplier insert);

    /** Whether a process has the store to itself, so that leases found at its start belong to nobody. */
    abstract boolean alone();

    private static final class H2 extends Dialect {
        // Ordered, H2 would read and lock every due row; the index gives the order anyway.
        @Override
        String selectDue() {
            return DUE.formatted("use index (entry_claim)", "");
        }

        @Override
        StatementSpec insert(JdbcClient jdbc, String sql) {
            return jdbc.sql(sql);
        }

        // H2 undoes the failed statement alone.
        @Override
        boolean inserted(IntSupplier insert) {
            try {
                return insert.getAsInt() > 0;
            } catch (DuplicateKeyException e) {
                return false;
            }
        }

        @Override
        boolean alone() {
            return true;
        }
    }

    private static final class PostgreSql extends Dialect {
        @Override
        String selectDue() {
            return DUE.formatted("", "order by claim_at, id");
        }

        @Override
        StatementSpec insert(JdbcClient jdbc, String sql) {
            return jdbc.sql(sql + " on conflict do nothing");
        }

        @Override
        boolean inserted(IntSupplier insert) {
            return insert.getAsInt() > 0;
        }

        @Override
        boolean alone() {
            return false;
        }
    }
}
