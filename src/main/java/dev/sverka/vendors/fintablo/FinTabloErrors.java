package dev.sverka.vendors.fintablo;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.VendorException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Verdicts on this vendor's errors (fintablo.md section 3): by the number, and by the text only for what is gone. */
final class FinTabloErrors {

    /** The object is not there (any more). */
    static final String GONE = "NOT_FOUND";
    /** An object that this one names is not there: perhaps only not yet. */
    static final String DANGLING = "DANGLING";
    private static final Pattern REFERENCE = Pattern.compile("the \\w+id is not found");
    private static final int WORDS = 300;

    private final String account;
    private final Function<@Nullable Instant, Instant> rest;

    /** @param rest until when nobody calls after a 429, from what its {@code Retry-After} says */
    FinTabloErrors(String account, Function<@Nullable Instant, Instant> rest) {
        this.account = account;
        this.rest = rest;
    }

    /** Success needs HTTP 2xx and {@code status: 200} in the body. */
    static boolean isGood(Answer answer, @Nullable JsonNode body) {
        return answer.status() / 100 == 2 && body != null && body.path("status").asString("").equals("200");
    }

    /**
     * @param what the call's name
     * @param write whether it changes something, so that a fault leaves its outcome unknown
     * @param body null where it is no JSON
     * @param requestId what the vendor's support asks for; empty where there is none
     */
    VendorException verdict(String what, boolean write, Answer answer, @Nullable JsonNode body, String requestId,
            Instant now) {
        int status = answer.status() / 100 == 2 && body != null ? number(body) : answer.status();
        String words = words(answer, body);
        String message = account + " " + what + ": HTTP " + answer.status()
                + (words.isEmpty() ? "" : " «" + words + "»")
                + (requestId.isEmpty() ? "" : " (X-Request-Id " + requestId + ")");
        if (status == 401) {
            return new VendorException.AuthLost(account, status, "", message
                    + "; issue a new token in FinTablo and set sverka." + account + ".token");
        }
        if (status == 429) {
            return new VendorException.Transient(account, status, "", message,
                    rest.apply(answer.retryAfter(now)), null);
        }
        if (status == 403 || status / 100 == 3) {
            return new VendorException.AuthLost(account, status, "", message + "; look at sverka." + account
                    + ".url and at what stands between this machine and FinTablo");
        }
        if (status / 100 == 4 && status != 408 && body != null) {
            return refusal(status, words.toLowerCase(Locale.ROOT), message);
        }
        // a gateway's page, an outage, an empty or broken body: nothing is known of a write
        return write ? new VendorException.Unclear(account, status, "", message, null)
                : new VendorException.Transient(account, status, "", message, null, null);
    }

    private VendorException refusal(int status, String words, String message) {
        if (words.equals("no item found")) {
            return new VendorException.Refused(account, status, GONE, message);
        }
        if (REFERENCE.matcher(words).matches()) {
            return new VendorException.Refused(account, status, DANGLING, message
                    + "; look whether that object is still in FinTablo, and that an income names the deal, not its"
                    + " stage");
        }
        return new VendorException.Refused(account, status, "", message);
    }

    private static int number(JsonNode body) {
        String status = body.path("status").asString("");
        return status.matches("\\d{3}") ? Integer.parseInt(status) : 0;
    }

    /** {@code statusText}, else {@code message}, else the beginning of what came. */
    private static String words(Answer answer, @Nullable JsonNode body) {
        String words = body == null ? "" : Stream.of("statusText", "message")
                .map(key -> body.path(key).asString("")).filter(text -> !text.isEmpty()).findFirst().orElse("");
        byte[] raw = answer.body();
        String all = words.isEmpty() && answer.status() / 100 != 2
                ? new String(raw, 0, Math.min(raw.length, WORDS), StandardCharsets.UTF_8) : words;
        String text = all.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip();
        return text.length() > WORDS ? text.substring(0, WORDS) + "…" : text;
    }
}
