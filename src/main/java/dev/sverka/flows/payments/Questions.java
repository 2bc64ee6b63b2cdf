package dev.sverka.flows.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The questions that wait for people, as rows. Joins the running transaction. */
public final class Questions {

    private static final String COLUMNS = """
            id, version, kind, operation_id, state, read_json, candidates_json, about_rest, account, subject_json,
            decided_by, operation_version""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    Questions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A question.
     *
     * @param operation null for a kind that is about no one operation
     * @param state open, decided or settled
     * @param subject what such a kind asks about, JSON
     */
    record Row(long id, int version, String kind, @Nullable Long operation, String state, String read,
            String candidates, boolean aboutRest, @Nullable String account, @Nullable String subject,
            @Nullable String decidedBy, int operationVersion) {
    }

    /** A payment it could be. @param amount what the machine would give to it; null but for proposals */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Choice(Map<String, Object> payment, @JsonProperty("for") List<String> reasonsFor,
            @JsonProperty("against") List<String> reasonsAgainst, @Nullable String amount) {
    }

    /** Asks; a question on the same content of the operation is brought up to date, one on an earlier content ends. */
    void ask(StoredOperation operation, Decision.Question question) {
        String candidates = json.writeValueAsString(question.candidates().stream()
                .map(one -> choice(one, question.proposed())).toList());
        String read = json.writeValueAsString(question.read());
        Optional<Row> open = ofOperation(operation.id());
        if (open.isPresent() && open.get().operationVersion() != operation.version()) {
            settle(operation.id());
            open = Optional.empty();
        }
        if (open.isEmpty()) {
            jdbc.sql("""
                    insert into review (kind, operation_id, state, read_json, candidates_json, about_rest, asked_at,
                        operation_version)
                    values (?, ?, 'open', ?, ?, ?, ?, ?)""")
                    .params(question.kind(), operation.id(), read, candidates, question.aboutRest(), clock.millis(),
                            operation.version()).update();
        } else if (!isSame(open.get(), question, read, candidates)) {
            jdbc.sql("""
                    update review set kind = ?, read_json = ?, candidates_json = ?, about_rest = ?, version = version + 1
                    where id = ?""")
                    .params(question.kind(), read, candidates, question.aboutRest(), open.get().id()).update();
        }
    }

    private static boolean isSame(Row row, Decision.Question question, String read, String candidates) {
        return row.kind().equals(question.kind()) && row.read().equals(read) && row.candidates().equals(candidates)
                && row.aboutRest() == question.aboutRest();
    }

    private static Choice choice(Candidate candidate, List<Part> proposed) {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("id", candidate.payment());
        payment.put("title", candidate.title());
        payment.put("rest", PortalItem.rubles(candidate.rest()).toPlainString());
        return new Choice(payment, candidate.reasonsFor(), candidate.reasonsAgainst(), proposed.stream()
                .filter(part -> part.payment() == candidate.payment()).findFirst()
                .map(part -> PortalItem.rubles(part.amount()).toPlainString()).orElse(null));
    }

    /** Asks about an account as a whole, such as many withdrawals at once; one question of a kind for each. */
    void ask(String kind, String account, Map<String, Object> subject) {
        ask(kind, account, subject, List.of());
    }

    /**
     * As the other one, with what it could be; see {@link Asked}.
     *
     * @param about what the question is about, at most 20 characters; one question of a kind for each
     */
    public void ask(String kind, String about, Map<String, Object> subject, List<Choice> choices) {
        String text = json.writeValueAsString(subject);
        String candidates = json.writeValueAsString(choices);
        Optional<Row> open = jdbc.sql("select " + COLUMNS + " from review where kind = ? and account = ? and state = 'open'")
                .params(kind, about).query(Questions::row).optional();
        if (open.isEmpty()) {
            jdbc.sql("""
                    insert into review (kind, account, state, read_json, candidates_json, subject_json, asked_at)
                    values (?, ?, 'open', '[]', ?, ?, ?)""")
                    .params(kind, about, candidates, text, clock.millis()).update();
        } else if (!text.equals(open.get().subject()) || !candidates.equals(open.get().candidates())) {
            jdbc.sql("""
                    update review set subject_json = ?, candidates_json = ?, version = version + 1 where id = ?""")
                    .params(text, candidates, open.get().id()).update();
        }
    }

    /** The question on an account has answered itself. */
    public void settle(String kind, String account) {
        jdbc.sql("update review set state = 'settled' where kind = ? and account = ? and state = 'open'")
                .params(kind, account).update();
    }

    /** The question on an operation has answered itself. */
    void settle(long operation) {
        jdbc.sql("update review set state = 'settled' where operation_id = ? and state = 'open'").param(operation)
                .update();
    }

    void decided(long id, Object said, String by) {
        jdbc.sql("update review set state = 'decided', decision_json = ?, decided_by = ? where id = ?")
                .params(json.writeValueAsString(said), by, id).update();
    }

    /** A question, locked. */
    Optional<Row> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from review where id = ? for update").param(id).query(Questions::row)
                .optional();
    }

    Optional<Row> look(long id) {
        return jdbc.sql("select " + COLUMNS + " from review where id = ?").param(id).query(Questions::row).optional();
    }

    Optional<Row> ofOperation(long operation) {
        return jdbc.sql("select " + COLUMNS + " from review where operation_id = ? and state = 'open'").param(operation)
                .query(Questions::row).optional();
    }

    /** Open questions, oldest first. */
    List<Row> open(int limit) {
        return jdbc.sql("select " + COLUMNS + " from review where state = 'open' order by id limit ?").param(limit)
                .query(Questions::row).list();
    }

    List<Span> read(Row row) {
        return json.readValue(row.read(), new TypeReference<List<Span>>() { });
    }

    List<Choice> candidates(Row row) {
        return json.readValue(row.candidates(), new TypeReference<List<Choice>>() { });
    }

    Map<String, Object> subject(Row row) {
        return row.subject() == null ? Map.of()
                : json.readValue(row.subject(), new TypeReference<LinkedHashMap<String, Object>>() { });
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getLong(1), row.getInt(2), row.getString(3), row.getObject(4, Long.class), row.getString(5),
                row.getString(6), row.getString(7), row.getBoolean(8), row.getString(9), row.getString(10),
                row.getString(11), row.getInt(12));
    }
}
