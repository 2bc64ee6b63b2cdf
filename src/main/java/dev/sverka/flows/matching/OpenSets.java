package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Payment;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which open payments of the customer add up to the operation. A set of several proves nothing: sums meet by chance.
 * It stops a decision that rests on the sum alone, and is shown to the person who decides.
 *
 * @param open the payments that the sets' places mean
 */
record OpenSets(List<Payment> open, Subsets found) {

    static OpenSets of(Case facts) {
        List<Payment> open = facts.indexed().open().stream().filter(payment -> Eligible.isOpen(payment, facts)).toList();
        return new OpenSets(open, Subsets.of(open.stream().mapToLong(Payment::open).toArray(),
                facts.operation().amount()));
    }

    /** Whether one payment alone is the sum, and no other set gives it. */
    boolean isSingle() {
        return found.count() == Subsets.Count.ONE && found.sets().get(0).size() == 1;
    }

    /** The payments of the only set; none where there is no such. */
    Set<Long> members() {
        return found.count() != Subsets.Count.ONE ? Set.of()
                : found.sets().get(0).stream().map(i -> open.get(i).id()).collect(Collectors.toSet());
    }

    /** The certificate in Russian. */
    String told() {
        return switch (found.count()) {
            case NONE -> "ни один набор неоплаченных платежей не даёт эту сумму";
            case ONE -> "её даёт ровно один набор неоплаченных платежей: " + written(found.sets().get(0));
            case MORE -> found.sets().stream().allMatch(set -> set.size() == 1)
                    ? "подходит несколько платежей: " + written(found.sets().get(0)) + " и "
                            + written(found.sets().get(1)) : "её дают несколько наборов неоплаченных платежей: " + written(found.sets().get(0)) + " или "
                    + written(found.sets().get(1));
            case UNKNOWN -> "неоплаченных платежей слишком много, чтобы сказать, какие дают эту сумму";
        };
    }

    private String written(List<Integer> set) {
        return set.stream().map(i -> open.get(i)).map(one -> one.number() == null ? one.title() : "№ " + one.number())
                .collect(Collectors.joining(" + "));
    }
}
