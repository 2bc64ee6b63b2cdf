package dev.sverka.flows.matching;

import dev.sverka.flows.matching.BankRules.Ruling;
import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Review;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an operation once matcher and bank rules have spoken. Hiding a customer's payment is as bad as
 * misplacing it: a rule never wins over a payment that is named, nor while the other side has one open.
 *
 * @param decision the matcher's; a review where both lay claim to the operation
 * @param classified the rule that stands; null where the decision does
 */
public record Verdict(Decision decision, @Nullable Ruling classified) {

    public static Verdict of(Case facts, Decision decision, Optional<Ruling> ruling) {
        if (ruling.isEmpty()) {
            return new Verdict(decision, null);
        }
        Ruling said = ruling.get();
        if (decision instanceof Assign assign) {
            boolean stronger = assign.rule().equals("card-register") || assign.rule().equals("return");
            return stronger ? new Verdict(assign, null) : asked(assign, said.why() + ", но " + String.join("; ",
                    assign.evidence()), facts);
        }
        Review review = (Review) decision;
        if (!said.certain()) {
            return asked(review, said.why(), facts);
        }
        if (!Purpose.of(facts).invoices().isEmpty()) {
            return asked(review, said.why() + ", но в назначении назван счёт", facts);
        }
        if (facts.indexed().open().stream().anyMatch(payment -> Eligible.isOpen(payment, facts))) {
            return asked(review, said.why() + ", но у этого контрагента есть неоплаченные платежи", facts);
        }
        if (said.kind().equals("acquiring") && CardRegister.mayHold(facts)) {
            return asked(review, said.why() + ", но есть неоплаченные заказы картой этих дней", facts);
        }
        return new Verdict(review, said);
    }

    private static Verdict asked(Decision decision, String why, Case facts) {
        return new Verdict(new Review(why, Candidates.of(facts, Purpose.of(facts)),
                decision.read(), "bank-rule"), null);
    }
}
