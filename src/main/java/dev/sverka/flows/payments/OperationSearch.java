package dev.sverka.flows.payments;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which operations fit what a person typed: each kind of it is looked up where an index tells it. */
final class OperationSearch {

    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final JdbcClient jdbc;
    private final WordSearch words;

    OperationSearch(JdbcClient jdbc, WordSearch words) {
        this.jdbc = jdbc;
        this.words = words;
    }

    boolean isBehind() {
        return words.isBehind();
    }

    /**
     * By the number or ИНН that it is, by the sum, or by words of purpose and name. Of days only those between are sure to
     * be among the ids; others may be.
     *
     * @param q as typed
     * @param most of each kind at the most, the newest
     */
    WordIndex.Hits find(String q, @Nullable LocalDate from, @Nullable LocalDate to, int most) {
        String text = q.strip();
        Long[] bounds = bounds(from, to);
        WordIndex.Hits worded = words.operations(text, bounds[0], bounds[1], most);
        TreeSet<Long> ids = new TreeSet<>(worded.ids());
        boolean whole = worded.whole() & exact("party_inn", text, bounds, most, ids)
                & exact("doc_number", text, bounds, most, ids);
        Optional<Long> kopecks = Likeness.kopecks(text);
        if (kopecks.isPresent()) {
            whole &= exact("amount", kopecks.get(), bounds, most, ids);
        }
        return new WordIndex.Hits(ids.descendingSet().stream().limit(most).toList(), whole && ids.size() <= most);
    }

    private boolean exact(String column, Object value, Long[] bounds, int most, TreeSet<Long> ids) {
        int before = ids.size();
        ids.addAll(jdbc.sql("select id from bank_operation where " + column + " = :value and id >= :from and id <= :to"
                + " order by id + 0 desc limit :most").params(Map.of("value", value, "from", bounds[0], "to", bounds[1],
                        "most", most)).query(Long.class).list());
        return ids.size() - before < most;
    }

    /** Ids of these days lie between. Ids are no dates: what was imported late has a late one. */
    private Long[] bounds(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null && to == null) {
            return new Long[] {0L, Long.MAX_VALUE};
        }
        return jdbc.sql("""
                select coalesce(min(id + 0), 1), coalesce(max(id + 0), 0) from bank_operation
                where booked_on >= ? and booked_on <= ?""").params(from == null ? FIRST : from, to == null ? LAST : to)
                .query((row, number) -> new Long[] {row.getLong(1), row.getLong(2)}).single();
    }
}
