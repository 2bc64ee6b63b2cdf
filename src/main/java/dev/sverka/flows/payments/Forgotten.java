package dev.sverka.flows.payments;

import dev.sverka.core.state.Locks;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** At a start, works out of a store of an older version what this one keeps beside it. A replica alone does it. */
final class Forgotten implements SmartInitializingSingleton {

    private static final int AT_ONCE = 500;

    private final Transactions transactions;
    private final Locks locks;
    private final Operations operations;
    private final PaymentMirror mirror;
    private final Companies companies;

    Forgotten(Transactions transactions, Locks locks, Operations operations, PaymentMirror mirror, Companies companies) {
        this.transactions = transactions;
        this.locks = locks;
        this.operations = operations;
        this.mirror = mirror;
        this.companies = companies;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transactions.run(companies::fillNames);
        all(operations::awaitForgotten);
        all(mirror::paperForgotten);
    }

    private void all(IntUnaryOperator some) {
        while (transactions.run(() -> {
            locks.hold(List.of("forgotten"));
            return some.applyAsInt(AT_ONCE);
        }) > 0) {
            // the next ones
        }
    }
}
