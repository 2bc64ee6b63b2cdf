package dev.sverka.core.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How much news feeds brought, for whoever watches their rhythm. It is counted by the hour beside the work, so that a start
 * reads hours, not entries; a look never reads more than {@value #STEP} entries, however many there are.
 */
public final class NewsTally {

    private static final int STEP = 20_000;
    /** Rhythms are learned from eight weeks. */
    private static final Duration KEPT = Duration.ofDays(57);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    static final String ENTRIES = """
            select subject, pushed, count(*) as news, max(accepted_at) as last_at, in_hour from (
                select subject, accepted_at, accepted_at / 3600000 as in_hour,
                    case when flow = ? then 1 else 0 end as pushed from entry where id > ? and id <= ?) e
            group by subject, pushed, in_hour order by last_at, pushed desc""";

    private final Store store;
    private final int step;

    NewsTally(Store store) {
        this(store, STEP);
    }

    /** @param step how many entries a look reads at the most */
    NewsTally(Store store, int step) {
        this.store = store;
        this.step = step;
    }

    /**
     * News of a feed within an hour.
     *
     * @param feed such as {@code bitrix24.main/payment}
     * @param pushed whether a webhook told it
     * @param at when the last of it was accepted
     */
    public record Heard(String feed, boolean pushed, int count, Instant at) {
    }

    /**
     * News in the order of their times.
     *
     * @param upTo up to which entry; what comes after it is to be asked for next
     * @param all whether nothing more was there
     */
    public record Look(List<Heard> news, long upTo, boolean all) {
    }

    /**
     * What has come since another look.
     *
     * @param flow of what webhooks tell
     * @param after where that look ended; 0 for the first one, which tells what came in the last weeks
     */
    public Look after(long after, String flow) {
        long last = store.sql("select coalesce(max(id), 0) from entry").query(Long.class).single();
        long counted = store.joined(() -> count(flow, last));
        if (after == 0) {
            return new Look(hours(), counted, counted >= last);
        }
        long upTo = Math.max(after, Math.min(counted, after + step));
        return new Look(entries(flow, after, upTo), upTo, upTo >= last);
    }

    /** Counts some entries more. @return up to which all are counted now */
    private long count(String flow, long last) {
        long from = store.sql("select up_to from news_cursor where id = 1 for update").query(Long.class).single();
        long upTo = Math.min(last, from + step);
        if (upTo <= from) {
            return from;
        }
        entries(flow, from, upTo).forEach(one -> {
            long hour = one.at().toEpochMilli() / HOUR;
            if (store.sql("""
                    update news_hour set news = news + ?, last_at = ? where subject = ? and pushed = ? and in_hour = ?""")
                    .params(one.count(), one.at().toEpochMilli(), one.feed(), one.pushed(), hour).update() == 0) {
                store.sql("insert into news_hour (news, last_at, subject, pushed, in_hour) values (?, ?, ?, ?, ?)")
                        .params(one.count(), one.at().toEpochMilli(), one.feed(), one.pushed(), hour).update();
            }
        });
        store.sql("delete from news_hour where in_hour < ?").param((store.now() - KEPT.toMillis()) / HOUR).update();
        store.sql("update news_cursor set up_to = ? where id = 1").param(upTo).update();
        return upTo;
    }

    private List<Heard> hours() {
        return store.sql("select subject, pushed, news, last_at from news_hour order by last_at, pushed desc")
                .query((row, number) -> new Heard(row.getString(1), row.getBoolean(2), row.getInt(3),
                        Instant.ofEpochMilli(row.getLong(4)))).list();
    }

    private List<Heard> entries(String flow, long after, long upTo) {
        return store.sql(ENTRIES).params(flow, after, upTo).query((row, number) -> new Heard(row.getString(1),
                row.getInt(2) == 1, row.getInt(3), Instant.ofEpochMilli(row.getLong(4)))).list();
    }
}
