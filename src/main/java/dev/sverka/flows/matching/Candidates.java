package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Payments that it could be, for a person: what speaks for each and against it, the likeliest first. All are weighed;
 * sentences are made of the best only.
 */
final class Candidates {

    private static final int MOST = 10;
    private static final Comparator<Ranked> LIKELIEST = Comparator.comparingInt((Ranked one) -> -one.weight())
            .thenComparing(one -> one.payment().invoiceDate(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(one -> one.payment().id());

    private final Case facts;
    private final Set<Long> set;
    private final List<Reference> contracts;
    private final List<LocalDate> dates;
    /** Ids of payments whose number is named, and of those whose number is like a named one. */
    private final Set<Long> named = new HashSet<>();
    private final Set<Long> alike = new HashSet<>();
    private final Map<Paper, Boolean> underNamed = new HashMap<>();

    private record Ranked(Payment payment, boolean own, int weight) {
    }

    private Candidates(Case facts, Purpose purpose, Set<Long> set) {
        this.facts = facts;
        this.set = set;
        this.contracts = purpose.references(Kind.CONTRACT);
        this.dates = purpose.dates();
        for (String number : purpose.numbers()) {
            Stream.concat(facts.indexed().near(Kind.INVOICE, number).stream(), facts.elsewhere().stream())
                    .forEach(payment -> compare(payment, number));
        }
    }

    static List<Candidate> of(Case facts, Purpose purpose) {
        return of(facts, purpose, Set.of());
    }

    /** @param set payments that add up to the operation */
    static List<Candidate> of(Case facts, Purpose purpose, Set<Long> set) {
        return new Candidates(facts, purpose, set).likeliest();
    }

    private void compare(Payment payment, String number) {
        if (DocumentNumber.isSame(payment.number(), number)) {
            named.add(payment.id());
        } else if (DocumentNumber.isLoosely(payment.number(), payment.invoiceDate(), number)) {
            alike.add(payment.id());
        }
    }

    private List<Candidate> likeliest() {
        Stream<Ranked> own = facts.indexed().open().stream().map(payment -> ranked(payment, true));
        Stream<Ranked> elsewhere = facts.elsewhere().stream()
                .filter(payment -> payment.open() > 0 && !payment.cancelled()).map(payment -> ranked(payment, false));
        return Stream.concat(own, elsewhere).sorted(LIKELIEST).limit(MOST)
                .map(one -> candidate(one.payment(), one.own())).toList();
    }

    private Ranked ranked(Payment payment, boolean own) {
        int against = Eligible.against(payment, facts, null);
        return new Ranked(payment, own, (own ? 3 : -6) + weighed(payment, null) - 4 * against);
    }

    private Candidate candidate(Payment payment, boolean own) {
        List<String> reasons = new ArrayList<>();
        weighed(payment, reasons);
        List<String> against = Eligible.against(payment, facts);
        if (own) {
            reasons.add("ИНН совпадает");
        } else {
            against.add("счёт другого контрагента");
        }
        return new Candidate(payment.id(), payment.title(), payment.open(), reasons, against);
    }

    /** What speaks for a payment. @param told what the sentences are added to, where somebody reads them */
    private int weighed(Payment payment, @Nullable List<String> told) {
        int weight = named.contains(payment.id()) ? add(told, 6, "номер счёта назван")
                : alike.contains(payment.id()) ? add(told, 3, "номер счёта похож на названный") : 0;
        if (isUnderNamed(payment)) {
            weight += add(told, 3, "договор назван");
        }
        if (payment.open() == facts.operation().amount()) {
            weight += add(told, 4, "сумма равна остатку");
        }
        if (payment.invoiceDate() != null && dates.contains(payment.invoiceDate())) {
            weight += add(told, 1, "дата счёта названа");
        }
        if (set.contains(payment.id())) {
            weight += add(told, 4, "входит в набор, который даёт сумму");
        }
        return weight;
    }

    /** Many payments have one contract. */
    private boolean isUnderNamed(Payment payment) {
        return !contracts.isEmpty() && payment.papers().contract() != null
                && underNamed.computeIfAbsent(Objects.requireNonNull(payment.papers().contract()),
                        paper -> contracts.stream().anyMatch(one -> Pointed.isUnder(payment, one)));
    }

    private static int add(@Nullable List<String> told, int weight, String sentence) {
        if (told != null) {
            told.add(sentence);
        }
        return weight;
    }
}
