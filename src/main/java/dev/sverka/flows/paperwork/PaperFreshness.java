package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Cursors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a paper is, is decided on the portal as it was after the paper was read, or what a person entered a moment before
 * would be entered twice. A paper whose item is known waits for nothing.
 */
final class PaperFreshness {

    private static final List<String> FEEDS = List.of("bitrix24.main/document", "bitrix24.main/report",
            "bitrix24.main/company");
    private static final List<String> FLOWS = List.of(Papers.ITEM_FLOW, "company-changed");
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final Cursors cursors;
    private final Journal journal;

    PaperFreshness(Cursors cursors, Journal journal) {
        this.cursors = cursors;
        this.journal = journal;
    }

    /** @throws NotYet while the portal has not been read since */
    void check(Instant since) {
        for (String feed : FEEDS) {
            Optional<Instant> read = cursors.presentAt(feed);
            if (read.isEmpty() || read.get().isBefore(since)) {
                throw new NotYet(feed + " is read first: what a paper is, is decided on the portal as it is now");
            }
        }
        for (String flow : FLOWS) {
            if (!journal.openNews(flow, 1).isEmpty()) {
                throw new NotYet("news of the portal (" + flow + ") is still being worked on", AT_ONCE);
            }
        }
    }
}
