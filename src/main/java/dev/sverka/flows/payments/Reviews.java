package dev.sverka.flows.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.flows.payments.Ledger.Kept;
import dev.sverka.flows.payments.Mirror.Seen;
import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What waits for a person, and what a person says. */
public class Reviews {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Ledger ledger;
    private final Mirror mirror;
    private final Journal journal;
    private final JsonMapper json = JsonMapper.builder().build();

    Reviews(JdbcClient jdbc, TransactionOperations transactions, Ledger ledger, Mirror mirror, Journal journal) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.ledger = ledger;
        this.mirror = mirror;
        this.journal = journal;
    }

    /** A question to a person, in the form of {@code GET /api/reviews}. */
    public record Question(long id, String kind, Map<String, Object> operation, List<Span> read,
            List<Choice> candidates) {
    }

    /** A payment it could be. */
    public record Choice(Map<String, Object> payment, @JsonProperty("for") List<String> reasonsFor,
            @JsonProperty("against") List<String> reasonsAgainst) {
    }

    /** What a person says, in the form of {@code POST /api/reviews/{id}}: one of the three. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Said(@Nullable List<Share> allocations, @Nullable String classify, @Nullable String ignore) {
    }

    /** @param amount in the operation's currency, two decimals */
    public record Share(long payment, BigDecimal amount) {
    }

    /** It was decided, or its operation changed, meanwhile. */
    public static final class Conflict extends RuntimeException {
        Conflict(String message) {
            super(message);
        }
    }

    /** It cannot be so: more than is open, more than the operation has, no such payment. */
    public static final class Invalid extends RuntimeException {
        Invalid(String message) {
            super(message);
        }
    }

    /** Asks about an operation; a question that is open already is brought up to date. */
    void ask(Kept operation, String kind, List<Candidate> candidates, List<Span> read) {
        List<Choice> choices = candidates.stream().map(Reviews::choice).toList();
        String choicesJson = json.writeValueAsString(choices);
        String readJson = json.writeValueAsString(read);
        if (jdbc.sql("""
                update review set kind = ?, read_json = ?, candidates_json = ?
                where operation_id = ? and state = 'open'""").params(kind, readJson, choicesJson, operation.id())
                .update() == 0) {
            jdbc.sql("""
                    insert into review (kind, operation_id, state, read_json, candidates_json)
                    values (?, ?, 'open', ?, ?)""").params(kind, operation.id(), readJson, choicesJson).update();
        }
    }

    /** The question has answered itself. */
    void settle(long operation) {
        jdbc.sql("update review set state = 'settled' where operation_id = ? and state = 'open'").param(operation)
                .update();
    }

    private static Choice choice(Candidate candidate) {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("id", candidate.payment());
        payment.put("title", candidate.title());
        payment.put("rest", Mirror.rubles(candidate.rest()).toPlainString());
        return new Choice(payment, candidate.reasonsFor(), candidate.reasonsAgainst());
    }

    private record Row(long id, String kind, long operation, String state, String read, String candidates) {
    }

    /** Open questions, oldest first. */
    public List<Question> open(int limit) {
        List<Row> rows = jdbc.sql("""
                select id, kind, operation_id, state, read_json, candidates_json from review
                where state = 'open' order by id limit ?""").param(limit).query(Reviews::row).list();
        return rows.stream().map(this::question).toList();
    }

    private Question question(Row row) {
        Kept operation = ledger.look(row.operation());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", operation.id());
        shown.put("account", operation.bankAccount());
        shown.put("direction", operation.direction() == Direction.INCOMING ? "in" : "out");
        shown.put("date", operation.bookedOn().toString());
        shown.put("amount", Mirror.rubles(operation.amount()).toPlainString());
        shown.put("currency", operation.currency());
        shown.put("number", operation.docNumber());
        shown.put("purpose", operation.purpose());
        shown.put("counterparty", operation.partyName());
        shown.put("inn", operation.partyInn());
        shown.put("why", operation.explanation());
        return new Question(row.id(), row.kind(), shown,
                json.readValue(row.read(), new TypeReference<List<Span>>() { }),
                json.readValue(row.candidates(), new TypeReference<List<Choice>>() { }));
    }

    /**
     * Carries out what a person said: the operation leaves review for good.
     *
     * @param by the person's name
     * @return false where there is no such question
     * @throws Conflict where it has been decided meanwhile
     * @throws Invalid where it cannot be so
     */
    public boolean decide(long id, Said said, String by) {
        return Boolean.TRUE.equals(transactions.execute(status -> decideLocked(id, said, by)));
    }

    private boolean decideLocked(long id, Said said, String by) {
        Optional<Row> found = jdbc.sql("""
                select id, kind, operation_id, state, read_json, candidates_json from review where id = ? for update""")
                .param(id).query(Reviews::row).optional();
        if (found.isEmpty()) {
            return false;
        }
        Kept operation = ledger.operation(found.get().operation());
        if (!found.get().state().equals("open")) {
            throw new Conflict("this has been decided meanwhile: " + operation.explanation());
        }
        if (said.allocations() != null && !said.allocations().isEmpty()) {
            allocate(operation, said.allocations(), by);
        } else if (said.classify() != null && !said.classify().isBlank()) {
            setAside(operation, "classified", "отнесено человеком (" + by + "): " + said.classify(), by);
        } else if (said.ignore() != null && !said.ignore().isBlank()) {
            setAside(operation, "ignored", "отложено человеком (" + by + "): " + said.ignore(), by);
        } else {
            throw new Invalid("say allocations, classify or ignore");
        }
        jdbc.sql("update review set state = 'decided', decision_json = ?, decided_by = ? where id = ?")
                .params(json.writeValueAsString(said), by, id).update();
        return true;
    }

    /**
     * The whole operation leaves its payments. Only where the machine allocated it, and asked about the surplus, is that
     * alone set aside.
     */
    private void setAside(Kept operation, String box, String why, String by) {
        long allocated = ledger.ofOperation(operation.id()).stream().mapToLong(Ledger.Allocation::amount).sum();
        if (operation.byPerson() == null && allocated > 0 && allocated < operation.amount()) {
            ledger.box(operation.id(), operation.box(), "свободный остаток " + why, by);
            return;
        }
        ledger.takeBack(operation.id(), why).forEach(share -> write(share.payment()));
        ledger.box(operation.id(), box, why, by);
    }

    /** Has a payment's item written anew. Joins the running transaction. */
    void write(long payment) {
        String id = Long.toString(payment);
        journal.accept(new Event("payment-write", "bitrix24.main", id, null, true,
                Map.of("id", payment, "entity", "payment"), Map.of("SyncId", id), null));
    }

    private void allocate(Kept operation, List<Share> shares, String by) {
        long left = operation.amount()
                - ledger.ofOperation(operation.id()).stream().mapToLong(Ledger.Allocation::amount).sum();
        List<Long> touched = new ArrayList<>();
        for (Share share : shares.stream().sorted(Comparator.comparing(Share::payment)).toList()) {
            long amount = hundredths(share.amount());
            Seen payment = mirror.payment(share.payment()).filter(one -> !one.isCancelled()).orElseThrow(
                    () -> new Invalid("there is no open payment " + share.payment()));
            long open = payment.amount() - payment.handPaid()
                    - ledger.ofPayment(payment.id()).stream().mapToLong(Ledger.Allocation::amount).sum();
            if (amount > open) {
                throw new Invalid("payment " + payment.id() + " has only " + Mirror.rubles(Math.max(0, open)) + " open");
            }
            if (!payment.currency().equals(operation.currency())) {
                throw new Invalid("payment " + payment.id() + " is in " + payment.currency());
            }
            left -= amount;
            if (left < 0) {
                throw new Invalid("the operation has only " + Mirror.rubles(operation.amount()));
            }
            ledger.allocate(operation.id(), payment.id(), amount, "person", "решил человек: " + by, by);
            touched.add(payment.id());
        }
        ledger.box(operation.id(), "allocated", "распределено человеком: " + by, by);
        touched.forEach(this::write);
    }

    private static long hundredths(BigDecimal amount) {
        try {
            long hundredths = amount.movePointRight(2).longValueExact();
            if (hundredths > 0) {
                return hundredths;
            }
        } catch (ArithmeticException finer) {
            // falls through to the same words
        }
        throw new Invalid("an amount must be above zero and in whole kopecks, not " + amount.toPlainString());
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5),
                row.getString(6));
    }
}
