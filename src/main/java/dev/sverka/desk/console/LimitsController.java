package dev.sverka.desk.console;

import dev.sverka.core.http.Quota;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/limits}: one request out of a vendor's budget for a command that runs beside the daemon, so that both
 * together keep within the vendor's limit; ops only. Answers how long to wait before asking again; 0: it may be sent.
 */
@RestController
class LimitsController {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._/-]{0,59}");

    private final Quota quota;

    LimitsController(Quota quota) {
        this.quota = quota;
    }

    /** @param perSecond requests that flow back each second */
    record Asked(String bucket, int capacity, double perSecond) {
    }

    @PostMapping("/api/limits")
    Map<String, Long> take(@RequestBody Asked asked) {
        if (asked.bucket() == null || !BUCKET.matcher(asked.bucket()).matches() || asked.capacity() < 1
                || !(asked.perSecond() > 0)) {
            throw new ApiRefusal(HttpStatus.UNPROCESSABLE_CONTENT,
                    "say bucket, such as bitrix24.main, capacity of 1 or more, and perSecond above 0");
        }
        return Map.of("waitMillis", quota.take(asked.bucket(), asked.capacity(), asked.perSecond()).toMillis());
    }
}
