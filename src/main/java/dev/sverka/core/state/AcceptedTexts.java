package dev.sverka.core.state;

import java.util.HashMap;
import java.util.Map;

/** The last texts of routes and mappings that held; they stand in at a start for files that do not. */
public final class AcceptedTexts {

    private final Rows rows;

    AcceptedTexts(Rows rows) {
        this.rows = rows;
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
            rows.sql("delete from accepted_text").update();
            textsByFile.forEach((file, text) -> rows.put(
                    () -> rows.sql("update accepted_text set content = :content where file = :file")
                            .param("content", text).param("file", file).update() > 0,
                    () -> rows.sql("insert into accepted_text (file, content) values (:file, :content)")
                            .param("file", file).param("content", text)));
        });
    }
}
