package dev.sverka.flows.payments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts decisions by kind, in this process; one whose transaction fails was none. */
final class DecisionCounter {

    /** Rules of {@code mappings/bank-rules.yaml} bear people's words; they are one kind together. */
    private static final String OWN_RULE = "bank-rule";

    private final MeterRegistry meters;

    DecisionCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    void decided(Decision.Because because) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            count(because);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                count(because);
            }
        });
    }

    private void count(Decision.Because because) {
        String rule = because.rule();
        Counter.builder("sverka.decisions").description("Decisions on money by kind and by whom")
                .tags("kind", rule.matches("[a-z][a-z0-9-]*") ? rule : OWN_RULE, "by",
                        because.person() == null ? "machine" : "person").register(meters).increment();
    }
}
