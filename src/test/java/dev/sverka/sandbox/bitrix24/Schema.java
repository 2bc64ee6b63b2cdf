package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code crm.type.*} and {@code crm.category.*} (bitrix24.md sections 6.1–6.3). */
final class Schema {

    private static final List<String> FLAGS = List.of("isCategoriesEnabled", "isStagesEnabled",
            "isBeginCloseDatesEnabled", "isClientEnabled", "isUseInUserfieldEnabled", "isLinkWithProductsEnabled",
            "isMycompanyEnabled", "isDocumentsEnabled", "isSourceEnabled", "isObserversEnabled", "isRecyclebinEnabled",
            "isAutomationEnabled", "isBizProcEnabled", "isSetOpenPermissions", "isPaymentsEnabled",
                "isCountersEnabled");

    private final Crm crm;
    /** How many smart processes the plan allows (section 6.2). */
    volatile int mostTypes = Integer.MAX_VALUE;

    Schema(Crm crm, Methods methods) {
        this.crm = crm;
        methods.read("crm.type.list", "crm", this::types)
                .read("crm.type.get", "crm", call -> {
                    mustBeAdmin(call);
                    return type(byId(call));
                })
                .read("crm.type.getByEntityTypeId", "crm", this::byEntityTypeId)
                .write("crm.type.add", "crm", this::addType)
                .write("crm.type.update", "crm", this::updateType)
                .write("crm.type.delete", "crm", this::deleteType)
                .read("crm.category.list", "crm", this::categories)
                .read("crm.category.get", "crm", call -> category(call, pipeline(call)))
                .write("crm.category.add", "crm", this::addCategory)
                .write("crm.category.update", "crm", this::updateCategory)
                .write("crm.category.delete", "crm", this::deleteCategory);
    }

    static void mustBeAdmin(Call call) {
        if (!call.who().admin()) {
            throw CrmError.denied();
        }
    }

    private CrmType byId(Call call) {
        int id = call.number("id");
        return crm.types.values().stream().filter(type -> type.isSmartProcess() && type.id == id).findFirst()
                .orElseThrow(CrmError::noItem);
    }

    private Result byEntityTypeId(Call call) {
        CrmType type = crm.types.get(call.number("entityTypeId"));
        if (type == null || !type.isSmartProcess()) {
            throw new CrmError(400, "0", "Smart process not found");
        }
        return type(type);
    }

    private static Result type(CrmType type) {
        return Result.of(Map.of("type", row(type, true)));
    }

    private static Map<String, Object> row(CrmType type, boolean whole) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", type.id);
        row.put("title", type.title);
        row.put("entityTypeId", type.entityTypeId);
        row.put("createdBy", type.settings.getOrDefault("createdBy", 1));
        row.put("createdTime", type.settings.getOrDefault("createdTime", "2026-09-01T09:00:00+03:00"));
        row.put("updatedBy", type.settings.getOrDefault("updatedBy", 1));
        row.put("updatedTime", type.settings.getOrDefault("updatedTime", "2026-09-01T09:00:00+03:00"));
        FLAGS.forEach(flag -> row.put(flag, type.settings.getOrDefault(flag, "N")));
        if (whole) {
            row.put("relations", Map.of("parent", relations(type, "parent"), "child", relations(type, "child")));
            row.put("linkedUserFields", type.settings.getOrDefault("linkedUserFields", List.of()));
            row.put("customSections", List.of());
        }
        row.put("customSectionId", null);
        if (!whole) {
            row.put("isInitialized", "Y");
        }
        return row;
    }

    private static List<Map<String, Object>> relations(CrmType type, String side) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (side.equals("parent") && "Y".equals(type.settings.get("isClientEnabled"))) {
            List.of(3, 4).forEach(id -> rows.add(Map.of("entityTypeId", id, "isChildrenListEnabled", "Y",
                    "isPredefined", "Y")));
        }
        Call.asList(Call.asMap(type.settings.get("relations")).get(side)).forEach(one -> {
            Map<String, Object> relation = Call.asMap(one);
            rows.add(Map.of("entityTypeId", Crm.number(relation.get("entityTypeId")), "isChildrenListEnabled",
                    "true".equals(String.valueOf(relation.get("isChildrenListEnabled"))) ? "Y" : "N", "isPredefined",
                        "N"));
        });
        return rows;
    }

    private Result types(Call call) {
        mustBeAdmin(call);
        CrmFilter filter = new CrmFilter(Set.of("id", "title", "entityTypeId", "createdTime", "updatedTime",
                "createdBy",
                "updatedBy"), Set.of(), FilterDates.OFFSET_HONOURED, crm.clock.offset());
        filter.check(call.map("filter"));
        return call.page(crm.types.values().stream().filter(CrmType::isSmartProcess).map(type -> row(type, false))
                .filter(row -> filter.matches(call.map("filter"), row)).sorted(filter.order(call.map("order"), "id"))
                .toList(), "types");
    }

    private Result addType(Call call) {
        Map<String, Object> fields = call.fields();
        mustBeAdmin(call);
        if (crm.types.values().stream().filter(CrmType::isSmartProcess).count() >= mostTypes) {
            throw new CrmError(400, "CREATE_DYNAMIC_TYPE_RESTRICTED", "Тариф не позволяет создать смарт-процесс");
        }
        if (fields.get("title") == null || fields.get("title").toString().isBlank()) {
            throw new CrmError(400, "CRM_FIELD_ERROR_REQUIRED", "Поле \"Название\" обязательно для заполнения");
        }
        int entityTypeId = fields.get("entityTypeId") == null ? freeId() : Crm.number(fields.get("entityTypeId"));
        if (!(entityTypeId >= 128 && entityTypeId <= 192 || entityTypeId >= 1030 && entityTypeId % 2 == 0)
                || crm.types.containsKey(entityTypeId)) {
            throw new CrmError(400, "INVALID_ARG_VALUE", "Недопустимое значение entityTypeId");
        }
        int id = crm.types.values().stream().filter(CrmType::isSmartProcess).mapToInt(type -> type.id).max().orElse(0)
                + 1;
        CrmType type = new CrmType(id, entityTypeId, String.valueOf(fields.get("title")));
        type.settings.put("createdBy", call.who().user());
        type.settings.put("createdTime", crm.now());
        type.settings.put("isSetOpenPermissions", "Y");
        set(type, fields, call.who().user());
        switched(type);
        addPipeline(type, crm.nextId(), "Общее", 100, true);
        crm.types.put(entityTypeId, type);
        return type(type);
    }

    private int freeId() {
        int id = 1030;
        while (crm.types.containsKey(id)) {
            id += 2;
        }
        return id;
    }

    private void set(CrmType type, Map<String, Object> fields, int user) {
        FLAGS.stream().filter(fields::containsKey).forEach(flag -> type.settings.put(flag, fields.get(flag)));
        if (fields.containsKey("title")) {
            type.title = String.valueOf(fields.get("title"));
        }
        if (fields.containsKey("relations")) {
            type.settings.put("relations", fields.get("relations"));
            type.fields.keySet().removeIf(name -> name.startsWith("parentId"));
        }
        if (fields.containsKey("linkedUserFields")) {
            Map<String, Object> linked = new LinkedHashMap<>(Call.asMap(fields.get("linkedUserFields")));
            linked.replaceAll((name, on) -> "true".equals(String.valueOf(on)) ? "Y" : "N");
            type.settings.put("linkedUserFields", linked);
        }
        type.settings.put("updatedBy", user);
        type.settings.put("updatedTime", crm.now());
        relations(type, "parent").stream().filter(one -> one.get("isPredefined").equals("N"))
                .forEach(one -> parent(type, (Integer) one.get("entityTypeId")));
        relations(type, "child").forEach(one -> {
            CrmType child = crm.types.get((Integer) one.get("entityTypeId"));
            if (child != null) {
                parent(child, type.entityTypeId);
            }
        });
    }

    /** A smart process has a group of standard fields only where its switch is on (Annex A). */
    private static void switched(CrmType type) {
        Map.of("isBeginCloseDatesEnabled", List.of("begindate", "closedate"),
                "isClientEnabled", List.of("companyId", "contactId", "contactIds"),
                "isMycompanyEnabled", List.of("mycompanyId"),
                "isLinkWithProductsEnabled", List.of("opportunity", "isManualOpportunity", "currencyId", "taxValue"),
                "isStagesEnabled", List.of("stageId", "previousStageId", "movedBy", "movedTime"),
                "isObserversEnabled", List.of("observers")).forEach((flag, names) -> {
                    if (!"Y".equals(type.settings.get(flag))) {
                        names.forEach(type.fields::remove);
                    } else if (!type.fields.containsKey(names.get(0))) {
                        CrmType whole = new CrmType(type.id, type.entityTypeId, type.title);
                        names.forEach(name -> type.fields.put(name, whole.fields.get(name)));
                    }
                });
    }

    private void parent(CrmType type, int parent) {
        if (crm.types.containsKey(parent)) {
            type.standard("parentId" + parent, "PARENT_ID_" + parent, "crm_entity", crm.types.get(parent).title, false);
            type.items.values().forEach(item -> item.putIfAbsent("parentId" + parent, null));
        }
    }

    private Result updateType(Call call) {
        mustBeAdmin(call);
        CrmType type = byId(call);
        set(type, call.fields(), call.who().user());
        if (FLAGS.stream().anyMatch(call.fields()::containsKey)) {
            switched(type);
        }
        return type(type);
    }

    private Result deleteType(Call call) {
        mustBeAdmin(call);
        CrmType type = byId(call);
        if (!type.items.isEmpty()) {
            throw new CrmError(400, "0", "Нельзя удалить смарт-процесс, в котором есть элементы");
        }
        crm.types.remove(type.entityTypeId);
        return Result.of(List.of());
    }

    private CrmType typeOf(Call call) {
        CrmType type = crm.type(call.number("entityTypeId"));
        if (type.entityTypeId == CrmType.LEAD || type.entityTypeId == CrmType.QUOTE) {
            throw new CrmError(400, "ENTITY_TYPE_NOT_SUPPORTED", "Воронки не поддерживаются");
        }
        return type;
    }

    private Pipeline pipeline(Call call) {
        Pipeline pipeline = typeOf(call).pipelines.get(call.number("id"));
        if (pipeline == null) {
            throw CrmError.noItem();
        }
        return pipeline;
    }

    private Result category(Call call, Pipeline pipeline) {
        return Result.of(Map.of("category", row(typeOf(call), pipeline)));
    }

    private static Map<String, Object> row(CrmType type, Pipeline one) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", one.id());
        row.put("name", one.name());
        row.put("sort", one.sort());
        row.put("entityTypeId", type.entityTypeId);
        row.put("isDefault", one.isDefault() ? "Y" : "N");
        if (type.entityTypeId == CrmType.DEAL && one.id() != 0) {
            row.put("originId", "");
            row.put("originatorId", "");
        } else if (type.entityTypeId != CrmType.DEAL) {
            row.put("isSystem", "N");
            row.put("code", "");
        }
        return row;
    }

    private Result categories(Call call) {
        CrmType type = typeOf(call);
        CrmFilter filter = new CrmFilter(Set.of("id", "name", "sort", "entityTypeId", "isDefault"), Set.of(),
                FilterDates.OFFSET_HONOURED, crm.clock.offset());
        return call.page(type.pipelines.values().stream().map(one -> row(type, one))
                .filter(row -> filter.matches(call.map("filter"), row)).sorted(filter.order(Map.of(), "sort")).toList(),
                "categories");
    }

    private Result addCategory(Call call) {
        mustBeAdmin(call);
        Object name = call.fields().get("name");
        if (name == null || name.toString().isBlank()) {
            throw new CrmError(400, "CRM_FIELD_ERROR_REQUIRED", "Поле \"Название\" обязательно для заполнения");
        }
        boolean isDefault = "Y".equals(call.fields().get("isDefault"));
        return category(call, addPipeline(typeOf(call), crm.nextId(), name.toString(),
                Crm.number(call.fields().getOrDefault("sort", 500)), isDefault));
    }

    private Pipeline addPipeline(CrmType type, int id, String name, int sort, boolean isDefault) {
        Map<String, Stage> stages = new LinkedHashMap<>();
        String done = type.entityTypeId == CrmType.DEAL ? "WON" : "SUCCESS";
        String failed = type.entityTypeId == CrmType.DEAL ? "LOSE" : "FAIL";
        List<List<String>> five = List.of(List.of("NEW", "Начало", ""), List.of("PREPARATION", "Подготовка", ""),
                List.of("CLIENT", "Согласование", ""), List.of(done, "Успех", "S"), List.of(failed, "Провал", "F"));
        five.forEach(one -> {
            String code = type.prefix(id) + one.get(0);
            stages.put(code, new Stage(crm.nextId(), code, one.get(1), 10 * (stages.size() + 1),
                    one.get(2).equals("S") ? "#7BD500" : one.get(2).equals("F") ? "#FF5752" : "#39A8EF",
                    one.get(2).isEmpty() ? null : one.get(2), !Set.of("PREPARATION", "CLIENT").contains(one.get(0))));
        });
        if (isDefault) {
            type.pipelines.replaceAll((key, old) -> new Pipeline(old.id(), old.name(), old.sort(), false,
                    old.stages()));
        }
        Pipeline pipeline = new Pipeline(id, name, sort, isDefault, stages);
        type.pipelines.put(id, pipeline);
        return pipeline;
    }

    private Result updateCategory(Call call) {
        mustBeAdmin(call);
        Pipeline old = pipeline(call);
        Pipeline changed = new Pipeline(old.id(), String.valueOf(call.fields().getOrDefault("name", old.name())),
                Crm.number(call.fields().getOrDefault("sort", old.sort())), old.isDefault(), old.stages());
        typeOf(call).pipelines.put(old.id(), changed);
        return category(call, changed);
    }

    private Result deleteCategory(Call call) {
        mustBeAdmin(call);
        Pipeline pipeline = pipeline(call);
        boolean full = typeOf(call).items.values().stream()
                .anyMatch(item -> Integer.valueOf(pipeline.id()).equals(item.get("categoryId")));
        if (pipeline.isDefault() || full) {
            throw new CrmError(400, "BX_ERROR", "Воронку нельзя удалить");
        }
        typeOf(call).pipelines.remove(pipeline.id());
        return Result.of(null);
    }
}
