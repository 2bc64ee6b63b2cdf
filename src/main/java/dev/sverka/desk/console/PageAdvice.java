package dev.sverka.desk.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame of every page shows. */
@ControllerAdvice(basePackageClasses = PageAdvice.class)
class PageAdvice {

    /** Who signed in. */
    @ModelAttribute("person")
    @Nullable String person(HttpServletRequest request) {
        return request.getRemoteUser();
    }

    /** The page's own address, for the switch of languages; a form that was refused leads home. */
    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return request.getMethod().equals("GET") && !path.equals("/error") && !path.endsWith("/live") ? path : "/";
    }
}
