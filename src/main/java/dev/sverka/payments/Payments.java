package dev.sverka.payments;

import dev.sverka.bank.BankOperation;
import dev.sverka.payments.Ledger.Allocation;
import dev.sverka.payments.Ledger.Kept;
import dev.sverka.payments.Matcher.Assign;
import dev.sverka.payments.Matcher.Candidate;
import dev.sverka.payments.Matcher.Decision;
import dev.sverka.payments.Matcher.Payment;
import dev.sverka.payments.Matcher.Review;
import dev.sverka.payments.Mirror.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The steps of the flow bank → payments, each one transaction, each safe to repeat. Routes call them as {@code
 * bean:payments?method=…}.
 */
public class Payments {

    private final PaymentsProperties properties;
    private final TransactionOperations transactions;
    private final Mirror mirror;
    private final MirrorGate gate;
    private final Ledger ledger;
    private final Reviews reviews;
    private final Matcher matcher;
    private final Projection projection;
    private final JsonMapper json;

    Payments(PaymentsProperties properties, TransactionOperations transactions, Mirror mirror, MirrorGate gate,
            Ledger ledger, Reviews reviews, Matcher matcher, Projection projection, JsonMapper json) {
        this.properties = properties;
        this.transactions = transactions;
        this.mirror = mirror;
        this.gate = gate;
        this.ledger = ledger;
        this.reviews = reviews;
        this.matcher = matcher;
        this.projection = projection;
        this.json = json;
    }

    /**
     * The order key of an operation: one customer of one of our companies at a time.
     *
     * @param operation a {@code BankOperation} or its JSON-like map
     * @return our ИНН / the other side's ИНН, else its account
     */
    public String workKey(Object operation) {
        BankOperation news = operation instanceof BankOperation one ? one : json.convertValue(operation, BankOperation.class);
        String party = news.counterparty().inn() != null ? news.counterparty().inn()
                : news.counterparty().account() != null ? news.counterparty().account() : "unknown";
        return workKey(news.bankAccount(), party);
    }

    private String workKey(String bankAccount, String party) {
        return properties.owner(bankAccount).map(PaymentsProperties.OwnCompany::inn).orElse(bankAccount) + "/" + party;
    }

    /**
     * Decides an operation, or decides an undecided one again.
     *
     * @param body a {@code BankOperation} as a map, or {@code {operation: <our id>}}
     * @return the payments whose portal item is to be written: {@code {payment, id, entity}}
     * @throws dev.sverka.journal.NotYet while the portal has not been read wholly
     */
    public List<Map<String, Object>> decide(Map<String, Object> body) {
        gate.check();
        return Objects.requireNonNull(transactions.execute(status -> decideLocked(body)));
    }

    private List<Map<String, Object>> decideLocked(Map<String, Object> body) {
        boolean again = body.containsKey("operation");
        Ledger.Taken taken = again
                ? new Ledger.Taken(ledger.operation(Mirror.number(body.get("operation"))), false)
                : ledger.take(json.convertValue(body, BankOperation.class));
        Kept operation = taken.operation();
        boolean undecided = operation.byPerson() == null
                && (operation.box().equals("new") || operation.box().equals("review"));
        if (undecided && ledger.ofOperation(operation.id()).isEmpty()) {
            apply(operation, match(operation));
        } else if (undecided) {
            reviews.ask(operation, "operation", List.of(), List.of());
        } else if (taken.isChanged()) {
            ledger.box(operation.id(), operation.box(), "банк изменил операцию после решения", operation.byPerson());
            reviews.ask(ledger.operation(operation.id()), "operation", List.of(), List.of());
        }
        return touched(ledger.ofOperation(operation.id()));
    }

    private Decision match(Kept operation) {
        String inn = operation.partyInn();
        List<Payment> payments = inn == null ? List.of()
                : mirror.ofInn(inn).stream().map(this::facts).toList();
        return matcher.match(new Matcher.Case(
                new Matcher.Operation(operation.direction(), operation.amount(), operation.currency(),
                        operation.bookedOn(), operation.purpose(), inn, operation.partyName()),
                properties.owner(operation.bankAccount()).map(PaymentsProperties.OwnCompany::inn).orElse(null),
                payments, inn == null ? List.of() : ledger.earlier(inn, operation.id())));
    }

    private Payment facts(Seen seen) {
        String ourInn = seen.ourCompany() == null ? null
                : mirror.innsOf(seen.ourCompany()).stream().findFirst().orElse(null);
        return new Payment(seen.id(), seen.name(), seen.isIncoming(), seen.number(), seen.invoiceDate(), seen.amount(),
                Math.max(0, open(seen)), seen.currency(), seen.isCancelled(), ourInn, seen.held());
    }

    private long open(Seen payment) {
        return payment.amount() - payment.handPaid() - allocated(payment.id());
    }

    private long allocated(long payment) {
        return ledger.ofPayment(payment).stream().mapToLong(Allocation::amount).sum();
    }

    private void apply(Kept operation, Decision decision) {
        if (decision instanceof Assign assign && properties.payments().mode() == PaymentsProperties.Mode.AUTOMATIC) {
            String evidence = String.join("; ", assign.evidence());
            assign.parts().forEach(part ->
                    ledger.allocate(operation.id(), part.payment(), part.amount(), assign.rule(), evidence, null));
            ledger.box(operation.id(), "allocated", evidence, null);
            reviews.settle(operation.id());
        } else if (decision instanceof Assign assign) {
            ledger.box(operation.id(), "review", "предложение: " + String.join("; ", assign.evidence()), null);
            reviews.ask(ledger.operation(operation.id()), "proposal", assign.parts().stream().map(part -> {
                Seen payment = mirror.payment(part.payment()).orElseThrow();
                return new Candidate(payment.id(), payment.name(), open(payment), assign.evidence(), List.of());
            }).toList(), assign.read());
        } else {
            Review review = (Review) decision;
            ledger.box(operation.id(), "review", review.why(), null);
            reviews.ask(ledger.operation(operation.id()), "operation", review.candidates(), review.read());
        }
    }

    private static List<Map<String, Object>> touched(List<Allocation> allocations) {
        return new TreeSet<>(allocations.stream().map(Allocation::payment).toList()).stream()
                .map(payment -> Map.<String, Object>of("payment", payment, "id", payment, "entity", "payment")).toList();
    }

    /** Notes that all consequences of a payment as it was read have been drawn, so that its echo is no news. */
    public void remembered(Map<String, Object> item) {
        if (!Boolean.TRUE.equals(item.get("deleted"))) {
            transactions.executeWithoutResult(status -> mirror.keep(item));
        }
    }

    /**
     * Whether the portal tells something of a payment that is not in mind yet; our own writes come back and are not news.
     *
     * @param item as a poll read it, or an event's mere id: then always news
     */
    public boolean isNews(Map<String, Object> item) {
        return !item.containsKey("updatedTime") || !mirror.holds(item);
    }

    /**
     * Keeps a payment of the portal in mind.
     *
     * @param item as read from the portal, or {@code {id, deleted: true}}
     * @return undecided operations of its customer, to be decided again: {@code {operation, key}}
     */
    public List<Map<String, Object>> remember(Map<String, Object> item) {
        return Objects.requireNonNull(transactions.execute(status -> {
            long id = Mirror.number(item.get("id"));
            if (Boolean.TRUE.equals(item.get("deleted"))) {
                return forget(id);
            }
            Seen seen = mirror.see(item);
            return seen.company() == null ? List.of() : undecided(mirror.innsOf(seen.company()));
        }));
    }

    /** A payment deleted on the portal frees its allocations into review. */
    private List<Map<String, Object>> forget(long id) {
        mirror.gone(id);
        List<Map<String, Object>> freed = new ArrayList<>();
        for (long operation : ledger.free(id)) {
            Kept orphan = ledger.operation(operation);
            ledger.box(operation, "review", "платёж " + id + " удалён на портале", orphan.byPerson());
            reviews.ask(orphan, "operation", List.of(), List.of());
            freed.add(again(orphan));
        }
        return freed;
    }

    /** Keeps a company's requisites in mind. @return undecided operations with its ИНН, to be decided again */
    public List<Map<String, Object>> rememberCompany(Map<String, Object> company) {
        return Objects.requireNonNull(transactions.execute(status -> undecided(mirror.seeCompany(company))));
    }

    private List<Map<String, Object>> undecided(List<String> inns) {
        return inns.stream().distinct().flatMap(inn -> ledger.undecided(inn).stream()).map(this::again).toList();
    }

    private Map<String, Object> again(Kept operation) {
        String party = operation.partyInn() != null ? operation.partyInn()
                : operation.partyAccount() != null ? operation.partyAccount() : "unknown";
        return Map.of("operation", operation.id(), "key", workKey(operation.bankAccount(), party));
    }

    /** Works out what the allocations mean for a payment, from the item as it is on the portal now. */
    public Map<String, Object> project(Map<String, Object> item) {
        return Objects.requireNonNull(transactions.execute(status -> projection.of(item)));
    }

    /** Notes that what {@link #project} asked for has been written. */
    public void projected(Map<String, Object> written) {
        transactions.executeWithoutResult(status -> projection.done(written));
    }
}
