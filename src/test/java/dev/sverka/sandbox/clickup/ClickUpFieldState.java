package dev.sverka.sandbox.clickup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Custom fields of the Workspace: definitions that people make, and what ClickUp takes as their values (section 9). */
public final class ClickUpFieldState {

    public static final String EXTERNAL_ID = "3b0d7c1e-5a44-4c0f-9a51-0d6f2b7e1101";
    public static final String STAGE = "b4e2c9a8-7713-4d27-b0fb-2a9c5e3f1104";
    private final ClickUpSwitches switches;
    private final Map<String, Map<String, Object>> definitions = new LinkedHashMap<>();

    ClickUpFieldState(ClickUpSwitches switches) {
        this.switches = switches;
        define(EXTERNAL_ID, "External ID", "short_text");
        define("6f1f0a52-2c39-4b0d-8b77-51c2f3aa1102", "Contract amount", "currency");
        define("0c7a9d34-81de-4f57-9a40-7b1cf0de1103", "Paid on", "date");
        define(STAGE, "Stage", "drop_down");
        options("Draft", "Signed", "Invoiced");
        define("9d51e6f7-0ab3-4b6e-8f2c-64e0d8b21105", "CRM link", "url");
        define("e87b3a10-4f5c-46c8-9d1a-3c0f7a5b1106", "Planned hours", "number");
        define("57c2d8ef-930b-4a6d-8c4e-18b7f6a91107", "Account manager", "users");
        define("21f4b6a3-6e9d-4f0c-a7b5-90d3c2e81108", "Related contract", "tasks");
        define("f09a7b6c-5d4e-4321-9b8a-1c2d3e4f1110", "Needs act", "checkbox");
        define("ab1c2d3e-4f50-4a6b-8c7d-9e0f1a2b1111", "Regions", "labels");
        define("cd1c2d3e-4f50-4a6b-8c7d-9e0f1a2b1112", "Done", "automatic_progress");
        definitions.get("ab1c2d3e-4f50-4a6b-8c7d-9e0f1a2b1111").put("type_config", Map.of("options", List.of(
                Map.of("id", "e2000000-0000-4000-8000-00000000b001", "label", "North", "color", "#111111"),
                Map.of("id", "e2000000-0000-4000-8000-00000000b002", "label", "South", "color", "#111111"))));
    }

    private void define(String id, String name, String type) {
        definitions.put(id, new LinkedHashMap<>(Map.of("id", id, "name", name, "type", type, "type_config", Map.of(),
                "date_created", "1772442900120", "hide_from_guests", false, "required", false)));
    }

    /** A person orders the options of Stage, which changes what each orderindex means. */
    public void options(String... names) {
        List<Map<String, Object>> options = new ArrayList<>();
        for (int n = 0; n < names.length; n++) {
            options.add(Map.of("id", UUID.nameUUIDFromBytes(names[n].getBytes()).toString(), "name", names[n],
                    "color", "#87909e", "orderindex", n));
        }
        definitions.get(STAGE).put("type_config", Map.of("sorting", "manual", "options", options));
    }

    /** The uuid of an option of Stage. */
    public static String option(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes()).toString();
    }

    /** A person removes a field. */
    public void remove(String id) {
        definitions.remove(id);
    }

    List<Map<String, Object>> all() {
        return List.copyOf(definitions.values());
    }

    /** Every field that applies, those without a value without {@code value} (section 9.2). */
    List<Map<String, Object>> shown(Map<String, Object> values) {
        return definitions.values().stream().map(one -> {
            Map<String, Object> shown = new LinkedHashMap<>(one);
            Object value = values.get(one.get("id"));
            if (value != null) {
                shown.put("value", read(one, value));
            }
            return shown;
        }).toList();
    }

    /** A drop-down is kept as uuid and read as its place among the options. */
    private static Object read(Map<String, Object> definition, Object value) {
        return definition.get("type").equals("drop_down") ? options(definition).stream()
                .filter(one -> one.get("id").equals(value)).findFirst().<Object>map(one -> one.get("orderindex"))
                .orElse(null) : value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> options(Map<String, Object> definition) {
        return (List<Map<String, Object>>) ((Map<String, Object>) definition.get("type_config")).get("options");
    }

    /** @param body {@code value}, perhaps {@code value_options} */
    void set(Map<String, Object> values, String id, Map<String, Object> body) {
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new ClickUpRefusal(400, "FIELD_057", "Custom field id must be a valid UUID");
        }
        Map<String, Object> definition = definitions.get(id);
        if (definition == null) {
            throw new ClickUpRefusal(400, "FIELD_007", "Field not found");
        }
        Object value = body.get("value");
        if (value == null) {
            values.remove(id);
            return;
        }
        if (switches.fieldUses <= 0) {
            throw new ClickUpRefusal(400, "FIELD_033", "Custom field usages exceeded for your plan");
        }
        switches.fieldUses--;
        values.put(id, written(definition, value, body, values.get(id)));
    }

    private static Object written(Map<String, Object> definition, Object value, Map<String, Object> body,
            Object before) {
        return switch (definition.get("type").toString()) {
            case "number", "currency" -> number(value);
            case "date" -> ClickUpState.stored(value, body.get("value_options") instanceof Map<?, ?> options
                    && Boolean.TRUE.equals(options.get("time")));
            case "drop_down" -> options(definition).stream().filter(one -> one.get("id").equals(value)
                    || value instanceof Integer && one.get("orderindex").equals(value)).findFirst()
                    .orElseThrow(() -> new ClickUpRefusal(400, "FIELD_011", "Value must be an option index or uuid"))
                    .get("id");
            case "labels" -> labels(definition, value);
            case "checkbox" -> value.toString();
            case "users" -> people(value, before, true);
            case "tasks" -> people(value, before, false);
            case "automatic_progress" -> throw new ClickUpRefusal(400, "FIELD_002", "Value cannot be set");
            default -> value.toString();
        };
    }

    private static Object labels(Map<String, Object> definition, Object value) {
        List<Object> known = options(definition).stream().map(one -> one.get("id")).toList();
        if (!(value instanceof Collection<?> many) || !known.containsAll(many)) {
            throw new ClickUpRefusal(400, "FIELD_011", "Value must be an option index or uuid");
        }
        return List.copyOf(many);
    }

    private static Object number(Object value) {
        if (!(value instanceof Number)) {
            throw new ClickUpRefusal(400, "FIELD_011", "Value is not a valid number");
        }
        return value.toString();
    }

    /** Another shape than add and rem: 200 and nothing set. */
    private static Object people(Object value, Object before, boolean users) {
        List<Object> held = new ArrayList<>(before instanceof List<?> list ? list : List.of());
        if (value instanceof Map<?, ?> change) {
            (change.get("add") instanceof Collection<?> add ? add : List.of()).forEach(id -> held.add(users
                    ? Map.of("id", id, "username", "user " + id) : Map.of("id", id, "name", "task " + id)));
            (change.get("rem") instanceof Collection<?> rem ? rem : List.of()).forEach(id -> held.removeIf(
                    one -> ((Map<?, ?>) one).get("id").toString().equals(id.toString())));
        }
        return held.isEmpty() ? null : List.copyOf(held);
    }
}
