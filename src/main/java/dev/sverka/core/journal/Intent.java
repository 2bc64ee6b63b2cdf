package dev.sverka.core.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write to a vendor that must happen once; unique by account, target, item and marker.
 *
 * @param account where it goes, such as {@code bitrix24.main}
 * @param target the operation, such as {@code bitrix24:payment/comment}
 * @param item the vendor's or our id of what is written to
 * @param marker the text by which the write can be found again at the vendor
 * @param entry the journal entry that caused it
 * @param content what is written, JSON-like; other content under the same marker is a new write
 */
public record Intent(String account, String target, String item, String marker, @Nullable Long entry,
        Map<String, Object> content) {
}
