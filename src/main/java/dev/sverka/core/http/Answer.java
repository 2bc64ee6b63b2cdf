package dev.sverka.core.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What came back, whatever it says: the room that asked gives the verdict.
 *
 * @param status HTTP status
 * @param body the whole body, never larger than {@link Door#MAX_BODY}
 * @param longestRest for how long a vendor is believed when it asks to be left alone
 */
public record Answer(int status, Headers headers, byte[] body, Duration longestRest) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * When the vendor asks to come back ({@code Retry-After} in seconds, or as a date by its own clock), never later than
     * the longest rest from now; null where it says nothing that means anything: no rest, the past, no number.
     */
    public @Nullable Instant retryAfter(Instant now) {
        String value = Objects.requireNonNullElse(headers.get("Retry-After"), "").strip();
        Duration asked = value.matches("\\d+") ? seconds(value) : untilDate(value, now);
        if (asked == null || asked.isZero() || asked.isNegative()) {
            return null;
        }
        return now.plus(asked.compareTo(longestRest) > 0 ? longestRest : asked);
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(new BigInteger(digits).min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue());
    }

    private @Nullable Duration untilDate(String value, Instant now) {
        Instant until = date(value);
        Instant told = date(headers.get("Date"));
        return until == null ? null : Duration.between(told == null ? now : told, until);
    }

    private static @Nullable Instant date(@Nullable String value) {
        try {
            return value == null ? null : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }
}
