package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Daily;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When this vendor's feeds are read, and how far. */
final class ClickUpRhythm {

    /** At most one request in so many may be a poll's; one takes about two (clickup.md section 18). */
    private static final int SHARE = 10;

    private final ClickUpProperties properties;
    private final ZoneId zone;
    private final Daily sweeps;

    /** @param zone in which {@code sverka.sweep.clickup} is meant, and days of history are counted */
    ClickUpRhythm(ClickUpProperties properties, ZoneId zone) {
        this.properties = properties;
        this.zone = zone;
        this.sweeps = new Daily(properties.sweep().clickup(), zone);
    }

    /** A value shorter than the token's budget is stretched to it. */
    Duration every(Duration wanted) {
        int slowest = properties.clickup().values().stream()
                .mapToInt(ClickUpProperties.Account::requestsPerMinute).min().orElse(1);
        Duration least = Duration.ofMinutes(1).multipliedBy(SHARE).dividedBy(slowest);
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    Duration poll() {
        return every(properties.poll().clickup());
    }

    Duration reread() {
        return every(properties.reread().clickup());
    }

    boolean isRereadDue(@Nullable Instant reread, Instant now) {
        return reread == null || !now.isBefore(reread.plus(properties.reread().clickup()));
    }

    boolean isSweepDue(@Nullable Instant swept, Instant now) {
        return swept == null || swept.isBefore(sweeps.lastDue(now));
    }

    /** From where a new installation reads. */
    Instant beginning(Instant now) {
        return now.atZone(zone).minus(properties.history().clickup()).toInstant();
    }

    static @Nullable Instant instant(Map<String, String> position, String key) {
        String value = position.get(key);
        return value == null ? null : Instant.parse(value);
    }
}
