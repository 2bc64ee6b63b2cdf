package dev.sverka.flows.payments;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the ledger says of an account's days, for whoever proves them. Reads only. */
public class LedgerDays {

    private final JdbcClient jdbc;

    LedgerDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A day's operations that the bank has not withdrawn.
     *
     * @param moved incoming less outgoing, kopecks
     * @param count how many
     * @param readAt when the newest of them was read, milliseconds
     */
    public record Day(LocalDate day, long moved, long count, long readAt) {
    }

    /** An operation in no box, or in two. @param given what of it payments hold, kopecks */
    public record Misplaced(LocalDate day, long operation, String box, long amount, long given) {
    }

    /**
     * A payment on which the portal showed another sum than the ledger; a write may be under way.
     *
     * @param day of an operation that pays it
     * @param ledger what all its shares make, kopecks; {@code portal} what the portal showed last
     */
    public record Unlike(LocalDate day, long payment, long ledger, long portal) {
    }

    /** Accounts that operations are known of. */
    public Set<String> accounts() {
        return new TreeSet<>(jdbc.sql("select distinct bank_account from bank_operation").query(String.class).list());
    }

    /** Oldest first; days without operations are left out. */
    public List<Day> days(String account) {
        return jdbc.sql("""
                select booked_on, sum(case when direction = 'INCOMING' then amount else -amount end), count(*),
                    max(coalesce(read_at, 0))
                from bank_operation where bank_account = ? and withdrawn = false group by booked_on order by booked_on""")
                .param(account).query((row, number) -> new Day(row.getDate(1).toLocalDate(), row.getLong(2),
                        row.getLong(3), row.getLong(4))).list();
    }

    /** Incoming less outgoing from a day on, kopecks; what the bank has withdrawn is left out. */
    public long movedSince(String account, LocalDate day) {
        return jdbc.sql("""
                select coalesce(sum(case when direction = 'INCOMING' then amount else -amount end), 0)
                from bank_operation where bank_account = ? and withdrawn = false and booked_on >= ?""")
                .params(account, day).query(Long.class).single();
    }

    /** The same from a day to another, both of them counted. */
    public long movedBetween(String account, LocalDate first, LocalDate last) {
        return jdbc.sql("""
                select coalesce(sum(case when direction = 'INCOMING' then amount else -amount end), 0)
                from bank_operation where bank_account = ? and withdrawn = false and booked_on between ? and ?""")
                .params(account, first, last).query(Long.class).single();
    }

    /**
     * Operations that are not in exactly one box: allocated is what payments hold something of, and no more than it has;
     * a register of card money has what the bank has kept of it besides.
     */
    public List<Misplaced> misplaced(String account) {
        return jdbc.sql("""
                select o.booked_on, o.id, o.box, o.amount, coalesce(g.given, 0) from bank_operation o
                left join (select operation_id, sum(amount) as given from share where ended_by is null
                    and operation_id is not null group by operation_id) g on g.operation_id = o.id
                where o.bank_account = ? and (o.box = 'allocated' and coalesce(g.given, 0) <= 0
                    or o.box <> 'allocated' and coalesce(g.given, 0) <> 0 or coalesce(g.given, 0) > o.amount + o.fee
                    or o.box not in ('new', 'allocated', 'classified', 'review', 'ignored'))
                order by o.booked_on, o.id""").param(account)
                .query((row, number) -> new Misplaced(row.getDate(1).toLocalDate(), row.getLong(2), row.getString(3),
                        row.getLong(4), row.getLong(5))).list();
    }

    /** Payments of the account's operations that the portal shows otherwise; those that people lead are theirs. */
    public List<Unlike> unlike(String account) {
        return jdbc.sql("""
                select distinct o.booked_on, p.id, t.paid, p.seen_paid from payment p
                join (select payment_id, sum(amount) as paid from share where ended_by is null group by payment_id) t
                    on t.payment_id = p.id
                join share s on s.payment_id = p.id and s.ended_by is null
                join bank_operation o on o.id = s.operation_id
                where o.bank_account = ? and p.deleted = false and p.held is null and p.tries is null
                    and p.seen_paid <> t.paid
                order by o.booked_on, p.id""").param(account)
                .query((row, number) -> new Unlike(row.getDate(1).toLocalDate(), row.getLong(2), row.getLong(3),
                        row.getLong(4))).list();
    }
}
