package dev.sverka.vendors.clickup;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that must not be carried out twice and whose answer was lost. Listings may lag behind, and ClickUp may still be
 * at work after we have gone: it is sent again only after two minutes without a trace of it; the second loss goes to a
 * person (clickup.md sections 10.3 and 14). Kept in the store too, for the replica that takes the work over.
 */
final class ClickUpDoubts {

    /** Longer than a call may take and listings are thought to lag. */
    static final Duration SETTLES = Duration.ofMinutes(2);
    private static final int MOST = 2;
    private static final String ENTITY = "clickup-doubt";

    private final String account;
    private final Links links;
    private final Clock clock;
    private final Instant opened;
    private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

    private record Doubt(Instant at, int losses) {
    }

    ClickUpDoubts(String account, Links links, Clock clock) {
        this.account = account;
        this.links = links;
        this.clock = clock;
        this.opened = clock.instant();
    }

    /**
     * Sends a call of which nothing is to be seen at the vendor.
     *
     * @param key names what is done, such as a marker
     */
    <T> T once(String key, Supplier<T> call) {
        Doubt before = doubt(key);
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.at().plus(SETTLES))) {
            throw notYet(key, before.at().plus(SETTLES));
        }
        if (before != null && before.losses() >= MOST) {
            // a person who sends the work again after looking starts anew
            settled(key);
            throw new VendorException.Refused(account, 0, "lost-twice", account + ": the answer to " + key
                    + " was lost twice and ClickUp shows nothing of it; look there, then send this work again");
        }
        try {
            T result = call.get();
            settled(key);
            return result;
        } catch (VendorException.Unclear lost) {
            Doubt after = new Doubt(clock.instant(), before == null ? 1 : before.losses() + 1);
            doubts.put(key, after);
            links.agree(account, ENTITY, key, Map.of("at", after.at().toString(), "losses", after.losses()));
            throw lost;
        }
    }

    /** It was found at the vendor, or is sent no more. */
    void settled(String key) {
        if (doubt(key) != null) {
            doubts.remove(key);
            links.agree(account, ENTITY, key, Map.of());
        }
    }

    /** Of a call that an earlier process may have sent and never learnt the end of. */
    void orphaned(String key) {
        if (doubt(key) == null && clock.instant().isBefore(opened.plus(SETTLES))) {
            throw notYet(key, opened.plus(SETTLES));
        }
    }

    private VendorException.NotYet notYet(String key, Instant until) {
        return new VendorException.NotYet(account, 0, "settling", account + ": the answer to " + key
                + " was lost; ClickUp may still be at work on it, so it is looked for until " + until
                + " before it is sent again");
    }

    private @Nullable Doubt doubt(String key) {
        Doubt own = doubts.get(key);
        Map<String, Object> kept = own == null ? links.agreed(account, ENTITY, key) : Map.of();
        return kept.isEmpty() ? own : new Doubt(Instant.parse(kept.get("at").toString()),
                Integer.parseInt(kept.get("losses").toString()));
    }
}
