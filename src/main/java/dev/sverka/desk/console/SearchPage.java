package dev.sverka.desk.console;

import dev.sverka.core.journal.Intents;
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
    private static final String MARKER = "sverka:";

    private final OperationPages operations;
    private final PaymentSearch payments;
    private final CompanySearch companies;
    private final Intents intents;

    SearchPage(OperationPages operations, PaymentSearch payments, CompanySearch companies, Intents intents) {
        this.operations = operations;
        this.payments = payments;
        this.companies = companies;
        this.intents = intents;
    }

    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        boolean marker = q.strip().startsWith(MARKER);
        boolean asked = q.strip().length() > 1 && !marker;
        model.addAttribute("q", q);
        model.addAttribute("asked", asked || marker);
        model.addAttribute("operations", asked ? operations.search(q, SHOWN) : List.of());
        model.addAttribute("behind", asked && operations.isBehind());
        model.addAttribute("payments", asked ? payments.find(q, null, SHOWN) : List.of());
        model.addAttribute("marked", marker ? marked(q.strip()) : List.of());
        model.addAttribute("companies", asked ? companies.find(q, SHOWN) : List.of());
        return part ? "search :: results" : "search";
    }

    /** Items that were written to under a marker, such as the last line of a comment on the portal. */
    private List<Item> marked(String marker) {
        return intents.under(marker).stream().map(one -> one.item().split(" ", 2)).filter(item -> item.length == 2)
                .map(item -> new Item(item[0], item[1])).distinct().toList();
    }

    record Item(String entity, String id) {
    }
}
