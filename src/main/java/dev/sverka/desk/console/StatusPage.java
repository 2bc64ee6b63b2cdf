package dev.sverka.desk.console;

import dev.sverka.desk.alerts.AlertDesk;
import java.security.Principal;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page {@code /status}: accounts with their feeds and limits, the queue, alerts, and a trial of each channel. */
@Controller
class StatusPage {

    private final Standing standing;
    private final AccountRows rows;
    private final AlertDesk alerts;
    private final BusinessTime time;
    private final Clock clock;

    StatusPage(Standing standing, AccountRows rows, AlertDesk alerts, BusinessTime time, Clock clock) {
        this.standing = standing;
        this.rows = rows;
        this.alerts = alerts;
        this.time = time;
        this.clock = clock;
    }

    @GetMapping("/status")
    String page(Model model, Authentication person) {
        show(model);
        model.addAttribute("channels", alerts.channels());
        model.addAttribute("mayTry", Role.isOps(person));
        return "status";
    }

    /** The part that changes by itself. */
    @GetMapping("/status/live")
    String live(Model model) {
        show(model);
        return "status :: live";
    }

    private void show(Model model) {
        Standing.Now now = standing.now();
        model.addAttribute("now", time.clock(clock.instant()));
        model.addAttribute("counts", now.counts());
        model.addAttribute("refused", now.refused());
        model.addAttribute("accounts", rows.of(now.accounts()));
        model.addAttribute("alerts", alerts.open());
    }

    /** A person may be called at night by what is sent, so only those may send it who do so themselves. */
    @PostMapping("/status/channels")
    String test(@RequestParam String channel, Principal person, Authentication role, RedirectAttributes told) {
        if (!Role.isOps(role)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        if (!alerts.channels().contains(channel)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Optional<String> failure = alerts.test(channel, person.getName());
        told.addFlashAttribute("tried", channel);
        failure.ifPresent(why -> told.addFlashAttribute("failure", why));
        return "redirect:/status";
    }
}
