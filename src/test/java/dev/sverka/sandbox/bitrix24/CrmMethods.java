package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Field;
import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The REST methods by name, with the containers and typings of bitrix24.md Annex C. */
final class CrmMethods {

    private static final int PAGE = 50;
    static final Set<String> WRITES = Set.of("crm.item.add", "crm.item.update", "crm.item.delete",
            "crm.timeline.comment.add", "im.notify.system.add", "crm.activity.todo.add");

    private final Crm crm;
    private final int user;

    /** @param user who the incoming webhook acts as */
    CrmMethods(Crm crm, int user) {
        this.crm = crm;
        this.user = user;
    }

    /** @param total null where the method tells none; @param next offset of the next page */
    record Result(Object result, Integer total, Integer next) {

        static Result of(Object result) {
            return new Result(result, null, null);
        }
    }

    Result call(String method, Map<String, Object> parameters) {
        synchronized (crm) {
            return switch (method) {
                case "server.time" -> Result.of(crm.now());
                case "scope" -> Result.of(List.of("crm", "userfieldconfig", "user", "im"));
                case "profile" -> Result.of(Map.of("ID", String.valueOf(user), "ADMIN", true, "NAME", "Сверка",
                        "LAST_NAME", "", "PERSONAL_GENDER", "", "TIME_ZONE", ""));
                case "crm.type.list" -> types();
                case "crm.category.list" -> categories(parameters);
                case "crm.status.list" -> statuses(parameters);
                case "crm.item.fields" -> fields(parameters);
                case "crm.item.get" -> Result.of(Map.of("item", shown(crm.item(type(parameters), id(parameters)))));
                case "crm.item.list" -> list(parameters);
                case "crm.item.add" -> Result.of(Map.of("item", shown(crm.add(type(parameters).entityTypeId,
                        map(parameters, "fields"), user))));
                case "crm.item.update" -> Result.of(Map.of("item", shown(crm.update(type(parameters).entityTypeId,
                        id(parameters), map(parameters, "fields"), user))));
                case "crm.item.delete" -> {
                    crm.delete(type(parameters).entityTypeId, id(parameters));
                    yield Result.of(List.of());
                }
                case "crm.requisite.list" -> requisites(parameters);
                case "crm.timeline.comment.add" -> comment(map(parameters, "fields"));
                case "crm.timeline.comment.list" -> comments(parameters);
                case "im.notify.system.add", "crm.activity.todo.add" -> Result.of(crm.nextId());
                default -> throw new CrmError(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
            };
        }
    }

    private CrmType type(Map<String, Object> parameters) {
        return crm.type(Crm.number(required(parameters, "entityTypeId")));
    }

    private static int id(Map<String, Object> parameters) {
        return Crm.number(required(parameters, "id"));
    }

    private static Object required(Map<String, Object> parameters, String name) {
        Object value = parameters.get(name);
        if (value == null) {
            throw new CrmError(400, "100", "Could not find value for parameter {" + name + "}");
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parameters, String name) {
        return parameters.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Map<String, Object> shown(Map<String, Object> item) {
        return new LinkedHashMap<>(item);
    }

    private Result types() {
        List<Map<String, Object>> rows = crm.types.values().stream().filter(CrmType::isSmartProcess)
                .map(type -> Map.<String, Object>of("id", type.id, "entityTypeId", type.entityTypeId,
                        "title", type.title, "isCategoriesEnabled", "Y", "isStagesEnabled", "Y",
                        "isInitialized", "Y")).toList();
        return new Result(Map.of("types", rows), rows.size(), null);
    }

    private Result categories(Map<String, Object> parameters) {
        CrmType type = type(parameters);
        List<Map<String, Object>> rows = type.pipelines.values().stream().map(one -> Map.<String, Object>of(
                "id", one.id(), "name", one.name(), "sort", 500, "entityTypeId", type.entityTypeId,
                "isDefault", one.isDefault() ? "Y" : "N", "isSystem", "N", "code", "")).toList();
        return new Result(Map.of("categories", rows), rows.size(), null);
    }

    private Result statuses(Map<String, Object> parameters) {
        Object wanted = map(parameters, "filter").get("ENTITY_ID");
        Collection<?> directories = wanted instanceof Collection<?> many ? many : List.of(String.valueOf(wanted));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (CrmType type : crm.types.values()) {
            for (Pipeline pipeline : type.pipelines.values()) {
                if (directories.contains(type.directory(pipeline.id()))) {
                    pipeline.stages().values().forEach(stage -> rows.add(status(type, pipeline, stage)));
                }
            }
        }
        return new Result(rows, rows.size(), null);
    }

    private static Map<String, Object> status(CrmType type, Pipeline pipeline, CrmType.Stage stage) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", String.valueOf(stage.id()));
        row.put("ENTITY_ID", type.directory(pipeline.id()));
        row.put("STATUS_ID", stage.code());
        row.put("NAME", stage.name());
        row.put("NAME_INIT", "");
        row.put("SORT", String.valueOf(stage.sort()));
        row.put("SYSTEM", "N");
        row.put("CATEGORY_ID", type.entityTypeId == 2 && pipeline.id() == 0 ? null : String.valueOf(pipeline.id()));
        row.put("COLOR", stage.color());
        row.put("SEMANTICS", stage.semantics());
        row.put("EXTRA", Map.of("SEMANTICS", stage.semantics() == null ? "process"
                : stage.semantics().equals("S") ? "success" : "failure", "COLOR", stage.color()));
        return row;
    }

    private Result fields(Map<String, Object> parameters) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Field field : type(parameters).fields.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("type", field.type());
            row.put("isRequired", false);
            row.put("isReadOnly", field.readOnly());
            row.put("isImmutable", false);
            row.put("isMultiple", field.multiple());
            row.put("isDynamic", field.isDynamic());
            row.put("title", field.title());
            row.put("upperName", field.upperName());
            if (!field.options().isEmpty()) {
                row.put("items", field.options().entrySet().stream().map(option ->
                        Map.of("ID", String.valueOf(option.getKey()), "VALUE", option.getValue())).toList());
            }
            fields.put(field.name(), row);
        }
        return Result.of(Map.of("fields", fields));
    }

    private Result list(Map<String, Object> parameters) {
        CrmType type = type(parameters);
        Map<String, Object> filter = map(parameters, "filter");
        List<Map<String, Object>> rows = type.items.values().stream()
                .filter(item -> CrmFilter.matches(filter, item, type.fields.keySet())).toList();
        boolean counted = !"-1".equals(String.valueOf(parameters.getOrDefault("start", 0)));
        int start = counted ? Crm.number(parameters.getOrDefault("start", 0)) : 0;
        List<Map<String, Object>> page = rows.stream().skip(start).limit(PAGE)
                .map(item -> selected(item, parameters.get("select"))).toList();
        return new Result(Map.of("items", page), counted ? rows.size() : 0,
                counted && start + PAGE < rows.size() ? start + PAGE : null);
    }

    private static Map<String, Object> selected(Map<String, Object> item, Object select) {
        if (!(select instanceof Collection<?> names) || names.contains("*")) {
            return shown(item);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        item.forEach((name, value) -> {
            if (names.contains(name) || name.equals("id")) {
                row.put(name, value);
            }
        });
        return row;
    }

    private Result requisites(Map<String, Object> parameters) {
        Map<String, Object> filter = map(parameters, "filter");
        List<Map<String, Object>> rows = crm.requisites.values().stream()
                .map(row -> (Map<String, Object>) new LinkedHashMap<String, Object>(row))
                .filter(row -> CrmFilter.matches(filter, row, row.keySet())).limit(PAGE).toList();
        return new Result(rows, rows.size(), null);
    }

    private Result comment(Map<String, Object> fields) {
        return Result.of(crm.comment(String.valueOf(required(fields, "ENTITY_TYPE")),
                Crm.number(required(fields, "ENTITY_ID")), (String) fields.get("COMMENT"), user).id());
    }

    private Result comments(Map<String, Object> parameters) {
        Map<String, Object> filter = map(parameters, "filter");
        String type = String.valueOf(required(filter, "ENTITY_TYPE"));
        int item = Crm.number(required(filter, "ENTITY_ID"));
        List<Map<String, String>> rows = crm.comments.stream()
                .filter(one -> one.type().equals(type) && one.item() == item)
                .sorted((one, two) -> Integer.compare(two.id(), one.id()))
                .map(one -> Map.of("ID", String.valueOf(one.id()), "ENTITY_ID", String.valueOf(one.item()),
                        "ENTITY_TYPE", one.type(), "CREATED", one.created(), "COMMENT", one.text(),
                        "AUTHOR_ID", String.valueOf(one.author()))).collect(Collectors.toList());
        int start = Crm.number(parameters.getOrDefault("start", 0));
        return new Result(rows.stream().skip(start).limit(PAGE).toList(), rows.size(),
                start + PAGE < rows.size() ? start + PAGE : null);
    }
}
