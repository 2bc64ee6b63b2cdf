package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verdicts on this vendor's errors, from the catalogue in bitrix24.md section 2.4. */
final class Bitrix24Errors {

    /** The credential or the plan is gone: every call would fail alike. */
    private static final Set<String> AUTH = Set.of("NO_AUTH_FOUND", "INVALID_CREDENTIALS", "AUTHORIZATION_ERROR",
            "EXPIRED_TOKEN", "INVALID_TOKEN", "ERROR_OAUTH", "APPLICATION_NOT_FOUND", "PAYMENT_REQUIRED",
            "USER_ACCESS_ERROR", "ALLOWED_ONLY_INTRANET_USER", "ACCESS_ERROR");
    /** A scope is missing: without {@code crm} nothing works, without another one only what needs it (section 1.3). */
    private static final Set<String> SCOPE = Set.of("INSUFFICIENT_SCOPE", "INVALID_SCOPE");
    /** A fault on the vendor's side, also inside a batch, which comes with HTTP 200. */
    private static final Set<String> FAULT = Set.of("INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER");
    static final String OPERATION_TIME_LIMIT = "OPERATION_TIME_LIMIT";
    private static final Duration BUCKET_DRAINS = Duration.ofSeconds(2);
    private static final Duration SLOW_PROBE = Duration.ofMinutes(10);

    private final String account;

    Bitrix24Errors(String account) {
        this.account = account;
    }

    /**
     * @param method the method that was called
     * @param write whether it changes something, so that a fault leaves its outcome unknown
     * @param status HTTP status of the reply, or of the whole batch
     * @param code the {@code error} key as text, compared without regard to case; null where the body is no such JSON
     * @param description the vendor's words
     */
    VendorException verdict(String method, boolean write, int status, @Nullable String code, String description,
            Instant now) {
        String name = code == null ? "" : code.toUpperCase(Locale.ROOT);
        String message = account + " " + method + ": " + (name.isEmpty() ? "HTTP " + status : name)
                + (description.isBlank() ? "" : " (" + plain(description) + ")");
        if (name.equals("QUERY_LIMIT_EXCEEDED")) {
            return new VendorException.Transient(account, status, name, message, now.plus(BUCKET_DRAINS), null);
        }
        if (name.equals("PORTAL_DELETED")) {
            return new VendorException.Transient(account, status, name, message, now.plus(SLOW_PROBE), null);
        }
        if (name.equals(OPERATION_TIME_LIMIT)) {
            // this method alone is blocked: the account goes on
            return new VendorException.NotYet(account, status, name, message);
        }
        if (name.equals("METHOD_CONFIRM_WAITING")) {
            return new VendorException.Transient(account, status, name, message, null, null);
        }
        if (name.equals("OVERLOAD_LIMIT")) {
            return new VendorException.AuthLost(account, status, name, message
                    + "; the vendor has blocked the portal's "
                    + "REST by hand for overload: nothing is sent; ask the vendor's support to lift it");
        }
        if (name.equals("INVALID_CREDENTIALS") && status == 403) {
            return new VendorException.Refused(account, status, name,
                    message + "; the webhook's user lacks this right on the portal");
        }
        if (SCOPE.contains(name)) {
            String cure = message + "; tick what is missing in the incoming webhook on the portal";
            return method.startsWith("crm.") || method.equals(Bitrix24Governor.BATCH)
                    ? new VendorException.AuthLost(account, status, name, cure)
                    : new VendorException.Refused(account, status, name, cure);
        }
        if (AUTH.contains(name) || status == 401 || (status == 403 && name.equals("ACCESS_DENIED"))) {
            return new VendorException.AuthLost(account, status, name,
                    message + "; look at the incoming webhook on the portal and at its owner, then at the plan");
        }
        if (status >= 300 && status < 400) {
            return new VendorException.AuthLost(account, status, name,
                    message + "; the portal sends us elsewhere: was it renamed? It is followed by itself to a "
                    + "name of the same domain once an event of its webhook came from there; or change sverka."
                    + account + ".url");
        }
        if (code == null || status >= 500 || FAULT.contains(name)) {
            return write ? new VendorException.Unclear(account, status, name, message, null)
                    : new VendorException.Transient(account, status, name, message, null, null);
        }
        return new VendorException.Refused(account, status, name, message);
    }

    /** A description may hold HTML tags (section 2.3). */
    private static String plain(String description) {
        String text = description.replaceAll("<[^>]{0,40}>", " ").strip();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
