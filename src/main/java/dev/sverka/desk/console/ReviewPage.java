package dev.sverka.desk.console;

import dev.sverka.flows.payments.AlikeReviews;
import dev.sverka.flows.payments.LearnedAccounts;
import dev.sverka.flows.payments.ReviewPages;
import dev.sverka.flows.payments.Reviews;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page {@code /reviews}: what waits for a person, one question beside the list, and the decision. The same address
 * serves a browser without scripts as a whole page and htmx as the part that changes.
 */
@Controller
class ReviewPage {

    /** More than a person sees at once; how many there are in all stands above the list. */
    private static final int SHOWN = 60;

    private final Reviews reviews;
    private final ReviewPages pages;
    private final ReviewDetails details;
    private final AlikeReviews alike;
    private final LearnedAccounts accounts;
    private final MessageSource words;
    private final Clock clock;

    ReviewPage(Reviews reviews, ReviewPages pages, ReviewDetails details, AlikeReviews alike, LearnedAccounts accounts,
            MessageSource words, Clock clock) {
        this.reviews = reviews;
        this.pages = pages;
        this.details = details;
        this.alike = alike;
        this.accounts = accounts;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping("/reviews")
    String show(@ModelAttribute ReviewFilter filter, @RequestParam(required = false) @Nullable Long review,
            HttpServletRequest request, Authentication person, Model model) {
        List<ReviewPages.Row> rows = list(filter, review, model);
        Long shown = review != null ? review : rows.isEmpty() ? null : rows.get(0).id();
        detail(shown, Map.of(), "", model);
        return answer(request, person, model);
    }

    /** What is found of payments, for the field that looks as one types. */
    @GetMapping("/reviews/{id}/payments")
    String find(@PathVariable long id, @RequestParam(defaultValue = "") String find, Model model,
            Authentication person) {
        detail(id, Map.of(), find, model);
        mayAct(person, model);
        return "review-parts :: found";
    }

    @PostMapping("/reviews/{id}")
    String decide(@PathVariable long id, @ModelAttribute ReviewFilter filter, HttpServletRequest request,
            HttpServletResponse response, Authentication person, Model model) {
        ReviewAnswer answer = ReviewAnswer.of(request.getParameterMap());
        if (answer.isSearch()) {
            list(filter, id, model);
            detail(id, answer.typed(), answer.find(), model);
            return answer(request, person, model);
        }
        Optional<ReviewDetail> asked = details.of(id, answer.typed());
        if (asked.isEmpty()) {
            return "redirect:" + filter.address("/reviews", null);
        }
        try {
            Reviews.Said said = answer.said(asked.get());
            reviews.decide(id, said, person.getName());
            together(id, answer, said, person.getName(), model);
        } catch (ReviewAnswer.Refused refused) {
            return refused(id, filter, answer, refused.code(), refused.words(), 422, request, response, person, model);
        } catch (Reviews.Invalid invalid) {
            return refused(id, filter, answer, "review.invalid", List.of(String.valueOf(invalid.getMessage())), 422,
                    request, response, person, model);
        } catch (Reviews.Conflict stale) {
            return stale(id, filter, answer, request, response, person, model);
        }
        return next(id, filter, request, person, model);
    }

    /** The same said of others that a person has ticked; one that somebody has decided meanwhile is left alone. */
    private void together(long id, ReviewAnswer answer, Reviews.Said said, String by, Model model) {
        if (answer.also().isEmpty() || said.classify() == null && said.ignore() == null) {
            return;
        }
        List<AlikeReviews.Alike> done = new ArrayList<>();
        AlikeReviews.Alike first = alike.of(id).orElseThrow();
        done.add(first);
        for (AlikeReviews.Alike one : alike.like(first)) {
            if (answer.also().contains(one.review()) && decided(one.review(), said, by)) {
                done.add(one);
            }
        }
        model.addAttribute("alsoDecided", done.stream().skip(1).map(AlikeReviews.Alike::operation).toList());
        if (said.classify() != null) {
            RuleSuggestion.of(done, said.classify(), words.getMessage("class." + said.classify(), null,
                    LocaleContextHolder.getLocale())).ifPresent(rule -> model.addAttribute("rule", rule));
        }
    }

    private boolean decided(long review, Reviews.Said said, String by) {
        try {
            return reviews.decide(review, said.withoutVersion(), by);
        } catch (Reviews.Conflict meanwhile) {
            return false;
        }
    }

    /** The next question of the list, and what was done with this one. */
    private String next(long id, ReviewFilter filter, HttpServletRequest request, Authentication person, Model model) {
        ReviewPages.Outcome outcome = pages.outcome(id).orElseThrow();
        Long next = pages.list(filter.wanted(), id, 1).stream().findFirst().map(ReviewPages.Row::id).orElse(null);
        model.addAttribute("decided", outcome);
        if (outcome.operation() != null) {
            accounts.of(outcome.operation()).filter(LearnedAccounts.Lesson::isLearned)
                    .ifPresent(lesson -> model.addAttribute("learned", lesson));
        }
        return show(filter, next, request, person, model);
    }

    private String refused(long id, ReviewFilter filter, ReviewAnswer answer, String code, List<String> words,
            int status, HttpServletRequest request, HttpServletResponse response, Authentication person, Model model) {
        model.addAttribute("refusal", code);
        model.addAttribute("refusalWords", words.toArray());
        model.addAttribute("reason", answer.reason());
        list(filter, id, model);
        detail(id, answer.typed(), answer.find(), model);
        if (!isPart(request)) {
            response.setStatus(status);
        }
        return answer(request, person, model);
    }

    /** Somebody else was quicker, or the operation changed: that is said, and what was typed stays. */
    private String stale(long id, ReviewFilter filter, ReviewAnswer answer, HttpServletRequest request,
            HttpServletResponse response, Authentication person, Model model) {
        ReviewPages.Outcome outcome = pages.outcome(id).orElseThrow();
        boolean changed = outcome.state().equals("open");
        long now = changed || outcome.operation() == null ? id : pages.openOn(outcome.operation()).orElse(id);
        String code = changed || now != id ? "review.changed"
                : outcome.by() == null ? "review.settled" : "review.decided";
        return refused(now, filter, answer, code, outcome.by() == null ? List.of() : List.of(outcome.by()), 409,
                request, response, person, model);
    }

    private List<ReviewPages.Row> list(ReviewFilter filter, @Nullable Long review, Model model) {
        List<ReviewPages.Row> rows = pages.list(filter.wanted(), 0, SHOWN);
        if (review != null && rows.stream().noneMatch(row -> row.id() == review) && rows.size() == SHOWN) {
            rows = new ArrayList<>(pages.upTo(filter.wanted(), review, SHOWN / 3));
            rows.addAll(pages.list(filter.wanted(), review, SHOWN - rows.size()));
        }
        model.addAttribute("filter", filter);
        model.addAttribute("rows", rows);
        model.addAttribute("total", pages.count(filter.wanted()));
        model.addAttribute("counts", pages.counts());
        model.addAttribute("accounts", pages.accounts());
        model.addAttribute("now", clock.instant());
        return rows;
    }

    private void detail(@Nullable Long review, Map<Long, String> typed, String find, Model model) {
        if (review == null) {
            return;
        }
        details.of(review, typed).ifPresent(shown -> {
            model.addAttribute("shown", shown);
            model.addAttribute("outcome", pages.outcome(review).orElseThrow());
            model.addAttribute("find", find);
            model.addAttribute("foundCards", details.search(shown, find));
            model.addAttribute("classes", ReviewAnswer.CLASSES);
            model.addAttribute("lesson", shown.operation() == null ? null
                    : accounts.of(Long.parseLong(String.valueOf(shown.operation().get("id")))).orElse(null));
            model.addAttribute("alike", shown.operation() == null ? List.of()
                    : alike.of(review).map(alike::like).orElse(List.of()));
        });
    }

    private static String answer(HttpServletRequest request, Authentication person, Model model) {
        mayAct(person, model);
        return isPart(request) ? "reviews :: desk" : "reviews";
    }

    private static void mayAct(Authentication person, Model model) {
        model.addAttribute("mayAct", Role.mayAct(person));
    }

    private static boolean isPart(HttpServletRequest request) {
        return "true".equals(request.getHeader("HX-Request"));
    }
}
