package dev.sverka.records.time;

import java.time.Instant;

/**
 * An entry told before that is not there any more: missing where it was, and not found by its id.
 *
 * @param source the account at the vendor that told it, such as {@code clickup.main}
 * @param entryId {@link TimeEntry#entryId}
 * @param readAt when the source was asked
 */
public record DeletedTimeEntry(String source, String entryId, Instant readAt) {
}
