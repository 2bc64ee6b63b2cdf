package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.time.DeletedTimeEntry;
import dev.sverka.records.time.TimeEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Time entries (clickup.md section 11). Without {@code assignee} only the token's own come, so everybody is always
 * named. What is still running has no end and a duration that changes by itself: it is no entry yet.
 */
final class ClickUpTimes {

    private static final List<String> FIELDS = List.of("start", "end", "duration", "tid", "assignee", "description",
            "billable", "tags");
    /** What an event says of a deletion (section 13.3). */
    private static final String DELETED = "Time Tracking Deleted";
    private static final Duration LATELY = Duration.ofDays(45);
    private static final Duration AHEAD = Duration.ofDays(1);
    /** People asked for in one request. */
    static final int BATCH = 50;

    private final Function<String, ClickUpAccount> accounts;

    ClickUpTimes(Function<String, ClickUpAccount> accounts) {
        this.accounts = accounts;
    }

    /** A finished entry as the timesheets read it; null while it runs. */
    static @Nullable TimeEntry read(String source, Map<String, Object> raw, Instant readAt) {
        Instant start = ClickUpDates.moment(raw.get("start"));
        Instant end = ClickUpDates.moment(raw.get("end"));
        long millis = raw.get("duration") != null ? Long.parseLong(raw.get("duration").toString())
                : start == null || end == null ? -1 : end.toEpochMilli() - start.toEpochMilli();
        Map<String, Object> user = ClickUpWorkspace.map(raw.get("user"));
        if (start == null || end == null || millis < 0 || user.get("id") == null) {
            return null;
        }
        TimeEntry.Person person = new TimeEntry.Person(Long.parseLong(user.get("id").toString()),
                Objects.toString(user.get("username"), ""), text(user.get("email")));
        List<String> tags = new ArrayList<>();
        if (raw.get("tags") instanceof Collection<?> all) {
            all.forEach(one -> tags.add(String.valueOf(ClickUpWorkspace.map(one).get("name"))));
        }
        TimeEntry.Task task = task(raw);
        boolean billable = Boolean.TRUE.equals(raw.get("billable"));
        boolean locked = Boolean.TRUE.equals(raw.get("is_locked"));
        String description = Objects.toString(raw.get("description"), "");
        String version = Fingerprint.ofParts(person.id(), task == null ? null : task.id(),
                task == null ? null : task.listId(), start, end, millis, billable, description, tags, locked);
        return new TimeEntry(source, raw.get("id").toString(), version, person, task, start, end, millis, billable,
                description, List.copyOf(tags), locked, ClickUpDates.moment(raw.get("at")), readAt);
    }

    private static TimeEntry.@Nullable Task task(Map<String, Object> raw) {
        Map<String, Object> task = ClickUpWorkspace.map(raw.get("task"));
        if (task.get("id") == null) {
            return null;
        }
        Map<String, Object> place = ClickUpWorkspace.map(raw.get("task_location"));
        return new TimeEntry.Task(task.get("id").toString(), Objects.toString(task.get("name"), ""),
                text(place.get("list_id")), text(place.get("folder_id")), text(place.get("space_id")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    Object get(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        Instant now = account.serverTime();
        Optional<Map<String, Object>> raw = account.workspace().timeEntry(id);
        if (raw.isEmpty() && !(request.body() instanceof Map<?, ?> hint && DELETED.equals(hint.get("what")))) {
            raw = listed(account, id);
        }
        if (raw.isEmpty()) {
            return new DeletedTimeEntry(account.name(), id, now);
        }
        TimeEntry entry = read(account.name(), placed(account, raw.get()), now);
        if (entry == null) {
            throw new VendorException.NotYet(account.name(), 200, "running", account.name() + " time " + id
                    + " is still running");
        }
        return entry;
    }

    /** An answer with one entry may not say where it is (section 11.2): then its task says it. */
    private static Map<String, Object> placed(ClickUpAccount account, Map<String, Object> raw) {
        String task = ClickUpBodies.id(raw.get("task"));
        if (task == null || ClickUpWorkspace.map(raw.get("task_location")).get("list_id") != null) {
            return raw;
        }
        Map<String, Object> place = new LinkedHashMap<>();
        account.workspace().task(task).ifPresent(one -> List.of("list", "folder", "space").forEach(key ->
                place.put(key + "_id", ClickUpBodies.id(one.get(key)))));
        Map<String, Object> placed = new LinkedHashMap<>(raw);
        placed.put("task_location", place);
        return placed;
    }

    /** One signal is not enough to call an entry deleted (section 15): the list of these days is asked too. */
    private static Optional<Map<String, Object>> listed(ClickUpAccount account, String id) {
        Instant now = account.serverTime();
        List<String> people = account.membersKept().stream().map(ClickUpBodies::id).toList();
        for (int n = 0; n < people.size(); n += BATCH) {
            Optional<Map<String, Object>> found = account.workspace().time(Map.of("start_date",
                    now.minus(LATELY).toEpochMilli(), "end_date", now.plus(AHEAD).toEpochMilli(), "assignee",
                    String.join(",", people.subList(n, Math.min(people.size(), n + BATCH))))).stream()
                    .filter(one -> id.equals(ClickUpBodies.id(one))).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Between {@code from:} and {@code to:} (its start), of {@code assignees:} or everybody, of one place if named. */
    Object list(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        Map<String, Object> asked = request.map();
        Instant from = Instant.parse(String.valueOf(asked.get("from")));
        Instant to = Instant.parse(String.valueOf(asked.get("to")));
        Map<String, Object> query = new LinkedHashMap<>();
        for (String place : List.of("space", "folder", "list", "task")) {
            String id = ClickUpRequests.other(request, place);
            if (id != null) {
                query.put(place + "_id", id);
            }
        }
        if (query.size() > 1) {
            throw account.refused("body", "time can be asked for by one of space:, folder:, list: and task: only");
        }
        query.put("start_date", from.toEpochMilli());
        query.put("end_date", to.toEpochMilli());
        List<String> people = asked.get("assignees") instanceof Collection<?> some
                ? some.stream().map(Object::toString).toList()
                : account.members().stream().map(one -> String.valueOf(ClickUpBodies.id(one))).toList();
        Instant now = account.serverTime();
        List<TimeEntry> entries = new ArrayList<>();
        for (int n = 0; n < people.size(); n += BATCH) {
            query.put("assignee", String.join(",", people.subList(n, Math.min(people.size(), n + BATCH))));
            account.workspace().time(query).forEach(raw -> {
                TimeEntry entry = read(account.name(), raw, now);
                if (entry != null && !entry.startAt().isBefore(from) && entry.startAt().isBefore(to)) {
                    entries.add(entry);
                }
            });
        }
        return entries;
    }

    /** Always start, duration, task and person: with less it was once refused (section 11.3). */
    Optional<Effect> create(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String marker = ClickUpMarker.of(request);
        Map<String, Object> body = written(account, request);
        for (String needed : List.of("start", "duration", "assignee")) {
            if (body.get(needed) == null) {
                throw account.refused("body", "a new time entry needs start, end or duration, and assignee");
            }
        }
        body.remove("end");
        body.put("description", ClickUpMarker.append(body.get("description"), marker));
        String key = "time " + marker;
        Supplier<Optional<Map<String, Object>>> shown = () -> marked(account, marker, body);
        return Optional.of(new Effect("new", marker, Map.of("marker", marker),
                () -> account.settled(key, shown).map(ClickUpAccount::result),
                () -> ClickUpAccount.result(account.once(key, () -> account.workspace().createTime(body), shown))));
    }

    private static Optional<Map<String, Object>> marked(ClickUpAccount account, String marker,
            Map<String, Object> body) {
        long start = Long.parseLong(body.get("start").toString());
        Map<String, Object> query = new LinkedHashMap<>(Map.of("start_date", start - 1, "end_date",
                start + Long.parseLong(body.get("duration").toString()) + 1, "assignee", body.get("assignee")));
        if (body.get("tid") != null) {
            query.put("task_id", body.get("tid"));
        }
        return account.workspace().time(query).stream()
                .filter(one -> ClickUpMarker.stands(one.get("description"), marker)).findFirst();
    }

    Optional<Effect> update(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        Map<String, Object> present = account.workspace().timeEntry(id).orElseThrow(() -> account.refused(
                ClickUpErrors.GONE, "time " + id + " is not in ClickUp any more; dismiss this work"));
        Map<String, Object> body = written(account, request);
        body.remove("assignee");
        body.computeIfPresent("description", (key, text) -> ClickUpMarker.keep(text, present.get("description")));
        Map<String, Object> wanted = new LinkedHashMap<>(body);
        wanted.entrySet().removeIf(one -> isSame(one.getKey(), one.getValue(), present));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (wanted.keySet().stream().anyMatch(List.of("start", "end", "duration")::contains)) {
            // only together (section 11.3)
            List.of("start", "end").forEach(key -> wanted.put(key, body.containsKey(key) ? body.get(key)
                    : ClickUpDates.moment(present.get(key)) == null ? null
                            : Long.valueOf(present.get(key).toString())));
            wanted.remove("duration");
        }
        if (wanted.containsKey("tags")) {
            wanted.put("tag_action", "replace");
        }
        return Optional.of(new Effect("time " + id, null, ClickUpRequests.content(wanted), Optional::empty, () -> {
            account.workspace().updateTime(id, wanted);
            return Map.of("id", id);
        }));
    }

    private static boolean isSame(String key, @Nullable Object value, Map<String, Object> present) {
        return switch (key) {
            case "tid" -> Objects.equals(value, ClickUpBodies.id(present.get("task")));
            case "tags" -> names(value).equals(names(present.get("tags")));
            default -> Objects.toString(value, "").equals(Objects.toString(present.get(key), ""));
        };
    }

    private static List<String> names(@Nullable Object tags) {
        return tags instanceof Collection<?> all
                ? all.stream().map(one -> String.valueOf(ClickUpWorkspace.map(one).get("name"))).sorted().toList()
                : List.of();
    }

    Optional<Effect> delete(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        return Optional.of(new Effect("time " + id, null, Map.of("deleted", true), Optional::empty, () -> {
            try {
                account.workspace().deleteTime(id);
            } catch (VendorException.Refused refused) {
                if (account.workspace().timeEntry(id).isPresent()) {
                    throw refused;
                }
            }
            return Map.of("id", id);
        }));
    }

    /** Moments as milliseconds; start, end and duration complete each other. */
    private static Map<String, Object> written(ClickUpAccount account, Request request) {
        Map<String, Object> body = ClickUpRequests.fields(request, FIELDS);
        for (String key : List.of("start", "end")) {
            body.computeIfPresent(key, (name, value) -> millis(account, name, value));
        }
        if (body.get("tags") instanceof Collection<?> tags) {
            body.put("tags", tags.stream().map(tag -> Map.of("name", tag.toString(), "tag_fg", "#FFFFFF", "tag_bg",
                    "#87909E")).toList());
        }
        Object start = body.get("start");
        if (start != null && body.get("end") != null) {
            body.put("duration", (Long) body.get("end") - (Long) start);
        } else if (start != null && body.get("duration") != null) {
            body.put("duration", Long.valueOf(body.get("duration").toString()));
            body.put("end", (Long) start + (Long) body.get("duration"));
        }
        return body;
    }

    private static Long millis(ClickUpAccount account, String key, Object value) {
        if (ClickUpDates.wanted(value) instanceof Instant moment) {
            return moment.toEpochMilli();
        }
        throw account.refused("body", key + " '" + value + "' is a day; a time entry needs a moment");
    }
}
