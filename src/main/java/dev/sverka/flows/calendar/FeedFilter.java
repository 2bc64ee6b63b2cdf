package dev.sverka.flows.calendar;

import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one feed shows. Feeds that show the same are equal.
 *
 * @param view {@code all}, {@code mine} or one kind of item
 * @param mine whose items; null where everybody's
 * @param span a span as one event over the days, else as two marks
 * @param direction {@code in} or {@code out}: only these payments, other items untouched
 * @param pipelines only items of these funnels, such as {@code payment.in} or {@code main}; empty for all
 * @param back how far back from today; {@code ahead} likewise
 * @param alarm how long before an event to remind; null for never
 * @param entities only these kinds of items, such as {@code payments}; empty for all
 */
record FeedFilter(String view, @Nullable Long mine, boolean span, @Nullable String direction, List<String> pipelines,
        Period back, Period ahead, @Nullable String alarm, List<String> entities) {

    static final Map<String, String> ENTITIES = Map.of("deals", "deal", "stages", "stage", "proposals", "proposal",
            "payments", "payment", "documents", "document", "reports", "report");

    boolean shows(String entity, @Nullable String pipeline, @Nullable Long assignee, String form) {
        return !form.equals(span ? "mark" : "span")
                && (!ENTITIES.containsKey(view) || entity.equals(ENTITIES.get(view)))
                && (entities.isEmpty() || entities.stream().anyMatch(one -> entity.equals(ENTITIES.get(one))))
                && (mine == null || mine.equals(assignee))
                && (direction == null || !entity.equals("payment") || direction.equals(pipeline))
                && (pipelines.isEmpty() || pipelines.contains(entity + "." + pipeline)
                        || pipeline != null && pipelines.contains(pipeline));
    }
}
