package dev.sverka.vendors.invoices;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invoice files that were taken: the same file is known by its content. Joins the running transaction. */
public class InvoiceRows {

    private static final int LONGEST_NAME = 300;

    private final JdbcClient jdbc;

    InvoiceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isTaken(String hash) {
        return jdbc.sql("select count(*) from invoice_file where hash = ?").param(hash).query(Long.class).single() > 0;
    }

    void take(String hash, String account, String name, byte[] content, byte @Nullable [] picture, long now) {
        jdbc.sql("insert into invoice_file (hash, account, name, content, picture, taken_at) values (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(hash, account, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME)
                        : name, content, picture, now)).update();
    }

    Optional<Map<String, Object>> content(String hash) {
        return jdbc.sql("select name, content from invoice_file where hash = ?").param(hash)
                .query((row, number) -> Map.<String, Object>of("name", row.getString(1), "content", row.getBytes(2)))
                .optional();
    }

    /** PNG of a file's first page, for the page of a question; empty where it cannot be drawn. */
    public Optional<byte[]> picture(String hash) {
        return jdbc.sql("select picture from invoice_file where hash = ? and picture is not null").param(hash)
                .query((row, number) -> row.getBytes(1)).optional();
    }
}
