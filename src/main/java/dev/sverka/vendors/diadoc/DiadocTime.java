package dev.sverka.vendors.diadoc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Ticks of 100 ns since the year 1 in UTC, and dates as people write them (diadoc.md section 2.1). */
final class DiadocTime {

    private static final long EPOCH = 621_355_968_000_000_000L;
    private static final long PER_SECOND = 10_000_000L;
    private static final int NANOS = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");

    private DiadocTime() {
    }

    static Instant instant(long ticks) {
        long since = ticks - EPOCH;
        return Instant.ofEpochSecond(Math.floorDiv(since, PER_SECOND), Math.floorMod(since, PER_SECOND) * NANOS);
    }

    static long ticks(Instant at) {
        return EPOCH + at.getEpochSecond() * PER_SECOND + at.getNano() / NANOS;
    }

    /** A bare number or {@code {"Ticks": n}}; null where there is none, or 0. */
    static @Nullable Instant instant(JsonNode told) {
        long ticks = told.path("Ticks").asLong(told.asLong(0));
        return ticks == 0 ? null : instant(ticks);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** Null where it is no date. */
    static @Nullable LocalDate day(String told) {
        try {
            return LocalDate.parse(told, DAY);
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
