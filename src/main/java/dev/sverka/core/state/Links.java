package dev.sverka.core.state;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** Which item of one system is which of another, and the values both sides last agreed on. */
public final class Links {

    private final Rows rows;

    Links(Rows rows) {
        this.rows = rows;
    }

    /** Ties two ids, one to one; ties that either had under this kind are replaced. */
    public void link(String kind, String left, String right) {
        rows.together(() -> {
            boolean same = right(kind, left).filter(right::equals).isPresent();
            while (!same) {
                rows.sql("delete from link where kind = :kind and (left_id = :left or right_id = :right)")
                        .param("kind", kind).param("left", left).param("right", right).update();
                same = rows.insert(rows.sql("insert into link (kind, left_id, right_id) values (:kind, :left, :right)")
                        .param("kind", kind).param("left", left).param("right", right));
            }
        });
    }

    public Optional<String> right(String kind, String left) {
        return rows.sql("select right_id from link where kind = :kind and left_id = :left")
                .param("kind", kind).param("left", left).query(String.class).optional();
    }

    public Optional<String> left(String kind, String right) {
        return rows.sql("select left_id from link where kind = :kind and right_id = :right")
                .param("kind", kind).param("right", right).query(String.class).optional();
    }

    /** Keeps what both sides hold by now, in place of what was kept before. */
    public void agree(String account, String entity, String id, Map<String, Object> values) {
        String content = Json.write(values);
        rows.together(() -> rows.put(
                () -> rows.sql("""
                        update agreed set content = :content
                        where account = :account and entity = :entity and item = :item""")
                        .param("content", content).param("account", account).param("entity", entity)
                        .param("item", id).update() > 0,
                () -> rows.sql("""
                        insert into agreed (account, entity, item, content)
                        values (:account, :entity, :item, :content)""")
                        .param("account", account).param("entity", entity).param("item", id)
                        .param("content", content)));
    }

    /** The last agreed values; empty where there are none. Numbers come back as BigDecimal or Long, times as text. */
    public Map<String, Object> agreed(String account, String entity, String id) {
        return rows.sql("""
                select content from agreed where account = :account and entity = :entity and item = :item""")
                .param("account", account).param("entity", entity).param("item", id).query(String.class).optional()
                .map(json -> Json.read(json, new TypeReference<Map<String, Object>>() { })).orElse(Map.of());
    }
}
