package dev.sverka.vendors.tbank;

import dev.sverka.core.http.VendorException;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Verdicts on this bank's errors (tbank.md section 8). Only reads are made, so nothing is ever unclear. */
final class TBankErrors {

    /** So much of the bank's own words is told, and never compared: they change. */
    private static final int WORDS = 300;

    private final String account;

    TBankErrors(String account) {
        this.account = account;
    }

    /**
     * @param status HTTP status; 200 for a body that is no JSON (a gateway's page: transient)
     * @param body the bank's envelope; null where there is none
     * @param until from {@code Retry-After}, null where absent
     */
    VendorException verdict(String method, int status, @Nullable JsonNode body, @Nullable Instant until) {
        String code = text(body, "errorCode");
        String errorId = text(body, "errorId");
        String words = Stream.of(text(body, "errorMessage"), body == null ? "" : text(body.path("errorDetails"), "value"))
                .filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
        String message = account + " " + method + ": HTTP " + status + (code.isEmpty() ? "" : " " + code)
                + (words.isEmpty() ? "" : " «" + words.substring(0, Math.min(words.length(), WORDS)) + "»")
                + (errorId.isEmpty() ? "" : " (errorId " + errorId + ")");
        return switch (status) {
            case 401 -> new VendorException.AuthLost(account, status, code,
                    message + "; the token is no longer valid: issue a new one in T-Bank Business");
            case 403 -> new VendorException.AuthLost(account, status, code, message
                    + "; the bank's words tell which: the token lacks a data area (scope), this machine's address is not"
                    + " among those allowed for it, or the company's ИНН or КПП has changed since it was issued; in"
                    + " each case issue a new token in T-Bank Business");
            case 429 -> new VendorException.Transient(account, status, code, message, until, null);
            case 400, 404, 405, 422 -> new VendorException.Refused(account, status, code, message);
            default -> new VendorException.Transient(account, status, code, message, until, null);
        };
    }

    private static String text(@Nullable JsonNode body, String field) {
        return body == null ? "" : body.path(field).asString("");
    }
}
