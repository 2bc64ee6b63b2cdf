package dev.sverka.flows.calendar;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is kept.
 *
 * @param name the UID before the {@code @}
 * @param cancelledOn when it was cancelled; null while it holds
 * @param block the VEVENT without its last line
 */
record EventRow(String name, String entity, long item, @Nullable String pipeline, @Nullable Long assignee,
        DatedEvent event, @Nullable LocalDate cancelledOn, int sequence, String block) {

    boolean isCancelled() {
        return cancelledOn != null;
    }
}
