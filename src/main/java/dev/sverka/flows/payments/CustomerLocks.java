package dev.sverka.flows.payments;

import dev.sverka.core.state.Locks;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * What two transactions must not decide on at once: the money of one customer. An invoice and its money that arrive in
 * the same instant meet, because each sees the other or waits for it. Joins the running transaction.
 */
final class CustomerLocks {

    private final Locks locks;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final ShareBook shares;
    private final Operations operations;

    CustomerLocks(Locks locks, PaymentMirror mirror, Companies companies, ShareBook shares, Operations operations) {
        this.locks = locks;
        this.mirror = mirror;
        this.companies = companies;
        this.shares = shares;
        this.operations = operations;
    }

    /** Everything at once: what one step takes in two turns, two steps may take crosswise. */
    void hold(Collection<StoredOperation> decided, Collection<Long> payments, String... customers) {
        Set<String> names = names(decided, payments, customers);
        locks.hold(names.stream().map(name -> "customer " + name).toList());
        if (!names.containsAll(names(decided, payments, customers))) {
            throw new PessimisticLockingFailureException("whose money this is was learned at this moment; tried again");
        }
    }

    private Set<String> names(Collection<StoredOperation> decided, Collection<Long> payments, String... customers) {
        Set<String> names = new TreeSet<>(List.of(customers));
        decided.forEach(operation -> names.addAll(CustomerKeys.of(operation)));
        List.copyOf(names).forEach(name -> names.addAll(companies.innsBehind(name)));
        for (StoredOperation operation : decided) {
            if (operation.partyAccount() != null) {
                names.add(operation.partyAccount()); // what is learned of it changes under its lock
            }
            shares.ofOperation(operation.id()).forEach(share -> names.addAll(ofPayment(share.payment())));
        }
        payments.forEach(payment -> names.addAll(ofPayment(payment)));
        return names;
    }

    /** The customers of a payment, and of all money on it; what has none is locked by itself. */
    Set<String> ofPayment(long payment) {
        Set<String> names = new TreeSet<>(mirror.payment(payment).map(companies::customersOf).orElse(Set.of()));
        shares.ofPayment(payment).stream().filter(share -> share.operation() != null)
                .forEach(share -> names.add(operations.look(share.operation()).customer()));
        if (names.isEmpty()) {
            names.add("of payment " + payment);
        }
        return names;
    }
}
