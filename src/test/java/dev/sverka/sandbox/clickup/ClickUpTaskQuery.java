package dev.sverka.sandbox.clickup;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of tasks as strict as clickup.md section 10: what is missing by default, a hundred a page, its filters. */
final class ClickUpTaskQuery {

    private static final int PAGE = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ClickUpState state;
    private final Map<String, List<String>> query;

    ClickUpTaskQuery(ClickUpState state, Map<String, List<String>> query) {
        this.state = state;
        this.query = query;
    }

    private String one(String key, String otherwise) {
        return query.containsKey(key) ? query.get(key).get(0) : otherwise;
    }

    private boolean is(String key) {
        return one(key, "false").equals("true");
    }

    /** @param list the home list; null for the Workspace */
    Map<String, Object> answer(String list) {
        if (query.containsKey("statuses")) {
            throw new ClickUpRefusal(400, "PUBAPITASK_014", "statuses must be an array");
        }
        conditions();
        String order = one("order_by", "created");
        String field = switch (order) {
            case "created", "updated" -> "date_" + order;
            case "due_date", "id" -> order;
            default -> throw new ClickUpRefusal(500, "ITEMV2_003", "Internal error");
        };
        Comparator<Map<String, Object>> comparator = Comparator.comparing(one -> Objects.toString(one.get(field), ""));
        List<Map<String, Object>> fitting = state.tasks().index().stream().filter(task -> fits(task, list))
                .sorted(is("reverse") ? comparator : comparator.reversed()).toList();
        int page = Integer.parseInt(one("page", "0"));
        List<Map<String, Object>> rows = fitting.stream().skip((long) page * PAGE).limit(PAGE).toList();
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("tasks", rows));
        if (state.switches().lastPage) {
            answer.put("last_page", fitting.size() <= (page + 1) * PAGE);
        }
        return answer;
    }

    private boolean fits(Map<String, Object> task, String list) {
        boolean closed = ((Map<?, ?>) task.get("status")).get("type").equals("closed");
        return (list == null || in(task, "list", list))
                && (!closed || is("include_closed") || query.getOrDefault("statuses[]", List.of()).contains(
                        ((Map<?, ?>) task.get("status")).get("status").toString()))
                && (task.get("parent") == null || is("subtasks"))
                && task.get("archived").equals(is("archived"))
                && among(task, "list", "list_ids[]") && among(task, "folder", "project_ids[]")
                && among(task, "space", "space_ids[]")
                && dates(task, "date_created") && dates(task, "date_updated") && dates(task, "due_date")
                && customFields(task);
    }

    private static boolean in(Map<String, Object> task, String place, String id) {
        return ((Map<?, ?>) task.get(place)).get("id").equals(id);
    }

    private boolean among(Map<String, Object> task, String place, String key) {
        return !query.containsKey(key) || query.get(key).stream().anyMatch(id -> in(task, place, id));
    }

    private boolean dates(Map<String, Object> task, String field) {
        String above = one(field + "_gt", null);
        String below = one(field + "_lt", null);
        if (above == null && below == null) {
            return true;
        }
        if (task.get(field) == null) {
            return false;
        }
        long value = Long.parseLong(task.get(field).toString());
        return (above == null || value > Long.parseLong(above)
                || state.switches().inclusive && value == Long.parseLong(above))
                && (below == null || value < Long.parseLong(below));
    }

    private boolean customFields(Map<String, Object> task) {
        return conditions().stream().allMatch(one -> fits(task, one));
    }

    private List<JsonNode> conditions() {
        String filter = one("custom_fields", null);
        if (filter == null) {
            return List.of();
        }
        try {
            JsonNode all = JSON.readTree(filter);
            if (all.isArray()) {
                return List.copyOf(all.values());
            }
        } catch (JacksonException broken) {
            // told alike
        }
        throw new ClickUpRefusal(400, "ITEM_155", "custom fields must be a json parsable string");
    }

    /** {@code =} contains, {@code ==} is (section 10.3). */
    private static boolean fits(Map<String, Object> task, JsonNode filter) {
        String value = ((List<?>) task.get("custom_fields")).stream().map(ClickUpTaskState::map)
                .filter(one -> one.get("id").equals(filter.path("field_id").asString("")))
                .map(one -> Objects.toString(one.get("value"), "")).findFirst().orElse("");
        String wanted = filter.path("value").asString("");
        return switch (filter.path("operator").asString("")) {
            case "==" -> value.equals(wanted);
            case "=" -> value.contains(wanted);
            default -> throw new ClickUpRefusal(400, "ITEM_155", "custom fields must be a json parsable string");
        };
    }
}
