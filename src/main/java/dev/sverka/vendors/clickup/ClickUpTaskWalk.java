package dev.sverka.vendors.clickup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks all tasks from a moment on, oldest first (clickup.md section 10.2). A task that changes meanwhile moves to the
 * end, and those behind it a place to the front: pages would skip one. So each page begins anew at the last moment
 * seen; only what shares one moment is paged.
 */
final class ClickUpTaskWalk {

    private final ClickUpWorkspace workspace;
    private final String by;
    private final boolean archived;
    private long bound;
    private int page;
    private boolean done;

    /**
     * @param by {@code updated} or {@code created}
     * @param archived archived ones alone, or all others
     * @param bound milliseconds; whether the filter includes it is not sure, so nothing depends on it
     */
    ClickUpTaskWalk(ClickUpWorkspace workspace, String by, boolean archived, long bound) {
        this.workspace = workspace;
        this.by = by;
        this.archived = archived;
        this.bound = bound;
    }

    /** Where a walk that is broken off goes on. */
    long bound() {
        return bound;
    }

    boolean isDone() {
        return done;
    }

    List<Map<String, Object>> next() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("order_by", by);
        query.put("reverse", true);
        query.put("include_closed", true);
        query.put("subtasks", true);
        query.put("archived", archived);
        query.put("date_" + by + "_gt", bound);
        query.put("page", page);
        ClickUpWorkspace.Tasks tasks = workspace.tasks(query);
        done = tasks.last();
        long last = tasks.rows().stream().map(task -> ClickUpDates.moment(task.get("date_" + by)))
                .mapToLong(moment -> moment == null ? 0 : moment.toEpochMilli()).max().orElse(0);
        if (last - 1 > bound) {
            bound = last - 1;
            page = 0;
        } else {
            page++;
        }
        return tasks.rows();
    }
}
