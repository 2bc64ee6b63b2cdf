package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payments that documents in a purpose point at, each once.
 *
 * @param sums what the text says for each payment, in hundredths; null where it says nothing
 * @param evidence sentences in Russian
 * @param loose whether a number was written with less than it has
 * @param why what forbids this reading; null where nothing does
 */
record Pointed(Map<Payment, @Nullable Long> sums, List<String> evidence, boolean loose, @Nullable String why) {

    private static final int LONGEST_RANGE = 20;
    private static final Map<Kind, String> CALLED = Map.of(Kind.INVOICE, "счёт", Kind.ACT, "акт", Kind.DELIVERY, "УПД",
            Kind.ORDER, "заказ", Kind.CONTRACT, "договор");

    List<Payment> payments() {
        return List.copyOf(sums.keySet());
    }

    private static Pointed not(String why) {
        return new Pointed(Map.of(), List.of(), false, why);
    }

    /** By documents of one kind or several; every one must lead to exactly one payment. */
    static Pointed by(List<Reference> references, Case facts) {
        Map<Payment, @Nullable Long> sums = new LinkedHashMap<>();
        List<String> evidence = new ArrayList<>();
        boolean loose = false;
        for (Reference reference : unfolded(references)) {
            String called = called(reference);
            List<Payment> exact = among(facts, reference, false);
            List<Payment> ours = exact.stream().filter(one -> Eligible.isOurs(one, facts)).toList();
            if (ours.isEmpty() && !exact.isEmpty()) {
                return not(called + ": " + Eligible.against(exact.get(0), facts).get(0));
            }
            List<Payment> found = !ours.isEmpty() ? ours : among(facts, reference, true).stream()
                    .filter(one -> Eligible.isOurs(one, facts)).toList();
            loose |= ours.isEmpty();
            if (found.isEmpty()) {
                return not(called + " у этого контрагента не найден");
            }
            Payment payment = found.size() == 1 ? found.get(0) : dated(found, reference);
            if (payment == null) {
                return not(called + ": подходит несколько платежей");
            }
            if (isOtherDay(payment, reference)) {
                return not(called + ": дата счёта или документа в назначении другая");
            }
            if (sums.containsKey(payment) && (reference.sum() != null || sums.get(payment) != null)) {
                return not(called + " назван с суммами несколько раз");
            }
            sums.put(payment, reference.sum());
            evidence.add("в назначении назван " + called + (ours.isEmpty() ? ", это счёт № " + payment.number() : ""));
        }
        boolean foreign = loose && references.stream().anyMatch(reference -> facts.elsewhere().stream()
                .anyMatch(payment -> reference.number() != null
                        && DocumentNumber.isSame(payment.number(), reference.number())));
        return foreign ? not("точно такой номер — у счёта другого контрагента")
                : new Pointed(sums, List.copyOf(evidence), loose, null);
    }

    private static String called(Reference reference) {
        return CALLED.get(reference.kind()) + " № " + reference.number();
    }

    private static List<Payment> among(Case facts, Reference reference, boolean loosely) {
        return facts.payments().stream().filter(payment -> papers(payment, reference.kind()).anyMatch(paper -> loosely
                ? DocumentNumber.isLoosely(paper.number(), paper.date(), String.valueOf(reference.number()))
                : DocumentNumber.isSame(paper.number(), String.valueOf(reference.number())))).toList();
    }

    private static Stream<Paper> papers(Payment payment, Kind kind) {
        Papers papers = payment.papers();
        return switch (kind) {
            case INVOICE -> Stream.ofNullable(payment.number()).map(one -> new Paper(one, payment.invoiceDate()));
            case ACT -> papers.acts().stream();
            case DELIVERY -> papers.deliveries().stream();
            case ORDER -> papers.orders().stream().map(one -> new Paper(one, null));
            case CONTRACT -> Stream.ofNullable(papers.contract());
            case OTHER -> Stream.empty();
        };
    }

    /** The one whose document has the day that is written; null where that does not tell them apart. */
    private static @Nullable Payment dated(List<Payment> found, Reference reference) {
        List<Payment> dated = reference.date() == null ? List.of() : found.stream()
                .filter(payment -> papers(payment, reference.kind()).anyMatch(paper ->
                        reference.date().equals(paper.date()))).toList();
        return dated.size() == 1 ? dated.get(0) : null;
    }

    private static boolean isOtherDay(Payment payment, Reference reference) {
        List<Paper> named = papers(payment, reference.kind()).filter(paper -> paper.date() != null)
                .filter(paper -> DocumentNumber.isSame(paper.number(), String.valueOf(reference.number()))
                        || DocumentNumber.isLoosely(paper.number(), paper.date(), String.valueOf(reference.number())))
                .toList();
        return reference.date() != null && !named.isEmpty()
                && named.stream().noneMatch(paper -> reference.date().equals(paper.date()));
    }

    /** Ranges written out: «14–16» is 14, 15, 16. */
    private static List<Reference> unfolded(List<Reference> references) {
        List<Reference> all = new ArrayList<>();
        for (Reference one : references) {
            if (one.last() == null) {
                all.add(one);
                continue;
            }
            String head = String.valueOf(one.number()).replaceAll("\\d+$", "");
            String from = String.valueOf(one.number()).substring(head.length());
            String until = one.last().replaceAll("^\\D+", "");
            boolean counts = from.matches("\\d{1,9}") && until.matches("\\d{1,9}")
                    && Long.parseLong(until) > Long.parseLong(from)
                    && Long.parseLong(until) - Long.parseLong(from) <= LONGEST_RANGE;
            for (long n = counts ? Long.parseLong(from) : 0; n <= (counts ? Long.parseLong(until) : 0); n++) {
                all.add(new Reference(one.kind(), counts ? head + n : one.number() + "-" + one.last(), null, null, null,
                        one.span()));
            }
        }
        return all;
    }

    /** Whether a payment could be meant by a contract named; with no contract on the portal nothing contradicts. */
    static boolean isUnder(Payment payment, Reference contract) {
        Paper paper = payment.papers().contract();
        return paper != null && contract.number() != null
                && (DocumentNumber.isSame(paper.number(), contract.number())
                        || DocumentNumber.isLoosely(paper.number(), paper.date(), contract.number()))
                && (contract.date() == null || paper.date() == null || contract.date().equals(paper.date()));
    }
}
