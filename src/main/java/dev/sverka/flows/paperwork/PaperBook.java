package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Papers as their providers show them, as rows. Joins the running transaction. */
final class PaperBook {

    private static final String SELECT = "select id, content, historic, linked, decided from edo_paper ";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PaperBook(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A paper.
     *
     * @param paper the newest reading of it
     * @param historic whether it is older than the first start
     * @param linked whether it drives an item
     * @param decided what a person said of it: {@code create}, {@code item} or {@code ignore}; null for nothing
     */
    record Row(long id, EdoDocument paper, boolean historic, boolean linked, @Nullable String decided) {

        /** The paper's name in links and agreed values. */
        String key() {
            return paper.source() + "/" + paper.id();
        }
    }

    /** Takes a reading over unless a newer one is known, or it says nothing that is understood. @return the newest */
    Row take(EdoDocument told, boolean historic) {
        Optional<Row> before = jdbc.sql(SELECT + "where source = ? and edo_id = ? for update")
                .params(told.source(), told.id()).query(this::row).optional();
        if (before.isEmpty()) {
            jdbc.sql("""
                    insert into edo_paper (content, changed_at, read_at, number_key, on_date, amount, party_inn, source,
                        edo_id, historic, linked)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)""")
                    .params(values(told, told.source(), told.id(), historic)).update();
        } else if (told.state() != null && isNewer(told, before.get().paper())) {
            jdbc.sql("""
                    update edo_paper set content = ?, changed_at = ?, read_at = ?, number_key = ?, on_date = ?,
                        amount = ?, party_inn = ? where id = ?""").params(values(told, before.get().id())).update();
        } else {
            return before.get();
        }
        return find(told.source(), told.id()).orElseThrow();
    }

    private List<Object> values(EdoDocument told, Object... more) {
        List<Object> values = new java.util.ArrayList<>(Arrays.asList(json.writeValueAsString(told),
                told.changedAt() == null ? null : told.changedAt().toEpochMilli(), told.readAt().toEpochMilli(),
                PaperItem.key(told.number()), told.date(), told.amount(), told.counterparty().inn()));
        values.addAll(Arrays.asList(more));
        return values;
    }

    /** By the provider's time of change; where that is the same, or not kept, by when it was read. */
    private static boolean isNewer(EdoDocument told, EdoDocument known) {
        Instant changed = told.changedAt();
        Instant before = known.changedAt();
        if (changed != null && before != null && !changed.equals(before)) {
            return changed.isAfter(before);
        }
        return !told.readAt().isBefore(known.readAt());
    }

    /** A paper, locked. */
    Row get(long id) {
        return jdbc.sql(SELECT + "where id = ? for update").param(id).query(this::row).single();
    }

    void linked(long id) {
        jdbc.sql("update edo_paper set linked = true where id = ?").param(id).update();
    }

    void decided(long id, String what) {
        jdbc.sql("update edo_paper set decided = ? where id = ?").params(what, id).update();
    }

    /** Papers that drive nothing yet and may be this item. */
    List<Row> waitingFor(PaperItem item) {
        return jdbc.sql(SELECT + "where linked = false and (number_key = ? or on_date = ? and amount = ?)")
                .params(Arrays.asList(item.number(), item.date(), item.amount())).query(this::row).list();
    }

    /** Papers that drive nothing yet. */
    List<Row> waiting() {
        return jdbc.sql(SELECT + "where linked = false order by id").query(this::row).list();
    }

    Optional<Row> find(String source, String id) {
        return jdbc.sql(SELECT + "where source = ? and edo_id = ?").params(source, id).query(this::row).optional();
    }

    /** Papers that drive something, of which nothing was read since. */
    List<Row> unheard(Instant since) {
        return jdbc.sql(SELECT + "where linked = true and read_at < ? order by id").param(since.toEpochMilli())
                .query(this::row).list();
    }

    private Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getLong(1), json.readValue(row.getString(2), EdoDocument.class), row.getBoolean(3),
                row.getBoolean(4), row.getString(5));
    }
}
