package dev.sverka.desk.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts that stand, as rows. */
final class AlertBook {

    private static final int LONGEST = 2000;

    private final JdbcClient jdbc;

    AlertBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param toldAt null while nobody has been told; @param goneAt since when it is over; null while it stands */
    record Row(String key, String text, Instant raisedAt, @Nullable Instant toldAt, @Nullable Instant goneAt) {
    }

    List<Row> all() {
        return jdbc.sql("select alert_key, text, raised_at, told_at, gone_at from alert order by raised_at, alert_key")
                .query((row, number) -> new Row(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)),
                        instant(row.getObject(4, Long.class)), instant(row.getObject(5, Long.class)))).list();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    void raise(Alert alert, Instant now) {
        jdbc.sql("insert into alert (alert_key, text, raised_at) values (?, ?, ?)")
                .params(alert.key(), cut(alert.text()), now.toEpochMilli()).update();
    }

    /** It stands, with these words by now. */
    void stands(Alert alert) {
        jdbc.sql("update alert set text = ?, gone_at = null where alert_key = ?").params(cut(alert.text()), alert.key())
                .update();
    }

    void gone(String key, Instant now) {
        jdbc.sql("update alert set gone_at = ? where alert_key = ? and gone_at is null").params(now.toEpochMilli(), key)
                .update();
    }

    void told(String key, Instant now) {
        jdbc.sql("update alert set told_at = ? where alert_key = ?").params(now.toEpochMilli(), key).update();
    }

    void forget(String key) {
        jdbc.sql("delete from alert where alert_key = ?").param(key).update();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
