package dev.sverka.desk.console;

import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.EntryView;
import dev.sverka.core.journal.Journal;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page {@code /}: how accounts fare, what the journal holds, and what a person can do about stuck work. */
@Controller
class HomePage {

    /** More than a person reads; the counts above the table stay true. */
    private static final int SHOWN = 100;

    private final Journal journal;
    private final Standing standing;
    private final Findings findings;
    private final HomeFigures figures;
    private final FirstSteps steps;
    private final Visits visits;
    private final BusinessTime time;
    private final Clock clock;

    HomePage(Journal journal, Standing standing, Findings findings, HomeFigures figures,
            FirstSteps steps, Visits visits, BusinessTime time, Clock clock) {
        this.journal = journal;
        this.standing = standing;
        this.findings = findings;
        this.figures = figures;
        this.steps = steps;
        this.visits = visits;
        this.time = time;
        this.clock = clock;
    }

    record AccountRow(String name, String state, @Nullable String since, @Nullable String lastSuccess,
            @Nullable String until, @Nullable String message, @Nullable String turnOn) {
    }

    record EntryRow(long id, String flow, String key, String state, int attempts, @Nullable String cause,
            @Nullable String message, @Nullable String acceptedAt, @Nullable String dueAt) {
    }

    @GetMapping("/")
    String home(Model model, Authentication person) {
        visits.come(person.getName());
        show(model, person);
        return "home";
    }

    /** The part of the page that changes by itself, for the script that keeps it fresh. */
    @GetMapping("/live")
    String live(Model model, Authentication person) {
        show(model, person);
        return "home :: live";
    }

    @PostMapping("/journal/{id}/replay")
    String replay(@PathVariable long id, Principal person, RedirectAttributes told) {
        told.addFlashAttribute("told", journal.replay(id, person.getName()) ? "told.replayed" : "told.gone");
        told.addFlashAttribute("toldId", String.valueOf(id));
        return "redirect:/";
    }

    @PostMapping("/journal/{id}/dismiss")
    String dismiss(@PathVariable long id, Principal person, RedirectAttributes told) {
        told.addFlashAttribute("told", journal.dismiss(id, person.getName()) ? "told.dismissed" : "told.gone");
        told.addFlashAttribute("toldId", String.valueOf(id));
        return "redirect:/";
    }

    private void show(Model model, Authentication person) {
        Standing.Now now = standing.now();
        figures.show(model, visits.before(person.getName()));
        model.addAttribute("steps", steps.all());
        model.addAttribute("now", time.clock(clock.instant()));
        model.addAttribute("counts", now.counts());
        model.addAttribute("accounts", now.accounts().stream().map(this::row).toList());
        model.addAttribute("refused", now.refused());
        model.addAttribute("findings", findings.all());
        model.addAttribute("dead", entries("dead"));
        model.addAttribute("waiting", entries("waiting"));
        model.addAttribute("mayAct", Role.mayAct(person));
    }

    private List<EntryRow> entries(String state) {
        return journal.list(state, SHOWN).stream().map(this::row).toList();
    }

    private AccountRow row(AccountState account) {
        return new AccountRow(account.name(), account.state(), time.shown(account.since()),
                time.shown(account.lastSuccess()), time.shown(account.until()), account.message(),
                account.state().equals("off") ? HomeFigures.turnsOn(account.name()) : null);
    }

    private EntryRow row(EntryView entry) {
        return new EntryRow(entry.id(), entry.flow(), entry.key(), entry.state(), entry.attempts(), entry.cause(),
                entry.message(), time.shown(entry.acceptedAt()), time.shown(entry.dueAt()));
    }
}
