package dev.sverka.core.http;

import java.util.regex.Pattern;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Hides in logs of JSON what the pattern of plain logs hides: what follows {@code /calendar/} and {@code /hooks/tbank/},
 * and a feed's token wherever else it stands. Made by Spring for {@code logging.structured.json.customizer}.
 */
public final class LogMask implements StructuredLoggingJsonMembersCustomizer<Object> {

    private static final Pattern SECRET = Pattern.compile(
            "(?<=/calendar/|/hooks/tbank/)[\\w-]+|(?<![\\w-])(?=[\\w-]*\\d)[\\w-]{43}(?![\\w-])");

    @Override
    public void customize(JsonWriter.Members<Object> members) {
        members.applyingValueProcessor(JsonWriter.ValueProcessor.of(String.class, LogMask::masked));
    }

    static String masked(String text) {
        return SECRET.matcher(text).replaceAll("***");
    }
}
