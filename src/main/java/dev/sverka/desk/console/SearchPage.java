package dev.sverka.desk.console;

import dev.sverka.flows.payments.CompanySearch;
import dev.sverka.flows.payments.OperationPages;
import dev.sverka.flows.payments.PaymentSearch;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The page {@code /search}: operations, payments and companies by what stands on paper. */
@Controller
class SearchPage {

    private static final int SHOWN = 20;

    private final OperationPages operations;
    private final PaymentSearch payments;
    private final CompanySearch companies;

    SearchPage(OperationPages operations, PaymentSearch payments, CompanySearch companies) {
        this.operations = operations;
        this.payments = payments;
        this.companies = companies;
    }

    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        boolean asked = q.strip().length() > 1;
        model.addAttribute("q", q);
        model.addAttribute("asked", asked);
        model.addAttribute("operations", asked ? operations.list(
                new OperationPages.Wanted(null, null, null, null, q), 0, SHOWN) : List.of());
        model.addAttribute("payments", asked ? payments.find(q, null, SHOWN) : List.of());
        model.addAttribute("companies", asked ? companies.find(q, SHOWN) : List.of());
        return part ? "search :: results" : "search";
    }
}
