package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
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
 * Tasks (clickup.md sections 8 to 10): reading, and creating once; a task without its marker must not be able to
 * exist.
 */
final class ClickUpTasks {

    /** How names and dates are written. */
    private static final List<String> PLAIN = List.of("name", "description", "priority", "time_estimate", "points",
            "parent", "custom_item_id");
    private static final List<String> DATES = List.of("due_date", "start_date");
    private static final List<String> ONLY_NEW = List.of("notify_all", "links_to", "check_required_custom_fields");
    static final List<String> CHANGEABLE = all(PLAIN, DATES, List.of("assignees", "status", "tags", "archived", "list",
            "custom_fields"));
    /** Fields in which a marker may stand where the route names none. */
    private static final List<String> MARKED = List.of("Sverka", "External ID");
    /** A task read right after an event may be the one before it (section 13.6). */
    private static final Duration CATCHES_UP = Duration.ofSeconds(20);
    /** An event may be dated a little later than the change it tells of. */
    private static final Duration DATED_LATER = Duration.ofSeconds(1);
    private static final int MOST_PAGES = 1000;

    private final Function<String, ClickUpAccount> accounts;

    ClickUpTasks(Function<String, ClickUpAccount> accounts) {
        this.accounts = accounts;
    }

    @SafeVarargs
    private static List<String> all(List<String>... parts) {
        List<String> all = new ArrayList<>();
        List.of(parts).forEach(all::addAll);
        return List.copyOf(all);
    }

    /** With {@code date:}, as an event tells it, one that was read too early is waited for. */
    Object get(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        Map<String, Object> task = account.workspace().task(id).orElse(null);
        if (task == null) {
            return ClickUpBodies.deleted(id);
        }
        Object told = request.body() instanceof Map<?, ?> map ? map.get("date") : null;
        Instant event = told == null ? null : Instant.parse(told.toString());
        Instant updated = ClickUpDates.moment(task.get("date_updated"));
        if (event != null && updated != null && updated.isBefore(event.minus(DATED_LATER))
                && account.serverTime().isBefore(event.plus(CATCHES_UP))) {
            throw new VendorException.NotYet(account.name(), 200, "early", account.name() + " task " + id
                    + ": ClickUp shows it as it was before its event; it is read again in a moment");
        }
        return account.read(task);
    }

    /** Of the Workspace, or of {@code list:}; closed ones and subtasks too, archived ones where asked for. */
    Object list(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        Map<String, Object> filter = new LinkedHashMap<>(Map.of("include_closed", true, "subtasks", true));
        filter.putAll(ClickUpRequests.filter(request));
        String list = ClickUpRequests.other(request, "list");
        boolean archived = Boolean.TRUE.equals(filter.remove("archived"));
        Map<Object, Map<String, Object>> tasks = new LinkedHashMap<>();
        for (boolean one : archived ? new boolean[] {false, true} : new boolean[] {false}) {
            filter.put("archived", one);
            int page = 0;
            ClickUpWorkspace.Tasks read;
            do {
                filter.put("page", page++);
                read = list == null ? account.workspace().tasks(filter) : account.workspace().tasksOf(list, filter);
                read.rows().forEach(task -> tasks.put(task.get("id"), account.read(task)));
            } while (!read.last() && page < MOST_PAGES);
        }
        return new ArrayList<>(tasks.values());
    }

    Optional<Effect> create(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String list = ClickUpRequests.required(request, "list");
        String marker = ClickUpMarker.of(request);
        Map<String, Object> wanted = ClickUpRequests.fields(request, all(CHANGEABLE, ONLY_NEW));
        if (wanted.remove("list") != null || Objects.toString(wanted.get("name"), "").isBlank()) {
            throw account.refused("body", "a new task needs a name under fields: and its list: beside them");
        }
        String field = ClickUpFields.id(markerField(account, list, request));
        Map<String, Object> body = body(account, list, wanted, field, marker);
        String key = "task " + marker;
        Supplier<Optional<Map<String, Object>>> shown = () -> new ClickUpTaskFinder(account).find(list, field, marker);
        return Optional.of(new Effect("new", marker, Map.of("marker", marker),
                () -> account.settled(key, shown).map(ClickUpAccount::result),
                () -> ClickUpAccount.result(account.once(key, () -> made(account, list, body), shown))));
    }

    private static Map<String, Object> made(ClickUpAccount account, String list, Map<String, Object> body) {
        try {
            return account.workspace().createTask(list, body);
        } catch (VendorException.Refused refused) {
            throw outdated(account, list, refused);
        }
    }

    /** Section 18: what was kept of the list no longer holds where ClickUp refuses a field or a status. */
    static VendorException.Refused outdated(ClickUpAccount account, String list, VendorException.Refused refused) {
        if (refused.code().startsWith("FIELD_") || refused.code().equals(ClickUpErrors.STATUS_UNKNOWN)) {
            account.forget(list);
        }
        return refused;
    }

    /** The text field that takes the marker: as the route says, else by its usual names. */
    private static Map<String, Object> markerField(ClickUpAccount account, String list, Request request) {
        Object called = request.map().get("markerField");
        if (called != null) {
            Map<String, Object> field = account.field(list, called);
            if (!ClickUpFields.isText(field)) {
                throw account.refused("field", "the custom field '" + called + "' is no text; markers need one");
            }
            return field;
        }
        for (boolean anew : new boolean[] {false, true}) {
            if (anew) {
                account.forget(list);
            }
            Optional<Map<String, Object>> usual = account.fields(list).stream().filter(ClickUpFields::isText)
                    .filter(one -> MARKED.stream().anyMatch(name -> ClickUpFields.isCalled(one, name))).findFirst();
            if (usual.isPresent()) {
                return usual.get();
            }
        }
        throw account.refused("field", "list " + list + " has no text field called " + String.join(" or ", MARKED)
                + " for the marker; make one in ClickUp, at its space best, or name another as markerField:");
    }

    private static Map<String, Object> body(ClickUpAccount account, String list, Map<String, Object> wanted,
            String markerField, String marker) {
        Map<String, Object> body = new LinkedHashMap<>();
        wanted.forEach((key, value) -> {
            if (value == null || key.equals("custom_fields")) {
                return;
            }
            if (DATES.contains(key)) {
                ClickUpDates.put(body, key, ClickUpDates.wanted(value), account.zone());
            } else {
                body.put(key, key.equals("status") ? status(account, list, value) : value);
            }
        });
        List<Map<String, Object>> fields = new ArrayList<>();
        customFields(account, list, wanted).forEach((field, value) -> {
            if (value != null && !ClickUpFields.id(field).equals(markerField)) {
                Map<String, Object> one = new LinkedHashMap<>(Map.of("id", ClickUpFields.id(field)));
                one.putAll(ClickUpFields.body(field, value, null, account.zone()));
                fields.add(one);
            }
        });
        fields.add(Map.of("id", markerField, "value", marker));
        body.put("custom_fields", fields);
        return body;
    }

    /** What is wanted of custom fields, by definition. */
    static Map<Map<String, Object>, @Nullable Object> customFields(ClickUpAccount account, String list,
            Map<String, Object> wanted) {
        Map<Map<String, Object>, @Nullable Object> fields = new LinkedHashMap<>();
        ClickUpWorkspace.map(wanted.get("custom_fields")).forEach((called, value) -> {
            Map<String, Object> field = account.field(list, called);
            try {
                fields.put(field, ClickUpFields.wanted(field, value));
            } catch (IllegalArgumentException unfit) {
                throw account.refused("field", "custom field '" + called + "': " + unfit.getMessage());
            }
        });
        return fields;
    }

    /** A status in the spelling of its list, which knows its own only (section 6). */
    static String status(ClickUpAccount account, String list, Object wanted) {
        for (boolean anew : new boolean[] {false, true}) {
            if (anew) {
                account.forget(list);
            }
            Optional<String> spelled = statuses(account, list).stream()
                    .filter(one -> one.equalsIgnoreCase(wanted.toString().strip())).findFirst();
            if (spelled.isPresent()) {
                return spelled.get();
            }
        }
        throw account.refused(ClickUpErrors.STATUS_UNKNOWN, "list " + list + " has no status '" + wanted
                + "'; there are " + String.join(", ", statuses(account, list)));
    }

    private static List<String> statuses(ClickUpAccount account, String list) {
        return account.list(list).get("statuses") instanceof Collection<?> all ? all.stream()
                .map(one -> String.valueOf(ClickUpWorkspace.map(one).get("status"))).toList() : List.of();
    }

    /** 204, and 404 or 401 on a repetition: it is looked at before that counts as done (section 14). */
    Optional<Effect> delete(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        return Optional.of(new Effect("task " + id, null, Map.of("deleted", true), Optional::empty, () -> {
            try {
                account.workspace().delete("task", id);
            } catch (VendorException.Refused refused) {
                if (account.workspace().task(id).isPresent()) {
                    throw refused;
                }
            }
            return Map.of("id", id);
        }));
    }
}
