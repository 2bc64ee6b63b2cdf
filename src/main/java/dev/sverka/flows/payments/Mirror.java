package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The portal's payments and companies as last seen. Everything joins the running transaction. */
final class Mirror {

    private static final int REMEMBERED_SUMS = 5;
    private static final String COLUMNS = """
            id, pipeline, stage, title, number, invoice_date, amount, currency, company_id, our_company, deal_id,
            hand_paid, seen_paid, intended, seen_stage, meant_stage, stage_before, pending_json, held, deleted, released""";

    private final JdbcClient jdbc;

    Mirror(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A payment. Sums in hundredths.
     *
     * @param handPaid paid without an operation of ours
     * @param seenPaid what the portal held when last seen
     * @param intended sums we set out to write lately
     * @param meantStage where we last set out to move it
     * @param stageBefore where it stood before the first allocation was written; null where none was
     * @param held why it has left automatic writing
     * @param released whether a person has given it back since
     */
    record Seen(long id, @Nullable String pipeline, @Nullable String stage, @Nullable String title,
            @Nullable String number, @Nullable LocalDate invoiceDate, long amount, String currency,
            @Nullable Long company, @Nullable Long ourCompany, @Nullable Long deal, long handPaid, long seenPaid,
            List<Long> intended, @Nullable String seenStage, @Nullable String meantStage, @Nullable String stageBefore,
            @Nullable String pending, @Nullable String held, boolean deleted, boolean released) {

        boolean isIncoming() {
            return !"out".equals(pipeline);
        }

        boolean isCancelled() {
            return deleted || "cancelled".equals(stage);
        }

        /** As people call it. */
        String name() {
            return title != null ? title : number != null ? "Счёт № " + number : "Платёж " + id;
        }
    }

    Optional<Seen> payment(long id) {
        return jdbc.sql("select " + COLUMNS + " from payment where id = ? for update").param(id).query(Mirror::seen)
                .optional();
    }

    /** Payments of companies with an ИНН, locked in the order of their ids. */
    List<Seen> ofInn(String inn) {
        List<Long> ids = jdbc.sql("""
                select distinct p.id from payment p join requisite r on r.company_id = p.company_id
                where r.inn = ? and p.deleted = false order by p.id""").param(inn).query(Long.class).list();
        return ids.stream().map(this::payment).flatMap(Optional::stream).toList();
    }

    /** Whether exactly this content was seen last. */
    boolean holds(Map<String, Object> item) {
        return jdbc.sql("select content from payment where id = ? and deleted = false").param(number(item.get("id")))
                .query(String.class).optional().filter(content(item)::equals).isPresent();
    }

    /** One number for an item's content; it only saves a read, so a clash costs a later poll. */
    private static String content(Map<String, Object> item) {
        TreeMap<String, Object> plain = new TreeMap<>(item);
        plain.replaceAll((key, value) -> value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString()
                : value);
        return Long.toHexString(plain.toString().chars().asLongStream()
                .reduce(1125899906842597L, (hash, letter) -> 31 * hash + letter));
    }

    /** Takes over what the portal says of a payment; a paid sum that is neither seen nor ours is a person's. */
    Seen see(Map<String, Object> item) {
        long id = number(item.get("id"));
        Optional<Seen> before = payment(id);
        long paid = kopecks(item.get("paid"));
        long amount = kopecks(item.get("amount"));
        String stage = text(item.get("stage"));
        if (before.isEmpty()) {
            long hand = "paid".equals(stage) ? Math.max(paid, amount) : paid;
            jdbc.sql("""
                    insert into payment (id, amount, currency, hand_paid, seen_paid, intended, deleted)
                    values (?, ?, ?, ?, ?, '', false)""").params(id, amount, currency(item), hand, paid).update();
        } else if (before.get().seenPaid() != paid && !isBlind(item)) {
            boolean ours = before.get().intended().contains(paid);
            jdbc.sql("update payment set seen_paid = ? where id = ?").params(paid, id).update();
            if (!ours) {
                hold(id, "оплаченная сумма изменена на портале вручную");
                countByHand(id, paid);
            }
        }
        if ("paid".equals(stage) && before.isPresent() && !"paid".equals(before.get().stage())
                && !"paid".equals(before.get().meantStage())) {
            // closed by hand: what our money does not cover was paid elsewhere
            countByHand(id, Math.max(paid, amount));
        }
        if (before.isPresent() && isMovedByPerson(before.get(), stage, item)) {
            hold(id, "стадия изменена на портале вручную");
        }
        jdbc.sql("""
                update payment set pipeline = ?, stage = ?, seen_stage = ?, title = ?, number = ?, invoice_date = ?, amount = ?,
                    currency = ?, company_id = ?, our_company = ?, deal_id = ?, deleted = false
                where id = ?""")
                .params(Arrays.asList(text(item.get("pipeline")), stage, stage, text(item.get("title")),
                        text(item.get("number")), date(item.get("invoiceDate")), amount, currency(item),
                        optional(item.get("company")), optional(item.get("ourCompany")), optional(item.get("deal")), id))
                .update();
        return payment(id).orElseThrow();
    }

    /** A renamed field reads as nothing; that is no person's decision. */
    private static boolean isBlind(Map<String, Object> item) {
        return item.get("missing") instanceof List<?> missing && missing.contains("payment.field.paid");
    }

    /**
     * Once we have moved a payment, a stage that is neither the last one seen nor the one we meant was chosen by a person,
     * unless a robot of the portal moved it. Before that, people move payments as they work.
     */
    private static boolean isMovedByPerson(Seen before, @Nullable String stage, Map<String, Object> item) {
        return before.stageBefore() != null && stage != null && !stage.equals(before.seenStage())
                && !stage.equals(before.meantStage()) && !Boolean.TRUE.equals(item.get("movedByRobot"));
    }

    /** A person's decision: the item leaves automatic writing. */
    private void hold(long id, String why) {
        jdbc.sql("update payment set held = ?, released = false where id = ?").params(why, id).update();
    }

    /** A sum set by hand counts as paid beside our allocations. */
    private void countByHand(long id, long paid) {
        jdbc.sql("""
                update payment set hand_paid = greatest(0,
                    ? - coalesce((select sum(amount) from allocation where payment_id = ? and active = true), 0))
                where id = ?""").params(paid, id, id).update();
    }

    /** Notes the content all of whose consequences have been drawn. */
    void keep(Map<String, Object> item) {
        jdbc.sql("update payment set content = ? where id = ?").params(content(item), number(item.get("id"))).update();
    }

    void gone(long id) {
        jdbc.sql("update payment set deleted = true where id = ?").param(id).update();
    }

    /** Keeps what is about to be written, so that the portal's echo is known as ours. */
    void intend(Seen payment, long paid, @Nullable String stage, String pendingJson, @Nullable String stageBefore) {
        List<Long> sums = new ArrayList<>(payment.intended());
        sums.remove(paid);
        sums.add(paid);
        String kept = sums.stream().skip(Math.max(0, sums.size() - REMEMBERED_SUMS)).map(String::valueOf)
                .collect(Collectors.joining(","));
        jdbc.sql("""
                update payment set intended = ?, meant_stage = coalesce(?, meant_stage), pending_json = ?, stage_before = ?
                where id = ?""").params(Arrays.asList(kept, stage, pendingJson, stageBefore, payment.id())).update();
    }

    /** What was about to be written has been. */
    void written(long id, long paid) {
        jdbc.sql("""
                update payment set pending_json = null, seen_paid = ?, intended = ?,
                    seen_stage = coalesce(meant_stage, seen_stage) where id = ?""")
                .params(paid, Long.toString(paid), id).update();
    }

    void release(long id) {
        jdbc.sql("update payment set held = null, released = true where id = ?").param(id).update();
    }

    /** Takes over a company and its requisites. @return the ИНН it has or had */
    List<String> seeCompany(Map<String, Object> company) {
        long id = number(company.get("id"));
        List<String> inns = new ArrayList<>(jdbc.sql("select inn from requisite where company_id = ?").param(id)
                .query(String.class).list());
        jdbc.sql("delete from requisite where company_id = ?").param(id).update();
        jdbc.sql("delete from company where id = ?").param(id).update();
        if (Boolean.TRUE.equals(company.get("deleted"))) {
            return inns;
        }
        jdbc.sql("insert into company (id, title, mine) values (?, ?, ?)")
                .params(Arrays.asList(id, text(company.get("title")), Boolean.TRUE.equals(company.get("isMyCompany"))))
                .update();
        if (company.get("requisites") instanceof List<?> rows) {
            for (Object row : rows) {
                String inn = row instanceof Map<?, ?> map ? text(map.get("inn")) : null;
                if (inn != null && inn.length() <= 12) {
                    String kpp = text(((Map<?, ?>) row).get("kpp"));
                    jdbc.sql("insert into requisite (company_id, inn, kpp) values (?, ?, ?)")
                            .params(Arrays.asList(id, inn, kpp != null && kpp.length() <= 9 ? kpp : null)).update();
                    inns.add(inn);
                }
            }
        }
        return inns.stream().distinct().toList();
    }

    List<String> innsOf(long company) {
        return jdbc.sql("select distinct inn from requisite where company_id = ? order by inn").param(company)
                .query(String.class).list();
    }

    private static Seen seen(ResultSet row, int number) throws SQLException {
        Date invoice = row.getDate("invoice_date");
        String intended = row.getString("intended");
        return new Seen(row.getLong("id"), row.getString("pipeline"), row.getString("stage"), row.getString("title"),
                row.getString("number"), invoice == null ? null : invoice.toLocalDate(), row.getLong("amount"),
                row.getString("currency"), row.getObject("company_id", Long.class),
                row.getObject("our_company", Long.class), row.getObject("deal_id", Long.class),
                row.getLong("hand_paid"), row.getLong("seen_paid"), intended.isEmpty() ? List.of()
                        : Arrays.stream(intended.split(",")).flatMapToLong(one -> LongStream.of(Long.parseLong(one)))
                                .boxed().toList(),
                row.getString("seen_stage"), row.getString("meant_stage"), row.getString("stage_before"),
                row.getString("pending_json"), row.getString("held"),
                row.getBoolean("deleted"), row.getBoolean("released"));
    }

    /** Whole hundredths of a JSON-like sum; nothing counts as zero. @throws ArithmeticException for finer sums */
    static long kopecks(@Nullable Object sum) {
        return sum == null ? 0 : new BigDecimal(sum.toString()).movePointRight(2).longValueExact();
    }

    static BigDecimal rubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }

    static long number(@Nullable Object id) {
        return Long.parseLong(String.valueOf(id));
    }

    private static @Nullable Long optional(@Nullable Object id) {
        return id == null ? null : Long.valueOf(number(id));
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    private static @Nullable LocalDate date(@Nullable Object value) {
        return value == null ? null : LocalDate.parse(value.toString());
    }

    private static String currency(Map<String, Object> item) {
        String currency = text(item.get("currency"));
        return currency == null ? "RUB" : currency;
    }
}
