package dev.sverka.vendors.diadoc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The older log-in by password (diadoc.md section 3.2): one token for all threads, kept in memory only. */
final class DiadocPassword implements DiadocLogin {

    /** A token lives for 24 hours. */
    private static final Duration LIVES = Duration.ofHours(23);

    private final String apiClientId;
    private final Supplier<String> token;
    private final Clock clock;
    private @Nullable String header;
    private Instant until = Instant.MIN;

    /** @param token logs in */
    DiadocPassword(String apiClientId, Supplier<String> token, Clock clock) {
        this.apiClientId = apiClientId;
        this.token = token;
        this.clock = clock;
    }

    @Override
    public synchronized String header() {
        String known = header;
        if (known == null || !clock.instant().isBefore(until)) {
            until = clock.instant().plus(LIVES);
            known = "DiadocAuth ddauth_api_client_id=" + apiClientId + ",ddauth_token=" + token.get();
            header = known;
        }
        return known;
    }

    @Override
    public synchronized void refused(String used) {
        if (used.equals(header)) {
            header = null;
        }
    }
}
