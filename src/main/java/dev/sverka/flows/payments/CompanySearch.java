package dev.sverka.flows.payments;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Companies of the portal by name or ИНН: read only, for the desk. */
public class CompanySearch {

    private final JdbcClient jdbc;

    CompanySearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param payments how many payments it has; @param mine whether it is one of ours */
    public record Company(long id, @Nullable String title, @Nullable String inn, boolean mine, long payments) {
    }

    /** Companies whose requisites name the ИНН. */
    public List<Long> ofInn(String inn) {
        return jdbc.sql("select distinct company_id from requisite where inn = ? order by company_id").param(inn)
                .query(Long.class).list();
    }

    public List<Company> find(String q, int limit) {
        return jdbc.sql("""
                select c.id, c.title, (select min(r.inn) from requisite r where r.company_id = c.id), c.mine,
                    (select count(*) from payment p where p.company_id = c.id and p.deleted = false)
                from company c where lower(coalesce(c.title, '')) like :like
                    or c.id in (select r2.company_id from requisite r2 where r2.inn = :exact)
                order by c.title limit :limit""")
                .params(Map.of("like", Likeness.contains(q), "exact", q.strip(), "limit", limit))
                .query((row, number) -> new Company(row.getLong(1), row.getString(2), row.getString(3),
                        row.getBoolean(4), row.getLong(5))).list();
    }
}
