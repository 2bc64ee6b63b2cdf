package dev.sverka.flows.payments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** The rows of decisions and of the shares they begin and end; none is ever deleted. Joins the running transaction. */
final class ShareBook {

    private static final String SELECT = """
            select s.id, s.operation_id, s.payment_id, s.amount, d.rule, d.rule_version, d.why, d.by_person, s.written,
                s.told, e.why, e.by_person from share s join decision d on d.id = s.begun_by
            left join decision e on e.id = s.ended_by
            """;

    private final JdbcClient jdbc;
    private final PaymentMirror mirror;
    private final Clock clock;
    private final DecisionCounter counter;

    /** @param mirror is told where what is left to be paid has changed */
    ShareBook(JdbcClient jdbc, PaymentMirror mirror, Clock clock, DecisionCounter counter) {
        this.jdbc = jdbc;
        this.mirror = mirror;
        this.clock = clock;
        this.counter = counter;
    }

    /** Writes a decision down. @return its id */
    long decided(@Nullable StoredOperation on, @Nullable Long payment, Decision.Because because) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into decision (at, operation_id, operation_version, payment_id, rule, rule_version, by_person, why)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(clock.millis(), on == null ? null : on.id(), on == null ? null : on.version(),
                        payment, because.rule(), because.version(), because.person(),
                        Operations.cut(because.why(), 1000)))
                .update(key, "id");
        counter.decided(because);
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    /**
     * @param operation null for money that a person's hand set
     * @param written whether the portal's sum counts it already
     */
    void begin(long decision, @Nullable Long operation, long payment, long amount, boolean written) {
        jdbc.sql("""
                insert into share (operation_id, payment_id, amount, begun_by, written, told, end_told)
                values (?, ?, ?, ?, ?, ?, false)""")
                .params(Arrays.asList(operation, payment, amount, decision, written, operation == null)).update();
        mirror.recount(payment);
    }

    /** @param owed whether the portal may show it: then its end is told there too */
    void end(long decision, Share share, boolean owed) {
        jdbc.sql("update share set ended_by = ?, end_told = ? where id = ? and ended_by is null")
                .params(decision, share.isByHand() || !owed, share.id()).update();
        mirror.recount(share.payment());
    }

    List<Share> ofOperation(long operation) {
        return jdbc.sql(SELECT + " where s.operation_id = ? and s.ended_by is null order by s.id").param(operation)
                .query(ShareBook::share).list();
    }

    /** All that counts on a payment, oldest first, people's hands among it. */
    List<Share> ofPayment(long payment) {
        return jdbc.sql(SELECT + " where s.payment_id = ? and s.ended_by is null order by s.id").param(payment)
                .query(ShareBook::share).list();
    }

    /** The shares that the last decision on the operation which ended any has ended. */
    List<Share> lastEnded(long operation) {
        return jdbc.sql(SELECT + """
                 where s.operation_id = ? and s.ended_by = (
                    select max(x.ended_by) from share x where x.operation_id = ?) order by s.id""")
                .params(operation, operation).query(ShareBook::share).list();
    }

    /** Ended shares of a payment of whose end the portal has not been told, oldest first. */
    List<Share> toBeTold(long payment) {
        return jdbc.sql(SELECT + " where s.payment_id = ? and s.ended_by is not null and s.end_told = false order by s.id")
                .param(payment).query(ShareBook::share).list();
    }

    /** How often an operation has given to a payment before this share: equal comments need markers of their own. */
    long turn(Share share) {
        return jdbc.sql("""
                select count(*) from share where payment_id = ? and operation_id = ? and id < ? and told = true""")
                .params(share.payment(), share.operation(), share.id()).query(Long.class).single();
    }

    /** What counts as paid on payments, operations' money and hands' apart; what has none is left out. */
    Map<Long, Paid> paid(Collection<Long> payments) {
        Map<Long, Paid> paid = new HashMap<>();
        List<Long> left = List.copyOf(payments);
        for (int from = 0; from < left.size(); from += 500) {
            jdbc.sql("""
                    select s.payment_id, coalesce(sum(case when s.operation_id is null then 0 else s.amount end), 0),
                        coalesce(sum(case when s.operation_id is null then s.amount else 0 end), 0)
                    from share s where s.ended_by is null and s.payment_id in (:payments) group by s.payment_id""")
                    .param("payments", left.subList(from, Math.min(left.size(), from + 500))).query(row -> {
                        paid.put(row.getLong(1), new Paid(row.getLong(2), row.getLong(3)));
                    });
        }
        return paid;
    }

    Paid paid(long payment) {
        long operations = 0;
        long hand = 0;
        for (Share share : ofPayment(payment)) {
            operations += share.isByHand() ? 0 : share.amount();
            hand += share.isByHand() ? share.amount() : 0;
        }
        return new Paid(operations, hand);
    }

    /** What counts as paid by operations and hands together, kopecks, of payments that stand in no paid stage. */
    Map<Long, Long> paidOfUnpaid() {
        Map<Long, Long> paid = new HashMap<>();
        jdbc.sql("""
                select s.payment_id, sum(s.amount) from share s join payment p on p.id = s.payment_id
                where s.ended_by is null and p.deleted = false and coalesce(p.stage, '') not in ('paid', 'cancelled')
                group by s.payment_id""").query(row -> {
            paid.put(row.getLong(1), row.getLong(2));
        });
        return paid;
    }

    /** What counts as paid, in kopecks. @param operations by operations; @param hand by people's hands */
    record Paid(long operations, long hand) {

        static final Paid NONE = new Paid(0, 0);

        long all() {
            return operations + hand;
        }
    }

    /** The portal's sum counts them now. */
    void written(List<Long> ids) {
        ids.forEach(id -> jdbc.sql("update share set written = true where id = ?").param(id).update());
    }

    void told(long share) {
        jdbc.sql("update share set told = true where id = ?").param(share).update();
    }

    void endTold(long share) {
        jdbc.sql("update share set end_told = true where id = ?").param(share).update();
    }

    /** Payments that money has ever been given to. */
    List<Long> touchedPayments() {
        return jdbc.sql("select distinct payment_id from share order by payment_id").query(Long.class).list();
    }

    private static Share share(ResultSet row, int number) throws SQLException {
        return new Share(row.getLong(1), row.getObject(2, Long.class), row.getLong(3), row.getLong(4), row.getString(5),
                row.getString(6), row.getString(7), row.getString(8), row.getBoolean(9), row.getBoolean(10),
                row.getString(11), row.getString(12));
    }
}
