package dev.sverka.core.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's call that failed, with the one verdict its room gave it. The message is written for the person who has to
 * act; it never holds a token, an address with a secret, or a body.
 */
public abstract sealed class VendorException extends RuntimeException {

    private final String account;
    private final int status;
    private final String code;

    private VendorException(String account, int status, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.account = account;
        this.status = status;
        this.code = code;
    }

    /** The account at the vendor, such as {@code bitrix24.main}. */
    public String account() {
        return account;
    }

    /** The HTTP status, 0 where no answer came. */
    public int status() {
        return status;
    }

    /** The vendor's own error code, empty where it gave none. */
    public String code() {
        return code;
    }

    /** The same call may succeed later by itself. With {@code until} the whole account waits and no attempt counts. */
    public static final class Transient extends VendorException {
        private final @Nullable Instant until;

        public Transient(String account, int status, String code, String message, @Nullable Instant until,
                @Nullable Throwable cause) {
            super(account, status, code, message, cause);
            this.until = until;
        }

        /** When the vendor takes calls again, where it says so. */
        public @Nullable Instant until() {
            return until;
        }
    }

    /** The vendor refuses this data or this right: only a person can mend it. */
    public static final class Refused extends VendorException {
        public Refused(String account, int status, String code, String message) {
            super(account, status, code, message, null);
        }
    }

    /** The credential no longer works: every call of the account would fail alike. */
    public static final class AuthLost extends VendorException {
        public AuthLost(String account, int status, String code, String message) {
            super(account, status, code, message, null);
        }
    }

    /** A record this call needs is not there yet. */
    public static final class NotYet extends VendorException {

        private final @Nullable Duration after;

        public NotYet(String account, int status, String code, String message) {
            this(account, status, code, message, null);
        }

        /** @param after when to try again, where the vendor is not to be asked soon; null leaves that to the policy */
        public NotYet(String account, int status, String code, String message, @Nullable Duration after) {
            super(account, status, code, message, null);
            this.after = after;
        }

        public @Nullable Duration after() {
            return after;
        }
    }

    /** A write was sent and its answer was lost: it may have been carried out. */
    public static final class Unclear extends VendorException {
        public Unclear(String account, int status, String code, String message, @Nullable Throwable cause) {
            super(account, status, code, message, cause);
        }
    }
}
