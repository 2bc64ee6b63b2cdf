package dev.sverka.desk.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;

/** A form sent after its session ended leads to the login page; anything else that is not allowed is a 403 page. */
final class PageDenials implements AccessDeniedHandler {

    private final AccessDeniedHandlerImpl page = new AccessDeniedHandlerImpl();
    private final DefaultRedirectStrategy redirect = new DefaultRedirectStrategy();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException, ServletException {
        // the context rather than the request: the CSRF filter comes before the one that tells the request its user
        if (cause instanceof CsrfException && SecurityContextHolder.getContext().getAuthentication() == null) {
            redirect.sendRedirect(request, response, "/login?expired");
        } else {
            page.handle(request, response, cause);
        }
    }
}
