package dev.sverka.core.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write to a vendor as people see it.
 *
 * @param target the operation, such as {@code bitrix24:payment/update}
 * @param item what was written to, such as {@code payment 42}
 * @param content what was sent, JSON
 * @param answer what the vendor answered, JSON; null while the outcome is not known
 */
public record IntentView(long id, String account, String target, String item, String marker, String content,
        @Nullable String answer, Instant openedAt, @Nullable Instant closedAt) {
}
