package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the operation's money falls on the payments it names, exact to the kopeck.
 *
 * @param surplus what stays free
 * @param evidence a sentence in Russian
 * @param why what speaks against it; null where nothing does
 */
record Shares(List<Part> parts, long surplus, String evidence, @Nullable String why) {

    private static Shares not(String why) {
        return new Shares(List.of(), 0, "", why);
    }

    private static Shares of(Payment payment, long amount, long surplus, String evidence) {
        return new Shares(List.of(new Part(payment.id(), amount)), surplus, evidence, null);
    }

    /** @param byNumber whether invoices were named by their numbers, in full */
    static Shares of(Case facts, Purpose purpose, Pointed pointed, boolean byNumber) {
        long amount = facts.operation().amount();
        List<Payment> payments = pointed.payments();
        boolean stray = purpose.sums().stream().anyMatch(sum -> sum != amount
                && !(payments.size() == 1 && sum == payments.get(0).amount()));
        if (stray) {
            return not("в назначении названа другая сумма");
        }
        if (purpose.hasSeveralPercents()) {
            return not("в назначении несколько процентов");
        }
        return payments.size() == 1 ? single(facts, purpose, pointed, byNumber) : several(facts, purpose, pointed);
    }

    private static Shares several(Case facts, Purpose purpose, Pointed pointed) {
        long amount = facts.operation().amount();
        if (purpose.percent().isPresent()) {
            return not("процент назван, а счетов несколько");
        }
        // «Сумма 45 000.00» behind the last of them is the whole, not its share
        List<Long> said = pointed.sums().values().stream().filter(one -> one != null && one != amount).toList();
        if (said.size() == pointed.sums().size()) {
            long all = said.stream().mapToLong(Long::longValue).sum();
            boolean fits = pointed.sums().entrySet().stream()
                    .allMatch(one -> one.getValue() > 0 && one.getValue() <= one.getKey().open());
            return all == amount && fits ? new Shares(pointed.sums().entrySet().stream()
                    .map(one -> new Part(one.getKey().id(), one.getValue())).toList(), 0,
                    "суммы по каждому счёту названы и вместе равны операции", null)
                    : not("названные суммы не складываются в сумму операции или больше остатков");
        }
        long open = pointed.payments().stream().mapToLong(Payment::open).sum();
        if (!said.isEmpty()) {
            return not("суммы названы не для каждого счёта");
        }
        return open == amount ? new Shares(pointed.payments().stream()
                .map(one -> new Part(one.id(), one.open())).toList(), 0,
                "остатки по названным счетам вместе равны сумме", null)
                : not("остатки по названным счетам не равны сумме операции");
    }

    private static Shares single(Case facts, Purpose purpose, Pointed pointed, boolean byNumber) {
        long amount = facts.operation().amount();
        Map.Entry<Payment, @Nullable Long> only = pointed.sums().entrySet().iterator().next();
        Payment payment = only.getKey();
        if (only.getValue() != null && only.getValue() != amount && only.getValue() != payment.amount()) {
            return not("сумма, названная для счёта, другая");
        }
        String wrong = contradiction(amount, purpose, payment);
        if (wrong != null) {
            return not(wrong);
        }
        if (amount == payment.open()) {
            return of(payment, amount, 0, "сумма равна остатку по счёту");
        }
        if (amount < payment.open()) {
            return of(payment, amount, 0, "сумма меньше остатка: часть оплаты");
        }
        long surplus = amount - payment.open();
        boolean clear = byNumber && !pointed.strict() && !purpose.saysShare() && purpose.percent().isEmpty();
        boolean another = facts.indexed().open().stream().filter(one -> one.id() != payment.id())
                .filter(one -> Eligible.isOpen(one, facts))
                .anyMatch(one -> one.open() == surplus || one.open() == amount);
        return !clear || another ? not("пришло больше, чем осталось оплатить по счёту")
                : of(payment, payment.open(), surplus, "сумма больше остатка на " + money(surplus)
                        + ": излишек остаётся свободным");
    }

    /** Where words about the sum do not agree with it. */
    private static @Nullable String contradiction(long amount, Purpose purpose, Payment payment) {
        BigDecimal percent = purpose.percent().orElse(null);
        boolean whole = amount == payment.amount();
        Stage stage = payment.papers().stage();
        if (stage == Stage.FINAL && purpose.saysAdvance() || stage == Stage.PREPAYMENT && purpose.saysFinal()) {
            return "назван другой этап оплаты, чем у платежа";
        }
        if (percent != null) {
            long share = BigDecimal.valueOf(payment.amount()).multiply(percent)
                    .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP).longValueExact();
            BigDecimal ofDeal = payment.papers().percent();
            boolean isShare = Math.abs(share - amount) <= 1;
            boolean isDeals = ofDeal != null && ofDeal.compareTo(percent) == 0 && amount == payment.open();
            return isShare || isDeals ? null : "сумма не равна названным " + percent.toPlainString() + " %";
        }
        if (purpose.saysRest() && amount != payment.open()) {
            return "назван остаток, а сумма ему не равна";
        }
        return whole && purpose.saysShare() && stage == null
                ? "названа часть, а сумма равна всему счёту" : null;
    }

    private static String money(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
