package dev.sverka.flows.payments;

import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import java.util.Map;
import java.util.Set;

/** Tells the management books of an operation whose place has changed, in the transaction of that change. */
final class Bookkeeping {

    /** Whose pause holds this work back. */
    static final String BOOKS = "fintablo.main";
    private static final String FLOW = "books";
    private static final Set<String> SETTLED = Set.of("allocated", "classified");

    private final Journal journal;
    private final Accounts accounts;

    Bookkeeping(Journal journal, Accounts accounts) {
        this.journal = journal;
        this.accounts = accounts;
    }

    /** Where the books are off nothing waits for them: what is settled by the day they are on is found then. */
    void changed(StoredOperation before, String box) {
        if ((SETTLED.contains(box) || SETTLED.contains(before.box())) && isOn()) {
            String id = Long.toString(before.id());
            journal.accept(new Event(FLOW, BOOKS, id, null, true, Map.of("operation", before.id()),
                    Map.of("SyncId", id), null));
        }
    }

    private boolean isOn() {
        return accounts.all().stream().anyMatch(one -> one.name().equals(BOOKS) && !one.state().equals("off"));
    }
}
