package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Open questions as a list that a person narrows, and what became of one: read only, for the desk. */
public class ReviewPages {

    private static final String FROM = " from review r left join bank_operation o on o.id = r.operation_id where ";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    ReviewPages(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Which questions; what is null does not narrow.
     *
     * @param account our bank account
     * @param q part of the customer's name or of the purpose, or an ИНН
     * @param least the smallest sum of the operation
     * @param most its largest
     * @param days asked at least so many days ago
     */
    public record Wanted(@Nullable String account, @Nullable String kind, @Nullable String q,
            @Nullable BigDecimal least, @Nullable BigDecimal most, @Nullable Integer days) {
    }

    /**
     * @param operation null for a kind that is about no one operation; then {@code party} says what it is about, and
     *     {@code purpose} why it is asked
     */
    public record Row(long id, String kind, @Nullable Long operation, @Nullable String account, boolean incoming,
            @Nullable LocalDate bookedOn, @Nullable BigDecimal amount, @Nullable String currency,
            @Nullable String party, @Nullable String purpose, Instant askedAt) {
    }

    /** @param state open, decided or settled; @param by who decided it; @param why how its operation stands now */
    public record Outcome(String state, @Nullable String by, @Nullable Long operation, @Nullable String why) {
    }

    /** A payment it could be, best first. @param proposed what the machine would give to it; null where nothing */
    public record Candidate(long payment, String title, List<String> reasonsFor, List<String> reasonsAgainst,
            @Nullable BigDecimal proposed) {
    }

    public List<Candidate> candidates(Reviews.Question question) {
        return question.candidates().stream().map(ReviewPages::candidate).toList();
    }

    static Candidate candidate(Questions.Choice choice) {
        return new Candidate(PortalItem.number(choice.payment().get("id")), String.valueOf(choice.payment().get("title")),
                choice.reasonsFor(), choice.reasonsAgainst(),
                choice.amount() == null ? null : new BigDecimal(choice.amount()));
    }

    /** Oldest first. @param after only those asked later than this one; 0 for all */
    public List<Row> list(Wanted wanted, long after, int limit) {
        return list(wanted, "r.id > :at", "r.id", after, limit);
    }

    /** The last ones before a question and itself, oldest first. */
    public List<Row> upTo(Wanted wanted, long review, int limit) {
        List<Row> rows = new ArrayList<>(list(wanted, "r.id <= :at", "r.id desc", review, limit));
        Collections.reverse(rows);
        return rows;
    }

    private List<Row> list(Wanted wanted, String where, String order, long at, int limit) {
        Map<String, Object> named = new HashMap<>(Map.of("at", at, "limit", limit));
        return jdbc.sql("""
                select r.id, r.kind, r.operation_id, coalesce(o.bank_account, case when r.kind = 'withdrawals' then r.account end), o.direction, o.booked_on,
                    o.amount, o.currency, coalesce(o.party_name, o.party_inn), o.purpose, r.asked_at, r.subject_json"""
                + FROM + where(wanted, named) + " and " + where + " order by " + order + " limit :limit")
                .params(named).query(this::row).list();
    }

    public long count(Wanted wanted) {
        Map<String, Object> named = new HashMap<>();
        String where = where(wanted, named);
        return jdbc.sql("select count(*)" + FROM + where).params(named).query(Long.class).single();
    }

    /** How many are open, by kind. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql("select kind, count(*) from review where state = 'open' group by kind order by kind")
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /** Our accounts that have something open. */
    public List<String> accounts() {
        return jdbc.sql("select distinct coalesce(o.bank_account, r.account)" + FROM
                + "r.state = 'open' and (r.operation_id is not null or r.kind = 'withdrawals') order by 1").query(String.class).list();
    }

    public Optional<Outcome> outcome(long review) {
        return jdbc.sql("""
                select r.state, r.decided_by, r.operation_id, o.explanation from review r
                left join bank_operation o on o.id = r.operation_id where r.id = ?""").param(review)
                .query((row, number) -> new Outcome(row.getString(1), row.getString(2), row.getObject(3, Long.class),
                        row.getString(4))).optional();
    }

    /** The open question on an operation. */
    public Optional<Long> openOn(long operation) {
        return jdbc.sql("select max(id) from review where operation_id = ? and state = 'open'").param(operation)
                .query(Long.class).optional();
    }

    private String where(Wanted wanted, Map<String, Object> named) {
        List<String> where = new ArrayList<>(List.of("r.state = 'open'"));
        narrow(where, named, "coalesce(o.bank_account, r.account) = :account", "account", wanted.account());
        narrow(where, named, "r.kind = :kind", "kind", wanted.kind());
        narrow(where, named, "o.amount >= :least", "least", kopecks(wanted.least()));
        narrow(where, named, "o.amount <= :most", "most", kopecks(wanted.most()));
        if (wanted.days() != null) {
            narrow(where, named, "r.asked_at <= :asked", "asked",
                    clock.instant().minus(Duration.ofDays(wanted.days())).toEpochMilli());
        }
        if (wanted.q() != null && !wanted.q().isBlank()) {
            where.add("(lower(coalesce(o.party_name, '')) like :q or lower(o.purpose) like :q or o.party_inn = :inn"
                    + " or lower(r.subject_json) like :q)");
            named.put("q", Likeness.contains(wanted.q()));
            named.put("inn", wanted.q().strip());
        }
        return String.join(" and ", where);
    }

    private static void narrow(List<String> where, Map<String, Object> named, String condition, String name,
            @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            where.add(condition);
            named.put(name, value);
        }
    }

    private static @Nullable Long kopecks(@Nullable BigDecimal sum) {
        return sum == null ? null : sum.movePointRight(2).longValue();
    }

    private Row row(ResultSet row, int number) throws SQLException {
        java.sql.Date booked = row.getDate(6);
        Long amount = row.getObject(7, Long.class);
        Map<String, Object> subject = row.getString(12) == null ? Map.of()
                : json.readValue(row.getString(12), new TypeReference<Map<String, Object>>() { });
        return new Row(row.getLong(1), row.getString(2), row.getObject(3, Long.class), row.getString(4),
                "INCOMING".equals(row.getString(5)), booked == null ? null : booked.toLocalDate(),
                amount == null ? null : PortalItem.rubles(amount), row.getString(8),
                row.getString(9) == null ? PortalItem.text(subject.get("title")) : row.getString(9),
                row.getString(10) == null ? PortalItem.text(subject.get("why")) : row.getString(10),
                Instant.ofEpochMilli(row.getLong(11)));
    }
}
