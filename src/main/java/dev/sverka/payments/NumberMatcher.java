package dev.sverka.payments;

import dev.sverka.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first matcher: one invoice named by its number, from the customer's own ИНН, and a sum that fits: whole, or a part
 * of it. Everything else is a person's.
 */
final class NumberMatcher implements Matcher {

    static final String RULE = "invoice-number";
    private static final int EQUAL_TRANSFER_DAYS = 10;

    @Override
    public Decision match(Case facts) {
        Purpose purpose = Purpose.read(facts.operation().purpose());
        Optional<String> obstacle = obstacle(facts, purpose);
        if (obstacle.isPresent()) {
            return review(facts, purpose, obstacle.get());
        }
        String number = purpose.numbers().iterator().next();
        List<Payment> named = facts.payments().stream().filter(payment -> isNamed(payment, number)).toList();
        if (named.isEmpty()) {
            return review(facts, purpose, "счёт № " + purpose.invoices().get(0).text() + " у этого контрагента не найден");
        }
        if (named.size() > 1) {
            return review(facts, purpose, "счетов с номером " + purpose.invoices().get(0).text() + " несколько");
        }
        Payment payment = named.get(0);
        List<String> against = against(facts, purpose, payment);
        return against.isEmpty() ? assign(facts, purpose, payment) : review(facts, purpose, against.get(0));
    }

    /** What forbids looking further, whatever the payments are. */
    private static Optional<String> obstacle(Case facts, Purpose purpose) {
        Operation operation = facts.operation();
        if (facts.ownInn() == null) {
            return Optional.of("счёт в банке не принадлежит ни одной из наших компаний: добавьте его в sverka.own-companies");
        }
        if (operation.partyInn() == null) {
            return Optional.of("банк не сообщил ИНН контрагента");
        }
        if (operation.partyInn().equals(facts.ownInn())) {
            return Optional.of("перевод между своими счетами");
        }
        if (purpose.numbers().isEmpty()) {
            return Optional.of("в назначении не назван номер счёта");
        }
        if (purpose.numbers().size() > 1) {
            return Optional.of("в назначении названо несколько счетов");
        }
        if (purpose.isCutInNumber()) {
            return Optional.of("назначение обрезано на номере счёта");
        }
        Set<String> inns = purpose.inns();
        if (inns.stream().anyMatch(inn -> !inn.equals(operation.partyInn()) && !inn.equals(facts.ownInn()))) {
            return Optional.of("в назначении назван ИНН другой компании");
        }
        Optional<String> forbidding = purpose.forbidding();
        if (forbidding.isEmpty() && !purpose.isPlain()) {
            return Optional.of("назначение понято не полностью: в нём остались другие числа или слова о счёте");
        }
        return forbidding.map(word -> "в назначении есть слово «" + word.strip() + "»");
    }

    private static boolean isNamed(Payment payment, String number) {
        return payment.number() != null && Purpose.normal(payment.number()).equals(number);
    }

    /** Sentences against this payment, gravest first; empty when nothing contradicts. */
    private static List<String> against(Case facts, Purpose purpose, Payment payment) {
        Operation operation = facts.operation();
        List<String> against = new ArrayList<>();
        if (payment.incoming() != (operation.direction() == Direction.INCOMING)) {
            against.add("направление денег другое, чем у платежа");
        }
        if (!payment.currency().equals(operation.currency())) {
            against.add("валюта операции " + operation.currency() + ", а платежа " + payment.currency());
        }
        if (payment.ourInn() != null && !payment.ourInn().equals(facts.ownInn())) {
            against.add("счёт выставлен от другой нашей компании");
        }
        if (payment.cancelled()) {
            against.add("платёж отменён");
        } else if (payment.open() <= 0) {
            against.add("счёт уже оплачен полностью");
        } else if (operation.amount() > payment.open()) {
            against.add("пришло больше, чем осталось оплатить по счёту");
        }
        if (payment.held() != null) {
            against.add("платёж ведёт человек: " + payment.held());
        }
        if (payment.invoiceDate() != null && payment.invoiceDate().isAfter(operation.bookedOn())) {
            against.add("счёт выставлен позже операции");
        }
        if (payment.invoiceDate() != null && purpose.dates().stream().anyMatch(date -> !date.equals(payment.invoiceDate()))) {
            against.add("дата счёта в назначении другая");
        }
        sumAgainst(operation, purpose, payment).ifPresent(against::add);
        if (facts.earlier().stream().anyMatch(earlier -> isEqual(earlier, operation, payment))) {
            against.add("такой же перевод от этого плательщика уже был");
        }
        return against;
    }

    private static Optional<String> sumAgainst(Operation operation, Purpose purpose, Payment payment) {
        Optional<BigDecimal> percent = purpose.percent();
        if (percent.isPresent()) {
            long share = BigDecimal.valueOf(payment.amount()).multiply(percent.get())
                    .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP).longValueExact();
            return Math.abs(share - operation.amount()) <= 1 ? Optional.empty()
                    : Optional.of("сумма не равна названным " + percent.get().toPlainString() + " %");
        }
        boolean whole = operation.amount() == payment.amount();
        return whole && purpose.saysPart() ? Optional.of("названа часть, а сумма равна всему счёту") : Optional.empty();
    }

    /**
     * Whether an earlier transfer may be this one told again: banks change ids overnight and texts later (tbank.md
     * section 6), so the same sum for the same payment on neighbouring days is asked about whatever its text says.
     */
    private static boolean isEqual(Earlier earlier, Operation operation, Payment payment) {
        if (earlier.payment() != payment.id() || earlier.amount() != operation.amount()) {
            return false;
        }
        long days = Math.abs(earlier.bookedOn().toEpochDay() - operation.bookedOn().toEpochDay());
        return days <= 1 || days <= EQUAL_TRANSFER_DAYS
                && Purpose.folded(earlier.purpose()).equals(Purpose.folded(operation.purpose()));
    }

    private static Decision assign(Case facts, Purpose purpose, Payment payment) {
        long amount = facts.operation().amount();
        List<String> evidence = List.of(
                "в назначении назван счёт № " + purpose.invoices().get(0).text(),
                "ИНН плательщика " + facts.operation().partyInn() + " — этого контрагента",
                amount == payment.open() ? "сумма равна остатку по счёту" : "сумма меньше остатка: часть оплаты");
        return new Assign(List.of(new Part(payment.id(), amount)), RULE, evidence, purpose.invoices());
    }

    private static Decision review(Case facts, Purpose purpose, String why) {
        List<Candidate> candidates = facts.payments().stream()
                .filter(payment -> payment.open() > 0 && !payment.cancelled())
                .map(payment -> candidate(facts, purpose, payment))
                .sorted(Comparator.comparingInt((Candidate one) -> one.reasonsAgainst().size() - 2 * one.reasonsFor().size())
                        .thenComparing(Candidate::payment))
                .limit(10).toList();
        return new Review(why, candidates, purpose.invoices());
    }

    private static Candidate candidate(Case facts, Purpose purpose, Payment payment) {
        List<String> reasons = new ArrayList<>();
        if (purpose.numbers().stream().anyMatch(number -> isNamed(payment, number))) {
            reasons.add("номер счёта назван");
        }
        if (payment.open() == facts.operation().amount()) {
            reasons.add("сумма равна остатку");
        }
        reasons.add("ИНН совпадает");
        return new Candidate(payment.id(), payment.title(), payment.open(), reasons, against(facts, purpose, payment));
    }
}
