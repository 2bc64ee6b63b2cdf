package dev.sverka.core.journal;

import java.time.Instant;
import java.util.List;

/** How much news feeds brought, as the journal has it, for whoever watches their rhythm. Reads only. */
public final class NewsTally {

    private final Store store;

    NewsTally(Store store) {
        this.store = store;
    }

    /**
     * News of a feed within an hour.
     *
     * @param feed such as {@code bitrix24.main/payment}
     * @param pushed whether a webhook told it
     * @param at when the last of it was accepted
     * @param upTo the greatest id of its entries
     */
    public record Heard(String feed, boolean pushed, int count, Instant at, long upTo) {
    }

    /**
     * In the order of their times.
     *
     * @param flow of what webhooks tell
     * @param after an entry's id: only later ones count
     */
    public List<Heard> after(long after, String flow) {
        return store.sql("""
                select subject, pushed, count(*), max(accepted_at) as at, max(id) from (
                    select id, subject, accepted_at, accepted_at / 3600000 as in_hour,
                        case when flow = :flow then 1 else 0 end as pushed from entry where id > :after) e
                group by subject, pushed, in_hour order by at, pushed desc""").param("flow", flow).param("after", after)
                .query((row, number) -> new Heard(row.getString(1), row.getInt(2) == 1, row.getInt(3),
                        Instant.ofEpochMilli(row.getLong(4)), row.getLong(5))).list();
    }
}
