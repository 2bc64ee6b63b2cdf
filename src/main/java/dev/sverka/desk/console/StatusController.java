package dev.sverka.desk.console;

import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Counts;
import dev.sverka.core.state.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/status}: how much work there is, how the accounts fare, and which edits were not taken.
 */
@RestController
class StatusController {

    private final Standing standing;
    private final BusinessTime time;

    StatusController(Standing standing, BusinessTime time) {
        this.standing = standing;
        this.time = time;
    }

    record Status(long queued, long working, long waiting, long dead, Map<String, Account> accounts,
            List<Problem> refused) {
    }

    record Account(String state, @Nullable String since, @Nullable String lastSuccess) {
    }

    @GetMapping("/api/status")
    Status status() {
        Standing.Now now = standing.now();
        Map<String, Account> byName = new LinkedHashMap<>();
        for (AccountState account : now.accounts()) {
            byName.put(account.name(), new Account(account.state(), time.iso(account.since()),
                    time.iso(account.lastSuccess())));
        }
        Counts counts = now.counts();
        return new Status(counts.queued(), counts.working(), counts.waiting(), counts.dead(), byName, now.refused());
    }
}
