package dev.sverka.core.routes;

import dev.sverka.core.state.ProblemException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start that fails for a bad file says so in the same lines as {@code check}, without a stack. */
final class ProblemAnalyzer extends AbstractFailureAnalyzer<ProblemException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProblemException cause) {
        return new FailureAnalysis(cause.getMessage(), "mend the lines above and start again", cause);
    }
}
