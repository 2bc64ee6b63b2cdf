package dev.sverka.flows.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits for a person, and what a person says: published to the desk. */
public class Reviews {

    private final Questions questions;
    private final Operations operations;
    private final ShareBook shares;
    private final Answers answers;

    Reviews(Questions questions, Operations operations, ShareBook shares, Answers answers) {
        this.questions = questions;
        this.operations = operations;
        this.shares = shares;
        this.answers = answers;
    }

    /**
     * A question to a person, in the form of {@code GET /api/reviews}.
     *
     * @param version to be named with the answer, so that an answer to an earlier look is refused
     */
    public record Question(long id, int version, String kind, Map<String, Object> operation, List<Span> read,
            List<Questions.Choice> candidates) {
    }

    /**
     * What a person says, in the form of {@code POST /api/reviews/{id}}: one of them.
     *
     * @param allocations the shares that the operation has after it, all of them
     * @param keep its shares stay though the operation changed or vanished
     * @param same this is money that a person marked as paid by hand: the operation takes its place
     * @param apply what vanished at once is believed to be gone
     * @param item the item of the portal that a document or an invoice file is
     * @param create a document or an invoice file is made an item of its own
     * @param remember whether the payer's account is remembered as this customer's; null for yes
     * @param version which look at the question is answered; null for the present one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Said(@Nullable List<Share> allocations, @Nullable String classify, @Nullable String ignore,
            @Nullable Boolean keep, @Nullable Share same, @Nullable Boolean apply, @Nullable Long item,
            @Nullable Boolean create, @Nullable Boolean remember, @Nullable Integer version) {

        public Said(@Nullable List<Share> allocations, @Nullable String classify, @Nullable String ignore,
                @Nullable Boolean keep, @Nullable Share same, @Nullable Boolean apply, @Nullable Integer version) {
            this(allocations, classify, ignore, keep, same, apply, null, null, null, version);
        }

        public static Said allocate(List<Share> shares) {
            return new Said(shares, null, null, null, null, null, null);
        }

        public static Said classify(String kind) {
            return new Said(null, kind, null, null, null, null, null);
        }

        public static Said ignore(String reason) {
            return new Said(null, null, reason, null, null, null, null);
        }

        public static Said keepIt() {
            return new Said(null, null, null, true, null, null, null);
        }

        public static Said sameAs(long payment, BigDecimal amount) {
            return new Said(null, null, null, null, new Share(payment, amount), null, null);
        }

        /** The same said of another question, whatever it looks like now. */
        public Said withoutVersion() {
            return new Said(allocations, classify, ignore, keep, same, apply, item, create, remember, null);
        }

        /** The same, and whether the payer's account is remembered. */
        public Said remembering(boolean account) {
            return new Said(allocations, classify, ignore, keep, same, apply, item, create, account, version);
        }

        public static Said applyIt() {
            return new Said(null, null, null, null, null, true, null);
        }

        public static Said item(long id) {
            return new Said(null, null, null, null, null, null, id, null, null, null);
        }

        public static Said createIt() {
            return new Said(null, null, null, null, null, null, null, true, null, null);
        }
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
        public Invalid(String message) {
            super(message);
        }
    }

    /** Open questions, oldest first. */
    public List<Question> open(int limit) {
        return questions.open(limit).stream().map(this::question).toList();
    }

    /** One question, whatever became of it. */
    public Optional<Question> find(long id) {
        return questions.look(id).map(this::question);
    }

    private Question question(Questions.Row row) {
        return new Question(row.id(), row.version(), row.kind(), row.operation() == null ? questions.subject(row)
                : shown(operations.look(row.operation())), questions.read(row), questions.candidates(row));
    }

    private Map<String, Object> shown(StoredOperation operation) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", operation.id());
        shown.put("account", operation.bankAccount());
        shown.put("direction", operation.direction() == Direction.INCOMING ? "in" : "out");
        shown.put("date", operation.bookedOn().toString());
        shown.put("amount", PortalItem.rubles(operation.amount()).toPlainString());
        shown.put("currency", operation.currency());
        shown.put("number", operation.docNumber());
        shown.put("purpose", operation.purpose());
        shown.put("counterparty", operation.partyName());
        shown.put("inn", operation.partyInn());
        shown.put("why", operation.explanation());
        shown.put("withdrawn", operation.withdrawn());
        shown.put("shares", shares.ofOperation(operation.id()).stream().map(share -> Map.of("payment", share.payment(),
                "amount", PortalItem.rubles(share.amount()).toPlainString())).toList());
        return shown;
    }

    /**
     * Carries out what a person said.
     *
     * @param by the person's name
     * @return false where there is no such question
     * @throws Conflict where it has been decided, or asks something else, meanwhile
     * @throws Invalid where it cannot be so
     */
    public boolean decide(long id, Said said, String by) {
        return answers.decide(id, said, by);
    }

    /**
     * Ends an operation's shares or its classification and asks again.
     *
     * @return false where there is no such operation
     * @throws Conflict where nothing has been decided of it
     */
    public boolean reopen(long operation, String by) {
        return answers.reopen(operation, by);
    }
}
