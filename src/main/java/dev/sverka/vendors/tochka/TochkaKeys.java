package dev.sverka.vendors.tochka;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys with which the bank signs, the latest and those before it: during a change it may use either (tochka.md
 * section 7.3). Known keys are tried first; a signature that none of them made lets the key be fetched, at most once a
 * minute, so that a stranger cannot make us hammer the bank.
 */
final class TochkaKeys {

    private static final Logger LOG = LoggerFactory.getLogger(TochkaKeys.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** The bank may wait so long for its answer; it repeats in ten seconds, and the key is there then. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final int KEPT = 4;

    private final TochkaKeyClient client;
    private final Clock clock;
    private volatile List<RSAKey> keys = List.of();
    private @Nullable Instant fetchedAt;
    private CompletableFuture<Void> fetching = CompletableFuture.completedFuture(null);

    TochkaKeys(TochkaKeyClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether there is a key to judge by. */
    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether the bank signed it, whatever keys its header names. */
    boolean signed(JWSObject signed) {
        List<RSAKey> tried = keys;
        if (isSignedBy(tried, signed)) {
            return true;
        }
        await(fetch());
        List<RSAKey> known = keys;
        return known != tried && isSignedBy(known, signed);
    }

    private static boolean isSignedBy(List<RSAKey> keys, JWSObject signed) {
        for (RSAKey key : keys) {
            try {
                if (signed.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
                    return true;
                }
            } catch (JOSEException unusable) {
                LOG.debug("a key cannot be used: {}", unusable.toString());
            }
        }
        return false;
    }

    /** Fetches the key beside what goes on, unless it was fetched, or tried to, less than a minute ago. */
    synchronized CompletableFuture<Void> fetch() {
        Instant now = clock.instant();
        if (fetchedAt == null || !now.isBefore(fetchedAt.plus(PAUSE))) {
            fetchedAt = now;
            Supplier<List<RSAKey>> fetch = client::keys;
            fetching = CompletableFuture.supplyAsync(fetch, TochkaKeys::onItsOwn).thenAccept(this::learn)
                    .exceptionally(failure -> {
                        LOG.warn("{}: {}; known keys go on being used", client.account(), failure.getMessage());
                        return null;
                    });
        }
        return fetching;
    }

    private static void onItsOwn(Runnable task) {
        Thread thread = new Thread(task, "tochka-key");
        thread.setDaemon(true);
        thread.start();
    }

    private void learn(List<RSAKey> fetched) {
        Set<RSAKey> all = new LinkedHashSet<>(fetched);
        all.addAll(keys);
        keys = new ArrayList<>(all).subList(0, Math.min(KEPT, all.size()));
    }

    private static void await(CompletableFuture<Void> fetching) {
        try {
            fetching.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException later) {
            LOG.debug("the key is not here yet: {}", later.toString());
        }
    }
}
