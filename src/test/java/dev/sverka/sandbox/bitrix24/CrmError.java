package dev.sverka.sandbox.bitrix24;

import java.util.Map;

/** An error of the portal (bitrix24.md section 2.4). */
final class CrmError extends RuntimeException {

    final int status;
    final String code;

    CrmError(int status, String code, String description) {
        super(description);
        this.status = status;
        this.code = code;
    }

    Map<String, Object> body() {
        return Map.of("error", code, "error_description", String.valueOf(getMessage()));
    }

    static CrmError noItem() {
        return new CrmError(400, "NOT_FOUND", "Элемент не найден");
    }

    static CrmError denied() {
        return new CrmError(400, "ACCESS_DENIED", "Доступ запрещен");
    }
}
