package dev.sverka.sandbox;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** One clock of several processes that goes as the machine's does and can be put forward: how far stands in a file. */
public final class MovableClock extends Clock {

    private final MappedByteBuffer ahead;
    private final ZoneId zone;

    private MovableClock(MappedByteBuffer ahead, ZoneId zone) {
        this.ahead = ahead;
        this.zone = zone;
    }

    /** The clock of a file, made anew and set to a moment. */
    public static MovableClock of(Path file, Instant start) throws IOException {
        MovableClock clock = of(file);
        clock.ahead.putLong(0, Duration.between(Instant.now(), start).toMillis());
        return clock;
    }

    /** The clock of a file. */
    public static MovableClock of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new MovableClock(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES), ZoneOffset.UTC);
        }
    }

    /** It is now this moment, if it was not later already; whoever reads the clock sees it at once. */
    public void to(Instant moment) {
        ahead.putLong(0, Math.max(ahead.getLong(0), Duration.between(Instant.now(), moment).toMillis()));
    }

    /** Time passes. */
    public void forward(Duration by) {
        ahead.putLong(0, ahead.getLong(0) + by.toMillis());
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(ahead.getLong(0));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MovableClock(ahead, other);
    }
}
