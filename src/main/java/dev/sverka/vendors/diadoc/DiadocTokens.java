package dev.sverka.vendors.diadoc;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens for refresh tokens (diadoc.md section 3.1). Of all replicas one refreshes at a time, and a refresh
 * token that came with the answer is kept before the access token is used: the one before may be dead by now.
 */
final class DiadocTokens implements DiadocLogin {

    /** A token is renewed so long before its end. */
    private static final Duration AHEAD = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static final Duration UNTIL_OTHERS_ARE_DONE = Duration.ofSeconds(5);

    private final String account;
    private final DiadocTokenStore store;
    private final Function<String, DiadocLoginClient.Granted> refresh;
    private final Leases leases;
    private final Clock clock;
    private @Nullable String header;
    private Instant until = Instant.MIN;

    /** @param refresh sends a refresh token */
    DiadocTokens(String account, DiadocTokenStore store, Function<String, DiadocLoginClient.Granted> refresh,
            Leases leases, Clock clock) {
        this.account = account;
        this.store = store;
        this.refresh = refresh;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public synchronized String header() {
        if (header == null || !clock.instant().isBefore(until)) {
            refreshAlone();
        }
        return Objects.requireNonNull(header);
    }

    @Override
    public synchronized void refused(String used) {
        if (used.equals(header)) {
            header = null;
        }
    }

    private void refreshAlone() {
        String lease = account + "/token";
        if (!leases.hold(lease, LEASE)) {
            throw new VendorException.Transient(account, 0, "", account + ": another replica is logging in",
                    clock.instant().plus(UNTIL_OTHERS_ARE_DONE), null);
        }
        try {
            refresh();
        } finally {
            leases.release(lease);
        }
    }

    /** The one before is tried where the newest is dead: its answer may have been lost before it was kept. */
    private void refresh() {
        VendorException.AuthLost dead = null;
        for (String candidate : store.candidates()) {
            try {
                DiadocLoginClient.Granted granted = refresh.apply(candidate);
                store.used(candidate, granted.refreshToken());
                header = "Bearer " + granted.accessToken();
                until = clock.instant().plus(granted.lives()).minus(AHEAD);
                return;
            } catch (VendorException.AuthLost lost) {
                if (!lost.code().equals(DiadocErrors.INVALID_GRANT)) {
                    throw lost;
                }
                dead = dead == null ? lost : dead;
            }
        }
        throw Objects.requireNonNull(dead);
    }
}
