package dev.sverka.core.journal;

/**
 * What the journal holds; nothing queued, working or waiting means at rest.
 *
 * @param queued ready, or behind another entry of its key
 * @param working under a lease that still holds
 * @param waiting has a due time
 * @param dead needs a person
 */
public record Counts(long queued, long working, long waiting, long dead) {
}
