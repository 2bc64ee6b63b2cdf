package dev.sverka.core.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an entry's history.
 *
 * @param kind {@code later paused dead done taken-over replayed dismissed}
 * @param attempt counted failures at that moment
 */
public record EntryEvent(Instant at, String kind, int attempt, @Nullable String cause, @Nullable String message) {
}
