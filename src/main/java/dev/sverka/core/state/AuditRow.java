package dev.sverka.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value that was written to a vendor, and why.
 *
 * @param entity with {@code id} what was written to, such as {@code payment} and {@code 42}
 * @param because JSON: rules, evidence and sources
 * @param intent the intent that wrote it
 */
public record AuditRow(Instant at, String account, String entity, String id, String field, @Nullable String from,
        @Nullable String to, String because, @Nullable Long intent) {
}
