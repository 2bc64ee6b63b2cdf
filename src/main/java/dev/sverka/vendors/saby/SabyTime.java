package dev.sverka.vendors.saby;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Days and times as this provider writes them: Moscow time, with dots also between hours and minutes (section 2). */
final class SabyTime {

    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final DateTimeFormatter DOTS = DateTimeFormatter.ofPattern("dd.MM.uuuu HH.mm.ss");
    private static final DateTimeFormatter COLONS = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss");

    private SabyTime() {
    }

    static String text(Instant at, boolean colons) {
        return (colons ? COLONS : DOTS).format(at.atZone(MOSCOW));
    }

    static String text(LocalDate day) {
        return DAY.format(day);
    }

    /** Null where it is no time. */
    static @Nullable Instant instant(String told) {
        try {
            return LocalDateTime.parse(told.strip().replace(':', '.'), DOTS).atZone(MOSCOW).toInstant();
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /** Null where it is no day. */
    static @Nullable LocalDate day(String told) {
        try {
            return LocalDate.parse(told.strip(), DAY);
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
