package dev.sverka.desk.console;

import dev.sverka.flows.calendar.Calendars;
import dev.sverka.flows.payments.Reviews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what went wrong in {@code /api} into a status and one sentence; a stack stays in the log. */
@RestControllerAdvice(assignableTypes = {StatusController.class, JournalController.class, ReviewController.class,
        ItemController.class, BackupController.class, OperationController.class, CalendarController.class,
        ProofController.class, ForecastController.class, LimitsController.class})
class ApiErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ResponseEntity<ApiError> refused(ApiRefusal cause) {
        return answer(cause.status(), cause.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ApiError> conflict(Reviews.Conflict cause) {
        return answer(HttpStatus.CONFLICT, cause.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ApiError> invalid(Reviews.Invalid cause) {
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, cause.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ApiError> invalid(Calendars.Invalid cause) {
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, cause.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ApiError> unreadable(HttpMessageNotReadableException cause) {
        return answer(HttpStatus.BAD_REQUEST, "the body is not the JSON that is expected here");
    }

    @ExceptionHandler
    ResponseEntity<ApiError> mistyped(MethodArgumentTypeMismatchException cause) {
        return answer(HttpStatus.BAD_REQUEST, "'" + cause.getName() + "' cannot be read: a whole number, or a day as 2026-11-30");
    }

    @ExceptionHandler
    ResponseEntity<ApiError> missing(MissingServletRequestParameterException cause) {
        return answer(HttpStatus.BAD_REQUEST, "'" + cause.getParameterName() + "' is missing");
    }

    @ExceptionHandler
    ResponseEntity<ApiError> other(Exception cause) {
        if (cause instanceof ErrorResponse known) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return answer(status, status.getReasonPhrase());
        }
        LOG.error("A request over /api failed", cause);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong inside; the daemon's log says what");
    }

    private static ResponseEntity<ApiError> answer(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).body(new ApiError(sentence));
    }
}
