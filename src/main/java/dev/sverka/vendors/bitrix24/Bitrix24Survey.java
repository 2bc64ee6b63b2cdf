package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Field;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Funnel;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Kind;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Process;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a portal holds, in few requests. */
final class Bitrix24Survey {

    /** One list of funnels was seen to take 15 s; a request is cut at 60 s (bitrix24.md sections 3.3, 13 row 18). */
    private static final int KINDS_AT_ONCE = 3;
    private static final List<String> SWITCHES = List.of("isCategoriesEnabled", "isStagesEnabled",
            "isBeginCloseDatesEnabled", "isClientEnabled", "isMycompanyEnabled", "isLinkWithProductsEnabled");

    private final Bitrix24Client client;

    Bitrix24Survey(Bitrix24Client client) {
        this.client = client;
    }

    /**
     * Looks at everything that is declared.
     *
     * @param before what is taken from an earlier look, but for {@code anew}
     */
    Bitrix24Held look(Portal portal, @Nullable Bitrix24Held before, Set<String> anew) {
        List<Process> processes = processes();
        Map<String, Kind> bare = new LinkedHashMap<>();
        portal.entities().values().stream().filter(entity -> !"user".equals(entity.builtin()))
                .forEach(entity -> bare(entity, processes).ifPresent(kind -> bare.put(entity.key(), kind)));
        Map<String, Kind> kinds = new LinkedHashMap<>();
        if (before != null) {
            bare.keySet().stream().filter(key -> !anew.contains(key) && before.kinds().containsKey(key))
                    .forEach(key -> kinds.put(key, before.kinds().get(key)));
        }
        List<String> asked = bare.keySet().stream().filter(key -> !kinds.containsKey(key)).toList();
        for (int i = 0; i < asked.size(); i += KINDS_AT_ONCE) {
            Map<String, Kind> some = new LinkedHashMap<>();
            asked.subList(i, Math.min(asked.size(), i + KINDS_AT_ONCE)).forEach(key -> some.put(key, bare.get(key)));
            kinds.putAll(described(portal, some));
        }
        return new Bitrix24Held(processes, withStages(kinds, asked));
    }

    /** Custom fields of processes that nobody declares, by the process: to find one that was renamed. */
    Map<Process, List<Field>> fieldsOf(List<Process> processes) {
        Map<Process, List<Field>> fields = new LinkedHashMap<>();
        for (int i = 0; i < processes.size(); i += Bitrix24Client.PAGE) {
            Map<String, Process> named = new LinkedHashMap<>();
            processes.subList(i, Math.min(processes.size(), i + Bitrix24Client.PAGE))
                    .forEach(process -> named.put("t" + process.typeId(), process));
            Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
            named.forEach((name, process) -> commands.put(name, new Bitrix24Command("crm.item.fields",
                    Map.of("entityTypeId", process.typeId()))));
            client.readAll(commands).forEach((name, answer) -> fields.put(named.get(name), fields(answer)));
        }
        return fields;
    }

    private List<Process> processes() {
        List<Process> processes = new ArrayList<>();
        for (int start = 0;; start += Bitrix24Client.PAGE) {
            List<JsonNode> rows = Bitrix24Client.rows(
                    client.read("crm.type.list", Map.of("start", start)).path("types"));
            rows.forEach(row -> processes.add(new Process(row.path("id").asInt(), row.path("entityTypeId").asInt(),
                    row.path("title").asString(""), SWITCHES.stream()
                            .filter(one -> row.path(one).asString("").equals("N")).toList())));
            if (rows.size() < Bitrix24Client.PAGE) {
                return processes;
            }
        }
    }

    private static Optional<Kind> bare(Portal.Entity entity, List<Process> processes) {
        if (entity.builtin() != null) {
            return Optional.of(new Kind(null, Bitrix24Look.builtIn(entity.builtin()), false, List.of(), List.of()));
        }
        return processes.stream().filter(process -> Bitrix24Look.isIt(entity, process.typeId(), process.title()))
                .findFirst().map(process -> new Kind(process, process.typeId(), false, List.of(), List.of()))
                .or(() -> processes.stream().filter(process -> process.title().equals(Bitrix24Making.title(entity)))
                        .findFirst().map(process -> new Kind(process, process.typeId(), true, List.of(), List.of())));
    }

    private Map<String, Kind> described(Portal portal, Map<String, Kind> bare) {
        Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
        bare.forEach((key, kind) -> {
            commands.put(key, new Bitrix24Command("crm.item.fields", Map.of("entityTypeId", kind.typeId())));
            if (Bitrix24Look.hasFunnels(portal.entities().get(key), kind.typeId())) {
                commands.put(key + ".funnels", new Bitrix24Command("crm.category.list",
                        Map.of("entityTypeId", kind.typeId())));
            }
        });
        Map<String, JsonNode> answers = client.readAll(commands);
        Map<String, Kind> kinds = new LinkedHashMap<>();
        bare.forEach((key, kind) -> {
            JsonNode funnels = answers.get(key + ".funnels");
            kinds.put(key, new Kind(kind.process(), kind.typeId(), kind.made(), fields(answers.get(key)),
                    funnels == null ? List.of() : Bitrix24Client.rows(funnels.path("categories")).stream()
                            .map(row -> new Funnel(row.path("id").asInt(), row.path("name").asString(""),
                                    row.path("isDefault").asString("").equals("Y"), List.of())).toList()));
        });
        return kinds;
    }

    private static List<Field> fields(JsonNode answer) {
        return answer.path("fields").properties().stream().map(one -> new Field(one.getKey(),
                one.getValue().path("upperName").asString(""), one.getValue().path("title").asString(""),
                one.getValue().path("type").asString(""), one.getValue().path("isMultiple").asBoolean(false),
                options(one.getValue()))).toList();
    }

    private static Map<String, String> options(JsonNode field) {
        Map<String, String> options = new LinkedHashMap<>();
        Bitrix24Client.rows(field.path("items")).forEach(option ->
                options.putIfAbsent(option.path("ID").asString(""), option.path("VALUE").asString("")));
        return options;
    }

    private Map<String, Kind> withStages(Map<String, Kind> kinds, List<String> asked) {
        Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
        asked.forEach(key -> kinds.get(key).funnels().forEach(funnel -> commands.put(key + "/" + funnel.id(),
                new Bitrix24Command("crm.status.list", Map.of("filter", Map.of("ENTITY_ID",
                        Bitrix24Look.directory(kinds.get(key).typeId(), funnel.id())),
                        "order", Map.of("SORT", "ASC"))))));
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        List<String> names = List.copyOf(commands.keySet());
        for (int i = 0; i < names.size(); i += Bitrix24Client.PAGE) {
            Map<String, Bitrix24Command> some = new LinkedHashMap<>();
            names.subList(i, Math.min(names.size(), i + Bitrix24Client.PAGE))
                    .forEach(name -> some.put(name, commands.get(name)));
            answers.putAll(client.readAll(some));
        }
        Map<String, Kind> whole = new LinkedHashMap<>();
        kinds.forEach((key, kind) -> whole.put(key, !asked.contains(key) ? kind : new Kind(kind.process(),
                kind.typeId(), kind.made(), kind.fields(), kind.funnels().stream().map(funnel -> new Funnel(
                        funnel.id(), funnel.name(), funnel.isDefault(), stages(answers.get(key + "/" + funnel.id()))))
                        .toList())));
        return whole;
    }

    private static List<Stage> stages(JsonNode rows) {
        return Bitrix24Client.rows(rows).stream().map(row -> new Stage(row.path("ID").asInt(),
                row.path("STATUS_ID").asString(""), row.path("NAME").asString(""), row.path("SORT").asInt(),
                row.path("COLOR").asString(""), Bitrix24Look.semantics(row)))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
