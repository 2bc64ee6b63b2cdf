package dev.sverka.vendors.clickup;

import dev.sverka.core.state.Links;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The secrets by which events are verified: ClickUp makes one up for each webhook (clickup.md section 13.1), so what is
 * configured is not all. Kept in the store, because an event is verified without asking anybody.
 */
final class ClickUpSecrets {

    private static final String ENTITY = "clickup-webhook";
    private static final String ITEM = "secrets";

    private final Map<String, ClickUpProperties.Account> configured;
    private final Links links;

    ClickUpSecrets(Map<String, ClickUpProperties.Account> configured, Links links) {
        this.configured = configured;
        this.links = links;
    }

    /** Those of an account's webhooks. */
    Set<String> of(String account) {
        Set<String> secrets = new TreeSet<>();
        ClickUpProperties.Account one = configured.get(account);
        add(secrets, one == null ? null : one.webhookSecret());
        kept(account).values().forEach(secret -> add(secrets, secret));
        return secrets;
    }

    private static void add(Set<String> secrets, @Nullable Object secret) {
        if (secret != null && !secret.toString().isBlank()) {
            secrets.add(secret.toString());
        }
    }

    private Map<String, Object> kept(String account) {
        return links.agreed("clickup." + account, ENTITY, ITEM);
    }

    /** Whether a webhook at our address was ever seen. */
    boolean hasAny(String account) {
        return !kept(account).isEmpty();
    }

    /** The webhooks that are at our address now, with their secrets; others are forgotten. */
    void learn(String account, Map<String, String> secrets) {
        Map<String, Object> now = new LinkedHashMap<>(secrets);
        if (!now.equals(kept(account))) {
            links.agree("clickup." + account, ENTITY, ITEM, now);
        }
    }
}
