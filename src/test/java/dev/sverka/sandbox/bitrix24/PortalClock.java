package dev.sverka.sandbox.bitrix24;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The portal's own clock (bitrix24.md section 14.8): it may run ahead of the daemon's or behind it, be moved by hand,
 * and speak another offset. What is to happen later (robots, delayed events) happens when this clock has passed the
 * instant, at the next call or at {@link #advance}; nothing sleeps.
 */
public final class PortalClock extends Clock {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private record Task(Instant at, long order, Runnable work) {
    }

    private final Clock base;
    private final PriorityQueue<Task> agenda = new PriorityQueue<>(
            Comparator.comparing(Task::at).thenComparingLong(Task::order));
    private volatile Duration ahead = Duration.ZERO;
    private volatile ZoneOffset offset = ZoneOffset.ofHours(3);
    private long tasks;

    PortalClock(Clock base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return offset;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(base.withZone(zone), ahead);
    }

    /** How far the portal's clock is from the one it was given; negative when behind. */
    public void skew(Duration difference) {
        ahead = difference;
        runDue();
    }

    /** Lets time pass on the portal, and whatever was due in it happen. */
    public void advance(Duration time) {
        ahead = ahead.plus(time);
        runDue();
    }

    /** The offset the server speaks in; +03:00 on Russian portals (section 12). */
    public void offset(ZoneOffset server) {
        offset = server;
    }

    ZoneOffset offset() {
        return offset;
    }

    /** Now, in whole seconds and the server's offset. */
    String now() {
        return text(instant());
    }

    String text(Instant instant) {
        return text(instant.atOffset(offset));
    }

    static String text(OffsetDateTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).format(ISO);
    }

    synchronized void later(Duration delay, Runnable work) {
        agenda.add(new Task(instant().plus(delay), tasks++, work));
    }

    /** Does what has fallen due, oldest first. */
    void runDue() {
        for (Task task = due(); task != null; task = due()) {
            task.work().run();
        }
    }

    private synchronized Task due() {
        Task first = agenda.peek();
        return first != null && !first.at().isAfter(instant()) ? agenda.poll() : null;
    }
}
