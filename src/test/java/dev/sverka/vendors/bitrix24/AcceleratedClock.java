package dev.sverka.vendors.bitrix24;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs a number of times faster than this machine's; what waits by it waits so much shorter. */
final class AcceleratedClock extends Clock {

    private final Instant start;
    private final long began = System.nanoTime();
    private final int speed;

    AcceleratedClock(Instant start, int speed) {
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return start.plusNanos((System.nanoTime() - began) * speed);
    }

    /** How long this machine waits for a time by this clock. */
    Duration pace(Duration time) {
        return time.dividedBy(speed);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
