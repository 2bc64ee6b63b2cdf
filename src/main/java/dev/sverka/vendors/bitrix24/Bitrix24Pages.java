package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Walks a listing by id (bitrix24.md sections 4.1, 5.3): one page alone, for mostly there is no more, then chains of
 * two, four … pages in one batch each, as long as end well inside the vendor's 60 s. Pages of a chain behind the list's
 * end are carried out all the same, and cost operating time: a chain is never longer than what was read before it.
 */
final class Bitrix24Pages {

    private static final Duration CHAIN = Duration.ofSeconds(30);

    private final Bitrix24Client client;
    private final Bitrix24Listing listing;
    private long after;
    private boolean started;
    private boolean done;
    private int most = 2;

    /** @param after ids up to this one are left out */
    Bitrix24Pages(Bitrix24Client client, Bitrix24Listing listing, long after) {
        this.client = client;
        this.listing = listing;
        this.after = after;
    }

    /** Whether the last page has been read. */
    boolean isDone() {
        return done;
    }

    /** The next pages in order; the last one of all has less than 50 rows. */
    List<List<JsonNode>> next() {
        List<List<JsonNode>> pages = started ? chain() : List.of(listing.rows(
                client.read(listing.method(), listing.from(after).parameters())));
        started = true;
        List<JsonNode> last = pages.get(pages.size() - 1);
        done = last.size() < Bitrix24Client.PAGE;
        if (!last.isEmpty()) {
            after = listing.id(last.get(last.size() - 1));
        }
        return pages;
    }

    /** Gives up: the portal does not have this list. */
    List<List<JsonNode>> end() {
        done = true;
        return List.of(List.of());
    }

    private List<List<JsonNode>> chain() {
        while (true) {
            int pages = Math.min(most, Math.min(Bitrix24Client.PAGE, client.governor().room(listing.method(), CHAIN)));
            try {
                List<List<JsonNode>> read = listing.pages(client.batch(listing.chain(after, pages), false));
                most = Math.min(Bitrix24Client.PAGE, most * 2);
                return read;
            } catch (VendorException.Transient cut) {
                if (cut.until() != null || most == 1) {
                    throw cut;
                }
                // perhaps cut off at 60 s: a shorter one may come through
                most = Math.max(1, pages / 4);
            }
        }
    }
}
