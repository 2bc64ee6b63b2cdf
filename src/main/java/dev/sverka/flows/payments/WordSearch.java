package dev.sverka.flows.payments;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds operations, payments and companies by words; what has just come and is in no index yet among them. */
final class WordSearch {

    /** Of what is in no index yet, so many of the newest are looked through. */
    static final int LATELY = 2000;

    private final JdbcClient jdbc;
    private final WordIndex index;

    WordSearch(JdbcClient jdbc, WordIndex index) {
        this.jdbc = jdbc;
        this.index = index;
    }

    /** Whether words of so many operations have yet to be taken that some are not found. */
    boolean isBehind() {
        return jdbc.sql("select count(*) from (select id from operation_version where id > ? limit ?) late")
                .params(reached(jdbc), LATELY + 1).query(Long.class).single() > LATELY;
    }

    static long reached(JdbcClient jdbc) {
        return jdbc.sql("select version_id from search_cursor where kind = 'o'").query(Long.class).optional().orElse(0L);
    }

    /** By purpose and the other side's name; ids within these bounds, the newest first. */
    WordIndex.Hits operations(String text, long from, long to, int most) {
        return find("o", text, from, to, most, """
                select id, purpose, party_name from bank_operation where id = any(?) and version_number > 1""", """
                select id, purpose, party_name from bank_operation where id in (
                    select operation_id from operation_version where id > %d order by id desc limit ?)"""
                .formatted(reached(jdbc)));
    }

    /** By title and number, the newest first. */
    WordIndex.Hits payments(String text, int most) {
        return find("p", text, 0, Long.MAX_VALUE, most, "select id, title, number from payment where id = any(?)",
                "select id, title, number from payment where worded = false order by id desc limit ?");
    }

    /** By title, the newest first. */
    WordIndex.Hits companies(String text, int most) {
        return find("c", text, 0, Long.MAX_VALUE, most, "select id, title, null from company where id = any(?)",
                "select id, title, null from company where worded = false order by id desc limit ?");
    }

    /** @param changeable rows of these ids that may say something else by now; @param late those in no index yet */
    private WordIndex.Hits find(String kind, String text, long from, long to, int most, String changeable, String late) {
        List<Words.Term> terms = Words.asked(text);
        if (terms.isEmpty()) {
            return new WordIndex.Hits(List.of(), true);
        }
        WordIndex.Hits hits = index.find(kind, terms, from, to, most);
        TreeSet<Long> ids = new TreeSet<>(hits.ids());
        if (!ids.isEmpty()) {
            jdbc.sql(changeable).param(ids.toArray(Long[]::new)).query(row -> {
                if (!fits(terms, Words.of(row.getString(2), row.getString(3)))) {
                    ids.remove(row.getLong(1));
                }
            });
        }
        Set<Long> added = new HashSet<>();
        jdbc.sql(late).param(LATELY).query(row -> {
            long id = row.getLong(1);
            if (id >= from && id <= to && fits(terms, Words.of(row.getString(2), row.getString(3)))) {
                added.add(id);
            }
        });
        ids.addAll(added);
        return new WordIndex.Hits(ids.descendingSet().stream().limit(most).toList(),
                hits.whole() && ids.size() <= most);
    }

    private static boolean fits(List<Words.Term> terms, Set<String> words) {
        return terms.stream().allMatch(term -> term.fits(words));
    }
}
