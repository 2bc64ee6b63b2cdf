package dev.sverka.core.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry under a lease.
 *
 * @param attempts counted failures before this one
 * @param owner the claim whose result counts: after the lease was lost it matches no row
 */
record Work(long id, String flow, String key, @Nullable Object payload, Map<String, String> headers, int attempts,
        String owner, Instant acceptedAt) {
}
