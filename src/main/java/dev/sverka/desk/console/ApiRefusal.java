package dev.sverka.desk.console;

import org.springframework.http.HttpStatus;

/** A request over {@code /api} that cannot be granted; its message is what the caller reads. */
final class ApiRefusal extends RuntimeException {

    private final HttpStatus status;

    ApiRefusal(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
