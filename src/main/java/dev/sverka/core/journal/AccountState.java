package dev.sverka.core.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an account at a vendor fares.
 *
 * @param name such as {@code bitrix24.main}
 * @param state {@code up down off throttled paused}
 * @param since when this state began
 * @param until a throttled or paused account gets no work before
 * @param message why it is not up, for the person who has to act
 */
public record AccountState(String name, String state, Instant since, @Nullable Instant lastSuccess,
        @Nullable Instant until, @Nullable String message) {
}
