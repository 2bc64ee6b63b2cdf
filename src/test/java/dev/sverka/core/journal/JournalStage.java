package dev.sverka.core.journal;

import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.Component;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Parts of this room over a store, for tests of others. */
public final class JournalStage {

    private final Bench bench;

    public JournalStage(DataSource store) {
        this(store, Clock.systemUTC());
    }

    public JournalStage(DataSource store, Clock clock) {
        bench = new Bench(store, clock);
    }

    public Intents intents() {
        return bench.intents;
    }

    public Journal journal() {
        return bench.journal;
    }

    /** The scheme {@code journal:}. */
    public Component component() {
        return new JournalComponent(bench.journal, bench.claims, bench.signals,
                new StaticListableBeanFactory().getBeanProvider(Verdicts.class));
    }

    public Accounts accounts() {
        return bench.accounts;
    }
}
