package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.LostAnswers;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One company at work: its client, and what must not be done twice there. */
final class FinTabloAccount {

    /** How long a lost call may still be under way there (fintablo.md section 11). */
    static final Duration SETTLES = Duration.ofMinutes(3);

    private final FinTabloClient client;
    private final FinTabloFinder finder;
    private final LostAnswers doubts;
    private final Set<String> dangling = ConcurrentHashMap.newKeySet();

    FinTabloAccount(FinTabloClient client, Links links, Clock clock) {
        this(client, links, clock, SETTLES);
    }

    /** @param settles until when a call that was not answered may still be carried out */
    FinTabloAccount(FinTabloClient client, Links links, Clock clock, Duration settles) {
        this.client = client;
        this.finder = new FinTabloFinder(client);
        this.doubts = new LostAnswers(client.account(), "FinTablo", settles, links, clock);
    }

    FinTabloClient client() {
        return client;
    }

    FinTabloFinder finder() {
        return finder;
    }

    /**
     * Does what must happen once. Neither an error nor a lost answer proves that nothing happened: both are followed by
     * a look.
     *
     * @param key names what is done
     * @param call sends; gives what the answer shows, empty where it shows too little
     * @param shown looks whether it is done
     */
    Map<String, Object> once(String key, Supplier<Optional<Map<String, Object>>> call,
            Supplier<Optional<Map<String, Object>>> shown) {
        try {
            return doubts.once(key, () -> call.get().or(shown).orElseThrow(() -> new VendorException.Unclear(
                    client.account(), 200, "", client.account() + " " + key
                            + ": FinTablo says yes and does not show it; it is looked for", null)));
        } catch (VendorException.Unclear | VendorException.Refused failure) {
            Optional<Map<String, Object>> done = shown.get();
            if (done.isEmpty()) {
                throw judged(key, failure);
            }
            doubts.settled(key);
            return done.get();
        }
    }

    /** What an earlier try has done; empty where it may be sent (again). */
    Optional<Map<String, Object>> settled(String key, Supplier<Optional<Map<String, Object>>> shown) {
        Optional<Map<String, Object>> done = shown.get();
        if (done.isEmpty()) {
            doubts.orphaned(key);
        } else {
            doubts.settled(key);
        }
        return done;
    }

    /** An object made a moment ago may not be known everywhere yet: once more, then a person (section 3). */
    private VendorException judged(String key, VendorException failure) {
        if (failure.code().equals(FinTabloErrors.DANGLING) && dangling.add(key)) {
            return new VendorException.NotYet(failure.account(), failure.status(), failure.code(),
                    failure.getMessage() + "; it is tried once more");
        }
        dangling.remove(key);
        return failure;
    }

    VendorException.Refused refused(String code, String message) {
        return new VendorException.Refused(client.account(), 0, code, client.account() + ": " + message);
    }

    /** @throws VendorException.Refused where it is not there */
    Map<String, Object> required(FinTabloEntity entity, long id) {
        return client.item(entity, id).orElseThrow(() -> refused(FinTabloErrors.GONE, entity.name() + " " + id
                + " is not in FinTablo any more; look who deleted it, then dismiss this work or enter it anew"));
    }
}
