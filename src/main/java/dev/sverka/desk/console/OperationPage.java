package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import dev.sverka.flows.payments.LearnedAccounts;
import dev.sverka.flows.payments.OperationPages;
import dev.sverka.flows.payments.OperationStory;
import dev.sverka.flows.payments.ReviewPages;
import dev.sverka.flows.payments.Reviews;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
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

/** The pages of bank operations: the ledger by account and day, and one operation's story. */
@Controller
class OperationPage {

    private static final int SHOWN = 100;
    /** What a spreadsheet holds, its heading aside. */
    private static final int EXPORTED = 1_048_575;
    private static final Pattern PLACE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)\\.(\\w+)\\.(\\d{1,18})");
    static final List<String> BOXES = List.of("allocated", "classified", "review", "ignored");

    private final OperationPages operations;
    private final OperationStory story;
    private final LearnedAccounts learned;
    private final Reviews reviews;
    private final ReviewPages pages;
    private final MessageSource words;
    private final Settings settings;
    private final Clock clock;

    OperationPage(OperationPages operations, OperationStory story, LearnedAccounts learned, Reviews reviews,
            ReviewPages pages, MessageSource words, Settings settings, Clock clock) {
        this.operations = operations;
        this.story = story;
        this.learned = learned;
        this.reviews = reviews;
        this.pages = pages;
        this.words = words;
        this.settings = settings;
        this.clock = clock;
    }

    /** How a person narrowed the ledger, as typed. */
    record Narrowed(@Nullable String account, @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to, @Nullable String box,
            @Nullable String q) {

        /** The last month where nobody said which days: years of them are not what one opens the ledger for. */
        Narrowed orLastMonth(LocalDate today) {
            boolean any = from != null || to != null || q != null && !q.isBlank();
            return any ? this : new Narrowed(account, today.minusMonths(1), null, box, q);
        }

        OperationPages.Wanted wanted() {
            return new OperationPages.Wanted(account, from, to, box, q);
        }
    }

    /** @param after the place that what is wanted follows, as {@link #place}; {@code before}: the one it stands before */
    @GetMapping("/operations")
    String list(@ModelAttribute Narrowed asked, @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String before, Model model) {
        Narrowed narrowed = asked.orLastMonth(LocalDate.now(clock.withZone(settings.zone())));
        model.addAttribute("narrowed", narrowed);
        boolean back = !before.isEmpty();
        OperationPages.Place place = place(back ? before : after);
        OperationPages.Ledger ledger = operations.ledger(narrowed.wanted(), place, !back, SHOWN + 1);
        boolean more = ledger.lines().size() > SHOWN;
        List<OperationPages.Line> shown = !more ? ledger.lines()
                : back ? ledger.lines().subList(1, SHOWN + 1) : ledger.lines().subList(0, SHOWN);
        model.addAttribute("days", LedgerDay.of(shown, ledger.totals()));
        model.addAttribute("whole", LedgerDay.whole(ledger.totals()));
        model.addAttribute("capped", !ledger.whole());
        model.addAttribute("behind", narrowed.q() != null && !narrowed.q().isBlank() && operations.isBehind());
        model.addAttribute("accounts", operations.accounts());
        model.addAttribute("boxes", BOXES);
        model.addAttribute("next", (back ? place != null : more) && !shown.isEmpty()
                ? place(shown.get(shown.size() - 1)) : null);
        model.addAttribute("previous", (back ? more : place != null) && !shown.isEmpty() ? place(shown.get(0)) : null);
        return "operations";
    }

    private static String place(OperationPages.Line line) {
        return line.day() + "." + line.account() + "." + line.id();
    }

    /** An address that somebody has cut is the first page's. */
    private static OperationPages.@Nullable Place place(String text) {
        Matcher parts = PLACE.matcher(text);
        try {
            return parts.matches() ? new OperationPages.Place(LocalDate.parse(parts.group(1)), parts.group(2),
                    Long.parseLong(parts.group(3))) : null;
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    @GetMapping("/operations.xlsx")
    void export(@ModelAttribute Narrowed narrowed, Locale locale, HttpServletResponse response) throws IOException {
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"sverka-operations.xlsx\"");
        OperationSheet.write(operations.all(narrowed.wanted(), EXPORTED), words, locale, response.getOutputStream());
    }

    @GetMapping("/operations/{id}")
    String one(@PathVariable long id, Model model, Authentication person) {
        OperationPages.Line line = operations.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("line", line);
        model.addAttribute("chapters", StoryChapter.of(story, id));
        model.addAttribute("given", story.ofOperation(id).stream().filter(one -> one.ended() == null).toList());
        model.addAttribute("lesson", learned.of(id).filter(one -> !one.customers().isEmpty()).orElse(null));
        model.addAttribute("mayAct", Role.mayAct(person));
        return "operation";
    }

    /** Where the portal's comments lead: to the question while one is open, else to the story. */
    @GetMapping("/operations/{id}/decide")
    String decide(@PathVariable long id) {
        return pages.openOn(id).map(review -> "redirect:/reviews?review=" + review).orElse("redirect:/operations/" + id);
    }

    /** Nothing follows from the payer's account any more; what has leaned on it is named. */
    @PostMapping("/operations/{id}/forget")
    String forget(@PathVariable long id, Principal person, RedirectAttributes told) {
        learned.forget(id, person.getName()).ifPresentOrElse(leaning -> told.addFlashAttribute("leaned", leaning),
                () -> told.addFlashAttribute("refusal", "account.not-learned"));
        return "redirect:/operations/" + id;
    }

    /** Takes a decision back; the question that it opens is shown. */
    @PostMapping("/operations/{id}/reopen")
    String reopen(@PathVariable long id, @ModelAttribute ReviewFilter filter,
            @RequestParam(defaultValue = "") List<Long> also, Principal person, RedirectAttributes told) {
        learned.of(id).filter(lesson -> lesson.isLearned() && !lesson.leaning().isEmpty())
                .ifPresent(lesson -> told.addFlashAttribute("leaned", lesson.leaning()));
        for (long one : Stream.concat(Stream.of(id), also.stream()).toList()) {
            try {
                reviews.reopen(one, person.getName());
            } catch (Reviews.Conflict open) {
                told.addFlashAttribute("refusal", "operation.open");
            }
        }
        Optional<Long> asked = pages.openOn(id);
        return asked.map(review -> "redirect:" + filter.address("/reviews", review)).orElse("redirect:/operations/" + id);
    }
}
