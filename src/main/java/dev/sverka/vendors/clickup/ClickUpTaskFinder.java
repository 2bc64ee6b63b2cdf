package dev.sverka.vendors.clickup;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a task by the marker in its custom field (clickup.md section 10.3): by the filter, wherever a person may have
 * moved it, archived ones too; then among the newest of its list, since the index may lag behind. What comes is
 * compared here once more.
 */
final class ClickUpTaskFinder {

    private static final Duration RECENT = Duration.ofDays(1);
    private static final int MOST_PAGES = 5;

    private final ClickUpAccount account;

    ClickUpTaskFinder(ClickUpAccount account) {
        this.account = account;
    }

    /** Of two, which a lost race may leave, the older one. */
    Optional<Map<String, Object>> find(String list, String field, String marker) {
        Optional<Map<String, Object>> filtered = Stream.of(false, true).flatMap(archived -> account.workspace()
                .tasks(query(archived, Map.of("custom_fields", List.of(Map.of("field_id", field, "operator", "==",
                        "value", marker))))).rows().stream())
                .filter(task -> isMarked(task, field, marker)).min(oldest());
        return filtered.isPresent() ? filtered : recent(list, field, marker);
    }

    private Optional<Map<String, Object>> recent(String list, String field, String marker) {
        long since = account.serverTime().minus(RECENT).toEpochMilli();
        for (boolean archived : new boolean[] {false, true}) {
            for (int page = 0; page < MOST_PAGES; page++) {
                ClickUpWorkspace.Tasks tasks = account.workspace().tasksOf(list, query(archived, Map.of(
                        "order_by", "created", "date_created_gt", since, "page", page)));
                Optional<Map<String, Object>> found = tasks.rows().stream()
                        .filter(task -> isMarked(task, field, marker)).min(oldest());
                if (found.isPresent()) {
                    return found;
                }
                if (tasks.last()) {
                    break;
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> query(boolean archived, Map<String, Object> more) {
        Map<String, Object> query = new LinkedHashMap<>(Map.of("include_closed", true, "subtasks", true, "archived",
                archived, "page", 0));
        query.putAll(more);
        return query;
    }

    private static Comparator<Map<String, Object>> oldest() {
        return Comparator.comparing(task -> String.valueOf(task.get("date_created")));
    }

    private static boolean isMarked(Map<String, Object> task, String field, String marker) {
        return task.get("custom_fields") instanceof Collection<?> fields && fields.stream()
                .map(ClickUpWorkspace::map).anyMatch(one -> ClickUpFields.id(one).equals(field)
                        && marker.equals(one.get("value")));
    }
}
