package dev.sverka.vendors.bitrix24;

import static dev.sverka.vendors.bitrix24.Bitrix24Names.same;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Difference;
import dev.sverka.core.portal.Difference.Kind;
import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What has to be done to the fields, relations and switches of one kind. */
final class Bitrix24FieldSteps {

    private final Portal.Entity entity;
    private final Bitrix24Held.Kind held;
    private final Map<String, Integer> typeIds;
    private final List<Bitrix24Step> steps = new ArrayList<>();
    private final Map<String, Field> found = new LinkedHashMap<>();
    private final Set<Field> suspected = new HashSet<>();

    /** @param typeIds of the entities that are on the portal, by key */
    Bitrix24FieldSteps(Portal.Entity entity, Bitrix24Held.Kind held, Map<String, Integer> typeIds) {
        this.entity = entity;
        this.held = held;
        this.typeIds = typeIds;
    }

    List<Bitrix24Step> steps() {
        if (held.process() != null) {
            switches();
            relations();
        }
        entity.fields().values().stream().filter(Bitrix24FieldSteps::isCustom).forEach(field -> held.fields().stream()
                .filter(one -> one.isCustom() || field.use() != null)
                .filter(one -> Bitrix24Look.isIt(field, null, one.name(), one.upperName(), one.title()))
                .filter(one -> Bitrix24Look.isOfType(field, one.type(), one.multiple())).findFirst()
                .ifPresent(one -> found.put(field.key(), one)));
        entity.fields().values().forEach(field -> {
            if (!isCustom(field)) {
                standard(field);
            } else if (found.containsKey(field.key())) {
                there(field, found.get(field.key()));
            } else {
                absent(field);
            }
        });
        if (entity.fields().values().stream().anyMatch(Bitrix24FieldSteps::isCustom)) {
            held.fields().stream().filter(one -> one.isCustom() && !found.containsValue(one)
                    && !suspected.contains(one)).forEach(one -> said(Kind.FOREIGN, entity.key(), "field «"
                            + one.title() + "» (" + one.upperName() + ") stays as it is"));
        }
        return steps;
    }

    private static boolean isCustom(Portal.Field field) {
        return field.std() == null && field.parent() == null;
    }

    /** What the declared standard fields need; switching on takes nothing from anybody. */
    private void switches() {
        Bitrix24Held.Process process = held.process();
        Set<String> needed = new TreeSet<>();
        entity.fields().values().stream().map(Portal.Field::std).filter(std -> std != null).forEach(std -> {
            String one = Bitrix24Making.switchOf(std);
            if (one != null && (held.field(std).isEmpty() || process.off().contains(one))) {
                needed.add(one);
            }
        });
        if (!entity.pipelines().isEmpty()) {
            List.of("isStagesEnabled", "isCategoriesEnabled").stream().filter(process.off()::contains)
                    .forEach(needed::add);
        }
        if (!needed.isEmpty()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            needed.forEach(one -> fields.put(one, "Y"));
            steps.add(Bitrix24Step.alone(entity.key(), new Difference(Kind.CHANGE, entity.key(), "gets switched on: "
                    + String.join(", ", needed)), client -> new Bitrix24Command("crm.type.update",
                            Map.of("id", process.id(), "fields", fields))));
        }
    }

    private void relations() {
        List<String> missing = entity.relations().stream().filter(key -> !typeIds.containsKey(key)
                || held.field("parentId" + typeIds.get(key)).isEmpty()).toList();
        if (missing.isEmpty()) {
            return;
        }
        Difference line = new Difference(Kind.CHANGE, entity.key(), "gets the relation to " + String.join(", ",
                missing));
        List<Integer> wanted = missing.stream().filter(typeIds::containsKey).map(typeIds::get).toList();
        steps.add(Bitrix24Step.alone(entity.key(), line, wanted.size() < missing.size() ? null
                : client -> related(client, wanted)));
    }

    /** Relations are replaced whole: what is there goes along (section 6.2). */
    private Bitrix24Command related(Bitrix24Client client, List<Integer> wanted) {
        int id = held.process().id();
        JsonNode relations = client.read("crm.type.get", Map.of("id", id)).path("type").path("relations");
        List<Object> parents = new ArrayList<>(kept(relations.path("parent")));
        wanted.forEach(typeId -> parents.add(Bitrix24Making.relation(typeId)));
        return new Bitrix24Command("crm.type.update", Map.of("id", id, "fields", Map.of("relations",
                Map.of("parent", parents, "child", kept(relations.path("child"))))));
    }

    private static List<Object> kept(JsonNode side) {
        return Bitrix24Client.rows(side).stream().filter(one -> !one.path("isPredefined").asString("").equals("Y"))
                .map(one -> (Object) Map.of("entityTypeId", one.path("entityTypeId").asInt(), "isChildrenListEnabled",
                        one.path("isChildrenListEnabled").asString("").equals("Y") ? "true" : "false")).toList();
    }

    private void standard(Portal.Field field) {
        String name = field.parent() != null ? "parentId" + typeIds.get(field.parent()) : field.std();
        boolean comes = held.process() != null
                && (Bitrix24Making.switchOf(name) != null || name.startsWith("parentId"));
        if (held.field(name).isEmpty() && !comes) {
            said(Kind.DRIFT, what(field), "the portal has no standard field " + name + "; correct std: in"
                    + " mappings/portal.yaml");
        }
    }

    private void there(Portal.Field field, Field there) {
        if (field.use() != null || !there.upperName().equals(Bitrix24Making.code(held, field))) {
            said(Kind.ADOPT, what(field), "is «" + there.title() + "» (" + there.upperName() + ")");
        }
        List<String> missing = field.values().stream().filter(value -> there.options().values().stream()
                .noneMatch(one -> same(one, value))).toList();
        if (!missing.isEmpty() && there.type().equals("enumeration")) {
            steps.add(new Bitrix24Step(entity.key(), new Difference(Kind.CHANGE, what(field), "gains "
                    + String.join(", ", missing.stream().map(one -> "«" + one + "»").toList())),
                    client -> longer(client, there, missing), false, false));
        }
    }

    /** The options that are there go along with their ids: what is left out might be deleted (section 6.5). */
    private Bitrix24Command longer(Bitrix24Client client, Field there, List<String> missing) {
        String id = configId(client, there.upperName());
        List<Object> options = new ArrayList<>();
        Bitrix24Client.rows(client.read("userfieldconfig.get", Map.of("moduleId", "crm", "id", id)).path("field")
                .path("enum")).forEach(row -> {
                    Map<String, Object> option = new LinkedHashMap<>();
                    List.of("id", "value", "sort", "def", "xmlId").stream().filter(name ->
                            !row.path(name).asString("").isEmpty()).forEach(name ->
                                    option.put(name, row.path(name).asString("")));
                    options.add(option);
                });
        missing.forEach(value -> options.add(Map.of("value", value, "sort", 100 * (options.size() + 1))));
        return new Bitrix24Command("userfieldconfig.update", Map.of("moduleId", "crm", "id", id,
                "field", Map.of("enum", options)));
    }

    private String configId(Bitrix24Client client, String upperName) {
        for (int start = 0;; start += Bitrix24Client.PAGE) {
            List<JsonNode> rows = Bitrix24Client.rows(client.read("userfieldconfig.list", Map.of("moduleId", "crm",
                    "filter", Map.of("fieldName", upperName), "start", start)).path("fields"));
            Optional<String> id = rows.stream().filter(row -> row.path("fieldName").asString("").equals(upperName)
                    && row.path("entityId").asString("").equals(held.fieldOwner()))
                    .map(row -> row.path("id").asString("")).findFirst();
            if (id.isPresent()) {
                return id.get();
            }
            if (rows.size() < Bitrix24Client.PAGE) {
                throw new VendorException.Refused(client.account(), 0, "drift", client.account() + ": " + upperName
                        + " is not among the fields that the webhook's user may change; give the user administrator's"
                        + " rights on the CRM");
            }
        }
    }

    private void absent(Portal.Field field) {
        if (field.use() != null || field.label() == null) {
            said(Kind.DRIFT, what(field), "is not on the portal as " + field.type() + ": no field has the code or the"
                    + " label " + field.use() + "; correct its use:");
            return;
        }
        Optional<Field> suspect = held.fields().stream().filter(Field::isCustom)
                .filter(one -> !found.containsValue(one))
                .filter(one -> same(one.title(), field.label()) || isOurs(field, one)).findFirst();
        if (suspect.isPresent()) {
            suspected.add(suspect.get());
            said(Kind.DRIFT, what(field), suspect(field, suspect.get()));
            return;
        }
        if (!held.made() && !found.isEmpty()) {
            said(Kind.DRIFT, what(field), "«" + field.label() + "» is not on the portal; rename its field back, point"
                    + " at it with use:, or let --apply make it");
        }
        steps.add(Bitrix24Step.together(entity.key(), created(field), Bitrix24Making.field(held, field)));
    }

    /** Under the code that provision gives, or the one that a person's program would give. */
    private boolean isOurs(Portal.Field field, Field one) {
        return one.upperName().equals(Bitrix24Making.code(held, field))
                || held.process() == null && one.upperName().equals("UF_CRM_" + field.key().toUpperCase(Locale.ROOT));
    }

    private static String suspect(Portal.Field field, Field one) {
        return same(one.title(), field.label())
                ? "«" + field.label() + "» is " + (one.multiple() ? "multiple " : "") + one.type() + " there, not "
                        + (field.multiple() ? "multiple " : "") + field.type() + "; give its field back its type, or"
                        + " another label, so that --apply makes a new one"
                : "«" + field.label() + "» is called «" + one.title() + "» on the portal; rename it back, or write"
                        + " use: " + one.upperName();
    }

    private Difference created(Portal.Field field) {
        return created(entity, field);
    }

    static Difference created(Portal.Entity entity, Portal.Field field) {
        return new Difference(Kind.CREATE, entity.key() + ".field." + field.key(), "field «" + field.label() + "», "
                + (field.multiple() ? "multiple " : "") + field.type());
    }

    /** The fields of a process that is not there yet. */
    static List<Bitrix24Step> absent(Portal.Entity entity) {
        return entity.fields().values().stream().filter(Bitrix24FieldSteps::isCustom)
                .map(field -> Bitrix24Step.said(entity.key(), created(entity, field))).toList();
    }

    /** How many of the declared fields a process has, under their labels and types. */
    static long alike(Portal.Entity entity, List<Field> fields) {
        return entity.fields().values().stream().filter(Bitrix24FieldSteps::isCustom).filter(field -> fields.stream()
                .anyMatch(one -> one.isCustom() && field.label() != null && same(one.title(), field.label())
                        && Bitrix24Look.isOfType(field, one.type(), one.multiple()))).count();
    }

    static long custom(Portal.Entity entity) {
        return entity.fields().values().stream().filter(Bitrix24FieldSteps::isCustom).count();
    }

    private void said(Kind kind, String what, String text) {
        steps.add(Bitrix24Step.said(entity.key(), new Difference(kind, what, text)));
    }

    private String what(Portal.Field field) {
        return entity.key() + ".field." + field.key();
    }

    /** @return null where the relation's other side is not there */
    static @Nullable List<Integer> parents(Portal.Entity entity, Map<String, Integer> typeIds) {
        return typeIds.keySet().containsAll(entity.relations())
                ? entity.relations().stream().map(typeIds::get).toList() : null;
    }
}
