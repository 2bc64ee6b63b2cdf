package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    private static final String NEWEST = " order by o.booked_on desc, o.bank_account desc, o.id desc";
    private static final String OLDEST = " order by o.booked_on, o.bank_account, o.id";
    /** More than a person looks through. */
    private static final int LATELY = 300;
    /** Of what fits a text so many are summed up: whoever wants more says of which days. */
    private static final int MOST = 5000;

    private final JdbcClient jdbc;
    private final OperationSearch search;

    OperationPages(JdbcClient jdbc, OperationSearch search) {
        this.jdbc = jdbc;
        this.search = search;
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

    /** Where a page of the ledger ends or begins: the day, account and number of its last or first line. */
    public record Place(LocalDate day, String account, long id) {

        static final String AFTER = " and o.booked_on <= :day and (o.booked_on < :day or o.bank_account < :place"
                + " or o.bank_account = :place and o.id < :id)";
        static final String BEFORE = " and o.booked_on >= :day and (o.booked_on > :day or o.bank_account > :place"
                + " or o.bank_account = :place and o.id > :id)";
    }

    /**
     * A page of the ledger.
     *
     * @param totals of all that fits, not of the page alone
     * @param whole whether all that fits what was typed is there; else only the newest of it
     */
    public record Ledger(List<Line> lines, List<Total> totals, boolean whole) {
    }

    /** The newest day first. @param place null for the first page; @param after whether what follows the place is wanted */
    public Ledger ledger(Wanted wanted, @Nullable Place place, boolean after, int limit) {
        Map<String, Object> named = new HashMap<>();
        Narrow narrow = where(wanted, named, MOST);
        List<Total> totals = totals(narrow.where(), named);
        String more = "";
        if (place != null) {
            named.putAll(Map.of("day", place.day(), "place", place.account(), "id", place.id()));
            more = after ? Place.AFTER : Place.BEFORE;
        }
        String order = place == null || after ? NEWEST : OLDEST;
        named.put("limit", limit);
        List<Line> lines = new ArrayList<>(jdbc.sql(COLUMNS + narrow.where() + more + order + " limit :limit")
                .params(named).query(OperationPages::line).list());
        if (order.equals(OLDEST)) {
            Collections.reverse(lines);
        }
        return new Ledger(lines, totals, narrow.whole());
    }

    /** All that fits, the newest day first. */
    public List<Line> all(Wanted wanted, int limit) {
        Map<String, Object> named = new HashMap<>();
        String where = where(wanted, named, limit).where();
        named.put("limit", limit);
        return jdbc.sql(COLUMNS + where + NEWEST + " limit :limit").params(named).query(OperationPages::line).list();
    }

    public List<Line> list(Collection<Long> ids) {
        return list(ids, ids.size());
    }

    private List<Line> list(Collection<Long> ids, int limit) {
        return ids.isEmpty() ? List.of() : jdbc.sql(COLUMNS + " where o.id in (select f.id from bank_operation f"
                + " where f.id = any(?) order by f.booked_on desc, f.id desc limit ?) order by o.booked_on desc, o.id desc")
                .param(ids.toArray(Long[]::new)).param(limit)
                .query(OperationPages::line).list();
    }

    public Optional<Line> find(long id) {
        return jdbc.sql(COLUMNS + " where o.id = ?").param(id).query(OperationPages::line).optional();
    }

    private List<Total> totals(String where, Map<String, Object> named) {
        return jdbc.sql("""
                select o.bank_account, o.booked_on, case when o.box = 'new' then 'review' else o.box end, o.currency,
                    sum(case when o.direction = 'INCOMING' then o.amount else 0 end),
                    sum(case when o.direction = 'INCOMING' then 0 else o.amount end), count(*)
                from bank_operation o""" + where + """
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

    /** By number, sum, ИНН, or words of purpose and name: of the newest {@link #LATELY} that fit, the latest days first. */
    public List<Line> search(String q, int limit) {
        return list(search.find(q, null, null, LATELY).ids(), limit);
    }

    /** Whether words have been taken of so few operations yet that some are not found by them. */
    public boolean isBehind() {
        return search.isBehind();
    }

    private record Narrow(String where, boolean whole) {
    }

    private Narrow where(Wanted wanted, Map<String, Object> named, int most) {
        List<String> where = new ArrayList<>(List.of("1 = 1"));
        narrow(where, named, "o.bank_account = :account", "account", wanted.account());
        narrow(where, named, "o.booked_on >= :from", "from", wanted.from());
        narrow(where, named, "o.booked_on <= :to", "to", wanted.to());
        if ("review".equals(wanted.box())) {
            where.add("o.box in ('new', 'review')");
        } else {
            narrow(where, named, "o.box = :box", "box", wanted.box());
        }
        boolean whole = true;
        if (wanted.q() != null && !wanted.q().isBlank()) {
            WordIndex.Hits hits = search.find(wanted.q(), wanted.from(), wanted.to(), most);
            where.add("o.id = any(:ids)");
            named.put("ids", hits.ids().toArray(Long[]::new));
            whole = hits.whole();
        }
        return new Narrow(" where " + String.join(" and ", where), whole);
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
