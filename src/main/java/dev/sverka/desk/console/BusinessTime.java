package dev.sverka.desk.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Writes instants in the business time zone: ISO 8601 with offset for programs, as in a ledger for people. */
final class BusinessTime {

    private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss");

    private final ZoneId zone;

    BusinessTime(ZoneId zone) {
        this.zone = zone;
    }

    /** Such as {@code 2026-11-23T21:15:07.123+03:00}. */
    public @Nullable String iso(@Nullable Instant at) {
        return at == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .format(at.truncatedTo(ChronoUnit.MILLIS).atZone(zone));
    }

    /** Such as {@code 23.11.2026 21:15:07}. */
    public @Nullable String shown(@Nullable Instant at) {
        return at == null ? null : FOR_PEOPLE.format(at.atZone(zone));
    }
}
