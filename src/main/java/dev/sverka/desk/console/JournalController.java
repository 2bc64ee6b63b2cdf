package dev.sverka.desk.console;

import dev.sverka.core.journal.EntryView;
import dev.sverka.core.journal.Journal;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/journal}: the work that needs a person, and what a person can do about it. */
@RestController
@RequestMapping("/api/journal")
class JournalController {

    private static final Set<String> STATES = Set.of("queued", "working", "waiting", "dead", "done", "dismissed");
    private static final int MOST = 1000;

    private final Journal journal;
    private final BusinessTime time;

    JournalController(Journal journal, BusinessTime time) {
        this.journal = journal;
        this.time = time;
    }

    record Entry(long id, String flow, String key, String state, int attempts, @Nullable String cause,
            @Nullable String message, @Nullable String acceptedAt, @Nullable String dueAt) {
    }

    /** What was done about which entry. */
    record Done(long id) {
    }

    @GetMapping
    List<Entry> list(@RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "100") int limit) {
        if (state != null && !STATES.contains(state)) {
            throw new ApiRefusal(HttpStatus.BAD_REQUEST, "no entry is ever in that state; ask for one of "
                    + String.join(", ", STATES.stream().sorted().toList()));
        }
        if (limit < 1 || limit > MOST) {
            throw new ApiRefusal(HttpStatus.BAD_REQUEST, "limit must be from 1 to " + MOST);
        }
        return journal.list(state, limit).stream().map(this::shown).toList();
    }

    @PostMapping("/{id}/replay")
    Done replay(@PathVariable long id, Principal person) {
        return done(id, journal.replay(id, person.getName()));
    }

    @PostMapping("/{id}/dismiss")
    Done dismiss(@PathVariable long id, Principal person) {
        return done(id, journal.dismiss(id, person.getName()));
    }

    private static Done done(long id, boolean done) {
        if (!done) {
            throw new ApiRefusal(HttpStatus.CONFLICT, "entry " + id + " is not there or no longer waits for a person; "
                    + "read /api/journal?state=dead again");
        }
        return new Done(id);
    }

    private Entry shown(EntryView entry) {
        return new Entry(entry.id(), entry.flow(), entry.key(), entry.state(), entry.attempts(), entry.cause(),
                entry.message(), time.iso(entry.acceptedAt()), time.iso(entry.dueAt()));
    }
}
