package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The portal's documents and acts, as rows. Joins the running transaction. */
final class PaperItems {

    private static final String SELECT = """
            select entity, item, pipeline, number_key, on_date, amount, company, kind, title from paper_item
            """;
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    PaperItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void see(PaperItem item) {
        forget(item.entity(), item.id());
        jdbc.sql("""
                insert into paper_item (entity, item, pipeline, number_key, on_date, amount, company, kind, title)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""").params(Arrays.asList(item.entity(), item.id(),
                item.pipeline(), item.number(), item.date(), item.amount(), item.company(), item.kind(),
                item.title())).update();
    }

    void forget(String entity, long id) {
        jdbc.sql("delete from paper_item where entity = ? and item = ?").params(entity, id).update();
    }

    Optional<PaperItem> find(String entity, long id) {
        return jdbc.sql(SELECT + "where entity = ? and item = ?").params(entity, id).query(PaperItems::row)
                .optional();
    }

    /**
     * What a paper may be: by its number and the customer or the sum, or by these two. Everybody counts from 1, so that of
     * a number alone there are any number.
     */
    List<PaperItem> near(EdoDocument paper, Collection<Long> companies) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("numbers", Stream.concat(Stream.of(Objects.toString(paper.number(), "")), paper.labels().stream()
                .map(label -> Objects.toString(label.number(), ""))).map(PaperItem::key)
                .map(number -> Objects.toString(number, "")).distinct().toList());
        named.put("companies", companies.isEmpty() ? List.of(-1L) : companies);
        named.put("amount", paper.amount() == null ? -1 : paper.amount());
        named.put("amounts", Stream.concat(Stream.of(Optional.ofNullable(paper.amount())), paper.labels().stream()
                .map(label -> Optional.ofNullable(label.amount()))).map(amount -> amount.orElse(0L)).distinct().toList());
        named.put("most", MOST);
        return jdbc.sql(SELECT + """
                where number_key in (:numbers) and (company in (:companies) or amount in (:amounts))
                    or company in (:companies) and amount = :amount
                order by case when company in (:companies) then 0 else 1 end, entity, item limit :most""").params(named).query(PaperItems::row).list().stream()
                .filter(item -> PaperMatch.isMeant(paper, item)).toList();
    }

    private static PaperItem row(ResultSet row, int number) throws SQLException {
        java.sql.Date date = row.getDate(5);
        return new PaperItem(row.getString(1), row.getLong(2), row.getString(3), row.getString(4),
                date == null ? null : date.toLocalDate(), row.getLong(6), row.getObject(7, Long.class),
                row.getString(8), row.getString(9));
    }
}
