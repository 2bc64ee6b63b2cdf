package dev.sverka.flows.payments;

import dev.sverka.core.state.Locks;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Works out of a store of an older version what this one keeps beside it: whose news decides what waits before any work
 * begins; beside the work, by which numbers payments are named (until then each counts as open, and is read). A replica
 * alone does it.
 */
final class StoreUpgrade implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(StoreUpgrade.class);
    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final Locks locks;
    private final Operations operations;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final Thread beside = new Thread(this::papers, "store upgrade");
    private volatile boolean stopped;

    StoreUpgrade(Transactions transactions, Locks locks, Operations operations, PaymentMirror mirror, Companies companies) {
        this.transactions = transactions;
        this.locks = locks;
        this.operations = operations;
        this.mirror = mirror;
        this.companies = companies;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transactions.run(companies::fillNames);
        all(operations::noteMissingCustomers);
        beside.setDaemon(true);
        beside.start();
    }

    private void papers() {
        try {
            all(mirror::keepMissingPapers);
        } catch (RuntimeException broken) {
            if (!stopped) {
                LOG.warn("Numbers of payments could not all be kept; it goes on at the next start", broken);
            }
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        stopped = true;
        beside.join(5000);
    }

    private void all(IntUnaryOperator some) {
        while (!stopped && transactions.run(() -> {
            locks.hold(List.of("store upgrade"));
            return some.applyAsInt(AT_ONCE);
        }) > 0) {
            // the next ones
        }
    }
}
