package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/**
 * How one portal calls what {@code mappings/portal.yaml} names. Looked up by title and label, kept for some minutes:
 * no event tells that people renamed a stage (bitrix24.md section 6.4).
 */
final class Bitrix24Names {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration TYPES_KEPT = Duration.ofMinutes(1);

    private final Bitrix24Client client;
    private final Declared<Portal> portal;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private Map<Integer, String> types = Map.of();
    private Instant typesUntil = Instant.MIN;

    Bitrix24Names(Bitrix24Client client, Declared<Portal> portal, Clock clock) {
        this.client = client;
        this.portal = portal;
        this.clock = clock;
    }

    /**
     * An entity as the portal calls it.
     *
     * @param typeId the {@code entityTypeId}; 0 for users
     * @param all every name of {@code crm.item.fields}, with what it says of it
     * @param pipelines category ids by our key
     * @param stages the portal's stage codes by {@code pipeline key/stage key}
     * @param semantics by the portal's stage code: success, failure or process, people's own stages among them
     * @param fields by our key; one that was not found is absent
     * @param missing what is declared and not there under that name and type, as {@code payment.field.paid}
     */
    record Names(Portal.Entity entity, int typeId, Set<String> all, Map<String, Integer> pipelines,
            Map<String, String> stages, Map<String, String> semantics, Map<String, FieldName> fields,
            List<String> missing) {

        /** As timelines and events write the type (sections 6.1, 9.1). */
        String typeCode() {
            return entity.builtin() != null ? entity.builtin() : "dynamic_" + typeId;
        }

        boolean isUser() {
            return "user".equals(entity.builtin());
        }

        /** Whether requisites belong to it. */
        boolean hasRequisites() {
            return typeId == 3 || typeId == 4;
        }
    }

    /** A field: its name in {@code crm.item.*}, its name in the older methods, and the list's values by their ids. */
    record FieldName(String name, String upperName, Portal.Field field, Map<String, String> options) {
    }

    private record Kept(Portal.Entity declared, Names names, Instant until) {
    }

    /** @throws VendorException.Refused when the portal has no such process */
    Names of(String entity) {
        Portal.Entity declared = portal.get().entity(entity)
                .orElseThrow(() -> new IllegalArgumentException(entity + " is not in " + portal.file()));
        Kept held = kept.get(declared.key());
        if (held == null || !held.declared().equals(declared) || clock.instant().isAfter(held.until())) {
            held = new Kept(declared, new Bitrix24Look(client, portal, this).at(declared), clock.instant().plus(KEPT));
            kept.put(declared.key(), held);
        }
        return held.names();
    }

    /** Forgets an entity's names, when something unknown came up. */
    void forget(String entity) {
        portal.get().entity(entity).ifPresent(declared -> kept.remove(declared.key()));
    }

    /** The declared smart process behind an {@code entityTypeId}, for events. */
    Optional<String> entityOf(int typeId) {
        return portal.get().entities().values().stream().filter(entity -> entity.builtin() == null)
                .map(Portal.Entity::key).filter(key -> isAt(key, typeId)).findFirst();
    }

    /** A declared process that the portal does not have is none of its events. */
    private boolean isAt(String key, int typeId) {
        try {
            return of(key).typeId() == typeId;
        } catch (VendorException.Refused absent) {
            return false;
        }
    }

    /** Smart processes by their ids, as crm.type.list tells; kept for a minute. */
    synchronized Map<Integer, String> types() {
        if (clock.instant().isAfter(typesUntil)) {
            Map<Integer, String> told = new LinkedHashMap<>();
            for (int start = 0;; start += Bitrix24Client.PAGE) {
                List<JsonNode> rows = Bitrix24Client.rows(
                        client.read("crm.type.list", Map.of("start", start)).path("types"));
                rows.forEach(type -> told.put(type.path("entityTypeId").asInt(), type.path("title").asString("")));
                if (rows.size() < Bitrix24Client.PAGE) {
                    break;
                }
            }
            types = told;
            typesUntil = clock.instant().plus(TYPES_KEPT);
        }
        return types;
    }

    /** People's typing: letter case, ё/е, spaces and HTML entities apart. */
    static boolean same(@Nullable String one, String two) {
        return one != null && fold(one).equals(fold(two));
    }

    private static String fold(String name) {
        return HtmlUtils.htmlUnescape(name).toLowerCase(Locale.ROOT)
                .replace('ё', 'е').replaceAll("[\\s\\u00a0]+", " ").strip();
    }
}
