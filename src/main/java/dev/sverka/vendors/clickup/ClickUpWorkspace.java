package dev.sverka.vendors.clickup;

import dev.sverka.core.http.VendorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The calls of ClickUp's API that we use, each as its section tells it. Ids are texts throughout (section 5). */
final class ClickUpWorkspace {

    private static final int PAGE = 100;

    private final ClickUpClient client;
    private final Supplier<String> team;

    /** @param team the Workspace's id */
    ClickUpWorkspace(ClickUpClient client, Supplier<String> team) {
        this.client = client;
        this.team = team;
    }

    /** A page of tasks. @param last whether there is no further one */
    record Tasks(List<Map<String, Object>> rows, boolean last) {
    }

    /** {@code GET /user} (section 6). */
    Map<String, Object> user() {
        return known("get user", map(client.read("get user", "v2/user", Map.of()).get("user")));
    }

    /** {@code GET /team} (section 6): every Workspace the token sees, with its members. */
    List<Map<String, Object>> teams() {
        return rows(client.read("list teams", "v2/team", Map.of()), "teams");
    }

    /** {@code GET /team/{id}/plan} (section 3). @return its name, such as Business; empty where it is not told */
    String plan() {
        return Objects.toString(client.read("get plan", team("plan"), Map.of()).get("plan_name"), "");
    }

    /** {@code GET /team/{id}/space} (section 6). */
    List<Map<String, Object>> spaces(boolean archived) {
        return rows(client.read("list spaces", team("space"), Map.of("archived", archived)), "spaces");
    }

    /** {@code GET /space/{id}/folder} (section 7.1): with {@code lists[]} inside; hidden folders are left out. */
    List<Map<String, Object>> folders(String space, boolean archived) {
        return rows(client.read("list folders", "v2/space/" + space + "/folder", Map.of("archived", archived)),
                "folders");
    }

    /** {@code GET /folder/{id}/list} or {@code GET /space/{id}/list} (section 7.2): without statuses. */
    List<Map<String, Object>> lists(String place, String id, boolean archived) {
        return rows(client.read("list lists", "v2/" + place + "/" + id + "/list", Map.of("archived", archived)),
                "lists");
    }

    /** {@code GET /folder/{id}} or {@code GET /list/{id}} (sections 7 and 15): what is in the trash says deleted. */
    Map<String, Object> place(String place, String id) {
        String what = "get " + place + " " + id;
        return known(what, client.read(what, "v2/" + place + "/" + id, Map.of()));
    }

    /** {@code POST /space/{id}/folder}, {@code POST /folder|space/{id}/list} (section 7), sent once. */
    Map<String, Object> createPlace(String place, String parent, String parentId, Map<String, Object> body) {
        return shown("create " + place, client.write("create " + place, "POST", "v2/" + parent + "/" + parentId + "/"
                + place, Map.of(), body, false));
    }

    /** {@code PUT /folder/{id}}, {@code PUT /list/{id}} (section 7). */
    Map<String, Object> updatePlace(String place, String id, Map<String, Object> body) {
        return client.write("update " + place + " " + id, "PUT", "v2/" + place + "/" + id, Map.of(), body, true);
    }

    /** {@code DELETE /folder|list|task|comment/{id}} (sections 7, 8.5, 12): into the trash. */
    void delete(String what, String id) {
        client.write("delete " + what + " " + id, "DELETE", "v2/" + what + "/" + id, Map.of(), null, true);
    }

    /** {@code GET /list/{id}/field} (section 9.1). */
    List<Map<String, Object>> fields(String list) {
        return rows(client.read("list fields", "v2/list/" + list + "/field", Map.of()), "fields");
    }

    /** {@code GET /list/{id}/member} (section 12). */
    List<Map<String, Object>> members(String list) {
        return rows(client.read("list members", "v2/list/" + list + "/member", Map.of()), "members");
    }

    /** {@code GET /team/{id}/task} (section 10.1). */
    Tasks tasks(Map<String, ?> query) {
        return page(client.read("list tasks", team("task"), query));
    }

    /** {@code GET /list/{id}/task} (section 10.1): tasks whose home it is. */
    Tasks tasksOf(String list, Map<String, ?> query) {
        return page(client.read("list tasks", "v2/list/" + list + "/task", query));
    }

    /** Section 10.2: {@code last_page} may be missing. */
    private Tasks page(Map<String, Object> answer) {
        List<Map<String, Object>> rows = rows(answer, "tasks");
        return new Tasks(rows, rows.size() < PAGE || Boolean.TRUE.equals(answer.get("last_page")));
    }

    /** {@code GET /task/{id}} (section 8.3). @return empty where it is in the trash */
    Optional<Map<String, Object>> task(String id) {
        try {
            return Optional.of(known("get task " + id, client.read("get task " + id, "v2/task/" + id, Map.of())));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals(ClickUpErrors.GONE)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** {@code POST /list/{id}/task} (section 8.2), sent once. */
    Map<String, Object> createTask(String list, Map<String, Object> body) {
        return shown("create task", client.write("create task", "POST", "v2/list/" + list + "/task", Map.of(), body,
                false));
    }

    /** {@code PUT /task/{id}} (section 8.4). */
    Map<String, Object> updateTask(String id, Map<String, Object> body) {
        return client.write("update task " + id, "PUT", "v2/task/" + id, Map.of(), body, true);
    }

    /** {@code POST /task/{id}/field/{field}} (section 9.2). */
    void setField(String task, String field, Map<String, Object> body) {
        client.write("set field of task " + task, "POST", "v2/task/" + task + "/field/" + field, Map.of(), body, true);
    }

    /** {@code DELETE /task/{id}/field/{field}} (section 9.3). */
    void removeField(String task, String field) {
        client.write("clear field of task " + task, "DELETE", "v2/task/" + task + "/field/" + field, Map.of(), null,
                true);
    }

    /** {@code POST} and {@code DELETE /task/{id}/tag/{name}} (section 8.7). */
    void tag(String task, String name, boolean on) {
        client.write("tag task " + task, on ? "POST" : "DELETE", "v2/task/" + task + "/tag/" + name, Map.of(),
                on ? Map.of() : null, true);
    }

    /** {@code PUT /v3/workspaces/{id}/tasks/{id}/home_list/{id}} (section 8.6). */
    void move(String task, String list) {
        client.write("move task " + task, "PUT", "v3/workspaces/" + team.get() + "/tasks/" + task + "/home_list/"
                + list, Map.of(), Map.of("move_custom_fields", true), true);
    }

    /** {@code GET /team/{id}/time_entries} (section 11.1): no pages; without assignee only the token's own. */
    List<Map<String, Object>> time(Map<String, ?> query) {
        return rows(client.read("list time", team("time_entries"), query), "data");
    }

    /** {@code GET /team/{id}/time_entries/{id}} (section 11.3): an object, by the reference an array. */
    Optional<Map<String, Object>> timeEntry(String id) {
        try {
            Map<String, Object> answer = client.read("get time " + id, team("time_entries/" + id), Map.of());
            if (!answer.containsKey("data")) {
                throw silent("get time " + id);
            }
            return entry(answer);
        } catch (VendorException.Refused refused) {
            if (refused.status() == 404 || refused.code().equals(ClickUpErrors.UNREACHABLE)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** {@code POST /team/{id}/time_entries} (section 11.3), sent once. */
    Map<String, Object> createTime(Map<String, Object> body) {
        return entry(client.write("create time", "POST", team("time_entries"), Map.of(), body, false))
                .orElseThrow(() -> unknown("create time"));
    }

    /** {@code PUT /team/{id}/time_entries/{id}} (section 11.3). */
    void updateTime(String id, Map<String, Object> body) {
        client.write("update time " + id, "PUT", team("time_entries/" + id), Map.of(), body, true);
    }

    /** {@code DELETE /team/{id}/time_entries/{id}} (section 11.3). */
    void deleteTime(String id) {
        client.write("delete time " + id, "DELETE", team("time_entries/" + id), Map.of(), null, true);
    }

    /** {@code GET /task/{id}/comment} (section 12): newest first, 25 a page. @param query both start and start_id */
    List<Map<String, Object>> comments(String task, Map<String, ?> query) {
        return rows(client.read("list comments", "v2/task/" + task + "/comment", query), "comments");
    }

    /** {@code POST /task/{id}/comment} (section 12), sent once. */
    Map<String, Object> createComment(String task, Map<String, Object> body) {
        return shown("create comment", client.write("create comment", "POST", "v2/task/" + task + "/comment",
                Map.of(), body, false));
    }

    /** {@code PUT /comment/{id}} (section 12). */
    void updateComment(String id, Map<String, Object> body) {
        client.write("update comment " + id, "PUT", "v2/comment/" + id, Map.of(), body, true);
    }

    /** {@code GET /team/{id}/webhook} (section 13.1): those of the token's user, with secret and health. */
    List<Map<String, Object>> webhooks() {
        return rows(client.read("list webhooks", team("webhook"), Map.of()), "webhooks");
    }

    /** {@code POST /team/{id}/webhook} (section 13.1), sent once: a second one is refused, and adopted. */
    Map<String, Object> createWebhook(Map<String, Object> body) {
        return map(client.write("create webhook", "POST", team("webhook"), Map.of(), body, false).get("webhook"));
    }

    /** {@code PUT /webhook/{id}} (section 13.1): all three of endpoint, events and status. */
    void updateWebhook(String id, Map<String, Object> body) {
        client.write("update webhook " + id, "PUT", "v2/webhook/" + id, Map.of(), body, true);
    }

    /** {@code DELETE /webhook/{id}} (section 13.1). */
    void deleteWebhook(String id) {
        client.write("delete webhook " + id, "DELETE", "v2/webhook/" + id, Map.of(), null, true);
    }

    private String team(String what) {
        return "v2/team/" + team.get() + "/" + what;
    }

    private Map<String, Object> shown(String what, Map<String, Object> answer) {
        if (answer.get("id") == null) {
            throw unknown(what);
        }
        return answer;
    }

    private VendorException.Unclear unknown(String what) {
        return new VendorException.Unclear(client.account(), 200, "", client.account() + " " + what
                + ": ClickUp says yes and does not show the object; it is looked for", null);
    }

    private static Optional<Map<String, Object>> entry(Map<String, Object> answer) {
        Object data = answer.get("data");
        Object entry = data instanceof List<?> list ? list.isEmpty() ? null : list.get(0) : data;
        return Optional.of(map(entry)).filter(one -> one.get("id") != null);
    }

    /** An answer that lacks its list says nothing: taken for an empty one it would end a walk before its time. */
    private List<Map<String, Object>> rows(Map<String, Object> answer, String key) {
        if (!(answer.get(key) instanceof Collection<?> list)) {
            throw silent("list of " + key);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        list.stream().filter(Objects::nonNull).forEach(row -> rows.add(map(row)));
        return rows;
    }

    /** What was asked for by its id says its id. */
    private Map<String, Object> known(String what, Map<String, Object> answer) {
        if (answer.get("id") == null) {
            throw silent(what);
        }
        return answer;
    }

    private VendorException.Transient silent(String what) {
        return new VendorException.Transient(client.account(), 200, "", client.account() + " " + what
                + ": ClickUp says yes and shows nothing; it is asked again", null, null);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
