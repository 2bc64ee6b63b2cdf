package dev.sverka.core.journal;

import java.time.Clock;
import javax.sql.DataSource;

/** Parts of this room over a store, for tests of others. */
public final class JournalStage {

    private JournalStage() {
    }

    public static Journal journal(DataSource store) {
        return new Bench(store, Clock.systemUTC()).journal;
    }

    public static Accounts accounts(DataSource store) {
        return new Bench(store, Clock.systemUTC()).accounts;
    }
}
