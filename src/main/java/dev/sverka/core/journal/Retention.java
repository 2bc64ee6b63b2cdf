package dev.sverka.core.journal;

import java.time.Instant;

/** Forgets what nobody will ask for any more, in small transactions, so that work goes on meanwhile. */
public final class Retention {

    private static final int AT_ONCE = 500;

    private final Store store;

    Retention(Store store) {
        this.store = store;
    }

    /**
     * Removes finished entries and their history. Those that are open or wait for a person stay whatever their age.
     *
     * @param endedBefore in UTC
     * @return how many entries went
     */
    public int removeEnded(Instant endedBefore) {
        repeat("""
                delete from entry_decision where id in (
                    select id from entry_decision where at < :before and coalesce(done_at, undone_at) is not null
                    limit :most)""", endedBefore);
        return repeat("""
                delete from entry where id in (
                    select id from entry where state in ('done', 'dismissed') and ended_at < :before limit :most)""",
                endedBefore);
    }

    /**
     * Empties the bodies of done entries; that the entry was there, and its history, stays.
     *
     * @param endedBefore in UTC
     * @return how many bodies went
     */
    public int emptyBodies(Instant endedBefore) {
        return repeat("""
                update entry set payload = 'null', headers = '{}' where id in (
                    select id from entry
                    where state = 'done' and ended_at < :before and headers <> '{}' limit :most)""",
                endedBefore);
    }

    /**
     * Forgets what was told last of things nobody has told of since. Told once more it is news again, which whoever
     * works on it must bear anyway.
     *
     * @param toldBefore in UTC
     */
    public int forgetTold(Instant toldBefore) {
        return repeat("""
                delete from entry_told where subject in (
                    select subject from entry_told where told_at < :before limit :most)""", toldBefore);
    }

    /**
     * Removes what is known of writes that were answered; their audit stays.
     *
     * @param closedBefore in UTC
     */
    public int removeIntents(Instant closedBefore) {
        return repeat("""
                delete from intent where id in (
                    select id from intent where closed_at < :before limit :most)""", closedBefore);
    }

    private int repeat(String sql, Instant before) {
        int all = 0;
        int rows;
        do {
            rows = store.apart(() -> store.sql(sql).param("before", before.toEpochMilli()).param("most", AT_ONCE)
                    .update());
            all += rows;
        } while (rows == AT_ONCE);
        return all;
    }
}
