package dev.sverka.flows.payments;

import dev.sverka.flows.matching.DocumentNumber;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The portal's payments as last read. Joins the running transaction. */
final class PaymentMirror {

    private static final String COLUMNS = """
            p.id, p.pipeline, p.stage, p.semantics, p.title, p.number, p.invoice_date, p.amount, p.currency, p.company_id,
            p.our_company, p.deal_id, p.details, p.seen_paid, p.seen_date, p.seen_at, p.tries, p.replaced_paid,
            p.stage_before, p.held, p.held_stage, p.date_by_person, p.ordered, p.deleted, p.unreadable
            """;

    /** Of orders paid by card, as {@code mappings/portal.yaml} calls it. */
    static final String CARD = "Карта";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PaymentMirror(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Amount in kopecks; the row stays locked until the transaction ends. Nothing for what is not there. */
    long lockedAmount(long id) {
        return jdbc.sql("select amount from payment where id = ? for update").param(id).query(Long.class).optional()
                .orElse(0L);
    }

    Optional<PaymentRow> payment(long id) {
        return jdbc.sql("select " + COLUMNS + " from payment p where p.id = ?").param(id).query(this::row).optional();
    }

    /**
     * Payments of companies with an ИНН on which something is left to be paid, or that a purpose may name; in the order
     * of their ids.
     *
     * @param named keys of {@link PaperKeys}
     * @param both whether what the other side has paid us matters too, as for money that goes back
     */
    List<PaymentRow> ofInn(String inn, Set<String> named, boolean both) {
        return jdbc.sql("select " + COLUMNS + """
                 from payment p where p.deleted = false and p.id in (
                    select o.id from payment o join requisite r on r.company_id = o.company_id
                    where r.inn = :inn and o.closed = false
                    union
                    select k.payment_id from payment_paper k join payment o on o.id = k.payment_id
                    join requisite r on r.company_id = o.company_id where k.paper_key in (:named) and r.inn = :inn"""
                + (both ? """

                    union
                    select o.id from payment o join requisite r on r.company_id = o.company_id
                    where r.inn = :inn and o.pipeline = 'in'""" : "") + ") order by p.id")
                .param("inn", inn).param("named", named.isEmpty() ? Set.of("-") : named).query(this::row).list();
    }

    /**
     * Payments of companies with an ИНН whose money people may have marked by hand and an operation may be: as much of
     * it or more, on no day before a month ago; the latest first.
     *
     * @param since first day of the mark; one without a day may be any
     */
    List<PaymentRow> byHand(String inn, StoredOperation operation, LocalDate since, int most) {
        return jdbc.sql("select " + COLUMNS + """
                 from payment p where p.deleted = false and p.by_hand >= ? and p.by_hand > 0
                    and p.pipeline = ? and p.currency = ? and coalesce(p.stage, '') <> 'cancelled'
                    and coalesce(p.semantics, '') <> 'failure' and p.id in (
                        select o.id from payment o join requisite r on r.company_id = o.company_id
                        where r.inn = ? and o.seen_date >= ?
                        union
                        select o.id from payment o join requisite r on r.company_id = o.company_id
                        where r.inn = ? and o.seen_date is null)
                order by case when p.seen_date is null then 1 else 0 end, p.seen_date desc, p.id desc limit ?""")
                .params(operation.amount(), operation.isIncoming() ? "in" : "out", operation.currency(), inn, since, inn,
                        most).query(this::row).list();
    }

    /** Payments of whatever company whose number reads so in its normal spelling. */
    List<PaymentRow> ofNumbers(List<String> numbers) {
        return numbers.isEmpty() ? List.of() : jdbc.sql("select " + COLUMNS + """
                 from payment p where p.deleted = false and p.number_key in (:numbers) order by p.id limit 500""")
                .param("numbers", numbers).query(this::row).list();
    }

    /** Payments of ours by card that are not closed, which a bank's register may hold. */
    List<PaymentRow> cards() {
        return jdbc.sql("select " + COLUMNS + """
                 from payment p where p.deleted = false and p.method = ? and p.closed = false order by p.id""")
                .param(CARD).query(this::row).list();
    }

    /** Payments on which money is yet to move: neither paid, nor cancelled, nor in a funnel of something else. */
    List<PaymentRow> open() {
        return jdbc.sql("select " + COLUMNS + """
                 from payment p where p.deleted = false and p.pipeline is not null
                    and coalesce(p.stage, '') not in ('paid', 'cancelled') order by p.id""").query(this::row).list()
                .stream().filter(row -> !row.isClosedToMoney() && !row.isPaidStage()).toList();
    }

    /** @param came when the last of its money came */
    record Settled(@Nullable Long company, Map<String, Object> details, @Nullable LocalDate invoiced, LocalDate came) {
    }

    /** Payments of customers in rubles whose money has come in full, the latest first. @param most of them at the most */
    List<Settled> settled(LocalDate since, int most) {
        return jdbc.sql("""
                select p.company_id, p.details, p.invoice_date, coalesce(m.booked, p.seen_date) as came from payment p
                left join (select s.payment_id, max(o.booked_on) as booked from share s
                    join bank_operation o on o.id = s.operation_id where s.ended_by is null group by s.payment_id) m
                    on m.payment_id = p.id
                where p.deleted = false and p.pipeline = 'in' and p.currency = 'RUB' and p.closed = true
                    and coalesce(p.stage, '') <> 'cancelled' and coalesce(p.semantics, '') <> 'failure'
                    and coalesce(m.booked, p.seen_date) >= ?
                order by coalesce(m.booked, p.seen_date) desc, p.id desc limit ?""").params(since, most)
                .query((row, number) -> new Settled(row.getObject(1, Long.class), details(row.getString(2)),
                        day(row.getDate(3)), row.getDate(4).toLocalDate())).list();
    }

    /** Takes over what the portal shows. What people and we did to it is worked out before, by {@link Reading}. */
    void see(PortalItem item) {
        Object[] values = {item.pipeline(), item.stage(), item.semantics(), item.title(), item.number(),
                item.number() == null ? null : Operations.cut(DocumentNumber.normal(item.number()), 100),
                item.invoiceDate(), item.amount(), item.currency(), item.company(), item.ourCompany(), item.deal(),
                json.writeValueAsString(item.details()), PortalItem.text(item.details().get("method")),
                item.updatedAt() == null ? null : item.updatedAt().toEpochMilli(),
                item.faults().isEmpty() ? null : Operations.cut(String.join("; ", item.faults()), 300), item.id()};
        if (jdbc.sql("""
                update payment set pipeline = ?, stage = ?, semantics = ?, title = ?, number = ?, number_key = ?,
                    invoice_date = ?, amount = ?, currency = ?, company_id = ?, our_company = ?, deal_id = ?, details = ?,
                    method = ?, seen_at = coalesce(?, seen_at), unreadable = ?, worded = false,
                    deleted = false where id = ?""")
                .params(Arrays.asList(values)).update() == 0) {
            jdbc.sql("""
                    insert into payment (pipeline, stage, semantics, title, number, number_key, invoice_date, amount,
                        currency, company_id, our_company, deal_id, details, method, seen_at, unreadable, id, seen_paid,
                        deleted)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, false)""")
                    .params(Arrays.asList(values)).update();
        }
        paper(item.id(), PaperKeys.of(item.number(), item.invoiceDate(), item.details()));
        recount(item.id());
    }

    private void paper(long id, Set<String> keys) {
        Set<String> before = Set.copyOf(jdbc.sql("select paper_key from payment_paper where payment_id = ?").param(id)
                .query(String.class).list());
        if (!keys.equals(before)) {
            jdbc.sql("delete from payment_paper where payment_id = ?").param(id).update();
            keys.forEach(key -> jdbc.sql("insert into payment_paper (payment_id, paper_key) values (?, ?)")
                    .params(id, key).update());
        }
        jdbc.sql("update payment set papered = true where id = ? and papered = false").param(id).update();
    }

    /**
     * Works out anew whether anything is left to be paid, after its stage, amount or shares have changed. What people
     * closed is closed whatever its sum; what we closed is open again where its amount has grown; what cannot be read
     * may be open.
     */
    void recount(long id) {
        jdbc.sql("""
                select closed, by_hand, hand, case when p.unreadable is not null then false when p.deleted = true or pipeline is null
                        or coalesce(stage, '') = 'cancelled' or coalesce(semantics, '') = 'failure' then true
                    when (coalesce(stage, '') = 'paid' or coalesce(semantics, '') = 'success') and stage_before is null
                        and operations = 0 then true
                    else amount <= hand + operations end as settled
                from payment p cross join (
                    select coalesce(sum(case when operation_id is null then amount else 0 end), 0) as hand,
                        coalesce(sum(case when operation_id is null then 0 else amount end), 0) as operations
                    from share where payment_id = ? and ended_by is null) s where p.id = ?""").params(id, id)
                .query((row, number) -> row.getBoolean("closed") == row.getBoolean("settled")
                        && row.getLong("by_hand") == row.getLong("hand") ? List.<Object>of()
                        : List.<Object>of(row.getBoolean("settled"), row.getLong("hand"), id)).optional()
                .filter(values -> !values.isEmpty())
                .ifPresent(values -> jdbc.sql("update payment set closed = ?, by_hand = ? where id = ?").params(values)
                        .update());
    }

    /** Payments of a version that kept no papers. @param most of them at the most; @return how many */
    int keepMissingPapers(int most) {
        List<PaymentRow> forgotten = jdbc.sql("select " + COLUMNS + " from payment p where p.papered = false order by p.id"
                + " limit ?").param(most).query(this::row).list();
        forgotten.forEach(row -> {
            paper(row.id(), PaperKeys.of(row.number(), row.invoiceDate(), row.details()));
            recount(row.id());
        });
        return forgotten.size();
    }

    void seePaid(long id, long paid, @Nullable LocalDate date) {
        jdbc.sql("update payment set seen_paid = ?, seen_date = ? where id = ?")
                .params(Arrays.asList(paid, date, id)).update();
    }

    void seeStage(long id, String stage) {
        jdbc.sql("update payment set stage = ?, semantics = null where id = ?").params(stage, id).update();
        recount(id);
    }

    void tries(long id, List<PaymentRow.Try> tries, @Nullable String stageBefore) {
        jdbc.sql("update payment set tries = ?, stage_before = coalesce(stage_before, ?) where id = ?")
                .params(Arrays.asList(tries.isEmpty() ? null : json.writeValueAsString(tries), stageBefore, id)).update();
        recount(id);
    }

    /** A write was carried out. @param replaced the sum it took the place of; @param at milliseconds */
    void confirmed(long id, long replaced, long at) {
        jdbc.sql("update payment set replaced_paid = ?, ordered = false, written_at = ? where id = ?")
                .params(replaced, at, id).update();
    }

    /** A write is on its way. @param at milliseconds */
    void sent(long id, long at) {
        jdbc.sql("update payment set written_at = ? where id = ?").params(at, id).update();
    }

    /** Whether a write of ours was carried out since then, or is on its way. @param carriedOut, onItsWay milliseconds */
    boolean isWrittenSince(long id, long carriedOut, long onItsWay) {
        return jdbc.sql("""
                select count(*) from payment where id = ? and (written_at > ? or written_at > ? and tries is not null)""")
                .params(id, carriedOut, onItsWay).query(Long.class).single() > 0;
    }

    void settled(long id) {
        jdbc.sql("update payment set ordered = false where id = ? and ordered = true").param(id).update();
    }

    void hold(long id, String why, boolean byStage) {
        // a sum set on the portal is later than what was decided on it here
        jdbc.sql("update payment set held = ?, held_stage = held_stage or ?, ordered = ordered and ? where id = ?")
                .params(why, byStage, byStage, id).update();
    }

    void dateByPerson(long id) {
        jdbc.sql("update payment set date_by_person = true where id = ?").param(id).update();
    }

    /** A person decided here on its money. */
    void order(long id) {
        jdbc.sql("update payment set ordered = true where id = ?").param(id).update();
    }

    void release(long id) {
        jdbc.sql("update payment set held = null, held_stage = false, date_by_person = false where id = ?").param(id)
                .update();
    }

    void deleted(long id) {
        jdbc.sql("update payment set deleted = true where id = ?").param(id).update();
        recount(id);
    }

    /** Whether this is what was read last, and all its consequences drawn, or what our own write has left there since. */
    boolean holds(Map<String, Object> item) {
        return jdbc.sql("select content from payment where id = ? and deleted = false")
                .param(PortalItem.number(item.get("id"))).query(String.class).optional().filter(content(item)::equals)
                .isPresent() || isAsWritten(PortalItem.of(item));
    }

    /** Whether a write of ours has been carried out, and the item shows what we know of it and nothing else. */
    private boolean isAsWritten(PortalItem item) {
        return item.faults().isEmpty() && !item.blindToPaid() && !item.blindToStage() && jdbc.sql("""
                select pipeline, stage, title, number, invoice_date, amount, currency, company_id, our_company, deal_id,
                    details, seen_paid, seen_date from payment
                where id = ? and deleted = false and tries is null and written_at is not null""").param(item.id())
                .query((row, number) -> Arrays.asList(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), day(row.getDate(5)), row.getLong(6), row.getString(7),
                        row.getObject(8, Long.class), row.getObject(9, Long.class), row.getObject(10, Long.class),
                        row.getString(11), row.getLong(12), day(row.getDate(13)))).optional()
                .filter(Arrays.asList(item.pipeline(), item.stage(), item.title(), item.number(), item.invoiceDate(),
                        item.amount(), item.currency(), item.company(), item.ourCompany(), item.deal(),
                        json.writeValueAsString(item.details()), item.paid(), item.paidDate())::equals).isPresent();
    }

    /** Notes the content all of whose consequences have been drawn. */
    void keep(Map<String, Object> item) {
        jdbc.sql("update payment set content = ? where id = ?")
                .params(content(item), PortalItem.number(item.get("id"))).update();
    }

    /** One number for an item's content; it only saves a read, so a clash costs a later poll. */
    private static String content(Map<String, Object> item) {
        TreeMap<String, Object> plain = new TreeMap<>(item);
        plain.replaceAll((key, value) -> value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString()
                : value);
        return Long.toHexString(plain.toString().chars().asLongStream()
                .reduce(1125899906842597L, (hash, letter) -> 31 * hash + letter));
    }

    private PaymentRow row(ResultSet row, int number) throws SQLException {
        String tries = row.getString("tries");
        String details = row.getString("details");
        Long seenAt = row.getObject("seen_at", Long.class);
        return new PaymentRow(row.getLong("id"), row.getString("pipeline"), row.getString("stage"),
                row.getString("semantics"), row.getString("title"), row.getString("number"),
                day(row.getDate("invoice_date")), row.getLong("amount"), row.getString("currency"),
                row.getObject("company_id", Long.class), row.getObject("our_company", Long.class),
                row.getObject("deal_id", Long.class),
                details(details),
                row.getLong("seen_paid"), day(row.getDate("seen_date")),
                seenAt == null ? null : Instant.ofEpochMilli(seenAt),
                tries == null ? List.of() : json.readValue(tries, new TypeReference<List<PaymentRow.Try>>() { }),
                row.getObject("replaced_paid", Long.class), row.getString("stage_before"), row.getString("held"),
                row.getBoolean("held_stage"), row.getBoolean("date_by_person"), row.getBoolean("ordered"),
                row.getBoolean("deleted"), row.getString("unreadable"));
    }

    private Map<String, Object> details(@Nullable String text) {
        return text == null ? Map.of() : json.readValue(text, new TypeReference<Map<String, Object>>() { });
    }

    private static @Nullable LocalDate day(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }
}
