package dev.sverka.flows.payments;

import dev.sverka.core.state.Declared;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Review;
import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.matching.Verdict;
import dev.sverka.flows.payments.Ledger.Allocation;
import dev.sverka.flows.payments.Ledger.Kept;
import dev.sverka.flows.payments.Mirror.Seen;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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
    private final Windows windows;
    private final Declared<BankRules> rules;
    private final Own own;
    private final JsonMapper json;

    Payments(PaymentsProperties properties, TransactionOperations transactions, Mirror mirror, MirrorGate gate,
            Ledger ledger, Reviews reviews, Matcher matcher, Projection projection, Declared<BankRules> rules, Own own,
            JsonMapper json) {
        this.properties = properties;
        this.transactions = transactions;
        this.mirror = mirror;
        this.gate = gate;
        this.ledger = ledger;
        this.reviews = reviews;
        this.matcher = matcher;
        this.projection = projection;
        this.windows = new Windows(ledger);
        this.rules = rules;
        this.own = own;
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
        return own.owner(bankAccount).map(Own.Company::inn).orElse(bankAccount) + "/" + party;
    }

    /**
     * Decides an operation, or decides an undecided one again.
     *
     * @param body a {@code BankOperation} as a map, or {@code {operation: <our id>}}
     * @return the payments whose portal item is to be written: {@code {payment, id, entity}}
     * @throws dev.sverka.core.journal.NotYet while the portal has not been read wholly
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
        List<Allocation> shares = ledger.ofOperation(operation.id());
        if (taken.isChanged() && !shares.isEmpty()) {
            return touched(changed(operation, shares));
        }
        if (undecided && shares.isEmpty() || taken.isChanged() && operation.byPerson() == null) {
            apply(operation, verdict(operation));
        } else if (taken.isChanged() || undecided) {
            ask(operation, taken.isChanged() ? "банк изменил операцию после решения" : "ждёт решения", List.of());
        }
        return touched(ledger.ofOperation(operation.id()));
    }

    /**
     * A changed operation takes its allocation back, unless it says the same again or a person made it: then the person is
     * asked first. It is never moved to another payment without a person.
     *
     * @return all shares that were touched
     */
    private List<Allocation> changed(Kept operation, List<Allocation> shares) {
        if (operation.byPerson() != null || shares.stream().anyMatch(share -> share.byPerson() != null)) {
            ask(operation, "банк изменил операцию после решения", List.of());
            return shares;
        }
        ledger.takeBack(operation.id(), "банк изменил операцию");
        Verdict verdict = verdict(operation);
        List<Matcher.Part> before = shares.stream().map(share -> new Matcher.Part(share.payment(), share.amount())).toList();
        if (verdict.decision() instanceof Assign assign && Set.copyOf(assign.parts()).equals(Set.copyOf(before))) {
            ledger.reinstate(shares);
            settled(operation, assign);
        } else {
            List<Candidate> candidates = verdict.decision() instanceof Review review ? review.candidates()
                    : candidates((Assign) verdict.decision());
            ask(operation, "банк изменил операцию: прежнее распределение снято", candidates);
        }
        return shares;
    }

    private void ask(Kept operation, String why, List<Candidate> candidates) {
        String box = ledger.ofOperation(operation.id()).isEmpty() && operation.byPerson() == null ? "review" : operation.box();
        ledger.box(operation.id(), box, why, operation.byPerson());
        reviews.ask(ledger.operation(operation.id()), "operation", candidates, List.of());
    }

    /**
     * Draws the consequences of a bank's account having been read to the end: what the bank withdrew takes its
     * allocations back; where a person made them, the person is asked.
     *
     * @param body a {@code StatementWindow} as a map
     * @return the payments whose portal item is to be written: {@code {payment, id, entity}}
     */
    public List<Map<String, Object>> window(Map<String, Object> body) {
        gate.check();
        StatementWindow window = json.convertValue(body, StatementWindow.class);
        return Objects.requireNonNull(transactions.execute(status -> {
            Windows.Findings findings = windows.compare(window);
            List<Allocation> shares = new ArrayList<>();
            findings.withdrawn().forEach(id -> shares.addAll(gone(id, "банк отозвал операцию: в выписке её больше нет")));
            findings.doubles().forEach(id -> shares.addAll(gone(id, "это прежняя операция, у банка сменился её номер")));
            findings.again().forEach(id -> shares.addAll(shownAgain(id)));
            return touched(shares);
        }));
    }

    /** @return the shares it took back */
    private List<Allocation> gone(long id, String why) {
        Kept operation = ledger.operation(id);
        ledger.withdrawn(id, true);
        List<Allocation> shares = ledger.ofOperation(id);
        if (operation.byPerson() != null && !shares.isEmpty()) {
            ask(operation, why, List.of());
            return List.of();
        }
        ledger.takeBack(id, why);
        ledger.box(id, "ignored", why, operation.byPerson());
        reviews.settle(id);
        return shares;
    }

    private List<Allocation> shownAgain(long id) {
        Kept operation = ledger.operation(id);
        ledger.withdrawn(id, false);
        if (operation.byPerson() != null) {
            ask(operation, "банк отозвал операцию и снова показал её", List.of());
        } else {
            ledger.box(id, "new", "банк снова показал операцию", null);
            decideLocked(Map.of("operation", id));
        }
        return ledger.ofOperation(id);
    }

    /**
     * Gives a payment that a person decided on back to automatic writing; a sum set by hand still counts.
     *
     * @return false where there is no such payment
     */
    public boolean release(long payment) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            if (mirror.payment(payment).filter(one -> !one.deleted()).isEmpty()) {
                return false;
            }
            mirror.release(payment);
            reviews.write(payment);
            return true;
        }));
    }

    private Verdict verdict(Kept operation) {
        Matcher.Case facts = facts(operation);
        BankRules.Facts seen = new BankRules.Facts(operation.direction(), operation.amount(), operation.bankAccount(),
                operation.purpose(), operation.category(), operation.partyInn(), operation.partyAccount());
        BankRules declared = rules.isPresent() ? rules.get() : BankRules.NONE;
        return Verdict.of(facts, matcher.match(facts), declared.rule(seen, own));
    }

    private Matcher.Case facts(Kept operation) {
        String inn = operation.partyInn();
        List<Payment> payments = inn == null ? List.of()
                : mirror.ofInn(inn).stream().map(seen -> facts(seen, operation)).toList();
        return new Matcher.Case(
                new Matcher.Operation(operation.direction(), operation.amount(), operation.currency(),
                        operation.bookedOn(), operation.purpose(), inn, operation.partyName(), operation.docNumber()),
                own.owner(operation.bankAccount()).map(Own.Company::inn).orElse(null),
                payments, inn == null ? List.of() : ledger.earlier(inn, operation.id()));
    }

    private Payment facts(Seen seen, Kept operation) {
        String ourInn = seen.ourCompany() == null ? null
                : mirror.innsOf(seen.ourCompany()).stream().findFirst().orElse(null);
        return new Payment(seen.id(), seen.name(), seen.isIncoming(), seen.number(), seen.invoiceDate(), seen.amount(),
                Math.max(0, open(seen)), seen.currency(), seen.isCancelled(), ourInn, held(seen, operation));
    }

    /** Money marked as paid by hand may be this very operation: then a person says whether it is. */
    private @Nullable String held(Seen seen, Kept operation) {
        boolean perhapsCounted = seen.held() == null && !seen.released() && open(seen) > 0
                && seen.handPaid() >= operation.amount();
        return perhapsCounted ? "часть отмечена оплаченной вручную, и это может быть та же оплата" : seen.held();
    }

    private long open(Seen payment) {
        return payment.amount() - payment.handPaid() - allocated(payment.id());
    }

    private long allocated(long payment) {
        return ledger.ofPayment(payment).stream().mapToLong(Allocation::amount).sum();
    }

    private void apply(Kept operation, Verdict verdict) {
        Decision decision = verdict.decision();
        if (verdict.classified() != null) {
            ledger.box(operation.id(), "classified", verdict.classified().kind() + ": " + verdict.classified().why()
                    + " (правило «" + verdict.classified().ruleName() + "» в mappings/bank-rules.yaml)", null);
            reviews.settle(operation.id());
        } else if (decision instanceof Assign assign && properties.mode() == PaymentsProperties.Mode.AUTOMATIC) {
            allocate(operation, assign);
        } else if (decision instanceof Assign assign) {
            ledger.box(operation.id(), "review", "предложение: " + String.join("; ", assign.evidence()), null);
            reviews.ask(ledger.operation(operation.id()), "proposal", candidates(assign), assign.read());
        } else {
            Review review = (Review) decision;
            ledger.box(operation.id(), "review", review.why(), null);
            reviews.ask(ledger.operation(operation.id()), "operation", review.candidates(), review.read());
        }
    }

    private void allocate(Kept operation, Assign assign) {
        String evidence = String.join("; ", assign.evidence());
        assign.parts().forEach(part ->
                ledger.allocate(operation.id(), part.payment(), part.amount(), assign.rule(), evidence, null));
        settled(operation, assign);
    }

    /** Its shares stand. A surplus stays free, is shown and asks. */
    private void settled(Kept operation, Assign assign) {
        String evidence = String.join("; ", assign.evidence());
        String surplus = assign.surplus() == 0 ? ""
                : "; свободный остаток " + Comments.money(assign.surplus(), operation.currency());
        ledger.box(operation.id(), "allocated", evidence + surplus, null);
        if (assign.surplus() == 0) {
            reviews.settle(operation.id());
        } else {
            reviews.ask(ledger.operation(operation.id()), "operation", List.of(), assign.read());
        }
    }

    private List<Candidate> candidates(Assign assign) {
        return assign.parts().stream().map(part -> {
            Seen payment = mirror.payment(part.payment()).orElseThrow();
            return new Candidate(payment.id(), payment.name(), open(payment), assign.evidence(), List.of());
        }).toList();
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
        return Objects.requireNonNull(transactions.execute(status -> {
            if (Boolean.TRUE.equals(item.get("deleted"))) {
                forget(Mirror.number(item.get("id")));
            }
            return projection.of(item);
        }));
    }

    /** Notes that what {@link #project} asked for has been written. */
    public void projected(Map<String, Object> written) {
        transactions.executeWithoutResult(status -> projection.done(written));
    }
}
