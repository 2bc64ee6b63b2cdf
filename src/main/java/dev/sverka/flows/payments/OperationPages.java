package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger by account and day, with totals of its boxes: read only, for the desk. */
public class OperationPages {

    private static final String COLUMNS = """
            select o.id, o.bank_account, o.direction, o.booked_on, o.amount, o.currency, o.doc_number, o.purpose,
                o.party_name, o.party_inn, case when o.box = 'new' then 'review' else o.box end, o.explanation,
                o.withdrawn, o.by_person,
                (select max(r.id) from review r where r.operation_id = o.id and r.state = 'open'),
                coalesce((select sum(s.amount) from share s where s.operation_id = o.id and s.ended_by is null), 0)
            from bank_operation o
            """;

    /** More than a year of most. */
    private static final int LATELY = 50_000;

    private final JdbcClient jdbc;

    OperationPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param q see {@link OperationList.Wanted}; null narrows nothing */
    public record Wanted(@Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to,
            @Nullable String box, @Nullable String q) {
    }

    /** @param given what of it is given to payments; @param review the open question on it */
    public record Line(long id, String account, boolean incoming, LocalDate day, BigDecimal amount, String currency,
            @Nullable String number, String purpose, @Nullable String party, @Nullable String inn, String box,
            @Nullable String why, boolean withdrawn, @Nullable String by, @Nullable Long review, BigDecimal given) {
    }

    /** What came and went of an account on a day, in one box. Withdrawn operations do not count. */
    public record Total(String account, LocalDate day, String box, String currency, BigDecimal in, BigDecimal out,
            long count) {
    }

    /** The newest day first. @param from how many to leave out */
    public List<Line> list(Wanted wanted, int from, int limit) {
        Map<String, Object> named = new HashMap<>(Map.of("limit", limit, "skip", from));
        return jdbc.sql(COLUMNS + where(wanted, named)
                + " order by o.booked_on desc, o.bank_account desc, o.id desc limit :limit offset :skip")
                .params(named).query(OperationPages::line).list();
    }

    public List<Line> list(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : jdbc.sql(COLUMNS + " where o.id in (:ids) order by o.booked_on desc, o.id desc")
                .param("ids", ids).query(OperationPages::line).list();
    }

    public Optional<Line> find(long id) {
        return jdbc.sql(COLUMNS + " where o.id = ?").param(id).query(OperationPages::line).optional();
    }

    /** Sums of exactly what {@link #list} shows, by account, day and box; the newest day first. */
    public List<Total> totals(Wanted wanted) {
        Map<String, Object> named = new HashMap<>();
        return jdbc.sql("""
                select o.bank_account, o.booked_on, case when o.box = 'new' then 'review' else o.box end, o.currency,
                    sum(case when o.direction = 'INCOMING' then o.amount else 0 end),
                    sum(case when o.direction = 'INCOMING' then 0 else o.amount end), count(*)
                from bank_operation o""" + where(wanted, named) + """
                 and o.withdrawn = false group by o.bank_account, o.booked_on,
                    case when o.box = 'new' then 'review' else o.box end, o.currency
                order by o.booked_on desc, o.bank_account desc, 3""").params(named)
                .query((row, number) -> new Total(row.getString(1), row.getDate(2).toLocalDate(), row.getString(3),
                        row.getString(4), PortalItem.rubles(row.getLong(5)), PortalItem.rubles(row.getLong(6)),
                        row.getLong(7))).list();
    }

    /** Each is the first one after the one before: a look into the index for an account, not for an operation. */
    public List<String> accounts() {
        List<String> accounts = new ArrayList<>();
        Optional<String> next = after("");
        while (next.isPresent()) {
            accounts.add(next.get());
            next = after(next.get());
        }
        return accounts;
    }

    private Optional<String> after(String account) {
        return jdbc.sql("""
                select bank_account from bank_operation where bank_account > ? order by bank_account limit 1""")
                .param(account).query(String.class).optional();
    }

    /**
     * By number, sum or ИНН among all; by words of purpose or name among the latest {@link #LATELY}, for no index tells
     * them.
     *
     * @param all whether words are looked for among all too, however long it takes
     */
    public List<Line> search(String q, boolean all, int limit) {
        String text = q.strip();
        Map<String, Object> named = new HashMap<>(Map.of("exact", text, "limit", limit));
        String ids = "select id from bank_operation where party_inn = :exact"
                + " union select id from bank_operation where doc_number = :exact";
        Optional<Long> kopecks = Likeness.kopecks(text);
        if (kopecks.isPresent()) {
            ids += " union select id from bank_operation where amount = :kopecks";
            named.put("kopecks", kopecks.get());
        }
        if (isInWords(text)) {
            ids += " union select l.id from " + (all ? "bank_operation" : "(select id, purpose, party_name from"
                    + " bank_operation order by id desc limit " + LATELY + ")") + " l where lower(l.purpose) like :like"
                    + " or lower(l.party_name) like :like";
            named.put("like", Likeness.contains(text));
        }
        return jdbc.sql(COLUMNS + " where o.id in (" + ids + ") order by o.booked_on desc, o.id desc limit :limit")
                .params(named).query(OperationPages::line).list();
    }

    /** Whether it is looked for in texts too: what is digits alone is a number, a sum or an ИНН, or part of an account. */
    public static boolean isInWords(String text) {
        return text.chars().anyMatch(Character::isLetter) || text.length() < 3;
    }

    private static String where(Wanted wanted, Map<String, Object> named) {
        List<String> where = new ArrayList<>(List.of("1 = 1"));
        narrow(where, named, "o.bank_account = :account", "account", wanted.account());
        narrow(where, named, "o.booked_on >= :from", "from", wanted.from());
        narrow(where, named, "o.booked_on <= :to", "to", wanted.to());
        if ("review".equals(wanted.box())) {
            where.add("o.box in ('new', 'review')");
        } else {
            narrow(where, named, "o.box = :box", "box", wanted.box());
        }
        if (wanted.q() != null && !wanted.q().isBlank()) {
            String text = wanted.q().strip();
            String any = "lower(o.purpose) like :like or lower(coalesce(o.party_name, '')) like :like"
                    + " or o.party_inn = :exact or o.doc_number = :exact";
            named.put("like", Likeness.contains(text));
            named.put("exact", text);
            Optional<Long> kopecks = Likeness.kopecks(text);
            if (kopecks.isPresent()) {
                any += " or o.amount = :kopecks";
                named.put("kopecks", kopecks.get());
            }
            where.add("(" + any + ")");
        }
        return " where " + String.join(" and ", where);
    }

    private static void narrow(List<String> where, Map<String, Object> named, String condition, String name,
            @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            where.add(condition);
            named.put(name, value);
        }
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        return new Line(row.getLong(1), row.getString(2), row.getString(3).equals("INCOMING"),
                row.getDate(4).toLocalDate(), PortalItem.rubles(row.getLong(5)), row.getString(6), row.getString(7),
                row.getString(8), row.getString(9), row.getString(10), row.getString(11), row.getString(12),
                row.getBoolean(13), row.getString(14), row.getObject(15, Long.class),
                PortalItem.rubles(row.getLong(16)));
    }
}
