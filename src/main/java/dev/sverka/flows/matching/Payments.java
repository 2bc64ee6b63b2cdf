package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One customer's payments, found without looking at each: those that are open, and those whose papers a number in a
 * text may mean. Always in the order they were given in. For one thread.
 */
final class Payments {

    private final List<Payment> all;
    /** For each kind of paper, places of payments by {@link DocumentNumber#keys}. */
    private final Map<Kind, Map<String, List<Integer>>> places = new EnumMap<>(Kind.class);
    private @Nullable BitSet unpaid;
    private @Nullable List<Payment> open;

    Payments(Collection<Payment> payments) {
        this.all = new ArrayList<>(payments);
    }

    List<Payment> all() {
        return Collections.unmodifiableList(all);
    }

    /** Those that are not cancelled and not paid in full. */
    List<Payment> open() {
        List<Payment> known = open;
        if (known == null) {
            known = unpaid().stream().mapToObj(all::get).toList();
            open = known;
        }
        return known;
    }

    private BitSet unpaid() {
        BitSet known = unpaid;
        if (known == null) {
            known = new BitSet(all.size());
            for (int i = 0; i < all.size(); i++) {
                known.set(i, isOpen(all.get(i)));
            }
            unpaid = known;
        }
        return known;
    }

    private static boolean isOpen(Payment payment) {
        return payment.open() > 0 && !payment.cancelled();
    }

    /** Puts a payment in the place of what it was before, if it is one of these; its papers have to be the same. */
    void replace(Payment now) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id() == now.id()) {
                all.set(i, now);
                unpaid().set(i, isOpen(now));
                open = null;
            }
        }
    }

    /** All that {@link DocumentNumber} could take for a number as written, and maybe some that it does not. */
    List<Payment> near(Kind kind, String written) {
        return near(kind, List.of(written));
    }

    /** The same for a number that may be read in several ways. */
    List<Payment> near(Kind kind, List<String> readings) {
        Map<String, List<Integer>> known = places.computeIfAbsent(kind, this::indexed);
        if (known.isEmpty()) {
            return List.of();
        }
        BitSet found = new BitSet();
        for (String written : readings) {
            for (String key : DocumentNumber.keysIn(written)) {
                known.getOrDefault(key, List.of()).forEach(found::set);
            }
        }
        return found.stream().mapToObj(all::get).toList();
    }

    private Map<String, List<Integer>> indexed(Kind kind) {
        Map<String, List<Integer>> index = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            int place = i;
            papers(all.get(i), kind).flatMap(paper -> DocumentNumber.keys(paper.number(), paper.date()).stream())
                    .forEach(key -> index.computeIfAbsent(key, one -> new ArrayList<>(1)).add(place));
        }
        return index;
    }

    /** The papers of a kind that a payment is found by. */
    static Stream<Paper> papers(Payment payment, Kind kind) {
        Papers papers = payment.papers();
        return switch (kind) {
            case INVOICE -> Stream.ofNullable(payment.number()).map(one -> new Paper(one, payment.invoiceDate()));
            case ACT -> papers.acts().stream();
            case DELIVERY -> papers.deliveries().stream();
            case ORDER -> papers.orders().stream().map(one -> new Paper(one, null));
            case CONTRACT -> Stream.ofNullable(papers.contract());
            case OTHER, TAX -> Stream.empty();
        };
    }
}
