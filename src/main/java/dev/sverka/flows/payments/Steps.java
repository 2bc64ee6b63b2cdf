package dev.sverka.flows.payments;

import dev.sverka.core.state.Cursors;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.payments.Decider.Cause;
import dev.sverka.flows.payments.Decider.Situation;
import dev.sverka.flows.payments.Decision.Because;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the facts of one operation, has it decided, and books the decision. Joins the running transaction. */
final class Steps {

    private final Operations operations;
    private final ShareBook shares;
    private final Facts facts;
    private final Ledger ledger;
    private final Cursors cursors;
    private final boolean automatic;
    private final boolean asksHistory;
    private final ZoneId zone;

    Steps(Operations operations, ShareBook shares, Facts facts, Ledger ledger, Cursors cursors,
            PaymentsProperties properties, ZoneId zone) {
        this.operations = operations;
        this.shares = shares;
        this.facts = facts;
        this.ledger = ledger;
        this.cursors = cursors;
        this.automatic = properties.mode() == PaymentsProperties.Mode.AUTOMATIC;
        this.asksHistory = properties.history() == PaymentsProperties.History.ASK;
        this.zone = zone;
    }

    /** Of the bank's rules in force. */
    String rulesVersion() {
        return facts.rulesVersion();
    }

    void decide(Cause cause, StoredOperation operation) {
        ledger.book(Decider.decide(cause, situation(operation)));
    }

    private Situation situation(StoredOperation operation) {
        return new Situation(operation, parts(shares.ofOperation(operation.id())), before(operation.id()),
                facts.of(operation), automatic, isHistory(operation));
    }

    /** What the machine had given of it before the bank took it back; what a person took back says nothing. */
    private List<Part> before(long operation) {
        List<Share> ended = shares.lastEnded(operation);
        return ended.stream().allMatch(share -> share.byPerson() == null && share.endedByPerson() == null)
                ? parts(ended) : List.of();
    }

    private static List<Part> parts(List<Share> shares) {
        Map<Long, Long> sums = new HashMap<>();
        shares.forEach(share -> sums.merge(share.payment(), share.amount(), Long::sum));
        return sums.entrySet().stream().map(one -> new Part(one.getKey(), one.getValue())).toList();
    }

    /**
     * Older than the first start by more than the day that every poll reads anyway: people may have counted it on the
     * portal before we were there.
     */
    private boolean isHistory(StoredOperation operation) {
        Optional<Instant> first = cursors.reachedAt("bitrix24.main/payment");
        return asksHistory && first.isPresent()
                && operation.bookedOn().isBefore(LocalDate.ofInstant(first.get(), zone).minusDays(1));
    }

    /** The bank shows it no longer. */
    void withdrawn(long id) {
        gone(Cause.WITHDRAWN, id);
    }

    void gone(Cause cause, long id) {
        operations.withdrawn(id, true);
        decide(cause, operations.operation(id));
    }

    void shownAgain(long id) {
        operations.withdrawn(id, false);
        decide(Cause.SHOWN_AGAIN, operations.operation(id));
    }

    /** Ends what was decided and asks: the machine gives this money to nobody by itself any more. */
    void reopen(StoredOperation operation, String by) {
        String why = "решение снято человеком: " + by;
        ledger.book(new Decision(operation, Because.person(by, why), List.of(), "review", why, true, Map.of(), null));
        askAgain(operation.id(), why);
    }

    /** @param why as people read it, in Russian */
    void askAgain(long id, String why) {
        operations.box(id, "review", why, null, true);
        decide(Cause.NEWS, operations.operation(id));
    }

    /** The operations that a question about an account is about. */
    List<Long> operationsOf(Map<String, Object> subject) {
        return subject.get("operations") instanceof List<?> ids ? ids.stream().map(PortalItem::number).toList()
                : List.of();
    }
}
