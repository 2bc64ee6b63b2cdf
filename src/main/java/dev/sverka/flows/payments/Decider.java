package dev.sverka.flows.payments;

import dev.sverka.flows.matching.BankRules.Ruling;
import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Review;
import dev.sverka.flows.payments.Decision.Because;
import dev.sverka.flows.payments.Decision.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the machine decides of an operation, from what is known of it: pure, so that the same facts give the same decision.
 * It never moves money that it has once given away: that is a person's.
 */
final class Decider {

    private Decider() {
    }

    /** Why an operation is looked at. */
    enum Cause {
        /** New, or undecided and told of something that may decide it. */
        NEWS,
        /** The bank edited it. */
        EDITED,
        /** The bank shows it no longer. */
        WITHDRAWN,
        /** It is an earlier one under another id. */
        DOUBLE,
        /** The bank shows it again. */
        SHOWN_AGAIN
    }

    /**
     * An operation with all that a decision looks at.
     *
     * @param shares what of it is given away now
     * @param before what the machine had given of it when the bank took it back last; empty where it never did
     * @param automatic whether decisions are carried out without a person
     * @param history whether it is older than the first start, so that people may have counted its money
     */
    record Situation(StoredOperation operation, List<Part> shares, List<Part> before, Facts.Seen seen,
            boolean automatic, boolean history) {
    }

    static Decision decide(Cause cause, Situation now) {
        return switch (cause) {
            case WITHDRAWN -> gone(now, "банк отозвал операцию: в выписке её больше нет");
            case DOUBLE -> gone(now, "это прежняя операция, у банка сменился её номер");
            case EDITED -> edited(now);
            case NEWS -> now.shares().isEmpty() && now.operation().byPerson() == null ? undecided(now)
                    : asked(now, "ждёт решения");
            case SHOWN_AGAIN -> now.operation().byPerson() == null && now.shares().isEmpty() ? undecided(now)
                    : asked(now, "банк отозвал операцию и снова показал её");
        };
    }

    /** The bank is believed; but what a person decided is asked about first. */
    private static Decision gone(Situation now, String why) {
        StoredOperation operation = now.operation();
        if (operation.byPerson() != null && !now.shares().isEmpty()) {
            return asked(now, why);
        }
        return new Decision(operation, Because.machine("bank-withdrew", "1", why), List.of(), "ignored", why,
                operation.onlyPerson(), Map.of(), null);
    }

    /** An edit takes the money back unless it says the same again. */
    private static Decision edited(Situation now) {
        if (now.operation().byPerson() != null) {
            return asked(now, "банк изменил операцию после решения человека");
        }
        if (now.shares().isEmpty()) {
            return undecided(now);
        }
        if (now.seen().verdict().classified() == null && now.seen().doubt() == null
                && now.seen().verdict().decision() instanceof Assign assign && isSame(assign.parts(), now.shares())) {
            return settled(now, assign, now.operation().onlyPerson());
        }
        String why = "банк изменил операцию: прежнее распределение снято";
        return new Decision(now.operation(), Because.machine("bank-edited", "1", why), List.of(), "review", why, true,
                Map.of(), question("operation", now));
    }

    private static Decision undecided(Situation now) {
        Ruling ruling = now.seen().verdict().classified();
        if (ruling != null) {
            String why = ruling.kind() + ": " + ruling.why() + " (правило «" + ruling.ruleName()
                    + "» в mappings/bank-rules.yaml)";
            return new Decision(now.operation(), Because.machine(ruling.ruleName(), ruling.version(), why), List.of(),
                    "classified", why, now.operation().onlyPerson(), Map.of(), null);
        }
        if (!(now.seen().verdict().decision() instanceof Assign assign)) {
            Review review = (Review) now.seen().verdict().decision();
            return review(now, "operation", review.rule(), keptWhy(now, review.why()));
        }
        if (now.seen().doubt() != null) {
            return review(now, "operation", "doubt", now.seen().doubt());
        }
        boolean again = !now.before().isEmpty() && isSame(assign.parts(), now.before());
        if ((now.operation().onlyPerson() || !now.before().isEmpty()) && !again) {
            return review(now, "operation", "moved-once", keptWhy(now,
                    "деньги уже снимались с платежа: куда их отнести, решает человек"));
        }
        String evidence = String.join("; ", assign.evidence());
        if (now.history() && !again) {
            return review(now, "history", assign.rule(), "операция старше первого запуска, её могли учесть вручную; "
                    + "предложение: " + evidence);
        }
        return now.automatic() ? settled(now, assign, false)
                : review(now, "proposal", assign.rule(), "предложение: " + evidence);
    }

    /** While a person is to say where the money goes, why it was taken back stays what people read. */
    private static String keptWhy(Situation now, String why) {
        String shown = now.operation().explanation();
        return now.operation().onlyPerson() && shown != null && now.operation().box().equals("review") ? shown : why;
    }

    private static boolean isSame(List<Part> one, List<Part> other) {
        Set<Part> set = new HashSet<>(one);
        return set.equals(new HashSet<>(other));
    }

    /** Its shares stand. A surplus stays free, is shown and asks. */
    private static Decision settled(Situation now, Assign assign, boolean onlyPerson) {
        String evidence = String.join("; ", assign.evidence());
        String currency = now.operation().currency();
        String shown = evidence + (assign.surplus() == 0 ? "" : "; свободный остаток "
                + Comments.money(assign.surplus(), currency)) + (assign.fee() == 0 ? "" : "; комиссия банка "
                + Comments.money(assign.fee(), currency));
        return new Decision(now.operation(), Because.machine(assign.rule(), "1", evidence), assign.parts(), "allocated",
                shown, onlyPerson, Map.of(), assign.surplus() == 0 ? null : Question.rest(), assign.fee());
    }

    /** All stays as it is until a person has answered. */
    private static Decision asked(Situation now, String why) {
        StoredOperation operation = now.operation();
        boolean free = now.shares().isEmpty() && operation.byPerson() == null;
        return new Decision(operation, Because.machine(Because.ASKED, "1", why), now.shares(),
                free ? "review" : operation.box(), why, operation.onlyPerson(), Map.of(), question("operation", now));
    }

    private static Decision review(Situation now, String kind, String rule, String why) {
        return new Decision(now.operation(), Because.machine(rule, "1", why), List.of(), "review", why,
                now.operation().onlyPerson(), Map.of(), question(kind, now));
    }

    private static Question question(String kind, Situation now) {
        List<Candidate> candidates = new ArrayList<>();
        List<Part> proposed = List.of();
        if (now.seen().verdict().decision() instanceof Assign assign) {
            proposed = kind.equals("operation") ? List.of() : assign.parts();
            candidates.addAll(now.seen().named(assign));
        } else if (now.seen().verdict().decision() instanceof Review review) {
            candidates.addAll(review.candidates());
        }
        Set<Long> shown = new HashSet<>(candidates.stream().map(Candidate::payment).toList());
        now.seen().marked().stream().filter(one -> shown.add(one.payment())).forEach(candidates::add);
        return new Question(kind, candidates, proposed, now.seen().verdict().decision().read(), false);
    }}
