package dev.sverka.core.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What came back, whatever it says: the room that asked gives the verdict.
 *
 * @param status HTTP status
 * @param body the whole body, never larger than {@link Door#MAX_BODY}
 */
public record Answer(int status, Headers headers, byte[] body) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** When the vendor asks to come back ({@code Retry-After} in seconds or as a date), null where it does not say. */
    public @Nullable Instant retryAfter(Instant now) {
        String value = headers.get("Retry-After");
        if (value == null) {
            return null;
        }
        if (value.matches("\\d{1,6}")) {
            return now.plus(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }
}
