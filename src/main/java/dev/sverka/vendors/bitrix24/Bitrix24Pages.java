package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Walks a listing by id (bitrix24.md sections 4.1, 5.3): one page alone, for mostly there is no more, then chains of
 * pages in one batch each, as long as end well inside the vendor's 60 s. Pages of a chain behind the list's end are
 * carried out all the same, and cost operating time: where the first page told how many rows there are, a chain ends
 * where they do; elsewhere, and where there are more than was told, chains are of two, four … pages, never longer than
 * what was read before. Only a page that is not full is taken for the last one.
 */
final class Bitrix24Pages {

    private static final Duration CHAIN = Duration.ofSeconds(30);
    /** Pages of the first chain where nobody knows how many there are. */
    private static final int SECOND = 2;

    private final Bitrix24Client client;
    private final Bitrix24Listing listing;
    private long after;
    private boolean started;
    private boolean done;
    /** As far as failures and what was read before allow. */
    private int most = SECOND;
    private final boolean counts;
    /** Rows that are left as the portal counted them; below zero where it did not. */
    private int left = -1;

    /** @param after ids up to this one are left out */
    Bitrix24Pages(Bitrix24Client client, Bitrix24Listing listing, long after) {
        this(client, listing, after, false);
    }

    private Bitrix24Pages(Bitrix24Client client, Bitrix24Listing listing, long after, boolean counts) {
        this.client = client;
        this.listing = listing;
        this.after = after;
        this.counts = counts;
    }

    /** A walk of a list whose filter leaves so few rows that counting costs no more than listing them. */
    static Bitrix24Pages counted(Bitrix24Client client, Bitrix24Listing listing, long after) {
        return new Bitrix24Pages(client, listing, after, true);
    }

    /** Whether the last page has been read. */
    boolean isDone() {
        return done;
    }

    /** The next pages in order; the last one of all has less than 50 rows. */
    List<List<JsonNode>> next() {
        List<List<JsonNode>> pages = started ? chain() : List.of(first());
        started = true;
        if (left >= 0) {
            left -= pages.stream().mapToInt(List::size).sum();
            most = left < 0 ? SECOND : most; // there are more than was told
        }
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

    private List<JsonNode> first() {
        Optional<Bitrix24Client.Counted> counted = counts ? client.counted(listing, after) : Optional.empty();
        if (counted.isPresent() && counted.get().total() >= counted.get().rows().size()) {
            left = counted.get().total();
            most = Bitrix24Client.PAGE;
        }
        return counted.map(Bitrix24Client.Counted::rows).orElseGet(() -> listing.rows(
                client.read(listing.method(), listing.from(after).parameters())));
    }

    /** The page after the last full one is asked for too: what proves the end is that it is not full. */
    private int wanted() {
        return left < 0 ? most : Math.min(most, left / Bitrix24Client.PAGE + 1);
    }

    private List<List<JsonNode>> chain() {
        while (true) {
            int pages = client.governor().isBlocked(Bitrix24Governor.BATCH) ? 1 : Math.min(wanted(), Math.min(
                    Bitrix24Client.PAGE, client.governor().room(listing.method(), CHAIN)));
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
