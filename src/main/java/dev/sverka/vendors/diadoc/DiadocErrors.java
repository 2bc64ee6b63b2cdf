package dev.sverka.vendors.diadoc;

import dev.sverka.core.http.VendorException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Verdicts on this provider's errors (diadoc.md section 5). Only reads are made, so nothing is ever unclear. */
final class DiadocErrors {

    /** The code of an answer that the box's subscription or the user's right ends at, apart from the log-in. */
    static final String BOX = "box";
    static final String INVALID_GRANT = "invalid_grant";

    /** So much of their own words is told, and never compared: they are texts for people. */
    private static final int WORDS = 300;

    private final String account;

    DiadocErrors(String account) {
        this.account = account;
    }

    /**
     * What of an answer is told.
     *
     * @param code {@code X-Diadoc-ErrorCode}, empty where absent
     * @param trace {@code X-Kontur-Trace-Id}: their support asks for it
     * @param words the body; a page of HTML is none
     */
    record Told(String code, String trace, String words) {

        static final Told NOTHING = new Told("", "", "");

        private String text() {
            String plain = words.strip().startsWith("<") ? "" : words.strip().replaceAll("\\s+", " ");
            return (code.isEmpty() ? "" : " " + code)
                    + (plain.isEmpty() ? "" : " «" + plain.substring(0, Math.min(plain.length(), WORDS)) + "»")
                    + (trace.isEmpty() ? "" : " (trace " + trace + ")");
        }
    }

    /**
     * @param status HTTP status; 200 for a body that is not what was asked for (a gateway's page: transient)
     * @param until when to come back, null where nothing says so
     */
    VendorException verdict(String method, int status, Told told, @Nullable Instant until) {
        String message = account + " " + method + ": HTTP " + status + told.text();
        return switch (status) {
            case 401 -> new VendorException.AuthLost(account, status, told.code(), message
                    + "; the log-in is no longer accepted: give a new refresh token or password");
            case 402 -> new VendorException.AuthLost(account, status, BOX, message
                    + "; the box has no subscription to the API, or it has run out: renew it with Kontur");
            case 403 -> new VendorException.AuthLost(account, status, BOX, message
                    + "; the user has no access to the box, or not to all of its documents: let its administrator give"
                    + " the right «все документы»");
            case 400, 404, 405, 415 -> new VendorException.Refused(account, status, told.code(), message);
            case 410 -> new VendorException.Refused(account, status, told.code(), message
                    + "; Kontur has removed this version of the method: update Sverka");
            default -> new VendorException.Transient(account, status, told.code(), message, until, null);
        };
    }

    /** The identity provider's answer to a log-in. @param error its word for it, such as {@code invalid_grant} */
    VendorException loginVerdict(int status, String error, @Nullable Instant until) {
        String message = account + " log-in: HTTP " + status + (error.isEmpty() ? "" : " " + error);
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            return new VendorException.AuthLost(account, status, error, message + (error.equals(INVALID_GRANT)
                    ? "; the refresh token is dead: let a person consent anew and set the new one"
                    : "; check client-id and client-secret, or api-client-id, login and password"));
        }
        return new VendorException.Transient(account, status, error, message, until, null);
    }
}
