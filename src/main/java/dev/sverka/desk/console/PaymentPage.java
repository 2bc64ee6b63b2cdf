package dev.sverka.desk.console;

import dev.sverka.core.journal.Intents;
import dev.sverka.core.state.Audit;
import dev.sverka.flows.paperwork.VersionBook;
import dev.sverka.flows.payments.OperationStory;
import dev.sverka.flows.payments.PaymentSearch;
import dev.sverka.flows.payments.Payments;
import dev.sverka.flows.payments.PortalPages;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** The page of a payment: the money on it, each value that was written with its causes, and giving it back. */
@Controller
class PaymentPage {

    private final PaymentSearch search;
    private final OperationStory story;
    private final Payments payments;
    private final Audit audit;
    private final Intents intents;
    private final PortalPages pages;
    private final VersionBook versions;
    private final JsonMapper json;

    PaymentPage(PaymentSearch search, OperationStory story, Payments payments, Audit audit, Intents intents,
            PortalPages pages, VersionBook versions, JsonMapper json) {
        this.versions = versions;
        this.search = search;
        this.story = story;
        this.payments = payments;
        this.audit = audit;
        this.intents = intents;
        this.pages = pages;
        this.json = json;
    }

    @GetMapping("/payments/{id}")
    String show(@PathVariable long id, Model model, Authentication person) {
        model.addAttribute("payment", search.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        model.addAttribute("given", story.ofPayment(id));
        String item = Long.toString(id);
        model.addAttribute("writes", WriteCall.of(audit.of("payment", item), intents::find, json));
        model.addAttribute("portal", pages.of("payment", item).orElse(null));
        model.addAttribute("mayAct", Role.mayAct(person));
        return "payment";
    }

    /** What was written to any other item of the portal, such as a stage or a document. */
    @GetMapping("/items/{entity}/{id}")
    String item(@PathVariable String entity, @PathVariable String id, Model model) {
        if (entity.equals("payment") && id.matches("\\d{1,18}")) {
            return "redirect:/payments/" + id;
        }
        List<WriteCall> writes = WriteCall.of(audit.of(entity, id), intents::find, json);
        boolean versioned = id.matches("\\d{1,18}") && !versions.of(entity, Long.parseLong(id)).isEmpty();
        if (writes.isEmpty() && !versioned) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("versions", versioned ? "/versions/" + entity + "/" + id : null);
        model.addAttribute("item", entity + " " + id);
        model.addAttribute("writes", writes);
        model.addAttribute("portal", pages.of(entity, id).orElse(null));
        return "item";
    }

    @PostMapping("/payments/{id}/release")
    String release(@PathVariable long id, Principal person, RedirectAttributes told) {
        told.addFlashAttribute("told", payments.release(id, person.getName()) ? "payment.released" : "payment.not-held");
        return "redirect:/payments/" + id;
    }
}
