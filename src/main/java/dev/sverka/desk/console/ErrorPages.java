package dev.sverka.desk.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the container could not serve, in plain words for people and as one JSON sentence for programs. */
@Controller
class ErrorPages implements ErrorController {

    private static final String[] FOR_PROGRAMS = {"/api/", "/hooks/", "/calendar/", "/actuator/"};
    /** Statuses that have words of their own; others speak like their class. */
    private static final Set<Integer> WORDED = Set.of(403, 404, 500);

    @RequestMapping("/error")
    Object error(HttpServletRequest request, Model model) {
        HttpStatus status = status(request);
        if (isForProgram(String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)))) {
            return ResponseEntity.status(status)
                    .body(new ApiError(status.getReasonPhrase().toLowerCase(Locale.ROOT)));
        }
        model.addAttribute("status", status.value());
        model.addAttribute("words", WORDED.contains(status.value()) ? status.value()
                : status.is5xxServerError() ? 500 : 400);
        return "error-page";
    }

    private static boolean isForProgram(String path) {
        for (String prefix : FOR_PROGRAMS) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static HttpStatus status(HttpServletRequest request) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code) : HttpStatus.NOT_FOUND;
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }
}
