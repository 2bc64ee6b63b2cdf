package dev.sverka.desk.console;

import dev.sverka.flows.payments.OperationPages;
import dev.sverka.flows.payments.PaymentSearch.Found;
import dev.sverka.flows.payments.ReviewPages;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One question as its page shows it.
 *
 * @param operation null for a kind that is about no one operation
 * @param subject what such a kind says
 * @param gone the operations that it says are gone
 * @param pieces the purpose, cut where something was read
 * @param cards payments that it could be, best first
 * @param held what of the operation is given away now
 * @param items what of the portal a paper could be, best first
 */
record ReviewDetail(long id, int version, String kind, @Nullable Map<String, Object> operation,
        Map<String, Object> subject, List<OperationPages.Line> gone, List<Piece> pieces, List<Card> cards,
        BigDecimal amount, String currency, BigDecimal held, List<ReviewPages.Candidate> items) {

    /** A stretch of the purpose. @param what was read in it; null for plain text */
    record Piece(String text, @Nullable String what) {
    }

    /**
     * A payment that money may be given to.
     *
     * @param room the most that it can take, what this operation gives it now included
     * @param typed what stands in its field
     * @param proposed whether the machine would give to it
     */
    record Card(Found payment, BigDecimal room, List<String> reasonsFor, List<String> reasonsAgainst, String typed,
            boolean proposed) {
    }

    private static final Set<String> PAPERS = Set.of("document", "invoice-file");

    /** Whether it asks which item of the portal a document or an invoice file is. */
    public boolean isPaper() {
        return PAPERS.contains(kind);
    }

    /** Whether a person's stage contradicts what the provider of electronic documents says: one of them is to win. */
    public boolean isContradiction() {
        return kind.equals("document") && subject.containsKey("entity");
    }

    public BigDecimal free() {
        return amount.subtract(held);
    }

    public boolean mayKeep() {
        return isPaper() ? isContradiction() : operation == null || held.signum() > 0 || Boolean.TRUE.equals(operation.get("withdrawn"));
    }
}
