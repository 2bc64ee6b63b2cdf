package dev.sverka.vendors.bitrix24;

import static dev.sverka.vendors.bitrix24.Bitrix24Names.same;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One look at how the portal calls what an entity of {@code mappings/portal.yaml} declares (bitrix24.md section 6). */
final class Bitrix24Look {

    private static final int LEAD = 1;
    private static final Map<String, Integer> BUILT_IN = Map.of("user", 0, "lead", LEAD, "deal", 2, "contact", 3,
            "company", 4);
    private static final Set<String> TEXT = Set.of("string", "text", "url", "address", "crm_status", "location");
    private final Bitrix24Client client;
    private final Declared<Portal> portal;
    private final Bitrix24Names names;
    private final List<String> missing = new ArrayList<>();
    private final Map<String, String> semantics = new HashMap<>();
    private final Map<String, String> seen = new TreeMap<>();

    Bitrix24Look(Bitrix24Client client, Declared<Portal> portal, Bitrix24Names names) {
        this.client = client;
        this.portal = portal;
        this.names = names;
    }

    /** @throws VendorException.Refused when the portal has no such process */
    Names at(Portal.Entity entity) {
        int typeId = typeId(entity);
        if (typeId == 0) {
            Map<String, FieldName> fields = new LinkedHashMap<>();
            entity.fields().forEach((key, field) -> fields.put(key, new FieldName(
                    Objects.requireNonNullElse(field.std(), key), "", field, Map.of())));
            return new Names(entity, 0, Set.of(), Map.of(), Map.of(), Map.of(), fields, List.of(), Map.of());
        }
        boolean hasFunnels = hasFunnels(entity, typeId);
        Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
        commands.put("fields", new Bitrix24Command("crm.item.fields", Map.of("entityTypeId", typeId)));
        if (hasFunnels) {
            commands.put("categories", new Bitrix24Command("crm.category.list", Map.of("entityTypeId", typeId)));
        }
        Map<String, JsonNode> answers = client.readAll(commands);
        JsonNode told = answers.get("fields").path("fields");
        Map<String, FieldName> fields = fields(entity, told);
        Map<String, Integer> pipelines = hasFunnels ? pipelines(entity, answers.get("categories").path("categories"))
                : entity.pipelines().keySet().stream().collect(Collectors.toMap(key -> key, key -> 0));
        Map<String, String> stages = pipelines.isEmpty() ? Map.of() : stages(entity, typeId, pipelines);
        seen.putAll(seenFields(answers.get("fields")));
        return new Names(entity, typeId, Set.copyOf(told.propertyNames()), pipelines, stages, semantics, fields,
                List.copyOf(missing), seen);
    }

    private int typeId(Portal.Entity entity) {
        if (entity.builtin() != null) {
            return builtIn(entity.builtin());
        }
        String wanted = entity.use() != null ? entity.use() : Objects.requireNonNull(entity.title());
        return names.types().entrySet().stream().filter(type -> isIt(entity, type.getKey(), type.getValue()))
                .map(Map.Entry::getKey).findFirst().orElseThrow(() -> new VendorException.Refused(client.account(), 0,
                        "drift", client.account() + ": the portal has no smart process «" + wanted + "» (drift: "
                                + entity.key() + "); create it, or point " + entity.key() + " in " + portal.file()
                                + " at an existing one with use:"));
    }

    /** Custom fields by their codes, in words, with all that a rename or another type would change. */
    static Map<String, String> seenFields(JsonNode answer) {
        Map<String, String> seen = new TreeMap<>();
        answer.path("fields").properties().stream().map(Map.Entry::getValue)
                .filter(field -> field.path("upperName").asString("").startsWith("UF_")).forEach(field -> {
                    String code = field.path("upperName").asString("");
                    seen.put(code, "«" + field.path("title").asString("") + "», "
                            + (field.path("isMultiple").asBoolean(false) ? "multiple " : "")
                            + field.path("type").asString(""));
                    if (field.has("items")) {
                        seen.put(code + " options", field.path("items").toString());
                    }
                });
        return seen;
    }

    /** The stages of a funnel by their codes, in words. */
    static Map<String, String> seenStages(JsonNode answer) {
        Map<String, String> seen = new TreeMap<>();
        Bitrix24Client.rows(answer).forEach(row -> seen.put(row.path("STATUS_ID").asString(""),
                "«" + row.path("NAME").asString("") + "», " + semantics(row)));
        return seen;
    }

    static int builtIn(String kind) {
        return Objects.requireNonNull(BUILT_IN.get(kind), kind);
    }

    /** Whether the kind's items stand in funnels that can be listed: leads have none, and users no stages. */
    static boolean hasFunnels(Portal.Entity entity, int typeId) {
        return !entity.pipelines().isEmpty() && typeId != LEAD;
    }

    /** Whether a smart process is the one that an entity names. */
    static boolean isIt(Portal.Entity entity, int typeId, String title) {
        String wanted = entity.use() != null ? entity.use() : Objects.requireNonNull(entity.title());
        return same(title, wanted) || String.valueOf(typeId).equals(wanted);
    }

    static boolean isIt(Portal.Pipeline pipeline, int id, String name) {
        String wanted = pipeline.use() != null ? pipeline.use() : pipeline.title();
        return same(name, wanted) || String.valueOf(id).equals(wanted);
    }

    /** @param code whole or without its funnel, as people know it from either */
    static boolean isIt(Portal.Stage stage, String id, String code, String name) {
        String wanted = stage.use() != null ? stage.use() : stage.title();
        return same(name, wanted) || stage.use() != null && (code.equals(wanted) || id.equals(wanted)
                || code.substring(code.indexOf(':') + 1).equals(wanted));
    }

    private Map<String, FieldName> fields(Portal.Entity entity, JsonNode found) {
        Map<String, FieldName> fields = new LinkedHashMap<>();
        for (Portal.Field field : entity.fields().values()) {
            String standard = standard(field);
            Optional<Map.Entry<String, JsonNode>> match = found.properties().stream()
                    .filter(one -> isIt(field, standard, one.getKey(), one.getValue().path("upperName").asString(""),
                            one.getValue().path("title").asString("")))
                    .filter(one -> standard != null || isOfType(field, one.getValue().path("type").asString(""),
                            one.getValue().path("isMultiple").asBoolean(false))).findFirst();
            if (match.isEmpty()) {
                missing.add(entity.key() + ".field." + field.key());
                continue;
            }
            JsonNode told = match.get().getValue();
            fields.put(field.key(), new FieldName(match.get().getKey(), told.path("upperName").asString(""), field,
                    Bitrix24Client.rows(told.path("items")).stream().collect(Collectors.toMap(
                            option -> option.path("ID").asString(""), option -> option.path("VALUE").asString(""),
                            (one, two) -> one))));
        }
        return fields;
    }

    /** The name of a standard field; of a relation, {@code parentId} and the id of the other process (section 4.5). */
    private @Nullable String standard(Portal.Field field) {
        if (field.parent() == null) {
            return field.std();
        }
        try {
            return "parentId" + typeId(portal.get().entities().get(field.parent()));
        } catch (VendorException.Refused absent) {
            return "parentId of " + field.parent();
        }
    }

    static boolean isIt(Portal.Field field, @Nullable String standard, String name, String upperName, String title) {
        if (standard != null) {
            return name.equals(standard);
        }
        if (field.use() != null) {
            return name.equals(field.use()) || upperName.equals(field.use()) || same(title, field.use())
                    || upperName.startsWith("UF_") && upperName.endsWith("_" + field.use());
        }
        return field.label() != null && same(title, field.label());
    }

    /** What the portal calls otherwise was retyped. */
    static boolean isOfType(Portal.Field field, String type, boolean multiple) {
        return multiple == field.multiple() && switch (field.type()) {
            case "string", "text" -> TEXT.contains(type);
            case "url" -> type.equals("url") || type.equals("string");
            case "integer", "number" -> type.equals("integer") || type.equals("double");
            case "list" -> type.equals("enumeration") || type.equals("crm_status");
            case "employee" -> type.equals("employee") || type.equals("user");
            case "parent" -> type.startsWith("crm");
            default -> type.equals(field.type());
        };
    }

    private Map<String, Integer> pipelines(Portal.Entity entity, JsonNode found) {
        Map<String, Integer> pipelines = new LinkedHashMap<>();
        for (Portal.Pipeline pipeline : entity.pipelines().values()) {
            Optional<JsonNode> match = Bitrix24Client.rows(found).stream().filter(row -> isIt(pipeline,
                    row.path("id").asInt(), row.path("name").asString(""))).findFirst();
            if (match.isPresent()) {
                pipelines.put(pipeline.key(), match.get().path("id").asInt());
            } else {
                missing.add(entity.key() + "." + pipeline.key());
            }
        }
        return pipelines;
    }

    private Map<String, String> stages(Portal.Entity entity, int typeId, Map<String, Integer> pipelines) {
        Map<String, String> stages = new LinkedHashMap<>();
        Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
        pipelines.forEach((key, id) -> commands.put(key, new Bitrix24Command("crm.status.list", Map.of(
                "filter", Map.of("ENTITY_ID", directory(typeId, id)), "order", Map.of("SORT", "ASC")))));
        Map<String, JsonNode> answers = client.readAll(commands);
        for (String pipeline : pipelines.keySet()) {
            List<JsonNode> rows = Bitrix24Client.rows(answers.get(pipeline));
            seen.putAll(seenStages(answers.get(pipeline)));
            rows.forEach(row -> semantics.put(row.path("STATUS_ID").asString(""), semantics(row)));
            for (Portal.Stage stage : entity.pipelines().get(pipeline).stages().values()) {
                Optional<String> code = rows.stream().filter(row -> isIt(stage, row.path("ID").asString(""),
                        row.path("STATUS_ID").asString(""), row.path("NAME").asString("")))
                        .map(row -> row.path("STATUS_ID").asString("")).findFirst();
                if (code.isPresent()) {
                    stages.put(pipeline + "/" + stage.key(), code.get());
                } else {
                    missing.add(entity.key() + "." + pipeline + ".stage." + stage.key());
                }
            }
        }
        return stages;
    }

    /** Under either of the two names that the portal gives it; absent means a stage on the way (section 6.4). */
    static String semantics(JsonNode row) {
        String told = row.path("SEMANTICS").asString(row.path("EXTRA").path("SEMANTICS").asString(""));
        return switch (told) {
            case "S", "success" -> "success";
            case "F", "failure", "apology" -> "failure";
            default -> "process";
        };
    }

    /** The stage directory of a funnel (section 6.4). */
    static String directory(int typeId, int category) {
        return switch (typeId) {
            case LEAD -> "STATUS";
            case 2 -> category == 0 ? "DEAL_STAGE" : "DEAL_STAGE_" + category;
            default -> "DYNAMIC_" + typeId + "_STAGE_" + category;
        };
    }
}
