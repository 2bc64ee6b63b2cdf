package dev.sverka.flows.payments;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Companies of the portal by name or ИНН: read only, for the desk. */
public class CompanySearch {

    /** More than a person looks through. */
    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final WordSearch words;

    CompanySearch(JdbcClient jdbc, WordSearch words) {
        this.jdbc = jdbc;
        this.words = words;
    }

    /** @param payments how many payments it has; @param mine whether it is one of ours */
    public record Company(long id, @Nullable String title, @Nullable String inn, boolean mine, long payments) {
    }

    /** Companies whose requisites name the ИНН. */
    public List<Long> ofInn(String inn) {
        return jdbc.sql("select distinct company_id from requisite where inn = ? order by company_id").param(inn)
                .query(Long.class).list();
    }

    /** By words of the name, or by ИНН; of very many the newest. */
    public List<Company> find(String q, int limit) {
        Set<Long> ids = new HashSet<>(words.companies(q, MOST).ids());
        ids.addAll(ofInn(q.strip()));
        return jdbc.sql("""
                select c.id, c.title, (select min(r.inn) from requisite r where r.company_id = c.id), c.mine,
                    (select count(*) from payment p where p.company_id = c.id and p.deleted = false)
                from (select id, title, mine from company where id = any(?) order by title, id limit ?) c
                order by c.title, c.id""").params(ids.toArray(Long[]::new), limit)
                .query((row, number) -> new Company(row.getLong(1), row.getString(2), row.getString(3),
                        row.getBoolean(4), row.getLong(5))).list();
    }
}
