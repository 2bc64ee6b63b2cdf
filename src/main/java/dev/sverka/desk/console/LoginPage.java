package dev.sverka.desk.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page where people sign in; it says why they are here when they did not come by themselves. */
@Controller
class LoginPage {

    private static final List<String> REASONS = List.of("wrong", "locked", "expired", "out");

    @GetMapping("/login")
    String login(HttpServletRequest request, Model model, @Nullable Authentication person) {
        if (person != null) {
            return "redirect:/";
        }
        REASONS.stream().filter(reason -> request.getParameter(reason) != null).findFirst()
                .ifPresent(reason -> model.addAttribute("reason", reason));
        return "login";
    }
}
