package dev.sverka.flows.books;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What FinTablo holds of our operations, as far as we wrote it. Joins the running transaction. */
final class EntryBook {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EntryBook(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param transaction FinTablo's; null while it is not found
     * @param before what stood there before we wrote first; {@code written} what we wrote last
     * @param hash of what was wanted then
     * @param soughtSince when it was looked for in vain first, milliseconds
     */
    record Entry(@Nullable Long transaction, Map<String, Object> before, Map<String, Object> written,
            @Nullable String hash, @Nullable Long soughtSince) {

        static final Entry NONE = new Entry(null, Map.of(), Map.of(), null, null);
    }

    Entry of(long operation) {
        return jdbc.sql("""
                select transaction_id, before_json, written_json, hash, sought_since from book_entry
                where operation_id = ?""").param(operation).query((row, number) -> new Entry(
                        row.getObject(1, Long.class), map(row.getString(2)), map(row.getString(3)), row.getString(4),
                        row.getObject(5, Long.class))).optional().orElse(Entry.NONE);
    }

    void keep(long operation, Entry entry) {
        List<@Nullable Object> values = Arrays.asList(entry.transaction(), json.writeValueAsString(entry.before()),
                json.writeValueAsString(entry.written()), entry.hash(), entry.soughtSince(), operation);
        if (jdbc.sql("""
                update book_entry set transaction_id = ?, before_json = ?, written_json = ?, hash = ?, sought_since = ?
                where operation_id = ?""").params(values).update() == 0) {
            jdbc.sql("""
                    insert into book_entry (transaction_id, before_json, written_json, hash, sought_since, operation_id)
                    values (?, ?, ?, ?, ?, ?)""").params(values).update();
        }
    }

    /** Which of our operations it is already. */
    Optional<Long> operationOf(long transaction) {
        return jdbc.sql("select operation_id from book_entry where transaction_id = ?").param(transaction)
                .query(Long.class).optional();
    }

    private Map<String, Object> map(@Nullable String text) {
        return text == null ? Map.of() : json.readValue(text, new TypeReference<Map<String, Object>>() { });
    }
}
