package dev.sverka.sandbox.clickup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The tasks of the Workspace and their comments (clickup.md sections 8, 12 and 15). */
public final class ClickUpTaskState {

    private static final List<String> UNSET = List.of("custom_id", "date_closed", "date_done", "parent", "priority",
            "due_date", "start_date", "points", "time_estimate");
    private final ClickUpState state;
    private final ClickUpFieldState fields;
    private final Map<String, Map<String, Object>> tasks = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> values = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> indexed = new LinkedHashMap<>();
    private final Map<String, Instant> changed = new LinkedHashMap<>();
    private final List<String> trash = new ArrayList<>();
    private final List<Map<String, Object>> comments = new ArrayList<>();
    private final AtomicLong ids = new AtomicLong(1);
    private final AtomicLong commentIds = new AtomicLong(90150299000111L);
    private long last;

    ClickUpTaskState(ClickUpState state) {
        this.state = state;
        this.fields = new ClickUpFieldState(state.switches());
    }

    public ClickUpFieldState fields() {
        return fields;
    }

    long count(String list) {
        return tasks.values().stream().filter(one -> isIn(one, list)).count();
    }

    private static boolean isIn(Map<String, Object> task, String list) {
        return ((Map<?, ?>) task.get("list")).get("id").equals(list);
    }

    /** Strictly rising. */
    private String moment() {
        last = Math.max(last + 1, state.now().toEpochMilli());
        return Long.toString(last);
    }

    private void touch(Map<String, Object> task) {
        task.put("date_updated", moment());
        changed.put(task.get("id").toString(), state.now());
    }

    Map<String, Object> create(String list, Map<String, Object> body) {
        Map<String, Object> home = state.list(list);
        if (state.isDeleted(list)) {
            throw new ClickUpRefusal(400, "ACCESS_100", "list deleted");
        }
        if (body.get("name") == null || body.get("name").toString().isBlank()) {
            throw new ClickUpRefusal(400, "INPUT_005", "Task name invalid");
        }
        Map<String, Object> status = status(home, body.get("status"));
        Map<String, Object> own = new LinkedHashMap<>();
        if (body.get("custom_fields") instanceof Collection<?> all) {
            all.forEach(one -> fields.set(own, String.valueOf(((Map<?, ?>) one).get("id")), map(one)));
        }
        String id = "86czz" + String.format("%04d", ids.getAndIncrement());
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("id", id);
        UNSET.forEach(key -> task.put(key, null));
        task.putAll(Map.of("custom_item_id", 0, "name", body.get("name"), "status", status, "orderindex",
                "39911204.0000", "archived", false, "creator", state.user(ClickUpState.BOT), "time_spent", 0));
        task.put("description", "");
        task.put("text_content", "");
        task.put("date_created", moment());
        task.put("watchers", new ArrayList<>(List.of(state.user(ClickUpState.BOT))));
        task.put("assignees", new ArrayList<>());
        task.put("tags", tags(body.get("tags")));
        home(task, home);
        task.put("team_id", Long.toString(ClickUpState.TEAM));
        task.put("url", "https://app.clickup.com/t/" + id);
        assign(task, body.get("assignees"), List.of());
        write(task, body);
        tasks.put(id, task);
        values.put(id, own);
        touch(task);
        state.log("create task " + id);
        Map<String, Object> answer = get(id);
        state.events().task("taskCreated", id, List.of(ClickUpEvents.item("status", null, status),
                ClickUpEvents.item("task_creation", null, null)));
        if (state.switches().automationRenames) {
            update(id, Map.of("name", body.get("name") + " (auto)"));
        }
        return answer;
    }

    private static void home(Map<String, Object> task, Map<String, Object> list) {
        task.put("list", Map.of("id", list.get("id"), "name", list.get("name"), "access", true));
        task.put("folder", list.get("folder"));
        task.put("project", list.get("folder"));
        task.put("space", Map.of("id", ((Map<?, ?>) list.get("space")).get("id")));
    }

    private static Map<String, Object> status(Map<String, Object> list, Object name) {
        List<Map<String, Object>> all = ((List<?>) list.get("statuses")).stream().map(ClickUpTaskState::map).toList();
        return name == null ? all.get(0) : all.stream().filter(one -> one.get("status").toString()
                .equalsIgnoreCase(name.toString())).findFirst()
                .orElseThrow(() -> new ClickUpRefusal(400, "CRTSK_001", "Status not found"));
    }

    private static List<Map<String, Object>> tags(Object names) {
        return names instanceof Collection<?> all ? all.stream().map(one -> Map.<String, Object>of("name",
                one.toString().toLowerCase(), "tag_fg", "#FFFFFF", "tag_bg", "#1090e0")).collect(
                        Collectors.toCollection(ArrayList::new)) : new ArrayList<>();
    }

    @SuppressWarnings("unchecked")
    private void assign(Map<String, Object> task, Object add, Object rem) {
        List<Map<String, Object>> now = (List<Map<String, Object>>) task.get("assignees");
        (rem instanceof Collection<?> all ? all : List.of()).forEach(id -> now.removeIf(one -> one.get("id").toString()
                .equals(id.toString())));
        (add instanceof Collection<?> all ? all : List.of()).forEach(id -> {
            long user = Long.parseLong(id.toString());
            if (!state.switches().guests.contains(user)) {
                now.add(state.user(user));
            }
        });
    }

    private void write(Map<String, Object> task, Map<String, Object> body) {
        for (String key : List.of("name", "description", "parent", "points", "time_estimate", "archived")) {
            if (body.containsKey(key)) {
                Object value = body.get(key);
                task.put(key, " ".equals(value) ? "" : value);
            }
        }
        for (String key : List.of("due_date", "start_date")) {
            if (body.containsKey(key)) {
                Object value = body.get(key);
                if (value != null && !(value instanceof Number)) {
                    throw new ClickUpRefusal(400, "INPUT_006", "Due date invalid");
                }
                task.put(key, value == null ? null : ClickUpState.stored(value,
                        Boolean.TRUE.equals(body.get(key + "_time"))));
            }
        }
        if (body.containsKey("priority")) {
            task.put("priority", body.get("priority") == null ? null : Map.of("id", body.get("priority").toString(),
                    "orderindex", body.get("priority").toString(), "priority", "high", "color", "#f8ae00"));
        }
    }

    /** Custom fields and tags are ignored with 200; a flat list of assignees makes watchers (section 8.4). */
    @SuppressWarnings("unchecked")
    Map<String, Object> update(String id, Map<String, Object> body) {
        Map<String, Object> task = required(id);
        Map<String, Object> before = new LinkedHashMap<>(task);
        if (body.containsKey("parent") && body.get("parent") == null) {
            throw new ClickUpRefusal(400, "ITEM_137", "Parent cannot be removed");
        }
        if (body.get("status") != null) {
            Map<String, Object> status = status(state.list(((Map<?, ?>) task.get("list")).get("id").toString()),
                    body.get("status"));
            task.put("status", status);
            for (String key : List.of("date_closed", "date_done")) {
                task.put(key, status.get("type").equals("closed") ? Long.toString(state.now().toEpochMilli()) : null);
            }
        }
        if (body.get("assignees") instanceof Map<?, ?> change) {
            assign(task, change.get("add"), change.get("rem"));
        } else if (body.get("assignees") instanceof Collection<?> flat) {
            flat.forEach(user -> ((List<Object>) task.get("watchers")).add(state.user(
                    Long.parseLong(user.toString()))));
        }
        write(task, body);
        touch(task);
        state.log("update task " + id);
        state.events().changed(id, before, task);
        return get(id);
    }

    private Map<String, Object> required(String id) {
        if (trash.contains(id)) {
            throw new ClickUpRefusal(404, "ITEM_013", "Task not found, deleted");
        }
        if (!tasks.containsKey(id) || state.switches().unreachable.contains(id)) {
            throw ClickUpRefusal.unknown();
        }
        return tasks.get(id);
    }

    Map<String, Object> get(String id) {
        return shown(required(id));
    }

    private Map<String, Object> shown(Map<String, Object> task) {
        Map<String, Object> shown = new LinkedHashMap<>(task);
        shown.put("custom_fields", fields.shown(values.get(task.get("id"))));
        shown.put("permission_level", "create");
        return shown;
    }

    void delete(String id) {
        required(id);
        tasks.remove(id);
        trash.add(id);
        state.log("delete task " + id);
        state.events().task("taskDeleted", id, List.of());
    }

    void move(String id, String list) {
        home(required(id), state.list(list));
        touch(tasks.get(id));
        state.log("move task " + id);
        state.events().task("taskMoved", id, List.of(ClickUpEvents.item("section_moved", null, Map.of("id", list))));
    }

    /** On a deleted task 200 and nothing happens (section 9.2). */
    void setField(String id, String field, Map<String, Object> body) {
        if (trash.contains(id)) {
            return;
        }
        Map<String, Object> task = required(id);
        Map<String, Object> before = Map.copyOf(values.get(id));
        fields.set(values.get(id), field, body);
        touch(task);
        state.log("set field " + id);
        // a drop-down's option by its uuid (section 9.2)
        state.events().task("taskUpdated", id, List.of(ClickUpEvents.item("custom_field", before.get(field),
                values.get(id).get(field))));
    }

    @SuppressWarnings("unchecked")
    void tag(String id, String name, boolean on) {
        Map<String, Object> task = required(id);
        List<Map<String, Object>> tags = (List<Map<String, Object>>) task.get("tags");
        tags.removeIf(one -> one.get("name").equals(name.toLowerCase()));
        if (on) {
            tags.addAll(tags(List.of(name)));
        }
        touch(task);
        state.log((on ? "tag task " : "untag task ") + id);
    }

    /** What lists show: after a lag, without what only an index would not know. */
    List<Map<String, Object>> index() {
        Instant now = state.now();
        tasks.forEach((id, task) -> {
            if (!now.isBefore(changed.get(id).plus(state.switches().lag))) {
                indexed.put(id, shown(task));
            }
        });
        indexed.keySet().retainAll(tasks.keySet());
        return indexed.values().stream().filter(one -> !state.switches().blind.contains(one.get("id"))
                && !state.switches().unreachable.contains(one.get("id"))
                && !state.isDeleted(((Map<?, ?>) one.get("list")).get("id").toString())).toList();
    }

    Map<String, Object> comment(String task, Map<String, Object> body) {
        required(task);
        long id = commentIds.getAndIncrement();
        String date = moment();
        comments.add(new LinkedHashMap<>(Map.of("id", Long.toString(id), "task", task, "comment_text",
                String.valueOf(body.get("comment_text")), "user", state.user(ClickUpState.BOT), "date", date,
                "reply_count", 0)));
        state.log("create comment " + id);
        state.events().task("taskCommentPosted", task, List.of(ClickUpEvents.item("comment", null,
                Long.toString(id))));
        return Map.of("id", id, "hist_id", "5191000000000000777", "date", Long.parseLong(date));
    }

    /** 25 a page, newest first; the next needs both start and start_id (section 12). */
    List<Map<String, Object>> comments(String task, String start, String startId) {
        required(task);
        List<Map<String, Object>> all = comments.stream().filter(one -> one.get("task").equals(task))
                .sorted(Comparator.comparing(one -> -Long.parseLong(one.get("date").toString())))
                .map(one -> {
                    Map<String, Object> shown = new LinkedHashMap<>(one);
                    shown.remove("task");
                    return shown;
                }).collect(Collectors.toList());
        if (start != null && startId != null) {
            all.removeIf(one -> Long.parseLong(one.get("date").toString()) >= Long.parseLong(start));
        }
        return all.stream().limit(25).toList();
    }

    /** The texts of all comments of all tasks, oldest first. */
    public List<String> comments() {
        return comments.stream().map(one -> one.get("comment_text").toString()).toList();
    }

    void changeComment(String id, Map<String, Object> body) {
        Map<String, Object> comment = comments.stream().filter(one -> one.get("id").equals(id)).findFirst()
                .orElseThrow(ClickUpRefusal::unknown);
        if (body == null) {
            comments.remove(comment);
        } else {
            comment.putAll(body);
        }
        state.log((body == null ? "delete comment " : "update comment ") + id);
    }

    /** A person makes a task. @return its id */
    public String enter(String list, String name) {
        return create(list, Map.of("name", name)).get("id").toString();
    }

    /** A person changes a task. */
    public void edit(String id, String key, Object value) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put(key, value);
        update(id, change);
    }

    /** Something changes that does not move {@code date_updated}. */
    public void quietly(String id, String key, Object value) {
        tasks.get(id).put(key, value);
    }

    public void trash(String id) {
        delete(id);
    }

    public void moveTo(String id, String list) {
        move(id, list);
    }

    /** A task as it is. */
    public Map<String, Object> task(String id) {
        return get(id);
    }

    public long size() {
        return tasks.size();
    }

    void spend(String id, long millis) {
        Map<String, Object> task = tasks.get(id);
        if (task != null) {
            task.put("time_spent", Long.parseLong(task.get("time_spent").toString()) + millis);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
