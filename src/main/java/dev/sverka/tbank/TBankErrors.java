package dev.sverka.tbank;

import dev.sverka.http.VendorException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Verdicts on this bank's errors (tbank.md section 8). Only reads are made, so nothing is ever unclear. */
final class TBankErrors {

    private final String account;

    TBankErrors(String account) {
        this.account = account;
    }

    /**
     * @param status HTTP status; 200 for a body that is no JSON (a gateway's page: transient)
     * @param code the {@code errorCode}, empty where there is none
     * @param errorId what the bank's support asks for
     * @param until from {@code Retry-After}, null where absent
     */
    VendorException verdict(String method, int status, String code, String errorId, @Nullable Instant until) {
        String message = account + " " + method + ": HTTP " + status + (code.isEmpty() ? "" : " " + code)
                + (errorId.isEmpty() ? "" : " (errorId " + errorId + ")");
        return switch (status) {
            case 401 -> new VendorException.AuthLost(account, status, code,
                    message + "; the token is no longer valid: issue a new one in T-Bank Business");
            case 403 -> new VendorException.AuthLost(account, status, code, message
                    + "; the token lacks a scope, or this machine's address is not among those allowed for it");
            case 429 -> new VendorException.Transient(account, status, code, message, until, null);
            case 400, 404, 405, 422 -> new VendorException.Refused(account, status, code, message);
            default -> new VendorException.Transient(account, status, code, message, until, null);
        };
    }
}
