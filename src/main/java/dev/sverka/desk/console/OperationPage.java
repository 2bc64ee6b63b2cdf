package dev.sverka.desk.console;

import dev.sverka.flows.payments.OperationPages;
import dev.sverka.flows.payments.ReviewPages;
import dev.sverka.flows.payments.Reviews;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of bank operations: the ledger by account and day, and one operation's story. */
@Controller
class OperationPage {

    private final OperationPages operations;
    private final Reviews reviews;
    private final ReviewPages pages;

    OperationPage(OperationPages operations, Reviews reviews, ReviewPages pages) {
        this.operations = operations;
        this.reviews = reviews;
        this.pages = pages;
    }

    /** Takes a decision back; the question that it opens is shown. */
    @PostMapping("/operations/{id}/reopen")
    String reopen(@PathVariable long id, @ModelAttribute ReviewFilter filter, Principal person,
            RedirectAttributes told) {
        try {
            reviews.reopen(id, person.getName());
        } catch (Reviews.Conflict open) {
            told.addFlashAttribute("refusal", "operation.open");
        }
        return pages.openOn(id).map(review -> "redirect:" + filter.address("/reviews", review))
                .orElse("redirect:/operations/" + id);
    }
}
