package dev.sverka.desk.console;

import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Counts;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Refusals;
import java.util.List;
import org.springframework.stereotype.Component;

/** How the daemon stands at this moment: one answer for {@code /api/status}, the first page and the page of status. */
@Component
class Standing {

    private final Journal journal;
    private final Accounts accounts;
    private final Refusals refusals;

    Standing(Journal journal, Accounts accounts, Refusals refusals) {
        this.journal = journal;
        this.accounts = accounts;
        this.refusals = refusals;
    }

    record Now(Counts counts, List<AccountState> accounts, List<Problem> refused) {
    }

    Now now() {
        return new Now(journal.counts(), accounts.all(), refusals.all());
    }
}
