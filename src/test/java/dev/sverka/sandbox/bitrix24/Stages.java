package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code crm.status.*}: stages and other directories (bitrix24.md section 6.4). */
final class Stages {

    private final Crm crm;

    private record Place(CrmType type, Pipeline pipeline, Stage stage) {
    }

    Stages(Crm crm, Methods methods) {
        this.crm = crm;
        methods.read("crm.status.list", "crm", this::list)
                .read("crm.status.entity.types", "crm", call -> Result.of(directories()))
                .read("crm.status.entity.items", "crm", this::entityItems)
                .write("crm.status.add", "crm", this::add)
                .write("crm.status.update", "crm", this::update)
                .write("crm.status.delete", "crm", this::delete);
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        crm.types.values().forEach(type -> type.pipelines.values().forEach(pipeline ->
                pipeline.stages().values().forEach(stage -> places.add(new Place(type, pipeline, stage)))));
        return places;
    }

    private Result list(Call call) {
        CrmFilter filter = new CrmFilter(Set.of("ID", "ENTITY_ID", "STATUS_ID", "NAME", "NAME_INIT", "SORT", "SYSTEM",
                "CATEGORY_ID", "COLOR", "SEMANTICS"), Set.of(), FilterDates.OFFSET_HONOURED, crm.clock.offset());
        filter.check(call.map("filter"));
        List<Map<String, Object>> rows = new ArrayList<>(places().stream().map(Stages::row).toList());
        rows.addAll(List.of(plain("1", "SOURCE", "CALL", "Звонок"), plain("2", "SOURCE", "WEB", "Веб-сайт"),
                plain("3", "DEAL_TYPE", "SALE", "Продажа"), plain("4", "COMPANY_TYPE", "CUSTOMER", "Клиент")));
        rows = rows.stream().filter(row -> filter.matches(call.map("filter"), row))
                .sorted(filter.order(call.map("order"), "SORT")).toList();
        return new Result(rows, rows.size(), null);
    }

    private static Map<String, Object> plain(String id, String directory, String code, String name) {
        Map<String, Object> row = new LinkedHashMap<>(Map.of("ID", id, "ENTITY_ID", directory, "STATUS_ID", code,
                "NAME",
                name, "NAME_INIT", name, "SORT", "10", "SYSTEM", "Y", "COLOR", ""));
        row.put("CATEGORY_ID", null);
        row.put("SEMANTICS", null);
        return row;
    }

    private static Map<String, Object> row(Place place) {
        Stage stage = place.stage();
        int pipeline = place.pipeline().id();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", String.valueOf(stage.id()));
        row.put("ENTITY_ID", place.type().directory(pipeline));
        row.put("STATUS_ID", stage.code());
        row.put("NAME", stage.name());
        row.put("NAME_INIT", stage.system() ? stage.name() : "");
        row.put("SORT", String.valueOf(stage.sort()));
        row.put("SYSTEM", stage.system() ? "Y" : "N");
        row.put("CATEGORY_ID", pipeline == 0 ? null : String.valueOf(pipeline));
        row.put("COLOR", stage.color());
        row.put("SEMANTICS", stage.semantics());
        row.put("EXTRA", Map.of("SEMANTICS", stage.semantics() == null ? "process"
                : stage.semantics().equals("S") ? "success"
                : stage.code().endsWith("APOLOGY") ? "apology" : "failure", "COLOR", stage.color()));
        return row;
    }

    private List<Map<String, Object>> directories() {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(Map.of("ID", "SOURCE", "NAME", "Источники"));
        crm.types.values().forEach(type -> type.pipelines.values().forEach(pipeline -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("ID", type.directory(pipeline.id()));
            row.put("NAME", type.title + " (" + pipeline.name() + ")");
            row.put("SEMANTIC_INFO", type.isDynamic() ? List.of() : semantics(pipeline));
            if (!type.prefix(pipeline.id()).isEmpty()) {
                row.put("PREFIX", type.prefix(pipeline.id()).replace(":", ""));
            }
            row.put("ENTITY_TYPE_ID", type.entityTypeId);
            if (type.hasPipelines()) {
                row.put("CATEGORY_ID", type.isDynamic() || pipeline.id() == 0 ? pipeline.id()
                        : String.valueOf(pipeline.id()));
            }
            if (type.isSmartProcess()) {
                row.put("CATEGORY_NAME", pipeline.name());
                row.put("IS_DEFAULT_CATEGORY", pipeline.isDefault());
            }
            rows.add(row);
        }));
        return rows;
    }

    private static Map<String, Object> semantics(Pipeline pipeline) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("START_FIELD", pipeline.first().code());
        pipeline.stages().values().stream().filter(Stage::isFinal).forEach(stage -> info.putIfAbsent(
                stage.semantics().equals("S") ? "FINAL_SUCCESS_FIELD" : "FINAL_UNSUCCESS_FIELD", stage.code()));
        info.put("FINAL_SORT", 0);
        return info;
    }

    private Result entityItems(Call call) {
        String directory = String.valueOf(call.required("entityId"));
        return Result.of(places().stream().filter(place -> place.type().directory(place.pipeline().id())
                .equals(directory))
                .map(place -> Map.of("NAME", place.stage().name(), "SORT", place.stage().sort(), "STATUS_ID",
                        place.stage().code())).toList());
    }

    private Result add(Call call) {
        Schema.mustBeAdmin(call);
        Map<String, Object> fields = call.fields();
        for (String name : List.of("ENTITY_ID", "STATUS_ID", "NAME")) {
            if (fields.get(name) == null || fields.get(name).toString().isBlank()) {
                throw new CrmError(400, "ERROR_CORE", "The field '" + name + "' is required");
            }
        }
        Place there = places().stream().filter(place -> place.type().directory(place.pipeline().id())
                .equals(fields.get("ENTITY_ID"))).findFirst()
                .orElseThrow(() -> new CrmError(400, "ERROR_CORE", "The directory is not found"));
        Pipeline pipeline = there.pipeline();
        String bare = String.valueOf(fields.get("STATUS_ID"));
        String prefix = there.type().prefix(pipeline.id());
        String code = bare.startsWith(prefix) ? bare : prefix + bare;
        int longest = there.type().entityTypeId == CrmType.LEAD ? 21 : there.type().isDynamic() ? 50 : 22;
        if (code.length() > longest) {
            throw new CrmError(400, "ERROR_CORE", "The status ID is too long");
        }
        if (pipeline.stages().containsKey(code)) {
            throw new CrmError(400, "ERROR_CORE", "The specified status ID already exists.");
        }
        String semantics = Objects.toString(fields.get("SEMANTICS"), "");
        if (semantics.equals("S") && pipeline.stages().values().stream().anyMatch(one -> "S".equals(one.semantics()))) {
            throw new CrmError(400, "ERROR_CORE", "There may be one success stage only");
        }
        Stage stage = new Stage(crm.nextId(), code, String.valueOf(fields.get("NAME")),
                Crm.number(fields.getOrDefault("SORT", 10)), Objects.toString(fields.get("COLOR"), "#39A8EF"),
                semantics.isEmpty() ? null : semantics, false);
        put(pipeline, stage);
        return Result.of(stage.id());
    }

    /** Stages stand in the order in-progress, success, failures, and by their sort inside (section 6.4). */
    private static void put(Pipeline pipeline, Stage stage) {
        List<Stage> stages = new ArrayList<>(pipeline.stages().values());
        stages.removeIf(one -> one.code().equals(stage.code()));
        stages.add(stage);
        stages.sort(Comparator.<Stage, Integer>comparing(one -> one.semantics() == null ? 0
                : one.semantics().equals("S") ? 1 : 2).thenComparingInt(Stage::sort));
        pipeline.stages().clear();
        stages.forEach(one -> pipeline.stages().put(one.code(), one));
    }

    private Place place(Call call) {
        int id = call.number("id");
        return places().stream().filter(place -> place.stage().id() == id).findFirst()
                .orElseThrow(() -> new CrmError(400, "", "The status is not found"));
    }

    private Result update(Call call) {
        Schema.mustBeAdmin(call);
        Place place = place(call);
        Stage old = place.stage();
        Map<String, Object> fields = call.fields();
        put(place.pipeline(), new Stage(old.id(), old.code(), String.valueOf(fields.getOrDefault("NAME", old.name())),
                Crm.number(fields.getOrDefault("SORT", old.sort())),
                String.valueOf(fields.getOrDefault("COLOR", old.color())), old.semantics(), old.system()));
        return Result.of(true);
    }

    private Result delete(Call call) {
        Schema.mustBeAdmin(call);
        Place place = place(call);
        if (place.stage().system() && !"Y".equals(call.map("params").get("FORCED"))) {
            throw new CrmError(400, "ERROR_CORE", "CANNOT_DELETE_SYSTEM_STATUS");
        }
        if (place.type().items.values().stream().anyMatch(item -> place.stage().code().equals(item.get("stageId")))) {
            throw new CrmError(400, "ERROR_CORE", "The stage is not empty");
        }
        place.pipeline().stages().remove(place.stage().code());
        return Result.of(true);
    }
}
