package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Cursors;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds lose events, and their nightly reading reaches back so far only: a paper that still waits for somebody, and of
 * which nothing was heard for a week, is asked for by its id. Routes call the steps as {@code bean:unheardPapers?method=…}.
 */
@FlowSteps
public class UnheardPapers {

    private static final String FLOW = "paper-unheard";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    /** What somebody is still expected to do something about. */
    private static final Set<EdoState> OPEN = EnumSet.of(EdoState.SENT, EdoState.DELIVERED, EdoState.PARTLY_SIGNED,
            EdoState.REVOCATION_REQUESTED, EdoState.ERROR);

    private final TransactionOperations transactions;
    private final PaperBook book;
    private final Cursors cursors;
    private final Journal journal;
    private final JsonMapper json;
    private final Clock clock;

    UnheardPapers(TransactionOperations transactions, PaperBook book, Cursors cursors, Journal journal, JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.book = book;
        this.cursors = cursors;
        this.journal = journal;
        this.json = json;
        this.clock = clock;
    }

    /** Puts what is to be asked for into the journal. */
    public void due() {
        Instant now = clock.instant();
        transactions.executeWithoutResult(status -> book.unheard(now.minus(WEEK)).stream()
                .filter(row -> isOpen(row.paper()) && isRead(row.paper(), now)).forEach(row -> journal.accept(new Event(FLOW,
                        row.paper().source(), PaperSearch.about(row), null, true, Map.of("id", row.paper().id()),
                        Map.of("SyncAccount", row.paper().source(), "SyncId", PaperSearch.about(row)), null))));
    }

    private static boolean isOpen(EdoDocument paper) {
        return OPEN.contains(paper.state()) && !paper.flags().contains(EdoFlag.NO_ANSWER_DUE);
    }

    /** One whose account is no longer configured cannot be asked for. */
    private boolean isRead(EdoDocument paper, Instant now) {
        return cursors.presentAt(paper.source() + "/document").filter(at -> at.isAfter(now.minus(DAY))).isPresent();
    }

    /** What was asked for is news where it says something else than was known. @param paper as its provider shows it */
    public void heard(EdoDocument paper) {
        transactions.executeWithoutResult(status -> {
            Optional<PaperBook.Row> known = book.find(paper.source(), paper.id());
            if (known.filter(row -> row.paper().version().equals(paper.version())).isPresent()) {
                book.take(paper, known.get().historic());
            } else {
                Papers.accept(journal, json, paper);
            }
        });
    }
}
