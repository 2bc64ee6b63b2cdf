package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payments that documents in a purpose point at, each once.
 *
 * @param sums what the text says for each payment, in hundredths; null where it says nothing
 * @param evidence sentences in Russian
 * @param strict whether something is not as it should be (a number written with less than it has, misread or
 *     misprinted;
 *     a wrong day), so that the money has to be all that is left to the kopeck
 * @param why what forbids this reading; null where nothing does
 */
record Pointed(Map<Payment, @Nullable Long> sums, List<String> evidence, boolean strict, @Nullable String why) {

    private static final Map<Kind, String> CALLED = Map.of(Kind.INVOICE, "счёт", Kind.ACT, "акт", Kind.DELIVERY, "УПД",
            Kind.ORDER, "заказ", Kind.CONTRACT, "договор");

    /** How well a number has to agree, the best first. */
    private enum Spelling { SAME, SHORTER, MISREAD, MISPRINTED }

    /** @param strict see {@link Pointed#strict} */
    private record Found(Payment payment, String evidence, boolean strict) {
    }

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
        boolean strict = false;
        List<Reference> unfolded = Unfolded.all(references, one -> !among(facts, one, Spelling.SAME).isEmpty(),
                one -> !among(facts, one, Spelling.SHORTER).isEmpty());
        for (Reference reference : unfolded) {
            Object found = one(facts, reference, unfolded.size() == 1);
            if (!(found instanceof Found one)) {
                return not(called(reference) + found);
            }
            if (sums.containsKey(one.payment()) && (reference.sum() != null || sums.get(one.payment()) != null)) {
                return not(called(reference) + " назван с суммами несколько раз");
            }
            strict |= one.strict();
            sums.put(one.payment(), reference.sum());
            evidence.add(one.evidence());
        }
        return new Pointed(sums, List.copyOf(evidence), strict, null);
    }

    /** Whether the customer has no document of this number, however it be written. */
    static boolean isUnknown(Reference reference, Case facts) {
        return among(facts, reference, Spelling.SAME).isEmpty() && among(facts, reference, Spelling.SHORTER).isEmpty();
    }

    /** @return what was found, or words that say why nothing was */
    private static Object one(Case facts, Reference reference, boolean alone) {
        List<Payment> same = among(facts, reference, Spelling.SAME);
        List<Payment> ours = same.stream().filter(one -> Eligible.isOurs(one, facts)).toList();
        if (ours.isEmpty() && !same.isEmpty()) {
            return ": " + Eligible.against(same.get(0), facts).get(0);
        }
        List<Payment> shorter = among(facts, reference, Spelling.SHORTER).stream()
                .filter(one -> Eligible.isOurs(one, facts)).toList();
        List<Payment> found = ours.isEmpty() ? shorter : ours;
        if (found.isEmpty()) {
            return alone && reference.kind() == Kind.INVOICE ? mistaken(facts, reference)
                    : " у этого контрагента не найден";
        }
        Payment payment = found.size() == 1 ? found.get(0) : dated(found, reference);
        if (payment == null) {
            return ": подходит несколько платежей";
        }
        boolean dated = hasDay(payment, reference);
        boolean twin = !ours.isEmpty() && !dated && shorter.stream().anyMatch(one -> one.id() != payment.id()
                && Eligible.isOpen(one, facts) && one.open() == payment.open());
        if (twin) {
            return ": такой номер с другим годом или другими буквами есть ещё у одного счёта на эту сумму";
        }
        boolean otherDay = isOtherDay(payment, reference);
        if (otherDay && (ours.isEmpty() || !alone || reference.kind() != Kind.INVOICE)) {
            return ": дата счёта или документа в назначении другая";
        }
        boolean foreign = ours.isEmpty() && isElsewhere(facts, reference);
        if (foreign && !dated) {
            return ": точно такой номер — у счёта другого контрагента";
        }
        String less = ours.isEmpty() ? ", это счёт № " + payment.number() : otherDay ? ", дата в назначении другая"
                : "";
        return new Found(payment, "в назначении назван " + called(reference) + less, ours.isEmpty() || otherDay);
    }

    private static boolean isElsewhere(Case facts, Reference reference) {
        return facts.elsewhere().stream().anyMatch(payment -> reference.number() != null && Eligible.isOurs(payment,
                facts)
                && DocumentNumber.isSame(payment.number(), reference.number()));
    }

    /** Whether somebody else's invoice has this number and this day: then it is no slip. */
    private static boolean isElsewhereOnItsDay(Case facts, Reference reference) {
        return facts.elsewhere().stream().anyMatch(payment -> DocumentNumber.isSame(payment.number(),
                String.valueOf(reference.number())) && (payment.invoiceDate() == null
                        || payment.invoiceDate().equals(reference.date())));
    }

    /**
     * A letter read as a digit, or an evident misprint: nobody has the number as it is written, one invoice alone is
     * that
     * near, and its day stands in the text. The sum has to agree besides.
     */
    private static Object mistaken(Case facts, Reference reference) {
        for (Spelling slip : new Spelling[] {Spelling.MISREAD, Spelling.MISPRINTED}) {
            List<Payment> near = among(facts, reference, slip).stream().filter(one -> Eligible.isOurs(one, facts))
                    .filter(one -> one.open() > 0 && !one.cancelled()).toList();
            if (near.size() > 1) {
                return " не найден, а похожих несколько";
            }
            if (near.size() == 1) {
                Payment payment = near.get(0);
                boolean sure = hasDay(payment, reference) && !isElsewhereOnItsDay(facts, reference);
                return sure ? new Found(payment, "в назначении назван " + called(reference) + ", это счёт № "
                        + payment.number() + " с " + (slip == Spelling.MISREAD ? "буквой вместо цифры" : "опечаткой"),
                        true)
                        : " не найден, есть похожий № " + payment.number();
            }
        }
        return " у этого контрагента не найден";
    }

    private static String called(Reference reference) {
        return CALLED.get(reference.kind()) + " № " + reference.number();
    }

    private static List<Payment> among(Case facts, Reference reference, Spelling spelling) {
        String written = String.valueOf(reference.number());
        List<Payment> near = switch (spelling) {
            case SAME, SHORTER -> facts.indexed().near(reference.kind(), written);
            case MISREAD -> facts.indexed().near(reference.kind(), DocumentNumber.readings(written));
            // what is paid is no slip's payment
            case MISPRINTED -> facts.indexed().open();
        };
        return near.stream().filter(payment -> Payments.papers(payment, reference.kind()).anyMatch(paper ->
                switch (spelling) {
                    case SAME -> DocumentNumber.isSame(paper.number(), written);
                    case SHORTER -> !DocumentNumber.isSame(paper.number(), written)
                            && DocumentNumber.isLoosely(paper.number(), paper.date(), written);
                    case MISREAD -> DocumentNumber.isMisread(paper.number(), written);
                    case MISPRINTED -> DocumentNumber.isMisprinted(paper.number(), written);
                })).toList();
    }

    /** The one whose document has the day that is written; null where that does not tell them apart. */
    private static @Nullable Payment dated(List<Payment> found, Reference reference) {
        List<Payment> dated = reference.date() == null ? List.of() : found.stream()
                .filter(payment -> Payments.papers(payment, reference.kind()).anyMatch(paper ->
                        reference.date().equals(paper.date()))).toList();
        return dated.size() == 1 ? dated.get(0) : null;
    }

    private static boolean isOtherDay(Payment payment, Reference reference) {
        List<Paper> named = Payments.papers(payment, reference.kind()).filter(paper -> paper.date() != null)
                .filter(paper -> DocumentNumber.isSame(paper.number(), String.valueOf(reference.number()))
                        || DocumentNumber.isLoosely(paper.number(), paper.date(), String.valueOf(reference.number())))
                .toList();
        return reference.date() != null && !named.isEmpty()
                && named.stream().noneMatch(paper -> reference.date().equals(paper.date()));
    }

    private static boolean hasDay(Payment payment, Reference reference) {
        return reference.date() != null && Payments.papers(payment, reference.kind())
                .anyMatch(paper -> reference.date().equals(paper.date()));
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
