package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Payments that it could be, for a person: what speaks for each and against it, the likeliest first. */
final class Candidates {

    private static final int MOST = 10;

    private Candidates() {
    }

    private record Ranked(Candidate candidate, int weight, @Nullable LocalDate dated) {
    }

    static List<Candidate> of(Case facts, Purpose purpose) {
        return of(facts, purpose, Set.of());
    }

    /** @param set payments that add up to the operation */
    static List<Candidate> of(Case facts, Purpose purpose, Set<Long> set) {
        Stream<Ranked> own = facts.payments().stream().map(payment -> ranked(facts, purpose, payment, true, set));
        Stream<Ranked> elsewhere = facts.elsewhere().stream().map(payment -> ranked(facts, purpose, payment, false,
                set));
        return Stream.concat(own, elsewhere)
                .filter(one -> one.candidate().rest() > 0)
                .sorted(Comparator.comparingInt((Ranked one) -> -one.weight())
                        .thenComparing(Ranked::dated, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(one -> one.candidate().payment()))
                .limit(MOST).map(Ranked::candidate).toList();
    }

    private static Ranked ranked(Case facts, Purpose purpose, Payment payment, boolean own, Set<Long> set) {
        List<String> reasons = new ArrayList<>();
        int weight = own ? 3 : -6;
        if (purpose.numbers().stream().anyMatch(number -> DocumentNumber.isSame(payment.number(), number))) {
            reasons.add("номер счёта назван");
            weight += 6;
        } else if (purpose.numbers().stream()
                .anyMatch(number -> DocumentNumber.isLoosely(payment.number(), payment.invoiceDate(), number))) {
            reasons.add("номер счёта похож на названный");
            weight += 3;
        }
        if (purpose.references(Kind.CONTRACT).stream().anyMatch(one -> Pointed.isUnder(payment, one))) {
            reasons.add("договор назван");
            weight += 3;
        }
        if (payment.open() == facts.operation().amount()) {
            reasons.add("сумма равна остатку");
            weight += 4;
        }
        if (payment.invoiceDate() != null && purpose.dates().contains(payment.invoiceDate())) {
            reasons.add("дата счёта названа");
            weight += 1;
        }
        if (set.contains(payment.id())) {
            reasons.add("входит в набор, который даёт сумму");
            weight += 4;
        }
        List<String> against = new ArrayList<>(Eligible.against(payment, facts));
        weight -= 4 * against.size();
        if (own) {
            reasons.add("ИНН совпадает");
        } else {
            against.add("счёт другого контрагента");
        }
        long rest = payment.cancelled() ? 0 : payment.open();
        return new Ranked(new Candidate(payment.id(), payment.title(), rest, reasons, against), weight,
                payment.invoiceDate());
    }
}
