package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks at this daemon's address (clickup.md section 13). One that is there is adopted, with its secret; one that
 * ClickUp has suspended is activated again, and what it missed is read again.
 */
final class ClickUpWebhooks {

    /** What a sync needs (section 13.2); {@code taskUpdated} tells of every other change of a task. */
    static final List<String> EVENTS = List.of("taskCreated", "taskUpdated", "taskDeleted", "taskMoved",
            "taskTimeTrackedUpdated", "listUpdated", "listDeleted", "folderDeleted");
    private static final Logger LOG = LoggerFactory.getLogger(ClickUpWebhooks.class);
    private static final String ALL = "*";
    private static final String ACTIVE = "active";
    private static final List<String> PLACES = List.of("space_id", "folder_id", "list_id", "task_id");
    /** An address that is not known everywhere yet was taken some seconds later (section 4.3). */
    private static final int TRIES = 3;

    private final Function<String, ClickUpAccount> accounts;
    private final ClickUpSecrets secrets;
    private final @Nullable String publicUrl;
    private final Map<String, Integer> notAllowed = new ConcurrentHashMap<>();

    ClickUpWebhooks(Function<String, ClickUpAccount> accounts, ClickUpSecrets secrets, @Nullable String publicUrl) {
        this.accounts = accounts;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
    }

    /** Where ClickUp reaches this daemon. */
    Optional<String> hookUrl() {
        return Optional.ofNullable(publicUrl).map(base -> base + "/hooks/clickup");
    }

    Object list(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        return account.workspace().webhooks().stream().map(account::read).toList();
    }

    /** Those at an address, and their secrets learnt where the address is ours. */
    private List<Map<String, Object>> at(String account, String url) {
        List<Map<String, Object>> at = accounts.apply(account).workspace().webhooks().stream()
                .filter(one -> url.equals(one.get("endpoint"))).toList();
        if (hookUrl().filter(url::equals).isPresent()) {
            Map<String, String> learnt = new LinkedHashMap<>();
            at.forEach(one -> learnt.put(String.valueOf(one.get("id")), Objects.toString(one.get("secret"), "")));
            secrets.learn(account, learnt);
        }
        return at;
    }

    /** The first at our address, whatever its state; only looked at. */
    Optional<Map<String, Object>> ours(String account) {
        return hookUrl().flatMap(url -> accounts.apply(account).workspace().webhooks().stream()
                .filter(one -> url.equals(one.get("endpoint"))).findFirst());
    }

    static boolean isActive(Map<String, Object> webhook) {
        return ACTIVE.equals(ClickUpWorkspace.map(webhook.get("health")).get("status"));
    }

    Optional<Effect> upsert(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        Map<?, ?> asked = request.body() instanceof Map<?, ?> map ? map : Map.of();
        String url = asked.get("url") != null ? asked.get("url").toString() : hookUrl().orElseThrow(() -> account
                .refused("url", "sverka.public-url is not set: ClickUp cannot be told where this daemon is"));
        Set<String> events = new TreeSet<>();
        (asked.get("events") instanceof Collection<?> named ? named : EVENTS)
                .forEach(one -> events.add(one.toString()));
        String space = ClickUpRequests.other(request, "space");
        Optional<Map<String, Object>> before = fitting(at(request.account(), url), space);
        if (before.filter(one -> isActive(one) && events(one).containsAll(events)).isPresent()) {
            return Optional.empty();
        }
        before.ifPresent(one -> events.addAll(events(one)));
        Map<String, Object> content = new LinkedHashMap<>(Map.of("url", url, "events", List.copyOf(events)));
        return Optional.of(new Effect("webhook", null, content, Optional::empty,
                () -> told(before.isPresent() ? activated(account, before.get(), events)
                        : created(request.account(), account, url, events, space))));
    }

    /** One for the same place, or for the whole Workspace, serves. */
    private static Optional<Map<String, Object>> fitting(List<Map<String, Object>> at, @Nullable String space) {
        return at.stream().filter(one -> PLACES.stream().allMatch(place -> one.get(place) == null
                || place.equals("space_id") && one.get(place).toString().equals(space))).findFirst();
    }

    private static Set<String> events(Map<String, Object> webhook) {
        Set<String> events = new TreeSet<>();
        if (webhook.get("events") instanceof Collection<?> all) {
            all.forEach(one -> events.add(one.toString()));
        } else if (ALL.equals(webhook.get("events"))) {
            events.addAll(EVENTS);
        }
        return events;
    }

    private Map<String, Object> created(String name, ClickUpAccount account, String url, Set<String> events,
            @Nullable String space) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("endpoint", url, "events", List.copyOf(events)));
        if (space != null) {
            body.put("space_id", Long.valueOf(space));
        }
        try {
            Map<String, Object> made = account.workspace().createWebhook(body);
            notAllowed.remove(url);
            // the list shows the secret too, and what others have registered here
            at(name, url);
            return made;
        } catch (VendorException.Refused refused) {
            if (refused.code().equals(ClickUpErrors.URL_NOT_ALLOWED)
                    && notAllowed.merge(url, 1, Integer::sum) < TRIES) {
                throw new VendorException.NotYet(account.name(), refused.status(), refused.code(),
                        refused.getMessage() + "; it is tried again");
            }
            notAllowed.remove(url);
            if (!refused.code().equals(ClickUpErrors.WEBHOOK_EXISTS)) {
                throw refused;
            }
            Map<String, Object> there = fitting(at(name, url), space).orElseThrow(() -> account.refused(
                    refused.code(), "a webhook at " + url + " exists and belongs to another user of ClickUp: only that"
                            + " user can remove it"));
            return isActive(there) ? there : activated(account, there, events);
        }
    }

    /** All three are marked required (section 13.1). */
    private static Map<String, Object> activated(ClickUpAccount account, Map<String, Object> webhook,
            Set<String> events) {
        account.workspace().updateWebhook(String.valueOf(webhook.get("id")), Map.of("endpoint",
                webhook.get("endpoint"), "events", ALL.equals(webhook.get("events")) ? ALL : List.copyOf(events),
                "status", ACTIVE));
        return webhook;
    }

    /** Never the secret: this is kept in the journal. */
    private static Map<String, Object> told(Map<String, Object> webhook) {
        return Map.of("id", String.valueOf(webhook.get("id")), "endpoint", String.valueOf(webhook.get("endpoint")));
    }

    /** Repeating it is safe: what is not there is deleted. */
    Optional<Effect> delete(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        return Optional.of(new Effect("webhook " + id, null, Map.of("deleted", true), Optional::empty, () -> {
            if (account.workspace().webhooks().stream().anyMatch(one -> id.equals(ClickUpBodies.id(one)))) {
                account.workspace().deleteWebhook(id);
            }
            hookUrl().ifPresent(url -> at(request.account(), url));
            return Map.of("id", id);
        }));
    }

    /**
     * Looks after the webhook at our address, since ClickUp tells nobody when it stops (section 13.5).
     *
     * @param failures of webhooks, each as it was after the last look: kept up to date
     * @return whether it told nothing for a while, so that what it missed has to be read
     */
    boolean mended(String name, Map<String, Object> failures) {
        String url = hookUrl().orElse(null);
        if (url == null) {
            return false;
        }
        ClickUpAccount account = accounts.apply(name);
        boolean known = secrets.hasAny(name);
        List<Map<String, Object>> at = at(name, url);
        if (at.isEmpty() && known) {
            LOG.warn("{}: the webhook at {} is gone; it is registered again", account.name(), url);
            created(name, account, url, new TreeSet<>(EVENTS), null);
            return true;
        }
        boolean mended = false;
        for (Map<String, Object> one : at) {
            if (!isActive(one) && !failed(one).equals(failures.get(ClickUpBodies.id(one)))) {
                LOG.warn("{}: the webhook {} at {} is {}; it is activated again", account.name(), one.get("id"), url,
                        one.get("health"));
                mended |= revived(name, account, one, url);
            }
        }
        // activating may leave the count of failures as it was: it says nothing new then (section 20)
        List<Map<String, Object>> now = mended ? at(name, url) : at;
        failures.clear();
        now.stream().filter(one -> failed(one).startsWith("failing ")).forEach(one -> failures.put(String.valueOf(one.get("id")),
                failed(one)));
        return mended;
    }

    private static String failed(Map<String, Object> webhook) {
        Map<String, Object> health = ClickUpWorkspace.map(webhook.get("health"));
        return health.get("status") + " " + health.get("fail_count");
    }

    private boolean revived(String name, ClickUpAccount account, Map<String, Object> webhook, String url) {
        try {
            activated(account, webhook, events(webhook));
        } catch (VendorException.Refused refused) {
            // unknown ids are 401 too (section 4.2)
            if (refused.status() != 404 && !refused.code().equals(ClickUpErrors.UNREACHABLE)) {
                throw refused;
            }
            Object space = webhook.get("space_id");
            created(name, account, url, events(webhook), space == null ? null : space.toString());
        }
        return true;
    }
}
