package dev.sverka.flows.payments;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Cursors;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Nothing is decided before the portal's payments and companies have been read wholly once: a mirror half loaded could hide
 * a second equal invoice.
 */
final class MirrorGate {

    /** Feeds and the flows that work their news off. */
    private static final Map<String, String> FEEDS = Map.of(
            "bitrix24.main/payment", "payment-changed", "bitrix24.main/company", "company-changed");

    private final Cursors cursors;
    private final Journal journal;
    private volatile boolean open;

    MirrorGate(Cursors cursors, Journal journal) {
        this.cursors = cursors;
        this.journal = journal;
    }

    /** @throws NotYet while something is missing */
    void check() {
        if (open) {
            return;
        }
        FEEDS.forEach((feed, flow) -> {
            Optional<Instant> reached = cursors.reachedAt(feed);
            // the last page is accepted in the very millisecond in which the feed is noted as read
            if (reached.isEmpty() || journal.openBefore(flow, reached.get().plusMillis(1))) {
                throw new NotYet("the portal's payments and companies are still being read for the first time");
            }
        });
        open = true;
    }
}
