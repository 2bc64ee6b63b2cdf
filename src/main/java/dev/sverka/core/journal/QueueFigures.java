package dev.sverka.core.journal;

import java.time.Instant;
import java.util.List;

/** How much of each flow is open or dead, for whoever watches. */
public final class QueueFigures {

    /** Reads the index by state alone: what is done is never touched. */
    static final String SQL = """
            select flow, state, count(*), min(accepted_at) from entry
            where state in ('queued', 'working', 'waiting', 'dead') group by flow, state""";

    private final Store store;

    QueueFigures(Store store) {
        this.store = store;
    }

    /** @param oldest when the first of them was accepted */
    public record Figure(String flow, String state, long entries, Instant oldest) {
    }

    /** Those that are not nought. */
    public List<Figure> all() {
        return store.sql(SQL).query((row, n) -> new Figure(row.getString(1), row.getString(2), row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4)))).list();
    }

    /** Every flow that ever had work. */
    public List<String> flows() {
        return store.sql("select distinct flow from lane order by flow").query(String.class).list();
    }
}
