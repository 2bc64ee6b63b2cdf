package dev.sverka.vendors.tochka;

import dev.sverka.core.http.VendorException;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Verdicts on this bank's errors (tochka.md section 3). */
final class TochkaErrors {

    /** So much of the bank's own words is told, and never compared: they change. */
    private static final int WORDS = 300;

    private final String account;

    TochkaErrors(String account) {
        this.account = account;
    }

    /**
     * @param status HTTP status; 200 for a body that is no envelope (a gateway's page: transient)
     * @param body the bank's envelope, whose {@code code} is text or a number; null where there is none
     * @param until from {@code Retry-After}, null where absent
     */
    VendorException verdict(String method, int status, @Nullable JsonNode body, @Nullable Instant until) {
        JsonNode first = body == null ? null : body.path("Errors").path(0);
        String code = text(first, "errorCode");
        String id = text(body, "id");
        String words = Stream.of(text(body, "message"), text(first, "message")).filter(word -> !word.isEmpty())
                .distinct().collect(Collectors.joining(": "));
        String message = account + " " + method + ": HTTP " + status + (code.isEmpty() ? "" : " " + code)
                + (words.isEmpty() ? "" : " «" + words.substring(0, Math.min(words.length(), WORDS)) + "»")
                + (id.isEmpty() ? "" : " (id " + id + ")");
        return switch (status) {
            case 401 -> new VendorException.AuthLost(account, status, code,
                    message + "; the key is no longer valid: make a new one in the internet bank");
            case 403, 501 -> new VendorException.AuthLost(account, status, code, message + "; the key was deleted or"
                    + " made anew, or lacks this permission for the company: look at it in the internet bank");
            case 400, 404, 405, 410, 422 -> new VendorException.Refused(account, status, code, message);
            default -> new VendorException.Transient(account, status, code, message, until, null);
        };
    }

    private static String text(@Nullable JsonNode body, String field) {
        return body == null ? "" : body.path(field).asString("");
    }
}
