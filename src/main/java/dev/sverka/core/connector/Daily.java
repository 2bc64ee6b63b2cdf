package dev.sverka.core.connector;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** What is due once a day. @param zone in which {@code at} is meant */
public record Daily(LocalTime at, ZoneId zone) {

    /** The latest time at which it was due, {@code now} included. */
    public Instant lastDue(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant due = today.atTime(at).atZone(zone).toInstant();
        return due.isAfter(now) ? today.minusDays(1).atTime(at).atZone(zone).toInstant() : due;
    }
}
