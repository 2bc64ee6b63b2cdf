package dev.sverka.vendors.saby;

import dev.sverka.core.http.VendorException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Verdicts on this provider's errors (saby.md section 4). Only reads are made, so nothing is ever unclear. */
final class SabyErrors {

    /** A business error of any kind: no right, a bad filter, an event or document that is gone. */
    static final int BUSINESS = -32000;
    private static final int PARSE = -32700;
    private static final int NO_SESSION = -32001;
    private static final String CONFIRMATION = "{00000000-0000-0000-0000-1fa000001002}";
    private static final String NOT_READY = "1aa0000f1002}";
    /** So much of their own words is told, and never compared: they are texts for people. */
    private static final int WORDS = 300;

    private final String account;

    SabyErrors(String account) {
        this.account = account;
    }

    /** Whether the session has ended: then one log-in and one repetition may help. */
    static boolean isSessionLost(int status, @Nullable JsonNode error) {
        return status == 401 || error != null && error.path("code").asInt(0) == NO_SESSION;
    }

    /**
     * @param status HTTP status: an error comes with any, 200 among them
     * @param error the envelope's error; null where the body is none
     * @param until from {@code Retry-After}, null where absent
     */
    VendorException verdict(String method, int status, @Nullable JsonNode error, @Nullable Instant until) {
        int code = error == null ? 0 : error.path("code").asInt(0);
        String kind = error == null ? "" : error.path("data").path("classid").asString("").toLowerCase(Locale.ROOT);
        String words = error == null ? "" : error.path("message").asString("").replaceAll("\\s+", " ").strip();
        String message = account + " " + method + ": HTTP " + status + (code == 0 ? "" : " " + code)
                + (words.isEmpty() ? "" : " «" + words.substring(0, Math.min(words.length(), WORDS)) + "»");
        String told = code == 0 ? "" : Integer.toString(code);
        if (kind.equals(CONFIRMATION)) {
            return new VendorException.AuthLost(account, status, told,
                    message + "; the log-in asks a person for a code:"
                    + " give the application's three secrets instead of login and password");
        }
        if (isSessionLost(status, error)) {
            return new VendorException.AuthLost(account, status, told, message + "; the log-in is no longer accepted:"
                    + " issue the application's secrets anew");
        }
        if (kind.endsWith(NOT_READY)) {
            return new VendorException.NotYet(account, status, told, message);
        }
        if (code == PARSE || code == BUSINESS) {
            return new VendorException.Refused(account, status, told, message);
        }
        boolean lasting = status >= 400 && status < 500 && status != 408 && status != 429;
        return lasting || error != null && status < 500 && status != 429
                ? new VendorException.Refused(account, status, told, message)
                : new VendorException.Transient(account, status, told, message, until, null);
    }

    /** Of a log-in: whatever is refused there is a lost credential. */
    VendorException loginVerdict(int status, @Nullable JsonNode error, @Nullable Instant until) {
        VendorException verdict = verdict("log-in", status, error, until);
        return verdict instanceof VendorException.Refused ? new VendorException.AuthLost(account, status,
                verdict.code(),
                verdict.getMessage() + "; check the application's three secrets, or login and password") : verdict;
    }
}
