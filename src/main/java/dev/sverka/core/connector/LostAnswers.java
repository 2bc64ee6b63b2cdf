package dev.sverka.core.connector;

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
 * Calls that must not be carried out twice and whose answer was lost, at a vendor that may still be at work on one after
 * we have gone: it is sent again only after some minutes without a trace of it; the second loss goes to a person. Kept in
 * the store too, for the replica that takes the work over.
 */
public final class LostAnswers {

    private static final int MOST = 2;

    private final String account;
    private final String vendor;
    private final String entity;
    private final Duration settles;
    private final Links links;
    private final Clock clock;
    private final Instant opened;
    private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

    private record Doubt(Instant at, int losses) {
    }

    /**
     * @param account as accounts are named, such as {@code fintablo.main}
     * @param vendor as people call it
     * @param settles longer than a call may take, ours and what a gateway holds behind it, and than listings may lag
     */
    public LostAnswers(String account, String vendor, Duration settles, Links links, Clock clock) {
        this.account = account;
        this.vendor = vendor;
        this.entity = account.replaceFirst("\\..*", "") + "-doubt";
        this.settles = settles;
        this.links = links;
        this.clock = clock;
        this.opened = clock.instant();
    }

    /**
     * Sends a call of which nothing is to be seen at the vendor.
     *
     * @param key names what is done, such as a marker
     */
    public <T> T once(String key, Supplier<T> call) {
        Doubt before = doubt(key);
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.at().plus(settles))) {
            throw notYet(key, before.at().plus(settles));
        }
        if (before != null && before.losses() >= MOST) {
            // a person who sends the work again after looking starts anew
            settled(key);
            throw new VendorException.Refused(account, 0, "lost-twice", account + ": the answer to " + key
                    + " was lost twice and " + vendor + " shows nothing of it; look there, then send this work again");
        }
        try {
            T result = call.get();
            settled(key);
            return result;
        } catch (VendorException.Unclear lost) {
            Doubt after = new Doubt(clock.instant(), before == null ? 1 : before.losses() + 1);
            doubts.put(key, after);
            links.agree(account, entity, key, Map.of("at", after.at().toString(), "losses", after.losses()));
            throw lost;
        }
    }

    /** It was found at the vendor, or is sent no more. */
    public void settled(String key) {
        if (doubt(key) != null) {
            doubts.remove(key);
            links.agree(account, entity, key, Map.of());
        }
    }

    /** Of a call that an earlier process may have sent and never learnt the end of. */
    public void orphaned(String key) {
        if (doubt(key) == null && clock.instant().isBefore(opened.plus(settles))) {
            throw notYet(key, opened.plus(settles));
        }
    }

    private VendorException.NotYet notYet(String key, Instant until) {
        return new VendorException.NotYet(account, 0, "settling", account + ": the answer to " + key
                + " was lost; " + vendor + " may still be at work on it, so it is looked for until " + until
                + " before it is sent again");
    }

    private @Nullable Doubt doubt(String key) {
        Doubt own = doubts.get(key);
        Map<String, Object> kept = own == null ? links.agreed(account, entity, key) : Map.of();
        return kept.isEmpty() ? own : new Doubt(Instant.parse(kept.get("at").toString()),
                Integer.parseInt(kept.get("losses").toString()));
    }
}
