package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Matcher;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Payments of the portal by number, sum, customer or title, with what is open of them: read only, for the desk. */
public class PaymentSearch {

    private static final String SELECT = """
            select p.id, p.title, p.number, p.invoice_date, p.amount, p.currency, p.pipeline, p.stage, p.semantics,
                p.deleted, p.deal_id, p.held, c.title, (select min(r.inn) from requisite r where r.company_id = p.company_id),
                coalesce((select sum(s.amount) from share s where s.payment_id = p.id and s.ended_by is null), 0),
                coalesce((select sum(s.amount) from share s where s.payment_id = p.id and s.ended_by is null
                    and s.operation_id is null), 0), p.company_id
            from payment p left join company c on c.id = p.company_id
            """;

    /** Of each kind of likeness; more than a person looks through. */
    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final WordSearch words;

    PaymentSearch(JdbcClient jdbc, WordSearch words) {
        this.jdbc = jdbc;
        this.words = words;
    }

    /**
     * A payment.
     *
     * @param paid what counts as paid, {@code hand} the part of it that people marked; sums with two decimals
     * @param closed whether no money may be given to it
     * @param held why it has left automatic writing; null where it has not
     */
    public record Found(long id, String title, @Nullable String number, @Nullable LocalDate invoiceDate,
            BigDecimal amount, String currency, boolean incoming, @Nullable String stage, boolean closed,
            @Nullable Long deal, @Nullable String held, @Nullable String company, @Nullable String inn,
            BigDecimal paid, BigDecimal hand, @Nullable Long companyId) {

        /** What is left to pay; never below zero. */
        public BigDecimal open() {
            return amount.subtract(paid).max(BigDecimal.ZERO.setScale(2));
        }
    }

    public Optional<Found> find(long id) {
        return jdbc.sql(SELECT + "where p.id = ?").param(id).query(PaymentSearch::found).optional();
    }

    public List<Found> find(Collection<Long> ids) {
        return ids.isEmpty() ? List.of()
                : jdbc.sql(SELECT + "where p.id in (:ids) order by p.id").param("ids", ids)
                        .query(PaymentSearch::found).list();
    }

    /** Payments of companies in one direction, deleted and closed ones left out. */
    public List<Found> ofCompanies(Collection<Long> companies, boolean incoming) {
        return companies.isEmpty() ? List.of() : jdbc.sql(SELECT + "where p.company_id in (:companies) and p.deleted = false"
                + " order by p.id").param("companies", companies).query(PaymentSearch::found).list().stream()
                .filter(one -> !one.closed() && one.incoming() == incoming).toList();
    }

    /**
     * By number, sum, title, or name or ИНН of the customer, the newest first; where a text fits very many customers, those
     * of the newest of them.
     *
     * @param incoming true for money that comes, false for money that goes; null for both
     */
    public List<Found> find(String q, @Nullable Boolean incoming, int limit) {
        String side = incoming == null ? "" : incoming ? " and coalesce(p.pipeline, 'in') <> 'out'"
                : " and p.pipeline = 'out'";
        return jdbc.sql(SELECT + "where p.id = any(:ids) and p.deleted = false" + side
                + " order by p.id desc limit :limit").param("ids", ids(q.strip()).toArray(Long[]::new))
                .param("limit", limit).query(PaymentSearch::found).list();
    }

    private Set<Long> ids(String text) {
        Set<Long> ids = new HashSet<>(words.payments(text, MOST).ids());
        String key = Matcher.numbersIn("счет № " + text).stream().findFirst().orElse(text);
        ids.addAll(jdbc.sql("select id from payment where number_key = ? order by id + 0 desc limit ?").params(key, MOST)
                .query(Long.class).list());
        Likeness.kopecks(text).ifPresent(kopecks -> ids.addAll(jdbc.sql("""
                select id from payment where amount = ? order by id + 0 desc limit ?""").params(kopecks, MOST)
                .query(Long.class).list()));
        Set<Long> companies = new HashSet<>(words.companies(text, MOST).ids());
        companies.addAll(jdbc.sql("select company_id from requisite where inn = ?").param(text).query(Long.class).list());
        if (!companies.isEmpty()) {
            ids.addAll(jdbc.sql("""
                    select id from payment where company_id = any(?) and deleted = false order by id + 0 desc limit ?""")
                    .params(companies.toArray(Long[]::new), MOST).query(Long.class).list());
        }
        return ids;
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        java.sql.Date invoiced = row.getDate(4);
        long id = row.getLong(1);
        String title = row.getString(2) != null ? row.getString(2)
                : row.getString(3) != null ? "Счёт № " + row.getString(3) : "№ " + id;
        boolean closed = row.getBoolean(10) || row.getString(7) == null || "cancelled".equals(row.getString(8))
                || "failure".equals(row.getString(9));
        return new Found(id, title, row.getString(3), invoiced == null ? null : invoiced.toLocalDate(),
                PortalItem.rubles(row.getLong(5)), row.getString(6), !"out".equals(row.getString(7)),
                row.getString(8), closed, row.getObject(11, Long.class), row.getString(12), row.getString(13),
                row.getString(14), PortalItem.rubles(row.getLong(15)), PortalItem.rubles(row.getLong(16)),
                row.getObject(17, Long.class));
    }
}
