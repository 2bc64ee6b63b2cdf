package dev.sverka.core.state;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Explains every written value back to its source. */
public final class Audit {

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Joins the running transaction. */
    public void write(AuditRow row) {
        jdbc.sql("""
                insert into audit (at, account, entity, item, field, from_value, to_value, because, intent)
                values (:at, :account, :entity, :item, :field, :from, :to, :because, :intent)""")
                .param("at", row.at().toEpochMilli()).param("account", row.account()).param("entity", row.entity())
                .param("item", row.id()).param("field", row.field()).param("from", row.from(), Types.VARCHAR)
                .param("to", row.to(), Types.VARCHAR).param("because", row.because())
                .param("intent", row.intent(), Types.BIGINT).update();
    }

    /** Oldest first. */
    public List<AuditRow> of(String entity, String id) {
        return jdbc.sql("""
                select at, account, entity, item, field, from_value, to_value, because, intent from audit
                where entity = :entity and item = :item order by id""").param("entity", entity).param("item", id)
                .query((row, n) -> new AuditRow(Instant.ofEpochMilli(row.getLong(1)), row.getString(2),
                        row.getString(3), row.getString(4), row.getString(5), row.getString(6), row.getString(7),
                        row.getString(8), row.getObject(9, Long.class)))
                .list();
    }
}
