package dev.sverka.core.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * News to be worked on.
 *
 * @param flow which work, such as {@code bank-operation}; {@code from: journal:<flow>} takes it
 * @param account the account whose pause holds this work back: the one the work writes to, such as
 *     {@code bitrix24.main}
 * @param key entries with one flow and key run one at a time, oldest first
 * @param told where the feed has versions: what is told, so that its repetition is dropped
 * @param melts whether it may melt into an entry of its key that still waits (the newest payload stays)
 * @param payload a JSON-like body: maps, lists, strings, numbers, booleans, {@code Instant}, {@code LocalDate}, records
 * @param headers the {@code Sync…} headers that travel with it
 * @param dueAt not to be worked on before; null for at once
 */
public record Event(String flow, String account, String key, @Nullable Told told, boolean melts,
        @Nullable Object payload, Map<String, String> headers, @Nullable Instant dueAt) {

    /**
     * News is held against what was told last, never against all that was ever told: what changes and changes back is
     * news twice.
     *
     * @param of what it is news of: source, entity, id and flow
     * @param version the content's version; the same as last time is no news
     */
    public record Told(String of, String version) {
    }
}
