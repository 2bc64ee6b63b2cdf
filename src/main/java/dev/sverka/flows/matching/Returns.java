package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import dev.sverka.records.bank.BankOperation.Direction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Money that we give back. It is decided only where the portal expects exactly that: one open outgoing payment of this
 * sum to somebody who has paid us under the same contract, and nothing in the text leads to another contract.
 */
final class Returns {

    private static final Sieve NAMED = Sieve.of("возвр|вернут|возмещени\\p{L} (?:излишн|ошибочн|предоплат"
            + "|аванс)");
    private static final Sieve GRAVE = Sieve.of("штраф|пен[яиюе](?!\\p{L})|пеней|неустойк|претензи"
            + "|исполнительн|взыскан"
            + "|судеб|займ|заем|ссуд|кредит|депозит|обеспеч|залог|факторинг|уступ|зачет|подотчет|третьи");

    private Returns() {
    }

    static Optional<Decision> decide(Case facts, Purpose purpose) {
        boolean ours = facts.operation().direction() == Direction.OUTGOING && facts.ownInn() != null
                && facts.operation().partyInn() != null && !facts.isNamedInText() && !facts.ourBank();
        if (!ours || !purpose.holds(NAMED) || purpose.holds(GRAVE) || purpose.isCutInNumber()) {
            return Optional.empty();
        }
        List<Payment> exact = facts.indexed().open().stream().filter(one -> Eligible.isOpen(one, facts))
                .filter(one -> one.open() == facts.operation().amount()).toList();
        if (exact.size() != 1 || Eligible.isRepeated(facts)) {
            return Optional.empty();
        }
        Payment payment = exact.get(0);
        List<Payment> received = facts.payments().stream().filter(Payment::incoming)
                .filter(one -> one.open() < one.amount() && isOneContract(one, payment)
                        && Objects.equals(one.ourInn(), payment.ourInn())).toList();
        boolean agreed = !received.isEmpty() && purpose.references(Kind.INVOICE, Kind.CONTRACT).stream()
                .allMatch(one -> one.number() == null || leadsTo(one, payment, received));
        return agreed ? Optional.of(new Assign(List.of(new Part(payment.id(), payment.open())), "return",
                List.of("возврат, и на портале есть один исходящий платёж этому контрагенту на эту сумму",
                        "ИНН получателя " + facts.operation().partyInn() + " — этого контрагента"), purpose.spans()))
                : Optional.empty();
    }

    private static boolean isOneContract(Payment one, Payment other) {
        return one.papers().contract() != null && other.papers().contract() != null
                && DocumentNumber.isSame(one.papers().contract().number(), other.papers().contract().number());
    }

    private static boolean leadsTo(Reference named, Payment payment, List<Payment> received) {
        String number = String.valueOf(named.number());
        if (named.kind() == Kind.CONTRACT) {
            return Pointed.isUnder(payment, named);
        }
        return DocumentNumber.isSame(payment.number(), number) || received.stream().anyMatch(one ->
                DocumentNumber.isSame(one.number(), number)
                        || DocumentNumber.isLoosely(one.number(), one.invoiceDate(), number));
    }
}
