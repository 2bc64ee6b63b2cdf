package dev.sverka.desk.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame of every page shows. */
@ControllerAdvice(assignableTypes = {HomePage.class, CalendarPage.class, LoginPage.class, ErrorPages.class})
class PageAdvice {

    /** Who signed in. */
    @ModelAttribute("person")
    @Nullable String person(HttpServletRequest request) {
        return request.getRemoteUser();
    }
}
