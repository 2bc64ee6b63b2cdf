package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Open questions that one decision may answer together, such as twenty salaries: money that goes the same way, is given
 * to nothing, and whose purposes begin with the same words. Read only, for the desk: a person looks and says which.
 */
public class AlikeReviews {

    /** Two words, the first of four letters or more: «Заработная плата», «Комиссия за». */
    private static final Pattern BEGINNING = Pattern.compile("^\\W*(\\p{L}{4,})[^\\p{L}\\d]+(\\p{L}{2,})?",
            Pattern.UNICODE_CHARACTER_CLASS);
    /** More than a month of a small company has of one kind. */
    private static final int MOST = 100;

    private final JdbcClient jdbc;

    AlikeReviews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An operation behind such a question. @param account the other side's */
    public record Alike(long review, long operation, LocalDate bookedOn, BigDecimal amount, String currency,
            boolean incoming, @Nullable String party, @Nullable String inn, @Nullable String account, String purpose) {
    }

    /** The words that a purpose begins with, small letters; empty where it begins with none that say anything. */
    static Optional<String> beginning(String purpose) {
        Matcher words = BEGINNING.matcher(purpose.toLowerCase(Locale.ROOT));
        return words.find() ? Optional.of(words.group().strip()) : Optional.empty();
    }

    /** The question's own operation. */
    public Optional<Alike> of(long review) {
        return jdbc.sql(select("r.id = ?")).param(review).query(AlikeReviews::row).optional();
    }

    /** Others like it, oldest first. */
    public List<Alike> like(Alike one) {
        return beginning(one.purpose()).map(words -> jdbc.sql(select("""
                r.state = 'open' and r.id <> ? and o.direction = ? and o.currency = ? and lower(o.purpose) like ?
                and not exists (select 1 from share s where s.operation_id = o.id and s.ended_by is null)
                and r.kind in ('operation', 'history')""") + " order by r.id limit " + MOST)
                .params(one.review(), one.incoming() ? "INCOMING" : "OUTGOING", one.currency(),
                        Likeness.startsWith(words)).query(AlikeReviews::row).list()).orElse(List.of());
    }

    private static String select(String where) {
        return """
                select r.id, o.id, o.booked_on, o.amount, o.currency, o.direction, o.party_name, o.party_inn,
                    o.party_account, o.purpose
                from review r join bank_operation o on o.id = r.operation_id where\s""" + where;
    }

    private static Alike row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Alike(row.getLong(1), row.getLong(2), row.getDate(3).toLocalDate(),
                PortalItem.rubles(row.getLong(4)), row.getString(5), "INCOMING".equals(row.getString(6)),
                row.getString(7), row.getString(8), row.getString(9), row.getString(10));
    }
}
