package dev.sverka.vendors.clickup;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at our webhook every few minutes (clickup.md section 13.5): ClickUp drops what it could not deliver five times
 * and says nothing when it stops altogether. Feeds then read the time it was silent again.
 */
final class ClickUpWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClickUpWatch.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final String ENTITY = "clickup-webhook";
    private static final String ITEM = "watch";
    private static final String LOOKED = "looked";
    private static final String SINCE = "since";
    private static final String AT = "at";
    private static final String FAILURES = "failures";

    private final ClickUpWebhooks webhooks;
    private final Links links;
    private final Clock clock;

    /** When it was set right last. @param since until when it was known to be well */
    record Mended(Instant since, Instant at) {
    }

    ClickUpWatch(ClickUpWebhooks webhooks, Links links, Clock clock) {
        this.webhooks = webhooks;
        this.links = links;
        this.clock = clock;
    }

    /** Looks where it is time to. */
    Optional<Mended> look(String account) {
        String name = "clickup." + account;
        Map<String, Object> kept = new LinkedHashMap<>(links.agreed(name, ENTITY, ITEM));
        Instant now = clock.instant();
        Instant looked = kept.containsKey(LOOKED) ? Instant.parse(kept.get(LOOKED).toString()) : null;
        if (webhooks.hookUrl().isPresent() && (looked == null || !now.isBefore(looked.plus(EVERY)))) {
            boolean mended = false;
            Map<String, Object> failures = new LinkedHashMap<>(kept.get(FAILURES) instanceof Map<?, ?> map
                    ? ClickUpWorkspace.map(map) : Map.of());
            try {
                mended = webhooks.mended(account, failures);
            } catch (VendorException.Refused | VendorException.NotYet failure) {
                // news is read without it too
                LOG.warn("{}: the webhook could not be looked after: {}", name, failure.getMessage());
            }
            if (mended) {
                kept.put(SINCE, (looked == null ? now : looked).toString());
                kept.put(AT, now.toString());
            }
            kept.put(FAILURES, failures);
            kept.put(LOOKED, now.toString());
            links.agree(name, ENTITY, ITEM, kept);
        }
        return kept.containsKey(AT) ? Optional.of(new Mended(Instant.parse(kept.get(SINCE).toString()),
                Instant.parse(kept.get(AT).toString()))) : Optional.empty();
    }
}
