package dev.sverka.core.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as people see it.
 *
 * @param state {@code queued working waiting dead done dismissed}
 * @param attempts counted failures so far
 * @param cause why it waits or died, such as {@code refused}
 * @param message the same in words, as the vendor or the flow gave them
 * @param dueAt when a waiting one is tried again; null in the other states
 */
public record EntryView(long id, String flow, String key, String state, int attempts, @Nullable String cause,
        @Nullable String message, Instant acceptedAt, @Nullable Instant dueAt) {
}
