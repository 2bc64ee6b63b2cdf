package dev.sverka.records.time;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finished stretch of somebody's work. One that is still running is told when it ends.
 *
 * @param source the account at the vendor that told it, such as {@code clickup.main}
 * @param entryId the vendor's id; it stays over edits
 * @param version hash of the content: the same entry edited has another
 * @param person whose work
 * @param task what was worked on; null for none
 * @param startAt when it began
 * @param endAt when it ended
 * @param millis how long; what the vendor counts, which need not be the time between start and end
 * @param billable whether it may be billed
 * @param description what the person wrote, empty for nothing
 * @param tags the entry's own labels
 * @param locked whether the vendor has closed it for edits
 * @param changedAt when the vendor says it changed last: a hint, no proof (clickup.md section 11.2); null for unknown
 * @param readAt when the source was asked
 */
public record TimeEntry(String source, String entryId, String version, Person person, @Nullable Task task,
        Instant startAt, Instant endAt, long millis, boolean billable, String description, List<String> tags,
        boolean locked, @Nullable Instant changedAt, Instant readAt) {

    /**
     * Who worked.
     *
     * @param id the vendor's
     * @param email null where the vendor does not tell it; letter case as the vendor has it
     */
    public record Person(long id, String name, @Nullable String email) {
    }

    /**
     * Where the work belongs, by the vendor's ids; those of the places are null where the vendor does not tell them.
     *
     * @param listId the task's home list
     */
    public record Task(String id, String name, @Nullable String listId, @Nullable String folderId,
            @Nullable String spaceId) {
    }
}
