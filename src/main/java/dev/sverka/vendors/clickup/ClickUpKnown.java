package dev.sverka.vendors.clickup;

import dev.sverka.core.state.Links;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which things of a kind were told, each in which version; in parts, since there may be many. What is missing from a
 * full reading is only a suspicion: much of it at once is how a lost right looks (clickup.md section 15).
 */
final class ClickUpKnown {

    /** So many may be missing at once in any case. */
    static final int FEW = 10;
    /** One in so many is believed besides. */
    private static final int SHARE = 50;
    private static final Duration BELIEVED = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(ClickUpKnown.class);
    private static final int PARTS = 64;
    private static final String SINCE = "since";

    private final Links links;
    private final String account;
    private final String kept;
    private final Map<String, Map<String, Object>> parts = new HashMap<>();

    ClickUpKnown(Links links, String account, String entity) {
        this.links = links;
        this.account = account;
        this.kept = "clickup-known:" + entity;
    }

    private Map<String, Object> part(String part) {
        return parts.computeIfAbsent(part, name -> new TreeMap<>(links.agreed(account, kept, name)));
    }

    private static String partOf(String id) {
        return Integer.toString(Math.floorMod(id.hashCode(), PARTS));
    }

    /** In which version a thing was told; null for never. */
    @Nullable String version(String id) {
        Object version = part(partOf(id)).get(id);
        return version == null ? null : version.toString();
    }

    Set<String> ids() {
        Set<String> ids = new HashSet<>();
        for (int n = 0; n < PARTS; n++) {
            ids.addAll(part(Integer.toString(n)).keySet());
        }
        return ids;
    }

    /** Joins the transaction in which the news were stored. @param told a version by id; empty for what is gone */
    void store(Map<String, String> told) {
        Set<String> touched = new HashSet<>();
        told.forEach((id, version) -> {
            Map<String, Object> part = part(partOf(id));
            Object before = version.isEmpty() ? part.remove(id) : part.put(id, version);
            if (!version.equals(before == null ? "" : before)) {
                touched.add(partOf(id));
            }
        });
        touched.forEach(part -> links.agree(account, kept, part, part(part)));
    }

    /** Whether so many may be asked for by their ids and be called deleted. */
    boolean isBelieved(Collection<String> missing, Instant now) {
        int all = ids().size();
        Map<String, Object> before = links.agreed(account, kept, "missing");
        if (isFew(missing.size(), all)) {
            if (!before.isEmpty()) {
                links.agree(account, kept, "missing", Map.of());
            }
            return true;
        }
        Instant since = before.isEmpty() ? now : Instant.parse(before.get(SINCE).toString());
        if (before.isEmpty()) {
            links.agree(account, kept, "missing", Map.of(SINCE, now.toString()));
        }
        LOG.warn("{}: {} of {} are missing at once ({}) since {}; nothing is called deleted before it has stood for a"
                + " day; look whether the token's user still sees everything", account, missing.size(), all, kept,
                since);
        return !now.isBefore(since.plus(BELIEVED));
    }

    static boolean isFew(int missing, int all) {
        return missing <= Math.max(FEW, all / SHARE);
    }
}
