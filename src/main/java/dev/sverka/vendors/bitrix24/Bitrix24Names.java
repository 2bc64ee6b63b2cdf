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
import java.util.TreeMap;
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
    private final Bitrix24Drift drift;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private Instant watchedUntil = Instant.MIN;
    private Map<Integer, String> types = Map.of();
    private Instant typesUntil = Instant.MIN;

    Bitrix24Names(Bitrix24Client client, Declared<Portal> portal, Clock clock, Bitrix24Drift drift) {
        this.client = client;
        this.portal = portal;
        this.clock = clock;
        this.drift = drift;
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
     * @param seen custom fields and stages by their codes, as people see them: what a rename or retyping changes
     */
    record Names(Portal.Entity entity, int typeId, Set<String> all, Map<String, Integer> pipelines,
            Map<String, String> stages, Map<String, String> semantics, Map<String, FieldName> fields,
            List<String> missing, Map<String, String> seen) {

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
            held = new Kept(declared, looked(declared), clock.instant().plus(KEPT));
            kept.put(declared.key(), held);
        }
        return held.names();
    }

    private Names looked(Portal.Entity declared) {
        try {
            Names names = new Bitrix24Look(client, portal, this).at(declared);
            drift.looked(names);
            return names;
        } catch (VendorException.Refused absent) {
            drift.absent(declared.key(), types());
            throw absent;
        }
    }

    /**
     * Once in a poll cycle, whoever asks first: whether people renamed, retyped or deleted something that is in use.
     * Two requests; lists of funnels, which take the portal long, are left to the names' own age.
     */
    synchronized void watch(Duration cycle) {
        if (kept.isEmpty() || clock.instant().isBefore(watchedUntil)) {
            return;
        }
        watchedUntil = clock.instant().plus(cycle.multipliedBy(9).dividedBy(10));
        Map<String, Names> known = new LinkedHashMap<>();
        kept.forEach((key, one) -> {
            if (one.names().typeId() != 0) {
                known.put(key, one.names());
            }
        });
        if (known.values().stream().anyMatch(names -> names.entity().builtin() == null)) {
            typesUntil = Instant.MIN;
            Map<Integer, String> types = types();
            known.values().removeIf(names -> names.entity().builtin() == null && isGone(names, types));
        }
        Map<String, Map<String, String>> seen = seen(known);
        known.forEach((key, names) -> {
            if (!names.seen().equals(seen.get(key))) {
                again(key);
            }
        });
    }

    private boolean isGone(Names names, Map<Integer, String> types) {
        String title = types.get(names.typeId());
        boolean gone = title == null || !Bitrix24Look.isIt(names.entity(), names.typeId(), title);
        if (gone) {
            again(names.entity().key());
        }
        return gone;
    }

    private void again(String key) {
        kept.remove(key);
        try {
            of(key);
        } catch (VendorException.Refused absent) {
            kept.remove(key); // told by now; whoever needs it hears so again
        }
    }

    private Map<String, Map<String, String>> seen(Map<String, Names> known) {
        Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
        known.forEach((key, names) -> {
            commands.put(key, new Bitrix24Command("crm.item.fields", Map.of("entityTypeId", names.typeId())));
            names.pipelines().forEach((pipeline, id) -> commands.put(key + "/" + pipeline,
                    new Bitrix24Command("crm.status.list", Map.of("filter", Map.of("ENTITY_ID",
                            Bitrix24Look.directory(names.typeId(), id)), "order", Map.of("SORT", "ASC")))));
        });
        Map<String, Map<String, String>> seen = new LinkedHashMap<>();
        List<String> all = List.copyOf(commands.keySet());
        for (int i = 0; i < all.size(); i += Bitrix24Client.PAGE) {
            Map<String, Bitrix24Command> some = new LinkedHashMap<>();
            all.subList(i, Math.min(all.size(), i + Bitrix24Client.PAGE)).forEach(one -> some.put(one,
                    commands.get(one)));
            client.readAll(some).forEach((name, answer) -> seen.computeIfAbsent(name.replaceFirst("/.*", ""),
                    key -> new TreeMap<>()).putAll(name.contains("/") ? Bitrix24Look.seenStages(answer)
                            : Bitrix24Look.seenFields(answer)));
        }
        return seen;
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
