package dev.sverka.vendors.clickup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ClickUp's moments are milliseconds as text or number. A day without a time is kept as 04:00 in the zone of the user
 * who set it (clickup.md section 5): what comes back is another moment than was sent, so days are compared as days.
 */
final class ClickUpDates {

    private static final LocalTime DAY_ONLY = LocalTime.of(4, 0);

    private ClickUpDates() {
    }

    /** Null for what is no moment. */
    static @Nullable Instant moment(@Nullable Object millis) {
        return millis instanceof Instant instant ? instant
                : millis != null && millis.toString().matches("-?\\d{1,15}")
                        ? Instant.ofEpochMilli(Long.parseLong(millis.toString())) : null;
    }

    /** The day of a moment as the token's user sees it. */
    static @Nullable LocalDate day(@Nullable Object millis, ZoneId zone) {
        Instant moment = moment(millis);
        return moment == null ? null : LocalDate.ofInstant(moment, zone);
    }

    /** A {@code LocalDate} for a day, an {@code Instant} for a moment. @throws IllegalArgumentException for neither */
    static Object wanted(Object value) {
        String text = value.toString();
        try {
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDate.parse(text);
            }
            return value instanceof Instant ? value : OffsetDateTime.parse(text).toInstant();
        } catch (java.time.format.DateTimeParseException unreadable) {
            throw new IllegalArgumentException("'" + text + "' is neither a day like 2026-12-01 nor a moment like"
                    + " 2026-12-01T12:00:00Z", unreadable);
        }
    }

    static long millis(Object wanted, ZoneId zone) {
        return wanted instanceof LocalDate day ? day.atTime(DAY_ONLY).atZone(zone).toInstant().toEpochMilli()
                : ((Instant) wanted).toEpochMilli();
    }

    static boolean isSame(@Nullable Object wanted, @Nullable Object millis, ZoneId zone) {
        if (wanted == null || moment(millis) == null) {
            return wanted == null && moment(millis) == null;
        }
        return wanted instanceof LocalDate day ? day.equals(day(millis, zone)) : wanted.equals(moment(millis));
    }

    /** Puts a date and whether it has a time into a body. */
    static void put(Map<String, Object> body, String key, @Nullable Object wanted, ZoneId zone) {
        body.put(key, wanted == null ? null : millis(wanted, zone));
        if (wanted != null) {
            body.put(key + "_time", wanted instanceof Instant);
        }
    }
}
