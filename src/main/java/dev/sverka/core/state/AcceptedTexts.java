package dev.sverka.core.state;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The last texts of routes and mappings that held, which stand in at a start for files that do not, and the edits that
 * led to them.
 */
public final class AcceptedTexts {

    /** More edits than anybody reads are forgotten. */
    private static final int KEPT = 500;

    private final Rows rows;
    private final Clock clock;

    AcceptedTexts(Rows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * An edit that was taken.
     *
     * @param before null where the file is new
     * @param after null where the file was taken away
     */
    public record Edit(long id, String file, Instant at, @Nullable String before, @Nullable String after) {
    }

    /** The latest first. @param file null for those of all files */
    public List<Edit> edits(@Nullable String file, int most) {
        return rows.sql("select id, file, at, before_text, after_text from text_edit"
                + (file == null ? "" : " where file = :file") + " order by id desc limit :most")
                .param("file", file).param("most", most).query((row, n) -> new Edit(row.getLong(1), row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)), row.getString(4), row.getString(5))).list();
    }

    public Optional<Edit> edit(long id) {
        return rows.sql("select id, file, at, before_text, after_text from text_edit where id = :id").param("id", id)
                .query((row, n) -> new Edit(row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4), row.getString(5))).optional();
    }

    /** By file, such as {@code routes/bank.yaml}. */
    public Map<String, String> all() {
        Map<String, String> texts = new HashMap<>();
        rows.sql("select file, content from accepted_text").query(row -> {
            texts.put(row.getString(1), row.getString(2));
        });
        return texts;
    }

    /** Puts this set in place of all that was kept. */
    public void replace(Map<String, String> textsByFile) {
        rows.together(() -> {
            note(all(), textsByFile);
            rows.sql("delete from accepted_text").update();
            textsByFile.forEach((file, text) -> rows.put(
                    () -> rows.sql("update accepted_text set content = :content where file = :file")
                            .param("content", text).param("file", file).update() > 0,
                    () -> rows.sql("insert into accepted_text (file, content) values (:file, :content)")
                            .param("file", file).param("content", text)));
        });
    }

    /** The first texts of all are no edit. */
    private void note(Map<String, String> before, Map<String, String> after) {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(file -> before.isEmpty() || Objects.equals(before.get(file), after.get(file)));
        changed.forEach(file -> rows.sql("""
                insert into text_edit (file, at, before_text, after_text) values (:file, :at, :before, :after)""")
                .param("file", file).param("at", clock.millis()).param("before", before.get(file), Types.VARCHAR)
                .param("after", after.get(file), Types.VARCHAR).update());
        if (!changed.isEmpty()) {
            rows.sql("delete from text_edit where id <= (select max(id) from text_edit) - :kept").param("kept", KEPT)
                    .update();
        }
    }
}
