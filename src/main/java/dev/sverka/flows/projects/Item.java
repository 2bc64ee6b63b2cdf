package dev.sverka.flows.projects;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what routes bring: values that went through the journal are texts or plain numbers by now. */
final class Item {

    private Item() {
    }

    static long id(Map<String, Object> item) {
        return Long.parseLong(String.valueOf(item.get("id")));
    }

    static boolean isDeleted(Map<String, Object> item) {
        return Boolean.TRUE.equals(item.get("deleted"));
    }

    static @Nullable String text(Map<String, Object> item, String key) {
        Object value = item.get(key);
        return value == null ? null : value.toString();
    }

    static String title(Map<String, Object> item) {
        return Objects.toString(item.get("title"), "").strip();
    }

    static @Nullable Long number(Map<String, Object> item, String key) {
        Object value = item.get(key);
        return value == null ? null : (Long) Long.parseLong(value.toString());
    }

    static @Nullable LocalDate day(Map<String, Object> item, String key) {
        Object value = item.get(key);
        return value == null ? null : LocalDate.parse(value.toString());
    }

    static @Nullable Instant moment(@Nullable Map<String, Object> item, String key) {
        Object value = item == null ? null : item.get(key);
        return value == null ? null : Instant.parse(value.toString());
    }

    /** Whether a field that is empty could hold something: one that is not on the portal never will. */
    static boolean lacks(Map<String, Object> item, String key) {
        return item.get(key) == null && !isMissing(item, key);
    }

    /** Whether the portal has no such field. */
    static boolean isMissing(Map<String, Object> item, String key) {
        return item.get("missing") instanceof Collection<?> missing
                && missing.contains(item.get("entity") + ".field." + key);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
