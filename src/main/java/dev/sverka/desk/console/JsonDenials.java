package dev.sverka.desk.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns programs away with JSON: 401 to whom we do not know, 403 to whom we know; never a redirect to a page. */
@Component
class JsonDenials implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final JsonMapper json;

    JsonDenials(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Sverka\", charset=\"UTF-8\"");
        write(response, HttpStatus.UNAUTHORIZED, cause instanceof LockedException
                ? "too many wrong passwords; try again in a minute"
                : "send a console user's name and password by HTTP basic authentication");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        write(response, HttpStatus.FORBIDDEN, "this user's role does not allow it; ask for the role ops or finance");
    }

    private void write(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), new ApiError(sentence));
    }
}
