package dev.sverka.flows.payments;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.flows.matching.Matcher.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The one way by which money moves: a decision goes in, and all that follows from it is written in its transaction:
 * shares ended and begun, box, question, and the journal's entries that carry it to the portal and to other operations.
 */
final class Ledger {

    /** Whose pause holds this work back. */
    private static final String PORTAL = "bitrix24.main";

    private final Operations operations;
    private final ShareBook shares;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final Questions questions;
    private final Journal journal;
    private final Bookkeeping books;

    Ledger(Operations operations, ShareBook shares, PaymentMirror mirror, Companies companies, Questions questions,
            Journal journal, Bookkeeping books) {
        this.operations = operations;
        this.shares = shares;
        this.mirror = mirror;
        this.companies = companies;
        this.questions = questions;
        this.journal = journal;
        this.books = books;
    }

    /** @return the payments whose money moved */
    Set<Long> book(Decision decision) {
        StoredOperation operation = decision.operation();
        List<Part> begun = new ArrayList<>(decision.parts());
        List<Share> ended = new ArrayList<>();
        for (Share share : shares.ofOperation(operation.id())) {
            if (!begun.remove(new Part(share.payment(), share.amount()))) {
                ended.add(share);
            }
        }
        Set<Long> moved = new TreeSet<>(decision.hand().keySet());
        ended.forEach(share -> moved.add(share.payment()));
        begun.forEach(part -> moved.add(part.payment()));
        if (!moved.isEmpty() || isNew(decision)) {
            long id = shares.decided(operation, null, decision.because());
            ended.forEach(share -> end(id, share));
            // what takes the place of money marked by hand is in the portal's sum already
            begun.forEach(part -> shares.begin(id, operation.id(), part.payment(), part.amount(),
                    decision.hand().containsKey(part.payment())));
            decision.hand().forEach((payment, amount) -> setByHand(id, payment, amount));
            operations.fee(operation.id(), decision.fee());
            if (decision.because().person() == null) {
                if (!begun.isEmpty() && Decision.sum(decision.parts()) > operation.amount() + decision.fee()) {
                    throw new IllegalStateException("operation " + operation.id() + " has less than is given of it");
                }
                begun.stream().map(Part::payment).distinct().sorted().forEach(this::refuseMoreThanIsOpen);
            }
            operations.box(operation.id(), decision.box(), decision.shown(),
                    decision.because().rule().equals(Decision.Because.ASKED) ? operation.byPerson()
                            : decision.because().person(), decision.onlyPerson());
        }
        if (decision.question() == null) {
            questions.settle(operation.id());
        } else {
            questions.ask(operations.look(operation.id()), decision.question());
        }
        // money that takes the place of what a hand had marked moves no sum: a held item need not be written for it
        boolean byPerson = decision.because().person() != null && decision.hand().isEmpty();
        moved.forEach(payment -> {
            if (byPerson) {
                mirror.order(payment);
            }
            write(payment);
        });
        wakeCustomersOf(moved);
        books.changed(operation, decision.box());
        if (byPerson && operation.partyAccount() != null) {
            wake(List.of(operation.partyAccount())); // whose account it is has been learned
        }
        return moved;
    }

    /**
     * The last guard against money given twice: whoever decided on a payment at the same moment has committed by now.
     *
     * @throws PessimisticLockingFailureException where more is given than is open: decided again on what is there then
     */
    private void refuseMoreThanIsOpen(long payment) {
        long amount = mirror.lockedAmount(payment);
        if (shares.paid(payment).all() > amount) {
            throw new PessimisticLockingFailureException("payment " + payment + " was given other money at this moment;"
                    + " the operation is decided again");
        }
    }

    /** All stays as it is, and a person is asked; what was decided by a person stays so. @param why in Russian */
    void ask(StoredOperation operation, String why) {
        operations.box(operation.id(), operation.box().equals("new") ? "review" : operation.box(), why,
                operation.byPerson(), operation.onlyPerson());
        shares.decided(operation, null, Decision.Because.machine(Decision.Because.ASKED, "1", why));
        questions.ask(operations.look(operation.id()), Decision.Question.operation(List.of(), List.of()));
    }

    /** Deciding the same again leaves no row. */
    private static boolean isNew(Decision decision) {
        StoredOperation before = decision.operation();
        return !decision.box().equals(before.box()) || !decision.shown().equals(before.explanation())
                || decision.because().person() != null || before.byPerson() != null
                || decision.onlyPerson() != before.onlyPerson();
    }

    private void end(long decision, Share share) {
        boolean sent = mirror.payment(share.payment()).filter(row -> !row.tries().isEmpty()).isPresent();
        shares.end(decision, share, share.told() || sent);
    }

    /** What people's hands have set on a payment is this sum now; what is left of a share goes on as a new one. */
    private void setByHand(long decision, long payment, long amount) {
        List<Share> present = shares.ofPayment(payment).stream().filter(Share::isByHand).toList();
        boolean written = present.stream().allMatch(Share::written);
        present.forEach(share -> shares.end(decision, share, false));
        if (amount > 0) {
            shares.begin(decision, null, payment, amount, written);
        }
    }

    /** What a person's hand set on the portal, or took away there. @param written whether the portal's sum counts it */
    void byHand(long payment, long amount, boolean written, Decision.Because because) {
        long id = shares.decided(null, payment, because);
        shares.ofPayment(payment).stream().filter(share -> share.isByHand() && share.written() == written)
                .forEach(share -> shares.end(id, share, false));
        if (amount > 0) {
            shares.begin(id, null, payment, amount, written);
        }
    }

    /** Has a payment's item written anew, once however often it is asked for. */
    void write(long payment) {
        String id = Long.toString(payment);
        journal.accept(new Event("payment-write", PORTAL, id, null, true, Map.of("id", payment, "entity", "payment"),
                Map.of("SyncId", id), null));
    }

    /** Has the undecided operations of the payments' customers decided again. */
    void wakeCustomersOf(Collection<Long> payments) {
        Set<String> customers = new TreeSet<>();
        payments.forEach(id -> mirror.payment(id).map(companies::customersOf).ifPresent(customers::addAll));
        wake(customers);
    }

    /** One entry a customer, whatever woke it. @param customers by {@link CustomerKeys} */
    void wake(Collection<String> customers) {
        Stream.concat(customers.stream(), customers.stream().flatMap(one -> companies.accountsOf(one).stream()))
                .distinct().filter(customer -> !operations.undecided(customer).isEmpty()).sorted()
                .forEach(customer -> journal.accept(new Event("customer-decide", PORTAL, customer, null, true,
                        Map.of("customer", customer), Map.of("SyncId", customer), null)));
    }
}
