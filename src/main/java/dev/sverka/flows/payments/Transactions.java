package dev.sverka.flows.payments;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** One transaction a step; where two meet in a deadlock the loser begins anew, and nobody hears of it. */
final class Transactions {

    private static final int TRIES = 6;

    private final TransactionOperations operations;

    Transactions(TransactionOperations operations) {
        this.operations = operations;
    }

    <T> T run(Supplier<T> work) {
        for (int left = TRIES; ; left--) {
            try {
                return Objects.requireNonNull(operations.execute(status -> work.get()));
            } catch (ConcurrencyFailureException lost) {
                if (left == 1) {
                    throw lost;
                }
            }
        }
    }

    void run(Runnable work) {
        run(() -> {
            work.run();
            return true;
        });
    }
}
