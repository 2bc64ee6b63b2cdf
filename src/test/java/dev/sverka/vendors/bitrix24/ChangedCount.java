package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Sandbox;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How many HTTP requests it takes to learn of many changed items. */
public final class ChangedCount {

    private ChangedCount() {
    }

    /**
     * What it took.
     *
     * @param requests over HTTP
     * @param lists that the portal carried out, those inside a batch too
     */
    public record Cost(int requests, long lists) {
    }

    /**
     * Reads the feed of payments once as it is, changes many and reads it again.
     *
     * @return what the second reading took
     * @throws IllegalStateException where a change was not told
     */
    public static Cost cost(int changes) throws Exception {
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            sandbox.bitrix24().limited(false);
            Links links = Stores.open().links();
            Declared<Portal> portal = Portals.declared(Files.readString(Path.of("mappings/portal.yaml")));
            Bitrix24Account account = Rooms.account(Rooms.client(sandbox.bitrix24().url()), portal, links,
                    Clock.systemUTC());
            Bitrix24Feed feed = Rooms.feed("payment", portal, account, links, Clock.systemUTC());
            Map<String, String> position = read(feed, Map.of(), new HashSet<>());
            for (int n = 0; n < changes; n++) {
                sandbox.portal().payment(dev.sverka.sandbox.bitrix24.Portal.IN, "Ч-" + n, LocalDate.of(2026, 11, 2),
                        new BigDecimal("1000.00"), 1, 1, 1);
            }
            int before = sandbox.bitrix24().calls().size();
            long executed = sandbox.bitrix24().executed("crm.item.list");
            Set<String> told = new HashSet<>();
            read(feed, position, told);
            if (told.size() < changes) {
                throw new IllegalStateException("only " + told.size() + " of " + changes + " were told");
            }
            return new Cost(sandbox.bitrix24().calls().size() - before,
                    sandbox.bitrix24().executed("crm.item.list") - executed);
        }
    }

    /** Reads to the present. @return the position after it */
    static Map<String, String> read(Bitrix24Feed feed, Map<String, String> position, Set<String> told) {
        Map<String, String> last = position;
        Feed.Pages pages = feed.open("main", position);
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            page.news().forEach(news -> told.add(news.id()));
            last = page.position();
        }
        return last;
    }
}
