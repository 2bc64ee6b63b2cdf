package dev.sverka.sandbox.clickup;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Webhooks and their deliveries (clickup.md section 13): signed, five attempts of at most 7 seconds each, then dropped
 * for good; 401, 410 and a hundred failures suspend. What happens waits until {@link #deliver} is called.
 */
public final class ClickUpEvents {

    private static final int ATTEMPTS = 5;
    private static final int MOST_FAILURES = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ClickUpState state;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, Map<String, Object>> webhooks = new LinkedHashMap<>();
    private final List<Map<String, Object>> waiting = new CopyOnWriteArrayList<>();
    private final AtomicLong items = new AtomicLong(5191000000000001001L);
    private final List<Integer> answers = new CopyOnWriteArrayList<>();

    ClickUpEvents(ClickUpState state) {
        this.state = state;
    }

    static Map<String, Object> item(String field, Object before, Object after) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("field", field);
        item.put("before", before);
        item.put("after", after);
        return item;
    }

    private Map<String, Object> history(Map<String, Object> item) {
        Map<String, Object> history = new LinkedHashMap<>();
        history.put("id", Long.toString(items.getAndIncrement()));
        history.put("type", 1);
        history.put("date", Long.toString(state.now().toEpochMilli()));
        history.put("data", Map.of());
        history.put("source", null);
        history.put("user", state.user(ClickUpState.BOT));
        history.putAll(item);
        return history;
    }

    void task(String event, String task, List<Map<String, Object>> changes) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("event", event));
        if (!changes.isEmpty()) {
            body.put("history_items", changes.stream().map(this::history).toList());
        }
        body.put("task_id", task);
        waiting.add(body);
        // the specific one has a twin with the same items
        if (!changes.isEmpty() && !event.equals("taskUpdated") && !event.equals("taskCreated")) {
            Map<String, Object> twin = new LinkedHashMap<>(body);
            twin.put("event", "taskUpdated");
            waiting.add(twin);
        }
    }

    void changed(String task, Map<String, Object> before, Map<String, Object> after) {
        List.of("status", "name", "due_date", "priority", "archived", "assignees").forEach(key -> {
            if (!Objects.equals(before.get(key), after.get(key))) {
                task(key.equals("status") ? "taskStatusUpdated" : key.equals("due_date") ? "taskDueDateUpdated"
                        : "taskUpdated", task, List.of(item(key, before.get(key), after.get(key))));
            }
        });
    }

    void time(String task, Map<String, Object> entry, String what) {
        Map<String, Object> span = new LinkedHashMap<>(Map.of("id", entry.get("id"), "start", entry.get("start"),
                "source", "clickup"));
        task("taskTimeTrackedUpdated", task, List.of(item("time_spent", null, span)));
        waiting.stream().filter(one -> "taskTimeTrackedUpdated".equals(one.get("event")) && !one.containsKey("data"))
                .forEach(one -> one.put("data", Map.of("description", what, "interval_id", entry.get("id"))));
    }

    /** The history of a list is numbered by UUIDs (section 13.3). */
    void list(String list, List<Map<String, Object>> changes) {
        List<Map<String, Object>> items = changes.stream().map(this::history).toList();
        items.forEach(item -> item.putAll(Map.of("id", UUID.randomUUID().toString(), "type", 6)));
        if (!items.isEmpty()) {
            waiting.add(new LinkedHashMap<>(Map.of("event", "listUpdated", "history_items", items, "list_id", list)));
        }
    }

    void of(String event, String key, String id) {
        waiting.add(new LinkedHashMap<>(Map.of("event", event, key, id)));
    }

    Map<String, Object> create(Map<String, Object> body) {
        String endpoint = String.valueOf(body.get("endpoint"));
        allowed(endpoint);
        Map<String, Object> webhook = new LinkedHashMap<>();
        webhook.put("id", UUID.randomUUID().toString());
        webhook.put("userid", ClickUpState.BOT);
        webhook.put("team_id", ClickUpState.TEAM);
        webhook.put("endpoint", endpoint);
        webhook.put("events", body.get("events"));
        List.of("task_id", "list_id", "folder_id", "space_id").forEach(key -> webhook.put(key, body.get(key)));
        if (webhooks.values().stream().anyMatch(one -> List.of("endpoint", "events", "space_id", "folder_id", "list_id",
                "task_id").stream().allMatch(key -> Objects.equals(text(one.get(key)), text(webhook.get(key)))))) {
            throw new ClickUpRefusal(400, "OAUTH_171", "Webhook configuration already exists");
        }
        webhook.put("health", Map.of("status", "active", "fail_count", 0));
        webhook.put("secret", "SECRET" + UUID.randomUUID().toString().replace("-", "").toUpperCase());
        webhooks.put(webhook.get("id").toString(), webhook);
        state.log("create webhook " + webhook.get("id"));
        return Map.of("id", webhook.get("id"), "webhook", webhook);
    }

    private static String text(Object value) {
        return value instanceof List<?> list ? list.stream().map(Object::toString).sorted().toList().toString()
                : Objects.toString(value, "");
    }

    private void allowed(String endpoint) {
        boolean loopback = endpoint.startsWith("http://127.0.0.1") && state.switches().loopbackAllowed;
        if (!endpoint.startsWith("https://") && !loopback) {
            throw new ClickUpRefusal(400, "OAUTH_194", "Specified URL not allowed");
        }
    }

    List<Map<String, Object>> all() {
        return webhooks.values().stream().filter(one -> !Boolean.TRUE.equals(one.get("foreign"))).toList();
    }

    Map<String, Object> update(String id, Map<String, Object> body) {
        Map<String, Object> webhook = required(id);
        for (String key : List.of("endpoint", "events", "status")) {
            if (body.get(key) == null) {
                throw new ClickUpRefusal(400, "OAUTH_175", key + " is required");
            }
        }
        allowed(String.valueOf(body.get("endpoint")));
        webhook.put("endpoint", body.get("endpoint"));
        webhook.put("events", body.get("events"));
        Object failed = ((Map<?, ?>) webhook.get("health")).get("fail_count");
        webhook.put("health", state.switches().reactivationResets || failed.equals(0)
                ? Map.of("status", body.get("status"), "fail_count", 0)
                : Map.of("status", "failing", "fail_count", failed));
        state.log("update webhook " + id);
        return Map.of("id", id, "webhook", webhook);
    }

    private Map<String, Object> required(String id) {
        if (!webhooks.containsKey(id)) {
            throw new ClickUpRefusal(404, "OAUTH_173", "Webhook not found");
        }
        return webhooks.get(id);
    }

    void delete(String id) {
        required(id);
        webhooks.remove(id);
        state.log("delete webhook " + id);
    }

    /** Somebody registers one. @param events a list, or {@code *} */
    public void register(String endpoint, Object events) {
        create(Map.of("endpoint", endpoint, "events", events));
    }

    /** ClickUp suspends it. */
    public void suspend(String id) {
        webhooks.get(id).put("health", Map.of("status", "suspended", "fail_count", MOST_FAILURES));
    }

    /** So many events in all could not be delivered and were dropped. */
    public void failing(String id, int failed) {
        webhooks.get(id).put("health", Map.of("status", "failing", "fail_count", failed));
    }

    /** ClickUp, or a person, removes it. */
    public void remove(String id) {
        webhooks.remove(id);
    }

    /** It belongs to another user: no list of ours shows it. */
    public void foreign(String id) {
        webhooks.get(id).put("foreign", true);
    }

    public List<Map<String, Object>> webhooks() {
        return List.copyOf(webhooks.values());
    }

    /** What the receivers answered, oldest first; 0 for nothing within 7 seconds. */
    public List<Integer> answers() {
        return answers;
    }

    /** Delivers what has happened since. */
    public void deliver() {
        List<Map<String, Object>> events = new ArrayList<>(waiting);
        waiting.clear();
        if (state.switches().reordered) {
            Collections.reverse(events);
        }
        for (Map<String, Object> event : events) {
            for (Map<String, Object> webhook : List.copyOf(webhooks.values())) {
                if (wants(webhook, event) && !state.switches().lost) {
                    attempts(webhook, event);
                    if (state.switches().duplicates) {
                        attempts(webhook, event);
                    }
                }
            }
        }
    }

    private static boolean wants(Map<String, Object> webhook, Map<String, Object> event) {
        return !((Map<?, ?>) webhook.get("health")).get("status").equals("suspended")
                && ("*".equals(webhook.get("events")) || webhook.get("events") instanceof List<?> list
                        && list.contains(event.get("event")));
    }

    private void attempts(Map<String, Object> webhook, Map<String, Object> event) {
        Map<String, Object> body = new LinkedHashMap<>(event);
        body.put("webhook_id", webhook.get("id"));
        byte[] bytes = JSON.writeValueAsBytes(body);
        for (int n = 0; n < ATTEMPTS; n++) {
            int status = send(webhook, bytes);
            answers.add(status);
            if (status / 100 == 2) {
                webhook.put("health", Map.of("status", "active", "fail_count", 0));
                return;
            }
            if (status == 401 || status == 410) {
                suspend(webhook.get("id").toString());
                return;
            }
        }
        int failed = (int) ((Map<?, ?>) webhook.get("health")).get("fail_count") + 1;
        webhook.put("health", Map.of("status", failed >= MOST_FAILURES ? "suspended" : "failing", "fail_count",
                failed));
    }

    private int send(Map<String, Object> webhook, byte[] bytes) {
        String secret = state.switches().badSignature ? "another" : webhook.get("secret").toString();
        try {
            return http.send(HttpRequest.newBuilder(URI.create(webhook.get("endpoint").toString()))
                    .timeout(Duration.ofSeconds(7)).header("Content-Type", "application/json")
                    .header("X-Signature", signature(secret, bytes))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException unanswered) {
            return 0;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Lower-case hex of HMAC-SHA256 over the raw bytes. */
    public static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
