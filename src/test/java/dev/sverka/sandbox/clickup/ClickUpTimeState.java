package dev.sverka.sandbox.clickup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Who worked when (clickup.md section 11). */
public final class ClickUpTimeState {

    private static final Duration USUAL = Duration.ofDays(30);
    private final ClickUpState state;
    private final Map<Long, Map<String, Object>> people = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
    private final AtomicLong ids = new AtomicLong(5191000000000000101L);

    ClickUpTimeState(ClickUpState state) {
        this.state = state;
    }

    void person(long id, Map<String, Object> user) {
        people.put(id, user);
    }

    /** Everybody there ever was. */
    Map<Long, Map<String, Object>> people() {
        return people;
    }

    List<Map<String, Object>> list(Map<String, List<String>> query) {
        List<String> places = List.of("space_id", "folder_id", "list_id", "task_id").stream()
                .filter(query::containsKey).toList();
        if (places.size() > 1) {
            throw new ClickUpRefusal(400, "TIMEENTRY_055", "Only one location filter is allowed");
        }
        List<Long> who = query.containsKey("assignee") ? Arrays.stream(query.get("assignee").get(0).split(","))
                .map(Long::valueOf).toList() : List.of(ClickUpState.BOT);
        if (who.stream().anyMatch(id -> id != ClickUpState.BOT) && !state.switches().admin) {
            throw new ClickUpRefusal(401, "ACCESS_076", "You do not have access to other people's time");
        }
        if (state.switches().formerRefused && !state.members().keySet().containsAll(who)) {
            throw new ClickUpRefusal(400, "TIMEENTRY_059", "User not found");
        }
        long from = millis(query, "start_date", state.now().minus(USUAL));
        long to = millis(query, "end_date", state.now());
        return entries.values().stream().filter(one -> who.contains(((Map<?, ?>) one.get("user")).get("id")))
                .filter(one -> start(one) >= from && start(one) <= to)
                .filter(one -> !state.switches().blind.contains(one.get("id")))
                .filter(one -> places.isEmpty() || isAt(one, places.get(0), query.get(places.get(0)).get(0)))
                .map(this::shown).toList();
    }

    private static long millis(Map<String, List<String>> query, String key, Instant otherwise) {
        return query.containsKey(key) ? Long.parseLong(query.get(key).get(0)) : otherwise.toEpochMilli();
    }

    private static long start(Map<String, Object> entry) {
        return Long.parseLong(entry.get("start").toString());
    }

    private static boolean isAt(Map<String, Object> entry, String place, String id) {
        return place.equals("task_id") ? entry.get("task") instanceof Map<?, ?> task && task.get("id").equals(id)
                : id.equals(((Map<?, ?>) entry.get("task_location")).get(place));
    }

    /** While it runs without an end, and its duration below zero. */
    private Map<String, Object> shown(Map<String, Object> entry) {
        Map<String, Object> shown = new LinkedHashMap<>(entry);
        if (shown.get("end") == null) {
            shown.remove("end");
            shown.put("duration", Long.toString(start(entry) - state.now().toEpochMilli()));
        }
        if (shown.get("task") == null) {
            shown.remove("task");
        }
        return shown;
    }

    Map<String, Object> get(String id) {
        if (!entries.containsKey(id)) {
            throw new ClickUpRefusal(404, "TIMEENTRY_001", "Time entry not found");
        }
        if (state.switches().unreachable.contains(id)) {
            throw ClickUpRefusal.unknown();
        }
        return shown(entries.get(id));
    }

    /** With less than start, duration, tid and assignee it was once refused; the answer's types are mixed. */
    Map<String, Object> create(Map<String, Object> body) {
        if (body.get("start") == null || body.get("duration") == null && body.get("stop") == null) {
            throw new ClickUpRefusal(400, "TIMESPENT_002", "Time entry invalid");
        }
        long user = body.get("assignee") == null ? ClickUpState.BOT : Long.parseLong(body.get("assignee").toString());
        long start = Long.parseLong(body.get("start").toString());
        long duration = body.get("duration") != null ? Long.parseLong(body.get("duration").toString())
                : Long.parseLong(body.get("stop").toString()) - start;
        String id = put(user, Objects.toString(body.get("tid"), null), start, start + duration,
                Objects.toString(body.get("description"), ""), Boolean.TRUE.equals(body.get("billable")), "api");
        Map<String, Object> answer = new LinkedHashMap<>(shown(entries.get(id)));
        answer.put("start", start);
        answer.put("duration", duration);
        answer.put("at", Long.parseLong(answer.get("at").toString()));
        answer.remove("source");
        answer.put("task_location", Map.of());
        return answer;
    }

    private String put(long user, String task, long start, Long end, String description, boolean billable,
            String source) {
        String id = Long.toString(ids.getAndIncrement());
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("id", id, "wid", Long.toString(ClickUpState.TEAM),
                "user", state.user(user), "billable", billable, "start", Long.toString(start), "description",
                description, "tags", List.of(), "source", source, "is_locked", false));
        entry.put("end", end == null ? null : end.toString());
        entry.put("duration", end == null ? null : Long.toString(end - start));
        place(entry, task);
        touch(entry, true);
        entries.put(id, entry);
        state.log("create time " + id);
        told(entry, "Time Tracking Created");
        return id;
    }

    private void place(Map<String, Object> entry, String task) {
        Map<String, Object> place = new LinkedHashMap<>();
        if (task == null) {
            List.of("list_id", "folder_id", "space_id").forEach(key -> place.put(key, null));
            entry.put("task", null);
        } else {
            Map<String, Object> own = state.tasks().get(task);
            entry.put("task", Map.of("id", task, "name", own.get("name"), "status", own.get("status")));
            List.of("list", "folder", "space").forEach(key -> place.put(key + "_id",
                    ((Map<?, ?>) own.get(key)).get("id")));
        }
        entry.put("task_location", place);
        entry.put("task_url", "https://app.clickup.com/t/" + task);
    }

    private void touch(Map<String, Object> entry, boolean created) {
        if (created || !state.switches().atFrozen) {
            entry.put("at", Long.toString(state.now().toEpochMilli()));
        }
    }

    private void told(Map<String, Object> entry, String what) {
        if (entry.get("task") instanceof Map<?, ?> task) {
            state.events().time(task.get("id").toString(), entry, what);
        }
    }

    Map<String, Object> update(String id, Map<String, Object> body) {
        get(id);
        if (body.containsKey("start") != body.containsKey("end")) {
            throw new ClickUpRefusal(400, "TIMEENTRY_023", "start and end must be given together");
        }
        Map<String, Object> entry = entries.get(id);
        for (String key : List.of("description", "billable")) {
            if (body.containsKey(key)) {
                entry.put(key, body.get(key));
            }
        }
        if (body.containsKey("start")) {
            entry.put("start", body.get("start").toString());
            entry.put("end", body.get("end").toString());
            entry.put("duration", Long.toString(Long.parseLong(body.get("end").toString()) - start(entry)));
        }
        if (body.containsKey("tid")) {
            place(entry, Objects.toString(body.get("tid"), null));
        }
        touch(entry, false);
        state.log("update time " + id);
        told(entry, "Time Tracking Edited");
        return shown(entry);
    }

    List<Map<String, Object>> delete(String ids) {
        List<Map<String, Object>> gone = new ArrayList<>();
        for (String id : ids.split(",")) {
            gone.add(get(id));
            Map<String, Object> entry = entries.remove(id);
            state.log("delete time " + id);
            told(entry, "Time Tracking Deleted");
        }
        return gone;
    }

    /** A person enters time. @param task null for none @return its id */
    public String enter(long user, String task, Instant start, Duration duration, String description,
            boolean billable) {
        return put(user, task, start.toEpochMilli(), start.plus(duration).toEpochMilli(), description, billable,
                "clickup");
    }

    /** A person starts the clock. @return its id */
    public String begin(long user, String task, Instant start) {
        return put(user, task, start.toEpochMilli(), null, "", false, "clickup");
    }

    /** A person stops it. */
    public void end(String id, Instant end) {
        Map<String, Object> entry = entries.get(id);
        entry.put("end", Long.toString(end.toEpochMilli()));
        entry.put("duration", Long.toString(end.toEpochMilli() - start(entry)));
        touch(entry, false);
    }

    /** A person corrects an entry. */
    public void edit(String id, Map<String, Object> change) {
        update(id, change);
    }

    public void remove(String id) {
        delete(id);
    }

    public int size() {
        return entries.size();
    }

    /** An entry as it is. */
    public Map<String, Object> entry(String id) {
        return get(id);
    }
}
