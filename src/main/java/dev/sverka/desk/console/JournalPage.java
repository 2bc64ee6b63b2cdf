package dev.sverka.desk.console;

import dev.sverka.core.journal.EntryDecisions;
import dev.sverka.core.journal.EntryView;
import dev.sverka.core.journal.Intents;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.JournalPages;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The pages {@code /journal}: work by state and cause, what people decide about it, and the story of an entry. */
@Controller
class JournalPage {

    private static final List<String> STATES = List.of("dead", "waiting", "queued", "working", "dismissed");
    private static final int SHOWN = 50;
    private static final int LATEST = 10;
    private static final int CALLS = 100;
    /** What stands for "no cause" in an address. */
    private static final String NONE = "-";
    private static final int LONGEST_BODY = 20_000;

    private final Journal journal;
    private final JournalPages pages;
    private final EntryDecisions decisions;
    private final Intents intents;

    JournalPage(Journal journal, JournalPages pages, EntryDecisions decisions, Intents intents) {
        this.journal = journal;
        this.pages = pages;
        this.decisions = decisions;
        this.intents = intents;
    }

    /** Which work a person looks at, as it stands in the address. */
    record Place(@Nullable String state, @Nullable String flow, @Nullable String cause) {

        String shownState() {
            return state != null && STATES.contains(state) ? state : "dead";
        }

        @Nullable String storedCause() {
            return cause == null || cause.equals(NONE) ? null : cause;
        }

        boolean isGroup() {
            return flow != null && cause != null;
        }

        boolean isOf(JournalPages.Group group) {
            return group.flow().equals(flow) && String.valueOf(group.cause()).equals(String.valueOf(storedCause()));
        }

        String address() {
            UriComponentsBuilder address = UriComponentsBuilder.fromPath("/journal").queryParam("state", shownState());
            return isGroup() ? address.queryParam("flow", "{flow}").queryParam("cause", "{cause}").encode()
                    .buildAndExpand(flow, cause).toUriString() : address.toUriString();
        }
    }

    /** @param before the number of the entry that what is wanted follows; @param q a number or a key that is looked for */
    @GetMapping("/journal")
    String list(@ModelAttribute Place place, @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "") String q, Model model, Authentication person) {
        String wanted = q.strip();
        if (wanted.matches("\\d{1,18}") && pages.find(Long.parseLong(wanted)).isPresent()) {
            return "redirect:/journal/" + wanted;
        }
        List<JournalPages.Group> groups = pages.groups(place.shownState());
        Optional<JournalPages.Group> chosen = wanted.isEmpty() ? chosen(place, groups) : Optional.empty();
        List<EntryView> entries = wanted.isEmpty() ? chosen.map(one -> pages.page(one.state(), one.flow(), one.cause(),
                before, SHOWN + 1)).orElse(List.of()) : pages.ofKey(wanted, SHOWN);
        List<EntryView> shown = entries.subList(0, Math.min(SHOWN, entries.size()));
        model.addAttribute("q", wanted);
        model.addAttribute("state", place.shownState());
        model.addAttribute("states", STATES);
        model.addAttribute("groups", groups);
        model.addAttribute("chosen", chosen.orElse(null));
        model.addAttribute("entries", shown);
        model.addAttribute("next", entries.size() > SHOWN ? shown.get(SHOWN - 1).id() : null);
        model.addAttribute("latest", decisions.latest(LATEST).stream().filter(one -> one.doneAt() != null
                || one.undoneAt() != null).toList());
        show(model, person);
        return "journal";
    }

    /** One that is asked for, or the only one there is. */
    private static Optional<JournalPages.Group> chosen(Place place, List<JournalPages.Group> groups) {
        return place.isGroup() ? groups.stream().filter(place::isOf).findFirst()
                : groups.size() == 1 ? Optional.of(groups.get(0)) : Optional.empty();
    }

    /** Decisions that can still be taken back: the part that changes by itself. */
    @GetMapping("/journal/live")
    String live(Model model, Authentication person) {
        show(model, person);
        return "journal :: live";
    }

    private void show(Model model, Authentication person) {
        model.addAttribute("open", decisions.open());
        model.addAttribute("mayAct", Role.mayAct(person));
    }

    @GetMapping("/journal/{id}")
    String one(@PathVariable long id, Model model, Authentication person) {
        JournalPages.Whole whole = pages.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("whole", whole);
        model.addAttribute("entry", whole.entry());
        model.addAttribute("payload", cut(whole.payload()));
        model.addAttribute("history", journal.history(id));
        model.addAttribute("decisions", decisions.of(id));
        model.addAttribute("calls", intents.of(id, CALLS).stream().map(call -> new Call(call.target(), call.item(),
                call.marker(), cut(call.content()), call.answer() == null ? null : cut(call.answer()),
                call.openedAt())).toList());
        show(model, person);
        return "entry";
    }

    record Call(String target, String item, String marker, String content, @Nullable String answer,
            Instant at) {
    }

    private static String cut(String body) {
        return body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY) + "…";
    }

    /** @param entry which is decided on; without it all of the group that the place names */
    @PostMapping("/journal/decisions")
    String decide(@RequestParam EntryDecisions.What what, @RequestParam(required = false) @Nullable Long entry,
            @ModelAttribute Place place, Principal person, RedirectAttributes told) {
        Optional<Long> decided = entry != null ? decisions.decide(what, entry, person.getName())
                : place.flow() == null ? Optional.empty() : decisions.decideAll(what, place.shownState(), place.flow(),
                        place.storedCause(), person.getName());
        if (decided.isEmpty()) {
            told.addFlashAttribute("refusal", "decision.gone");
        }
        return "redirect:" + (place.isGroup() ? place.address() : entry != null ? "/journal/" + entry : place.address());
    }

    @PostMapping("/journal/decisions/{id}/undo")
    String undo(@PathVariable long id, @ModelAttribute Place place, Principal person, RedirectAttributes told) {
        boolean undone = decisions.undo(id, person.getName());
        told.addFlashAttribute(undone ? "told" : "refusal", undone ? "decision.undone" : "decision.late");
        return "redirect:" + place.address();
    }

    @PostMapping("/journal/decisions/{id}/now")
    String hurry(@PathVariable long id, @ModelAttribute Place place, RedirectAttributes told) {
        if (!decisions.hurry(id)) {
            told.addFlashAttribute("refusal", "decision.late");
        }
        return "redirect:" + place.address();
    }
}
