package dev.sverka.flows.matching;

import static dev.sverka.flows.matching.MatcherTable.DAY;
import static dev.sverka.flows.matching.MatcherTable.OWN;
import static dev.sverka.flows.matching.MatcherTable.invoice;
import static dev.sverka.flows.matching.MatcherTable.operation;
import static dev.sverka.flows.matching.MatcherTable.payment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.BankRules.Ruling;
import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Review;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule never hides a payment. */
class VerdictTest {

    private static final Ruling FEE = new Ruling("fee", "Комиссия", "правило «Комиссия»", "1", true);
    private static final Ruling REFUND = new Ruling("refund", "Возвраты", "правило «Возвраты»", "1", false);
    private static final Payment OPEN = invoice(10, "МК-10", 100_00);

    private static Case facts(String purpose, List<Payment> payments, List<Payment> cards) {
        Operation operation = operation(100_00, purpose);
        return new Case(operation, OWN, payments, List.of(), null, List.of(), cards);
    }

    private static Verdict verdict(Case facts, Ruling ruling) {
        return Verdict.of(facts, new NumberMatcher().match(facts), Optional.ofNullable(ruling));
    }

    private static void asked(Verdict verdict, String why) {
        assertThat(verdict.classified()).isNull();
        assertThat(verdict.decision()).isInstanceOf(Review.class);
        assertThat(((Review) verdict.decision()).why()).contains(why);
    }

    @Test
    void whatTheMatcherKnowsAndNoRuleClaimsIsAssigned() {
        assertThat(verdict(facts("Оплата по счету МК-10", List.of(OPEN), List.of()), null).decision())
                .isInstanceOf(Assign.class);
    }

    @Test
    void whatOnlyARuleClaimsIsClassified() {
        assertThat(verdict(facts("Комиссия", List.of(), List.of()), FEE).classified()).isEqualTo(FEE);
        Payment paid = payment(10, "МК-10", 100_00, 0, Matcher.Papers.NONE);
        assertThat(verdict(facts("Комиссия", List.of(paid), List.of()), FEE).classified()).isEqualTo(FEE);
    }

    @Test
    void whatBothClaimIsAskedWithBothReasons() {
        Verdict both = verdict(facts("Оплата по счету МК-10", List.of(OPEN), List.of()), FEE);
        asked(both, "правило «Комиссия»");
        asked(both, "назван счёт");
        assertThat(((Review) both.decision()).candidates()).extracting("payment").containsExactly(10L);
    }

    @Test
    void anOpenPaymentOfTheSameSideOrANamedInvoiceKeepsARuleFromHidingIt() {
        asked(verdict(facts("Комиссия", List.of(OPEN), List.of()), FEE), "неоплаченные платежи");
        asked(verdict(facts("Комиссия по счету 7", List.of(), List.of()), FEE), "назван счёт");
    }

    @Test
    void aRegisterOfCardOrdersIsNotHiddenWhileSuchOrdersAreOpen() {
        Ruling acquiring = new Ruling("acquiring", "Эквайринг", "правило «Эквайринг»", "1", true);
        Payment order = new Payment(20, "", true, null, DAY, 50_00, 50_00, "RUB", false, OWN, null);
        asked(verdict(facts("Эквайринг", List.of(), List.of(order)), acquiring), "заказы картой");
        assertThat(verdict(facts("Эквайринг", List.of(), List.of()), acquiring).classified()).isEqualTo(acquiring);
    }

    @Test
    void aRuleThatOnlyAsksIsAsked() {
        asked(verdict(facts("Возврат", List.of(), List.of()), REFUND), "правило «Возвраты»");
    }
}
