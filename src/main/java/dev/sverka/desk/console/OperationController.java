package dev.sverka.desk.console;

import dev.sverka.flows.payments.OperationList;
import dev.sverka.flows.payments.Payments;
import dev.sverka.flows.payments.Reviews;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/operations}: bank operations with what they pay, and taking a decision back. */
@RestController
class OperationController {

    private final OperationList operations;
    private final Reviews reviews;
    private final Payments payments;

    OperationController(OperationList operations, Reviews reviews, Payments payments) {
        this.operations = operations;
        this.reviews = reviews;
        this.payments = payments;
    }

    @GetMapping("/api/operations")
    List<OperationList.Shown> list(@RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String box, @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "100") int limit) {
        if (box != null && !box.isEmpty() && !OperationPage.BOXES.contains(box)) {
            throw new ApiRefusal(HttpStatus.BAD_REQUEST, "no operation is ever in that box; ask for one of "
                    + String.join(", ", OperationPage.BOXES));
        }
        return operations.find(new OperationList.Wanted(account, from, to, box, q), Math.max(1, Math.min(limit, 10_000)));
    }

    /** @return which operation is open again */
    @PostMapping("/api/operations/{id}/reopen")
    Map<String, Object> reopen(@PathVariable long id, Principal person) {
        if (!reviews.reopen(id, person.getName())) {
            throw new ApiRefusal(HttpStatus.NOT_FOUND, "there is no operation " + id + "; see /api/operations");
        }
        return Map.of("id", id);
    }

    /** @return how many payments are compared with the portal */
    @PostMapping("/api/payments/compare")
    Map<String, Object> compare() {
        return Map.of("payments", payments.compareAll());
    }
}
