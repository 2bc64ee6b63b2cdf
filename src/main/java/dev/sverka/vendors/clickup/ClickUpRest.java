package dev.sverka.vendors.clickup;

import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the answers tell of the token's minute and of ClickUp's clock (clickup.md section 3). The budget is the token's:
 * once it is spent, by us or by another program, every thread rests until the minute ends.
 */
final class ClickUpRest {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(90);
    private static final Duration UNKNOWN = Duration.ofSeconds(60);
    private static final long JITTER_MILLIS = 500;

    private final String account;
    private final Clock clock;
    private Instant until = Instant.MIN;
    private Instant windowEnds = Instant.MIN;
    private Duration ahead = Duration.ZERO;
    private int limit;
    private long window;
    private long left = Long.MAX_VALUE;
    private long flying;

    /**
     * What the headers of an answer say; null for what they do not.
     *
     * @param retryAfter when {@code Retry-After} asks to come back
     */
    record Heard(@Nullable String limit, @Nullable String remaining, @Nullable String reset, @Nullable String date,
            @Nullable Instant retryAfter) {
    }

    ClickUpRest(String account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** @throws VendorException.Transient while nobody may call */
    synchronized void pass() {
        boolean spent = left <= 0 && clock.instant().isBefore(windowEnds);
        if (spent) {
            // by those under way, whose answers have not told so yet
            until = later(until, windowEnds);
        }
        if (clock.instant().isBefore(until)) {
            throw new VendorException.Transient(account, 429, "", account + " rests until " + until
                    + ": the token's requests of this minute are spent, perhaps by another program", until, null);
        }
        if (left <= 0) {
            // that minute is over
            left = Long.MAX_VALUE;
        }
        flying++;
        left--;
    }

    /** No answer came to one that passed. */
    synchronized void lost() {
        flying--;
    }

    /** Reads the headers of an answer to one that passed: of what is left, those under way take theirs first. */
    synchronized void heard(Heard answer) {
        flying--;
        Instant now = clock.instant();
        Instant date = date(answer.date());
        if (date != null) {
            ahead = Duration.between(now, date);
        }
        limit = (int) number(answer.limit(), limit);
        long reset = number(answer.reset(), 0);
        if (reset != window) {
            window = reset;
            left = Long.MAX_VALUE;
        }
        if (answer.remaining() != null) {
            left = Math.min(left, number(answer.remaining(), Long.MAX_VALUE) - flying);
        }
        windowEnds = now.plus(wait(answer, now));
        if (left <= 0) {
            until = later(until, windowEnds);
        }
    }

    /** After a 429. @return when it goes on */
    synchronized Instant begin(Heard answer) {
        Instant now = clock.instant();
        Instant end = now.plus(wait(answer, now)).plusMillis(ThreadLocalRandom.current().nextLong(JITTER_MILLIS));
        until = later(until, end);
        return until;
    }

    /** ClickUp's clock, against which its dates are held. */
    synchronized Instant serverTime() {
        return clock.instant().plus(ahead);
    }

    /** How many requests a minute the plan gives; 0 while no answer has told. */
    synchronized int limit() {
        return limit;
    }

    /** {@code max(Retry-After, Reset - Date)}, within bounds: the reset is told by the server's clock, not by ours. */
    private Duration wait(Heard answer, Instant now) {
        Duration wait = Duration.ZERO;
        Instant asked = answer.retryAfter();
        if (asked != null) {
            wait = Duration.between(now, asked);
        }
        long reset = number(answer.reset(), 0);
        if (reset > 0) {
            Duration left = Duration.between(now.plus(ahead), Instant.ofEpochSecond(reset));
            wait = left.compareTo(wait) > 0 ? left : wait;
        }
        if (wait.isZero() && reset == 0) {
            return UNKNOWN;
        }
        return wait.compareTo(LEAST) < 0 ? LEAST : wait.compareTo(MOST) > 0 ? MOST : wait;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static long number(@Nullable String value, long otherwise) {
        return value != null && value.matches("\\d{1,12}") ? Long.parseLong(value) : otherwise;
    }

    private static @Nullable Instant date(@Nullable String value) {
        try {
            return value == null ? null
                    : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException notDate) {
            return null;
        }
    }
}
