package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a task. One PUT takes neither custom fields nor tags nor another list and says nothing of it (clickup.md
 * section 8.4): each has a call of its own, and only what differs is sent. Not all at once, so whoever fails in the
 * middle reads the task again and sends what is left.
 */
final class ClickUpTaskUpdate {

    private final Function<String, ClickUpAccount> accounts;

    ClickUpTaskUpdate(Function<String, ClickUpAccount> accounts) {
        this.accounts = accounts;
    }

    Optional<Effect> update(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        Map<String, Object> wanted = ClickUpRequests.fields(request, ClickUpTasks.CHANGEABLE);
        Map<String, Object> present = account.workspace().task(id).orElseThrow(() -> account.refused(
                ClickUpErrors.GONE, "task " + id + " is in ClickUp's trash; restore it there, or dismiss this work"));
        Difference difference = new Difference(account, id, present, wanted);
        return difference.content.isEmpty() ? Optional.empty()
                : Optional.of(new Effect("task " + id, null, ClickUpRequests.content(difference.content),
                        Optional::empty, difference::send));
    }

    /** What of the wanted values a task does not hold, and the calls that give it them. */
    private static final class Difference {

        private final ClickUpAccount account;
        private final String id;
        private final String list;
        private final Map<String, Object> present;
        private final Map<String, Object> content = new LinkedHashMap<>();
        private final Map<String, Object> put = new LinkedHashMap<>();
        private final List<Runnable> before = new ArrayList<>();
        private final List<Runnable> after = new ArrayList<>();

        Difference(ClickUpAccount account, String id, Map<String, Object> present, Map<String, Object> wanted) {
            this.account = account;
            this.id = id;
            this.present = present;
            String home = String.valueOf(ClickUpBodies.id(present.get("list")));
            this.list = Objects.toString(wanted.get("list"), home);
            if (!list.equals(home)) {
                content.put("list", list);
                before.add(() -> account.workspace().move(id, list));
            }
            wanted.forEach(this::compare);
            fields(wanted);
        }

        private void compare(String key, @Nullable Object value) {
            switch (key) {
                case "list", "custom_fields" -> { }
                case "parent" -> parent(value);
                case "due_date", "start_date" -> date(key, value);
                case "assignees" -> assignees(value);
                case "tags" -> tags(value);
                case "status" -> {
                    Object now = ClickUpWorkspace.map(present.get("status")).get("status");
                    if (value != null && !value.toString().strip().equalsIgnoreCase(String.valueOf(now))) {
                        put(key, ClickUpTasks.status(account, list, value));
                    }
                }
                default -> plain(key, value);
            }
        }

        /** A subtask cannot become a task of its own (section 8.4). */
        private void parent(@Nullable Object value) {
            if (value == null && present.get("parent") != null) {
                throw account.refused("body", "task " + id + " is a part of " + present.get("parent") + ", and ClickUp"
                        + " lets no program change that into none; do it in ClickUp");
            }
            plain("parent", value);
        }

        private void put(String key, @Nullable Object value) {
            put.put(key, value);
            content.put(key, value);
        }

        private void date(String key, @Nullable Object value) {
            Object wanted = value == null ? null : ClickUpDates.wanted(value);
            if (!ClickUpDates.isSame(wanted, present.get(key), account.zone())) {
                ClickUpDates.put(put, key, wanted, account.zone());
                content.put(key, wanted == null ? null : wanted.toString());
            }
        }

        /** An empty description is cleared with a space (section 8.4). */
        private void plain(String key, @Nullable Object value) {
            Object now = present.get(key);
            String held = key.equals("priority") ? Objects.toString(ClickUpBodies.id(now), "") : text(now);
            if (!text(value).equals(held)) {
                put(key, key.equals("description") && text(value).isEmpty() ? " " : value);
            }
        }

        private static String text(@Nullable Object value) {
            return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString()
                    : value == null || Boolean.FALSE.equals(value) ? "" : value.toString().strip();
        }

        /** A flat list would make them watchers (section 8.4). */
        private void assignees(@Nullable Object value) {
            Set<Long> wanted = new TreeSet<>();
            (value instanceof Collection<?> all ? all : List.of()).forEach(one -> wanted.add(
                    Long.valueOf(one.toString())));
            Set<Long> add = new TreeSet<>(wanted);
            Set<Long> rem = held();
            add.removeAll(rem);
            rem.removeAll(wanted);
            if (!add.isEmpty() || !rem.isEmpty()) {
                put("assignees", Map.of("add", List.copyOf(add), "rem", List.copyOf(rem)));
            }
        }

        private Set<Long> held() {
            Set<Long> held = new TreeSet<>();
            if (present.get("assignees") instanceof Collection<?> all) {
                all.forEach(one -> held.add(Long.valueOf(String.valueOf(ClickUpBodies.id(one)))));
            }
            return held;
        }

        private void tags(@Nullable Object value) {
            Set<String> wanted = new TreeSet<>();
            (value instanceof Collection<?> all ? all : List.of()).forEach(one -> wanted.add(
                    one.toString().toLowerCase(Locale.ROOT)));
            Set<String> held = new TreeSet<>();
            if (present.get("tags") instanceof Collection<?> all) {
                all.forEach(one -> held.add(String.valueOf(ClickUpWorkspace.map(one).get("name"))
                        .toLowerCase(Locale.ROOT)));
            }
            if (!wanted.equals(held)) {
                content.put("tags", List.copyOf(wanted));
                wanted.stream().filter(one -> !held.contains(one)).forEach(one -> after.add(
                        () -> account.workspace().tag(id, one, true)));
                held.stream().filter(one -> !wanted.contains(one)).forEach(one -> after.add(
                        () -> account.workspace().tag(id, one, false)));
            }
        }

        private void fields(Map<String, Object> wanted) {
            Map<String, Object> now = new LinkedHashMap<>();
            if (present.get("custom_fields") instanceof Collection<?> all) {
                all.forEach(one -> now.put(ClickUpFields.id(ClickUpWorkspace.map(one)),
                        ClickUpFields.value(ClickUpWorkspace.map(one))));
            }
            ClickUpTasks.customFields(account, list, wanted).forEach((field, value) -> {
                Object held = now.get(ClickUpFields.id(field));
                if (!ClickUpFields.isSame(field, value, held, account.zone())) {
                    content.put(String.valueOf(field.get("name")), value == null ? null : value.toString());
                    after.add(() -> set(field, value, held));
                }
            });
        }

        private void set(Map<String, Object> field, @Nullable Object value, @Nullable Object held) {
            if (value == null) {
                account.workspace().removeField(id, ClickUpFields.id(field));
            } else {
                account.workspace().setField(id, ClickUpFields.id(field),
                        ClickUpFields.body(field, value, held, account.zone()));
            }
        }

        /** ClickUp takes a guest who cannot see the task with 200, and assigns nobody (section 8.4). */
        private void assigned(Map<String, Object> answer) {
            if (put.get("assignees") instanceof Map<?, ?> change && answer.get("assignees") instanceof Collection<?> all
                    && change.get("add") instanceof Collection<?> added) {
                List<String> now = all.stream().map(ClickUpBodies::id).toList();
                List<?> left = added.stream().filter(one -> !now.contains(one.toString())).toList();
                if (!left.isEmpty()) {
                    throw account.refused("not-taken", "task " + id + ": ClickUp did not assign " + left
                            + "; give these people access to the list");
                }
            }
        }

        private Map<String, Object> send() {
            try {
                return sent();
            } catch (VendorException.Refused refused) {
                throw ClickUpTasks.outdated(account, list, refused);
            }
        }

        private Map<String, Object> sent() {
            before.forEach(Runnable::run);
            Map<String, Object> answer = put.isEmpty() ? Map.of() : account.workspace().updateTask(id, put);
            after.forEach(Runnable::run);
            assigned(answer);
            Map<String, Object> result = new LinkedHashMap<>(Map.of("id", id));
            if (answer.get("date_updated") != null) {
                result.put("date_updated", answer.get("date_updated"));
            }
            return result;
        }
    }
}
