package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Cursors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a paper or a file is, is decided on the portal as it was after it was read, or what a person entered a moment
 * before would be entered twice. One whose item is known waits for nothing.
 */
final class PaperFreshness {

    private static final String COMPANY = "company";
    private static final String COMPANY_FLOW = "company-changed";
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final Cursors cursors;
    private final Journal journal;
    private final List<String> entities;
    private final List<String> flows;

    private PaperFreshness(Cursors cursors, Journal journal, List<String> entities, List<String> flows) {
        this.cursors = cursors;
        this.journal = journal;
        this.entities = entities;
        this.flows = flows;
    }

    /** For papers: they are looked for among documents and acts. */
    static PaperFreshness ofPapers(Cursors cursors, Journal journal) {
        return new PaperFreshness(cursors, journal, List.of(PaperStage.DOCUMENT, PaperStage.ACT, COMPANY),
                List.of(Papers.ITEM_FLOW, COMPANY_FLOW));
    }

    /** For invoice files: they are looked for among payments. */
    static PaperFreshness ofPayments(Cursors cursors, Journal journal) {
        return new PaperFreshness(cursors, journal, List.of("payment", COMPANY), List.of("payment-changed",
                COMPANY_FLOW));
    }

    /** @throws NotYet while the portal has not been read since */
    void check(Instant since) {
        for (String entity : entities) {
            String feed = "bitrix24.main/" + entity;
            Optional<Instant> read = cursors.presentAt(feed);
            if (read.isEmpty() || read.get().isBefore(since)) {
                throw new NotYet(feed + " is read first: what a paper is, is decided on the portal as it is now");
            }
        }
        for (String flow : flows) {
            if (!journal.openNews(flow, 1).isEmpty()) {
                throw new NotYet("news of the portal (" + flow + ") is still being worked on", AT_ONCE);
            }
        }
    }
}
