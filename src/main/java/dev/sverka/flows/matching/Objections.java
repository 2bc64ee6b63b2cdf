package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All that forbids a decision, whatever was named, in one place; sentences in Russian. */
final class Objections {

    /** All that payments are known by. */
    private static final Kind[] PAPERS = {Kind.INVOICE, Kind.CONTRACT, Kind.ACT, Kind.DELIVERY, Kind.ORDER};

    private Objections() {
    }

    /** What forbids looking further, whatever the payments are. */
    static Optional<String> before(Case facts, Purpose purpose) {
        String customer = facts.customerInn();
        if (facts.ownInn() == null) {
            return Optional.of("счёт в банке не принадлежит ни одной из наших компаний: "
                    + "добавьте его в sverka.own-companies");
        }
        if (customer == null) {
            return Optional.of("банк не сообщил ИНН контрагента");
        }
        if (customer.equals(facts.ownInn())) {
            return Optional.of("перевод между своими счетами");
        }
        if (purpose.isCutInNumber()) {
            return Optional.of("назначение обрезано");
        }
        if (purpose.isAmbiguous()) {
            return Optional.of("неясно, номер какого документа назван");
        }
        Set<String> inns = purpose.inns();
        if (inns.stream().anyMatch(inn -> !inn.equals(customer) && !inn.equals(facts.ownInn())
                && !inn.equals(facts.operation().partyInn()))) {
            return Optional.of("в назначении назван ИНН другой компании");
        }
        Optional<String> forbidding = facts.isNamedInText() ? purpose.forbiddingButThirdParty() : purpose.forbidding()
                .or(() -> purpose.thirdParty(facts.operation().partyName()));
        if (forbidding.isPresent()) {
            return forbidding.map(word -> "в назначении есть слово «" + word.strip() + "»");
        }
        boolean bare = purpose.references(Kind.INVOICE, Kind.ACT, Kind.DELIVERY, Kind.ORDER).isEmpty();
        boolean proven = facts.operation().partyInn() != null && !facts.isNamedInText();
        return bare && !proven ? Optional.of("контрагент известен не по ИНН банка, а документ не назван")
                : Optional.empty();
    }

    /**
     * Whether something else that is named leads elsewhere.
     *
     * @param named whether the payments were found by numbers of their own
     * @param all whether the money is all that is left of them
     */
    static Optional<String> after(Case facts, Purpose purpose, List<Payment> chosen, boolean named, boolean all) {
        boolean exact = named && all;
        for (Reference contract : purpose.references(Kind.CONTRACT)) {
            if (contract.number() != null && chosen.stream()
                    .anyMatch(payment -> payment.papers().contract() != null && !Pointed.isUnder(payment, contract))) {
                return Optional.of("назван другой договор, чем у платежа");
            }
        }
        for (Reference paper : purpose.references(Kind.ACT, Kind.DELIVERY, Kind.ORDER)) {
            Pointed leading = Pointed.by(List.of(paper), facts);
            boolean unknown = leading.payments().isEmpty() && Pointed.isUnknown(paper, facts);
            if (!(unknown && exact) && (leading.why() != null || !chosen.containsAll(leading.payments()))) {
                return Optional.of("кроме счёта назван документ, который к нему не относится");
            }
        }
        boolean otherMonth = chosen.stream().anyMatch(payment -> payment.papers().period() != null
                && !purpose.periods().isEmpty() && !purpose.periods().contains(payment.papers().period()));
        if (otherMonth) {
            return Optional.of("назван другой период, чем у платежа");
        }
        return unexplained(facts, purpose, chosen, exact, all);
    }

    /**
     * A figure that was not understood speaks against a decision where it may be a document, or where money is left
     * over.
     */
    private static Optional<String> unexplained(Case facts, Purpose purpose, List<Payment> chosen, boolean exact,
            boolean all) {
        for (String figure : purpose.figures()) {
            boolean meant = chosen.stream().flatMap(Objections::papers).anyMatch(paper -> isNamed(paper, figure));
            boolean another = Stream.of(PAPERS).flatMap(kind -> facts.indexed().near(kind, figure).stream())
                    .filter(payment -> !chosen.contains(payment))
                    .flatMap(Objections::papers).anyMatch(paper -> isNamed(paper, figure));
            boolean doubtful = !exact && figure.chars().filter(Character::isDigit).count() > 1
                    || !all && figure.chars().allMatch(Character::isDigit);
            if (!meant && (another || doubtful)) {
                return Optional.of("число «" + figure + "» в назначении не понято");
            }
        }
        return purpose.isOdd() && !exact ? Optional.of("назначение понято не полностью") : Optional.empty();
    }

    private static Stream<Paper> papers(Payment payment) {
        return Stream.of(PAPERS).flatMap(kind -> Payments.papers(payment, kind));
    }

    private static boolean isNamed(Paper paper, String figure) {
        return DocumentNumber.isSame(paper.number(), figure)
                || DocumentNumber.isLoosely(paper.number(), paper.date(), figure);
    }
}
