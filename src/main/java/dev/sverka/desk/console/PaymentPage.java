package dev.sverka.desk.console;

import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.flows.payments.OperationStory;
import dev.sverka.flows.payments.PaymentSearch;
import dev.sverka.flows.payments.Payments;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a payment: the money on it, each value that was written with its causes, and giving it back. */
@Controller
class PaymentPage {

    private final PaymentSearch search;
    private final OperationStory story;
    private final Payments payments;
    private final Audit audit;
    private final JsonMapper json;

    PaymentPage(PaymentSearch search, OperationStory story, Payments payments, Audit audit, JsonMapper json) {
        this.search = search;
        this.story = story;
        this.payments = payments;
        this.audit = audit;
        this.json = json;
    }

    /** A value that was written. @param intent the call that wrote it */
    record Write(Instant at, String field, @Nullable String from, @Nullable String to, List<Reason> because,
            @Nullable Long intent) {
    }

    record Reason(String rule, String evidence, String source) {
    }

    @GetMapping("/payments/{id}")
    String show(@PathVariable long id, Model model, Authentication person) {
        model.addAttribute("payment", search.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        model.addAttribute("given", story.ofPayment(id));
        model.addAttribute("writes", audit.of("payment", Long.toString(id)).stream().map(this::write).toList());
        model.addAttribute("mayAct", Role.mayAct(person));
        return "payment";
    }

    @PostMapping("/payments/{id}/release")
    String release(@PathVariable long id, Principal person, RedirectAttributes told) {
        told.addFlashAttribute("told", payments.release(id, person.getName()) ? "payment.released" : "payment.not-held");
        return "redirect:/payments/" + id;
    }

    private Write write(AuditRow row) {
        List<Reason> because = new ArrayList<>();
        JsonNode causes = json.readTree(row.because());
        causes.forEach(one -> because.add(new Reason(one.path("rule").asString(""), one.path("evidence").asString(""),
                one.path("source").asString(""))));
        return new Write(row.at(), row.field(), row.from(), row.to(), because, row.intent());
    }
}
