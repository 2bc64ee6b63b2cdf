package dev.sverka.core.state;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Why the store is not opened; a start ends with these two sentences instead of a stack. */
final class StoreRefusal extends IllegalStateException {

    private final String problem;
    private final String cure;

    StoreRefusal(String problem, String cure) {
        super(problem + "; " + cure);
        this.problem = problem;
        this.cure = cure;
    }

    /** Named in {@code META-INF/spring.factories}. */
    static final class Analyzer extends AbstractFailureAnalyzer<StoreRefusal> {
        @Override
        protected FailureAnalysis analyze(Throwable root, StoreRefusal refusal) {
            return new FailureAnalysis(refusal.problem, refusal.cure, refusal);
        }
    }
}
