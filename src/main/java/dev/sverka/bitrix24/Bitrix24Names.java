package dev.sverka.bitrix24;

import dev.sverka.bitrix24.Bitrix24Client.Command;
import dev.sverka.http.VendorException;
import dev.sverka.portal.Portal;
import dev.sverka.state.Declared;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/**
 * How one portal calls what {@code mappings/portal.yaml} names. Looked up by title and label, kept for some minutes:
 * no event tells that people renamed a stage (bitrix24.md section 6.4).
 */
final class Bitrix24Names {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Map<String, Integer> BUILT_IN = Map.of("lead", 1, "deal", 2, "company", 4);

    private final Bitrix24Client client;
    private final Declared<Portal> portal;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Bitrix24Names(Bitrix24Client client, Declared<Portal> portal, Clock clock) {
        this.client = client;
        this.portal = portal;
        this.clock = clock;
    }

    /**
     * An entity as the portal calls it.
     *
     * @param typeId the {@code entityTypeId}
     * @param pipelines category ids by our key
     * @param stages the portal's stage codes by {@code pipeline key/stage key}
     * @param fields by our key; one that was not found is absent
     * @param missing what is declared and not there, as {@code payment.field.paid}
     */
    record Names(Portal.Entity entity, int typeId, Map<String, Integer> pipelines, Map<String, String> stages,
            Map<String, FieldName> fields, List<String> missing) {

        /** As timelines and events write the type (sections 6.1, 9.1). */
        String typeCode() {
            return entity.builtin() != null ? entity.builtin() : "dynamic_" + typeId;
        }
    }

    /** A field: its name in {@code crm.item.*}, and the list's values by their ids. */
    record FieldName(String name, Portal.Field field, Map<String, String> options) {
    }

    private record Kept(Portal.Entity declared, Names names, Instant until) {
    }

    /** @throws VendorException.Refused when the portal has no such process */
    Names of(String entity) {
        Portal.Entity declared = portal.get().entity(entity)
                .orElseThrow(() -> new IllegalArgumentException(entity + " is not in " + portal.file()));
        Kept held = kept.get(declared.key());
        if (held == null || !held.declared().equals(declared) || clock.instant().isAfter(held.until())) {
            held = new Kept(declared, look(declared), clock.instant().plus(KEPT));
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
                .map(Portal.Entity::key).filter(key -> of(key).typeId() == typeId).findFirst();
    }

    private Names look(Portal.Entity entity) {
        int typeId = typeId(entity);
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("fields", new Command("crm.item.fields", Map.of("entityTypeId", typeId)));
        if (!entity.pipelines().isEmpty()) {
            commands.put("categories", new Command("crm.category.list", Map.of("entityTypeId", typeId)));
        }
        Map<String, JsonNode> answers = client.readAll(commands);
        List<String> missing = new ArrayList<>();
        Map<String, FieldName> fields = fields(entity, answers.get("fields").path("fields"), missing);
        Map<String, Integer> pipelines = new LinkedHashMap<>();
        Map<String, String> stages = new LinkedHashMap<>();
        if (answers.containsKey("categories")) {
            pipelines(entity, answers.get("categories").path("categories"), pipelines, missing);
            stages(entity, typeId, pipelines, stages, missing);
        }
        return new Names(entity, typeId, pipelines, stages, fields, List.copyOf(missing));
    }

    private int typeId(Portal.Entity entity) {
        if (entity.builtin() != null) {
            return Objects.requireNonNull(BUILT_IN.get(entity.builtin()), entity.builtin());
        }
        String wanted = entity.use() != null ? entity.use() : Objects.requireNonNull(entity.title());
        for (int start = 0;; start += Bitrix24Client.PAGE) {
            List<JsonNode> types = Bitrix24Client.rows(
                    client.read("crm.type.list", Map.of("start", start)).path("types"));
            for (JsonNode type : types) {
                if (same(type.path("title").asString(""), wanted)
                        || type.path("entityTypeId").asString("").equals(wanted)) {
                    return type.path("entityTypeId").asInt();
                }
            }
            if (types.size() < Bitrix24Client.PAGE) {
                throw new VendorException.Refused(client.account(), 0, "drift", client.account() + ": the portal has no "
                        + "smart process «" + wanted + "» (drift: " + entity.key() + "); create it, or point "
                        + entity.key() + " in " + portal.file() + " at an existing one with use:");
            }
        }
    }

    private static Map<String, FieldName> fields(Portal.Entity entity, JsonNode found, List<String> missing) {
        Map<String, FieldName> fields = new LinkedHashMap<>();
        for (Portal.Field field : entity.fields().values()) {
            Map.Entry<String, JsonNode> match = null;
            for (Map.Entry<String, JsonNode> candidate : found.properties()) {
                if (isIt(field, candidate.getKey(), candidate.getValue())) {
                    match = candidate;
                    break;
                }
            }
            if (match == null) {
                missing.add(entity.key() + ".field." + field.key());
            } else {
                fields.put(field.key(), new FieldName(match.getKey(), field, Bitrix24Client
                        .rows(match.getValue().path("items")).stream().collect(Collectors.toMap(
                                option -> option.path("ID").asString(""),
                                option -> option.path("VALUE").asString(""), (one, two) -> one))));
            }
        }
        return fields;
    }

    private static boolean isIt(Portal.Field field, String name, JsonNode description) {
        if (field.std() != null) {
            return name.equals(field.std());
        }
        if (field.use() != null) {
            return name.equals(field.use()) || description.path("upperName").asString("").equals(field.use());
        }
        return field.label() != null && same(description.path("title").asString(""), field.label());
    }

    private static void pipelines(Portal.Entity entity, JsonNode found, Map<String, Integer> pipelines,
            List<String> missing) {
        for (Portal.Pipeline pipeline : entity.pipelines().values()) {
            String wanted = pipeline.use() != null ? pipeline.use() : pipeline.title();
            Optional<JsonNode> match = Bitrix24Client.rows(found).stream()
                    .filter(row -> same(row.path("name").asString(""), wanted)
                            || row.path("id").asString("").equals(wanted)).findFirst();
            if (match.isPresent()) {
                pipelines.put(pipeline.key(), match.get().path("id").asInt());
            } else {
                missing.add(entity.key() + "." + pipeline.key());
            }
        }
    }

    private void stages(Portal.Entity entity, int typeId, Map<String, Integer> pipelines, Map<String, String> stages,
            List<String> missing) {
        for (Map.Entry<String, Integer> pipeline : pipelines.entrySet()) {
            List<JsonNode> rows = Bitrix24Client.rows(client.read("crm.status.list", Map.of(
                    "filter", Map.of("ENTITY_ID", directory(typeId, pipeline.getValue())),
                    "order", Map.of("SORT", "ASC"))));
            Portal.Pipeline declared = entity.pipelines().get(pipeline.getKey());
            for (Portal.Stage stage : declared.stages().values()) {
                String wanted = stage.use() != null ? stage.use() : stage.title();
                Optional<String> code = rows.stream().filter(row -> same(row.path("NAME").asString(""), wanted)
                        || row.path("STATUS_ID").asString("").equals(wanted))
                        .map(row -> row.path("STATUS_ID").asString("")).findFirst();
                if (code.isPresent()) {
                    stages.put(pipeline.getKey() + "/" + stage.key(), code.get());
                } else {
                    missing.add(entity.key() + "." + pipeline.getKey() + ".stage." + stage.key());
                }
            }
        }
    }

    /** The stage directory of a funnel (section 6.4). */
    private static String directory(int typeId, int category) {
        if (typeId == 2) {
            return category == 0 ? "DEAL_STAGE" : "DEAL_STAGE_" + category;
        }
        return "DYNAMIC_" + typeId + "_STAGE_" + category;
    }

    /** People's typing: letter case, ё/е, spaces and HTML entities apart. */
    private static boolean same(@Nullable String one, String two) {
        return one != null && fold(one).equals(fold(two));
    }

    private static String fold(String name) {
        return HtmlUtils.htmlUnescape(name).toLowerCase(Locale.ROOT)
                .replace('ё', 'е').replaceAll("[\\s\\u00a0]+", " ").strip();
    }
}
