package dev.sverka.core.journal;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.ObjectProvider;

/** {@code to: journal:<flow>} stores news, {@code from: journal:<flow>} works on it. */
final class JournalComponent extends DefaultComponent {

    private final Journal journal;
    private final Claims claims;
    private final Signals signals;
    private final ObjectProvider<Verdicts> verdicts;

    JournalComponent(Journal journal, Claims claims, Signals signals, ObjectProvider<Verdicts> verdicts) {
        this.journal = journal;
        this.claims = claims;
        this.signals = signals;
        this.verdicts = verdicts;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String flow, Map<String, Object> parameters) throws Exception {
        JournalEndpoint endpoint = new JournalEndpoint(uri, this, flow);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    Journal journal() {
        return journal;
    }

    Workers workers(String flow, int size, Function<Work, Outcome> step) {
        return new Workers(flow, size, claims, signals, step);
    }

    Instant now() {
        return claims.now();
    }

    /** Asked at a consumer's start: the policy may itself need beans that need routes. */
    Verdicts verdicts() {
        return verdicts.getObject();
    }
}
