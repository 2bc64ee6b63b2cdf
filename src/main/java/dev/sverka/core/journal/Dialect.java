package dev.sverka.core.journal;

import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** Where H2 and PostgreSQL differ. */
enum Dialect {

    /** Ordered, H2 would read and lock every due row; the index gives the order anyway. */
    H2("use index (entry_claim)", "", ""),
    POSTGRESQL("", "order by claim_at, id", " on conflict do nothing");

    private final String selectDue;
    private final String insertOrIgnore;

    Dialect(String index, String order, String insertOrIgnore) {
        this.selectDue = """
                select id, flow, account, order_key, payload, headers, attempts, state, accepted_at from entry %s
                where flow = :flow and account = :account and claim_at between 1 and :now
                %s limit :most for update skip locked""".formatted(index, order);
        this.insertOrIgnore = insertOrIgnore;
    }

    static Dialect of(DataSource dataSource) {
        try {
            String product = JdbcUtils.extractDatabaseMetaData(dataSource, meta -> meta.getDatabaseProductName());
            return valueOf(product.toUpperCase(Locale.ROOT));
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The store cannot be reached; check sverka.database.url", e);
        }
    }

    /** Due heads of one flow and account, locked; takes flow, account, now, most. */
    String selectDue() {
        return selectDue;
    }

    /** An insert that a taken key must not spoil the transaction with; H2 undoes a failed statement alone. */
    String insertOrIgnore(String insert) {
        return insert + insertOrIgnore;
    }
}
