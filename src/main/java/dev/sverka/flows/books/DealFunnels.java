package dev.sverka.flows.books;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which funnel the portal's deals are, by its name. Joins the running transaction. */
public final class DealFunnels {

    private final JdbcClient jdbc;

    public DealFunnels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param funnel null for one that mappings/portal.yaml does not name */
    public void keep(long deal, @Nullable String funnel) {
        if (funnel == null) {
            jdbc.sql("delete from book_deal where deal_id = ?").param(deal).update();
        } else if (!find(deal).equals(Optional.of(funnel)) && jdbc.sql("update book_deal set funnel = ? where deal_id = ?")
                .params(funnel, deal).update() == 0) {
            jdbc.sql("insert into book_deal (funnel, deal_id) values (?, ?)").params(funnel, deal).update();
        }
    }

    Optional<String> find(long deal) {
        return jdbc.sql("select funnel from book_deal where deal_id = ?").param(deal).query(String.class).optional();
    }
}
