package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.records.bank.BankOperation.Direction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an operation can pay a payment at all, whatever its text says. */
final class Eligible {

    private static final int EQUAL_TRANSFER_DAYS = 10;

    private Eligible() {
    }

    static boolean isOpen(Payment payment, Case facts) {
        return isOurs(payment, facts) && against(payment, facts, null) == 0;
    }

    /** Whether the payment goes the operation's way, for the company whose account it is. */
    static boolean isOurs(Payment payment, Case facts) {
        return isSameWay(payment, facts.operation())
                && (payment.ourInn() == null || payment.ourInn().equals(facts.ownInn()));
    }

    private static boolean isSameWay(Payment payment, Operation operation) {
        return payment.incoming() == (operation.direction() == Direction.INCOMING);
    }

    /** Sentences against this payment, gravest first; empty when nothing contradicts. */
    static List<String> against(Payment payment, Case facts) {
        List<String> against = new ArrayList<>();
        against(payment, facts, against);
        return against;
    }

    /** How many sentences there are, most of which nobody reads. @param told what they are added to, where somebody does */
    static int against(Payment payment, Case facts, @Nullable List<String> told) {
        Operation operation = facts.operation();
        int against = 0;
        if (!isSameWay(payment, operation)) {
            against += add(told, "направление денег другое, чем у платежа");
        }
        if (!payment.currency().equals(operation.currency())) {
            against += add(told, "валюта операции " + operation.currency() + ", а платежа " + payment.currency());
        }
        if (payment.ourInn() != null && !payment.ourInn().equals(facts.ownInn())) {
            against += add(told, "счёт выставлен от другой нашей компании");
        }
        if (payment.cancelled()) {
            against += add(told, "платёж отменён");
        } else if (payment.open() <= 0) {
            against += add(told, "счёт уже оплачен полностью");
        }
        if (payment.held() != null) {
            against += add(told, "платёж ведёт человек: " + payment.held());
        }
        if (payment.invoiceDate() != null && payment.invoiceDate().isAfter(operation.bookedOn())) {
            against += add(told, "счёт выставлен позже операции");
        }
        return against;
    }

    private static int add(@Nullable List<String> told, String sentence) {
        if (told != null) {
            told.add(sentence);
        }
        return 1;
    }

    /** Whether an earlier transfer for this payment may be this operation told again. */
    static boolean isRepeated(Payment payment, Case facts) {
        return facts.earlier().stream().anyMatch(earlier -> earlier.payment() == payment.id()
                && isEqual(earlier, facts.operation()));
    }

    /** Whether this payer has sent the same sum with the same text lately, for whatever payment. */
    static boolean isRepeated(Case facts) {
        return facts.earlier().stream().anyMatch(earlier -> isEqual(earlier, facts.operation()));
    }

    /**
     * Banks change ids overnight and texts later (tbank.md section 6), so the same sum on neighbouring days is asked
     * about whatever its text says.
     */
    private static boolean isEqual(Earlier earlier, Operation operation) {
        if (earlier.amount() != operation.amount()) {
            return false;
        }
        long days = Math.abs(earlier.bookedOn().toEpochDay() - operation.bookedOn().toEpochDay());
        return days <= 1 || days <= EQUAL_TRANSFER_DAYS
                && Purpose.folded(earlier.purpose()).equals(Purpose.folded(operation.purpose()));
    }
}
