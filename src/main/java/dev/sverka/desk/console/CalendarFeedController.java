package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import dev.sverka.flows.calendar.CalendarBody;
import dev.sverka.flows.calendar.Calendars;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /calendar/{token}.ics} for calendar programs. Spring answers 304 and HEAD from the headers set here. */
@RestController
class CalendarFeedController {

    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final Duration STARTING = Duration.ofSeconds(4);

    private final Calendars calendars;
    private final Clock clock;
    private final Settings settings;

    CalendarFeedController(Calendars calendars, Clock clock, Settings settings) {
        this.settings = settings;
        this.calendars = calendars;
        this.clock = clock;
    }

    @GetMapping("/calendar/{token}.ics")
    ResponseEntity<byte[]> feed(@PathVariable String token,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) @Nullable String program,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request) {
        if (!calendars.isReady()) {
            return later(HttpStatus.SERVICE_UNAVAILABLE, STARTING);
        }
        Optional<Calendars.Opened> opened = calendars.open(token, CalendarProgram.name(program),
                request.getRemoteAddr());
        if (opened.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        CalendarBody body = opened.get().body();
        if (body == null) {
            return later(HttpStatus.TOO_MANY_REQUESTS, opened.get().pause());
        }
        boolean packed = takesGzip(encodings);
        // RFC 9110, 13.1.2: a star stands for whatever there is; Spring knows tags only
        boolean same = known != null && known.strip().equals("*");
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .contentType(CALENDAR).cacheControl(CacheControl.noCache().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"sverka.ics\"")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .eTag("\"" + body.hash() + (packed ? "-gzip\"" : "\""))
                .lastModified(lastModified(body.changedAt()));
        if (same) {
            return answer.build();
        }
        return packed ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(body.gzip())
                : answer.body(body.plain());
    }

    private static ResponseEntity<byte[]> later(HttpStatus status, Duration pause) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1)).build();
    }

    /**
     * The date counts whole seconds: what may still change in this one is dated one earlier. Told in the clock's true time,
     * so that it is never later than the answer itself.
     */
    private Instant lastModified(Instant changed) {
        Instant second = changed.truncatedTo(ChronoUnit.SECONDS);
        return (clock.instant().isBefore(second.plusSeconds(1)) ? second.minusSeconds(1) : second)
                .minus(settings.clockOffset());
    }

    private static boolean takesGzip(@Nullable String encodings) {
        return encodings != null && Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(","))
                .map(one -> one.replaceAll("\\s", ""))
                .anyMatch(one -> one.matches("(x-)?gzip(;q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*))?"));
    }
}
