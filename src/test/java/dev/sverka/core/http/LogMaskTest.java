package dev.sverka.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonWriter;

class LogMaskTest {

    private static final String TOKEN = "dGhpcy1pcy1hLWNhbGVuZGFyLXRva2VuLTEyMzQ1Njc";

    @Test
    void whatHoldsASecretIsHiddenInEveryTextOfALine() {
        String line = JsonWriter.<Object>of(members -> {
            members.add("message", "GET /hooks/tbank/s3cr3t-1 and /calendar/" + TOKEN + ".ics");
            members.add("error", Map.of("stack", "no feed " + TOKEN));
            members.add("traceId", "0a1b2c3d4e5f6071");
            new LogMask().customize(members);
        }).writeToString("");
        assertThat(line).doesNotContain("s3cr3t", TOKEN).contains("/hooks/tbank/***", "/calendar/***", "no feed ***",
                "0a1b2c3d4e5f6071");
    }
}
