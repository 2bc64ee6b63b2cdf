package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.Links;
import dev.sverka.records.edo.EdoDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was told of each document last. This provider has no version and may change a state without an event (saby.md
 * section 7), also back to one it had: such a change is news, and the same reading again is none.
 */
final class SabyTold {

    private static final String ENTITY = "edo-told";

    private final String account;
    private final Links links;
    private final Map<String, Map<String, Object>> pending = new LinkedHashMap<>();

    SabyTold(String account, Links links) {
        this.account = account;
        this.links = links;
    }

    /** Empty where it was told like this already. */
    Optional<Feed.News> news(EdoDocument read) {
        Map<String, Object> before = pending.getOrDefault(read.id(), links.agreed(account, ENTITY, read.id()));
        if (read.version().equals(before.get("version"))) {
            return Optional.empty();
        }
        long times = before.get("times") instanceof Number number ? number.longValue() + 1 : 1;
        pending.put(read.id(), Map.of("version", read.version(), "times", times));
        return Optional.of(new Feed.News(read.id(), times + "-" + read.version(), read));
    }

    /** Joins the transaction in which the news went through the route. */
    void stored() {
        pending.forEach((id, values) -> links.agree(account, ENTITY, id, values));
        pending.clear();
    }
}
