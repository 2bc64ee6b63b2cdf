package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import dev.sverka.sandbox.bitrix24.CrmType.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** {@code crm.item.*}, stage history and the search by phone and e-mail (bitrix24.md sections 4, 6.4, 6.6, 7.4). */
final class Items {

    private final Crm crm;
    volatile FilterDates dates = FilterDates.OFFSET_HONOURED;
    volatile boolean starOmitsCustomFields;
    volatile boolean clearingFails;
    volatile boolean hiddenIsDenied;
    volatile Duration listLag = Duration.ZERO;
    /** What the webhook's user may not see: a type, or a type and an item's id. */
    final Set<String> hidden = ConcurrentHashMap.newKeySet();
    final Set<Integer> readOnly = ConcurrentHashMap.newKeySet();
    /** Stages the user may not move to. */
    final Set<String> barred = ConcurrentHashMap.newKeySet();

    Items(Crm crm, Methods methods) {
        this.crm = crm;
        methods.read("crm.item.fields", "crm", this::fields)
                .read("crm.item.get", "crm", call -> item(call, seen(call)))
                .read("crm.item.list", "crm", this::list)
                .write("crm.item.add", "crm", this::add)
                .write("crm.item.update", "crm", this::update)
                .write("crm.item.delete", "crm", this::delete)
                .read("crm.stagehistory.list", "crm", this::stageHistory)
                .read("crm.duplicate.findbycomm", "crm", this::duplicates);
    }

    private CrmType type(Call call) {
        return crm.type(call.number("entityTypeId"));
    }

    boolean isHidden(CrmType type, Object id) {
        return hidden.contains(String.valueOf(type.entityTypeId)) || hidden.contains(type.entityTypeId + " " + id);
    }

    private Map<String, Object> seen(Call call) {
        CrmType type = type(call);
        int id = call.number("id");
        if (isHidden(type, id)) {
            throw hiddenIsDenied ? CrmError.denied() : CrmError.noItem();
        }
        return crm.item(type, id);
    }

    private Map<String, Object> writable(Call call) {
        if (readOnly.contains(type(call).entityTypeId)) {
            throw CrmError.denied();
        }
        return seen(call);
    }

    private Result item(Call call, Map<String, Object> item) {
        return Result.of(Map.of("item", shown(type(call), item, call)));
    }

    private Map<String, Object> shown(CrmType type, Map<String, Object> item, Call call) {
        boolean original = "Y".equals(call.get("useOriginalUfNames"));
        Map<String, Object> shown = new LinkedHashMap<>();
        item.forEach((name, value) -> {
            Field field = type.fields.get(name);
            if (field != null || name.equals("entityTypeId")) {
                shown.put(original && field != null && field.isDynamic() ? field.upperName() : name,
                        crm.values.shown(field, value, type.entityTypeId, item.get("id")));
            }
        });
        return shown;
    }

    private Result add(Call call) {
        CrmType type = type(call);
        if (readOnly.contains(type.entityTypeId) || hidden.contains(String.valueOf(type.entityTypeId))) {
            throw CrmError.denied();
        }
        return item(call, crm.add(type.entityTypeId, named(type, call), call.who().user()));
    }

    private Result update(Call call) {
        CrmType type = type(call);
        Map<String, Object> before = writable(call);
        Map<String, Object> fields = named(type, call);
        if (barred.contains(String.valueOf(fields.get("stageId")))
                && !fields.get("stageId").equals(before.get("stageId"))) {
            throw new CrmError(400, "-", "Недостаточно прав для перевода на эту стадию");
        }
        List<String> stuck = clearingFails ? fields.keySet().stream().filter(name -> sticks(type.fields.get(name))
                && isEmpty(fields.get(name))).toList() : List.of();
        stuck.forEach(fields::remove);
        Map<String, Object> shown = shown(type, crm.update(type.entityTypeId, call.number("id"), fields,
                call.who().user()), call);
        stuck.forEach(name -> shown.put(name, null));
        return Result.of(Map.of("item", shown));
    }

    /** Section 6.6: multiple enumerations are not cleared, though the reply says so. */
    private static boolean sticks(Field field) {
        return field != null && field.isDynamic() && field.multiple() && field.type().equals("enumeration");
    }

    private static boolean isEmpty(Object value) {
        return value == null || value.equals("") || value instanceof Collection<?> list
                && list.stream().allMatch(one -> one == null || one.equals(""));
    }

    /**
     * The fields by the names of {@code crm.item.*}; original names are taken where they were asked for (section 4.5).
     */
    private static Map<String, Object> named(CrmType type, Call call) {
        Map<String, Object> fields = new LinkedHashMap<>(call.fields());
        if ("Y".equals(call.get("useOriginalUfNames"))) {
            type.fields.values().stream().filter(field -> fields.containsKey(field.upperName()) && field.isDynamic())
                    .forEach(field -> fields.put(field.name(), fields.remove(field.upperName())));
        }
        return fields;
    }

    private Result delete(Call call) {
        writable(call);
        crm.delete(type(call).entityTypeId, call.number("id"));
        return Result.of(List.of());
    }

    private Result list(Call call) {
        CrmType type = type(call);
        Set<String> known = type.fields.keySet().stream().filter(name -> !name.equals("fm"))
                .collect(Collectors.toSet());
        CrmFilter filter = new CrmFilter(known, type.fields.values().stream().filter(field -> field.isDynamic()
                && field.type().equals("boolean")).map(Field::name).toList(), dates, crm.clock.offset());
        filter.check(call.map("filter"));
        List<Map<String, Object>> rows = candidates(type).stream().filter(item -> !isHidden(type, item.get("id")))
                .filter(item -> filter.matches(call.map("filter"), item))
                .sorted(order(filter, call))
                .map(item -> (Map<String, Object>) new LazyRow(type, item, call)).toList();
        Result page = call.page(rows, "items");
        List<Object> full = new ArrayList<>();
        Call.asList(Call.asMap(page.result()).get("items")).forEach(row -> full.add(((LazyRow) row).selected()));
        return new Result(Map.of("items", full), page.total(), page.next());
    }

    /** Items stand by id anyway, and the walk by id must be quick on a large table. */
    private Comparator<Map<String, Object>> order(CrmFilter filter, Call call) {
        Map<String, Object> order = call.map("order");
        return listLag.isZero() && (order.isEmpty() || order.equals(Map.of("id", "ASC"))) ? (one, two) -> 0
                : filter.order(order, "id");
    }

    /** A row that is dressed up only when its page is sent. */
    private final class LazyRow extends LinkedHashMap<String, Object> {

        private final transient CrmType type;
        private final transient Map<String, Object> item;
        private final transient Call call;

        LazyRow(CrmType type, Map<String, Object> item, Call call) {
            this.type = type;
            this.item = item;
            this.call = call;
        }

        Object selected() {
            return Items.this.selected(type, item, call);
        }
    }

    /** The items as a list knows them: it may lag behind {@code get} (sections 13.34 and 14.6). */
    private Collection<Map<String, Object>> candidates(CrmType type) {
        if (listLag.isZero()) {
            return type.items.values();
        }
        Instant asOf = crm.clock.instant().minus(listLag);
        List<Map<String, Object>> rows = new ArrayList<>();
        crm.versions.forEach((key, versions) -> {
            if (key.startsWith(type.entityTypeId + " ")) {
                versions.stream().filter(version -> !version.from().isAfter(asOf)).reduce((one, two) -> two)
                        .filter(version -> version.item() != null).ifPresent(version -> rows.add(version.item()));
            }
        });
        return rows;
    }

    private Object selected(CrmType type, Map<String, Object> item, Call call) {
        Collection<?> names = Call.asList(call.get("select"));
        Map<String, Object> shown = shown(type, item, call);
        boolean all = names.isEmpty() || names.contains("*");
        if ("Y".equals(call.get("useOriginalUfNames")) && !names.isEmpty() && !all) {
            return List.of(); // section 4.5: with a select the columns get lost
        }
        boolean custom = names.contains("UF_*") || all && !(starOmitsCustomFields && names.contains("*"));
        shown.keySet().removeIf(name -> {
            Field field = type.fields.get(name);
            return !names.contains(name) && !(field != null && field.isDynamic() ? custom
                    : all && (!name.equals("fm") || names.contains("*")));
        });
        return shown;
    }

    private Result fields(Call call) {
        CrmType type = type(call);
        Map<String, Object> fields = new LinkedHashMap<>();
        type.fields.values().forEach(field -> fields.put(field.name(), field(type, field)));
        return Result.of(Map.of("fields", fields));
    }

    private static Map<String, Object> field(CrmType type, Field field) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("type", field.type());
        row.put("isRequired", field.required());
        row.put("isReadOnly", field.readOnly());
        row.put("isImmutable", false);
        row.put("isMultiple", field.multiple());
        row.put("isDynamic", field.isDynamic());
        row.put("title", field.title());
        if (field.name().equals("stageId") || field.name().equals("previousStageId")) {
            row.put("statusType", type.pipelines.isEmpty() ? "" : type.directory(type.defaultPipeline().id()));
        }
        if (field.name().startsWith("parentId")) {
            row.put("settings", Map.of("parentEntityTypeId", Integer.parseInt(field.name().substring(8))));
        }
        if (field.name().equals("contactId")) {
            row.put("isDeprecated", true);
        }
        if (!field.options().isEmpty()) {
            row.put("items", field.options().entrySet().stream().map(option -> Map.of(
                    "ID", String.valueOf(option.getKey()), "VALUE", option.getValue())).toList());
        }
        if (field.isDynamic()) {
            Map<String, Object> settings = Call.asMap(field.config().get("settings"));
            row.put("settings", settings.isEmpty() ? List.of() : settings);
        }
        row.put("upperName", field.upperName());
        return row;
    }

    private Result stageHistory(Call call) {
        CrmType type = type(call);
        List<Map<String, Object>> moves = crm.stageMoves.getOrDefault(String.valueOf(type.entityTypeId), List.of());
        CrmFilter filter = new CrmFilter(Set.of("ID", "TYPE_ID", "OWNER_ID", "CREATED_TIME", "CATEGORY_ID",
                "STAGE_SEMANTIC_ID", "STAGE_ID"), Set.of(), dates, crm.clock.offset());
        return call.page(moves.stream().filter(row -> filter.matches(call.map("filter"), row))
                .filter(row -> !isHidden(type, row.get("OWNER_ID")))
                .sorted(filter.order(call.map("order"), "ID")).toList(), "items");
    }

    private Result duplicates(Call call) {
        Collection<?> values = Call.asList(call.required("values"));
        if (values.size() > 20) {
            throw new CrmError(400, "", "The number of values exceeds the limit of 20");
        }
        String kind = String.valueOf(call.required("type"));
        Map<String, List<Object>> found = new LinkedHashMap<>();
        Map.of("COMPANY", CrmType.COMPANY, "CONTACT", CrmType.CONTACT, "LEAD", CrmType.LEAD).forEach((name, id) -> {
            CrmType type = crm.types.get(id);
            Object asked = call.get("entity_type");
            List<Object> ids = type == null || asked != null && !asked.equals(name) ? List.of()
                    : type.items.values().stream().filter(item -> !isHidden(type, item.get("id")) && values.stream()
                            .anyMatch(value -> MultiFields.holds(item, kind, String.valueOf(value))))
                            .map(item -> item.get("id")).toList();
            if (!ids.isEmpty()) {
                found.put(name, ids);
            }
        });
        return Result.of(found.isEmpty() ? List.of() : found);
    }
}
