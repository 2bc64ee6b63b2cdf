package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All that ever happened to an operation, and to a payment's money: read only, for the desk. */
public class OperationStory {

    private static final String SHARES = """
            select s.operation_id, s.payment_id, s.amount, s.begun_by, s.ended_by, coalesce(p.title, p.number), o.booked_on,
                coalesce(o.party_name, o.party_inn), coalesce(o.currency, p.currency, 'RUB'), b.at, b.rule, b.by_person,
                b.why, e.at, e.rule, e.by_person, e.why
            from share s join decision b on b.id = s.begun_by left join decision e on e.id = s.ended_by
            left join payment p on p.id = s.payment_id left join bank_operation o on o.id = s.operation_id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    OperationStory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the bank told, once. @param number 1 for the first content, 2 for its first edit … */
    public record Version(int number, String source, String sourceId, Instant at, boolean incoming, BigDecimal amount,
            String currency, LocalDate day, @Nullable String document, String purpose, @Nullable String party,
            @Nullable String inn) {
    }

    /** Who decided what, and why. @param by null for the machine */
    public record Said(long id, Instant at, int version, String rule, String ruleVersion, @Nullable String by,
            String why) {
    }

    /** What a person was asked. @param by who answered; null where nobody has */
    public record Asked(long id, Instant at, String kind, String state, @Nullable String by,
            List<ReviewPages.Candidate> candidates) {
    }

    /** Who let money be given, or take it back. */
    public record Cause(Instant at, String rule, @Nullable String by, String why) {
    }

    /**
     * Money of an operation on a payment.
     *
     * @param operation null for money that a person's hand set on the portal
     * @param begunBy the decision that gave it, {@code endedBy} the one that took it back; null while it stands
     */
    public record Given(@Nullable Long operation, long payment, BigDecimal amount, long begunBy, @Nullable Long endedBy,
            @Nullable String title, @Nullable LocalDate day, @Nullable String party, String currency, Cause begun,
            @Nullable Cause ended) {
    }

    /** Oldest first. */
    public List<Version> versions(long operation) {
        return jdbc.sql("""
                select number, source, source_id, told_at, direction, amount, currency, booked_on, doc_number, purpose,
                    party_name, party_inn from operation_version where operation_id = ? order by number""")
                .param(operation).query((row, number) -> new Version(row.getInt(1), row.getString(2), row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)), "INCOMING".equals(row.getString(5)),
                        PortalItem.rubles(row.getLong(6)), row.getString(7), row.getDate(8).toLocalDate(),
                        row.getString(9), row.getString(10), row.getString(11), row.getString(12))).list();
    }

    /** Oldest first. */
    public List<Said> decisions(long operation) {
        return jdbc.sql("""
                select id, at, operation_version, rule, rule_version, by_person, why from decision
                where operation_id = ? order by id""").param(operation)
                .query((row, number) -> new Said(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3),
                        row.getString(4), row.getString(5), row.getString(6), row.getString(7))).list();
    }

    /** Oldest first. */
    public List<Asked> questions(long operation) {
        return jdbc.sql("""
                select id, asked_at, kind, state, decided_by, candidates_json from review
                where operation_id = ? order by id""").param(operation)
                .query((row, number) -> new Asked(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3), row.getString(4), row.getString(5), candidates(row.getString(6)))).list();
    }

    private List<ReviewPages.Candidate> candidates(String text) {
        return json.readValue(text, new TypeReference<List<Questions.Choice>>() { }).stream()
                .map(ReviewPages::candidate).toList();
    }

    /** Oldest first, what has been taken back among it. */
    public List<Given> ofOperation(long operation) {
        return jdbc.sql(SHARES + " where s.operation_id = ? order by s.id").param(operation)
                .query(OperationStory::given).list();
    }

    /** Oldest first, what has been taken back and what people's hands set among it. */
    public List<Given> ofPayment(long payment) {
        return jdbc.sql(SHARES + " where s.payment_id = ? order by s.id").param(payment)
                .query(OperationStory::given).list();
    }

    private static Given given(ResultSet row, int number) throws SQLException {
        java.sql.Date day = row.getDate(7);
        Cause begun = new Cause(Instant.ofEpochMilli(row.getLong(10)), row.getString(11), row.getString(12),
                row.getString(13));
        Long endedBy = row.getObject(5, Long.class);
        Cause ended = endedBy == null ? null : new Cause(Instant.ofEpochMilli(row.getLong(14)), row.getString(15),
                row.getString(16), row.getString(17));
        return new Given(row.getObject(1, Long.class), row.getLong(2), PortalItem.rubles(row.getLong(3)), row.getLong(4),
                endedBy, row.getString(6), day == null ? null : day.toLocalDate(), row.getString(8), row.getString(9),
                begun, ended);
    }
}
