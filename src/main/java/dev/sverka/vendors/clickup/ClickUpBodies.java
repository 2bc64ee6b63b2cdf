package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Fingerprint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * ClickUp's objects as routes see them: its own names, moments as {@code Instant}, beside due and start also the day;
 * nothing and absent are the same. What is a secret, or changes without meaning, is left out.
 */
final class ClickUpBodies {

    private static final Set<String> MOMENTS = Set.of("date_created", "date_updated", "date_closed", "date_done",
            "date", "start", "end", "at");
    private static final Map<String, String> DAYS = Map.of("due_date", "due_on", "start_date", "start_on");
    /** {@code inbound_address} and {@code secret} are secrets (sections 7.2 and 13.1). */
    private static final Set<String> LEFT_OUT = Set.of("inbound_address", "secret", "sharing", "profilePicture",
            "color", "avatar", "tag_fg", "tag_bg", "type_config");
    /** Moves without anybody's doing; the whole of a folder's lists is news of those lists. */
    private static final Set<String> NO_NEWS = Set.of("orderindex", "watchers", "permission_level", "task_count",
            "lists", "statuses", "last_active", "approval_id", "at", "date_updated");

    private ClickUpBodies() {
    }

    /** @param zone of the token's user */
    static Map<String, Object> read(Map<String, Object> raw, ZoneId zone) {
        Map<String, Object> read = new LinkedHashMap<>();
        raw.forEach((key, value) -> {
            if (value != null && !LEFT_OUT.contains(key)) {
                read.put(key, value(key, value, zone));
                LocalDate day = DAYS.containsKey(key) ? ClickUpDates.day(value, zone) : null;
                if (day != null) {
                    read.put(DAYS.get(key), day);
                }
            }
        });
        return read;
    }

    private static Object value(String key, Object value, ZoneId zone) {
        Instant moment = MOMENTS.contains(key) || DAYS.containsKey(key) ? ClickUpDates.moment(value) : null;
        if (moment != null) {
            return moment;
        }
        if (key.equals("id") || key.endsWith("_id")) {
            // what is a number in one answer is a text in the next (section 5)
            return value instanceof Number && !key.equals("id") ? value.toString() : value;
        }
        if (key.equals("task_count") && value.toString().matches("\\d{1,9}")) {
            return Long.valueOf(value.toString());
        }
        if (value instanceof Map<?, ?>) {
            return read(ClickUpWorkspace.map(value), zone);
        }
        if (value instanceof Collection<?> many) {
            List<Object> rows = new ArrayList<>();
            many.forEach(one -> rows.add(!(one instanceof Map<?, ?>) ? String.valueOf(one)
                    : key.equals("custom_fields") ? ClickUpFields.read(ClickUpWorkspace.map(one))
                    : read(ClickUpWorkspace.map(one), zone)));
            return rows;
        }
        return value;
    }

    /** Equal for objects that say the same. @param body as {@link #read} gives it */
    static String fingerprint(Map<String, Object> body) {
        Map<String, Object> canonical = new LinkedHashMap<>(body);
        canonical.keySet().removeAll(NO_NEWS);
        return Fingerprint.of(sorted(canonical));
    }

    /** In which order an object's fields come says nothing, inside it neither. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, one) -> sorted.put(key.toString(), sorted(one)));
            return sorted;
        }
        return value instanceof List<?> list ? list.stream().map(ClickUpBodies::sorted).toList() : value;
    }

    static Map<String, Object> deleted(String id) {
        return new LinkedHashMap<>(Map.of("id", id, "deleted", true));
    }

    /** Whether an object that was read says it is in the trash (section 15). */
    static boolean isDeleted(Map<String, Object> raw) {
        return Boolean.TRUE.equals(raw.get("deleted"));
    }

    /** The id of an object, or of one inside it; null where there is none. */
    static @Nullable String id(@Nullable Object object) {
        Object id = ClickUpWorkspace.map(object).get("id");
        return id == null ? null : id.toString();
    }
}
