package dev.sverka.sandbox.bitrix24;

/** An error of the portal (bitrix24.md section 2.4). */
final class CrmError extends RuntimeException {

    final int status;
    final String code;

    CrmError(int status, String code, String description) {
        super(description);
        this.status = status;
        this.code = code;
    }
}
