package dev.sverka.flows.matching;

import dev.sverka.core.state.Declared;
import dev.sverka.flows.matching.BankRules.Facts;
import dev.sverka.flows.matching.BankRules.Ruling;
import dev.sverka.flows.matching.MatchInput.Booked;
import dev.sverka.flows.matching.MatchInput.Expected;
import dev.sverka.flows.matching.MatchedOperation.Guess;
import dev.sverka.flows.matching.MatchedOperation.Share;
import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Review;
import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The daemon's matcher and bank rules over files: one operation after another, nobody confirms anything in between. */
public final class OfflineMatching {

    private final Matcher matcher;
    private final Declared<BankRules> rules;
    private final Declared<PurposeWords> declared;

    public OfflineMatching(Matcher matcher, Declared<BankRules> rules, Declared<PurposeWords> words) {
        this.declared = words;
        this.matcher = matcher;
        this.rules = rules;
    }

    /**
     * Decides all operations of a file in their order.
     *
     * @throws dev.sverka.core.state.ProblemException with file and line of what is wrong in the files
     */
    public List<MatchedOperation> match(MatchFiles files) {
        return match(files, (done, all) -> { });
    }

    /** The same, told how far it has come. */
    public List<MatchedOperation> match(MatchFiles files, Progress progress) {
        return new Run(MatchInput.read(files)).all(progress);
    }

    /** Is told after each operation. */
    public interface Progress {
        void decided(int done, int all);
    }

    /** One run over its files: what earlier operations took is no longer open. */
    private final class Run {

        private final MatchInput input;
        private final PurposeWords words = declared.get();
        private final Map<Long, Expected> byId;
        private final Map<String, List<Payment>> byParty;
        private final Map<String, List<Expected>> byNumber;
        private final List<Payment> cards;
        private final Debtors debtors;
        private final Map<Long, Long> taken = new HashMap<>();
        private final Map<String, List<Earlier>> earlier = new HashMap<>();

        Run(MatchInput input) {
            this.input = input;
            this.byId = input.payments().stream().collect(Collectors.toMap(one -> one.payment().id(), one -> one));
            this.byParty = input.byParty();
            this.byNumber = input.payments().stream().filter(one -> one.payment().number() != null)
                    .collect(Collectors.groupingBy(one -> DocumentNumber.normal(one.payment().number())));
            this.debtors = new Debtors(input.own(), new FileDirectory(input));
            this.cards = input.payments().stream().filter(Expected::card).map(Expected::payment).toList();
        }

        List<MatchedOperation> all(Progress progress) {
            List<MatchedOperation> decided = new ArrayList<>(input.operations().size());
            for (Booked operation : input.operations()) {
                decided.add(decide(operation));
                progress.decided(decided.size(), input.operations().size());
            }
            return decided;
        }

        private MatchedOperation decide(Booked operation) {
            Case facts = facts(operation);
            Optional<Ruling> ruling = rules.get().rule(new Facts(operation.direction(), operation.amount(),
                    String.valueOf(operation.ours().account()), operation.purpose(), null, operation.party().inn(),
                    operation.party().account()), input.own());
            Verdict verdict = Verdict.of(facts, matcher.match(facts), ruling);
            if (verdict.decision() instanceof Assign assign) {
                remember(operation, facts, assign);
            }
            return told(operation, verdict);
        }

        private Case facts(Booked operation) {
            String party = operation.party().inn();
            Operation booked = new Operation(operation.direction(), operation.amount(), operation.currency(),
                    operation.date(), operation.purpose(), party, operation.party().name(), operation.documentNumber());
            Debtors.Known known = debtors.of(booked, operation.party().account());
            String knownInn = known == null ? null : known.inn();
            String customer = known == null ? party : known.inn();
            String ownInn = input.own().owner(operation.ours().account()).map(Own.Company::inn).orElse(
                    input.own().isCompany(operation.ours().inn()) ? operation.ours().inn() : null);
            return new Case(booked, ownInn, customer == null ? List.of() : left(byParty.getOrDefault(customer, List.of())),
                    customer == null ? List.of() : earlier.getOrDefault(customer, List.of()), knownInn,
                    known == null ? Matcher.Source.BANK : known.source(), left(elsewhere(operation.purpose(),
                            customer)),
                    left(cards), input.own().isBank(party), words);
        }

        private List<Payment> elsewhere(String purpose, @Nullable String customer) {
            return Purpose.read(purpose, words).numbers().stream()
                    .flatMap(number -> byNumber.getOrDefault(number, List.of()).stream())
                    .filter(one -> customer == null || !customer.equals(one.partyInn()))
                    .map(Expected::payment).distinct().toList();
        }

        /** Payments with what earlier operations left of them. */
        private List<Payment> left(List<Payment> payments) {
            return payments.stream().map(one -> taken.containsKey(one.id())
                    ? one.withOpen(one.open() - taken.get(one.id())) : one).toList();
        }

        private void remember(Booked operation, Case facts, Assign assign) {
            assign.parts().forEach(part -> {
                taken.merge(part.payment(), part.amount(), Long::sum);
                earlier.computeIfAbsent(String.valueOf(facts.customerInn()), one -> new ArrayList<>())
                        .add(new Earlier(operation.amount(), operation.date(), operation.purpose(), part.payment(),
                                operation.documentNumber()));
            });
        }

        private MatchedOperation told(Booked operation, Verdict verdict) {
            Decision decision = verdict.decision();
            Ruling ruling = verdict.classified();
            Assign assign = decision instanceof Assign one ? one : null;
            List<Guess> guesses = ruling == null && decision instanceof Review review ? review.candidates().stream()
                    .map(one -> new Guess(byId.get(one.payment()).id(), one.title(), rubles(one.rest()),
                            one.reasonsFor(), one.reasonsAgainst())).toList() : List.of();
            List<Share> shares = assign == null ? List.of() : assign.parts().stream()
                    .map(part -> new Share(byId.get(part.payment()).id(), byId.get(part.payment()).payment().title(),
                            rubles(part.amount()))).toList();
            String party = Optional.ofNullable(operation.party().name()).orElse("без имени")
                    + Optional.ofNullable(operation.party().inn()).map(inn -> ", ИНН " + inn).orElse("");
            return new MatchedOperation(operation.id(), operation.line(),
                    operation.direction() == Direction.INCOMING ? "in" : "out",
                    operation.date(), rubles(operation.amount()), operation.currency(), party, operation.purpose(),
                    ruling != null ? "ignore" : assign != null ? "auto" : "review",
                    ruling != null ? ruling.kind() : decision.rule(),
                    ruling != null ? List.of(ruling.why()) : decision.evidence(), shares,
                    rubles(assign == null ? 0 : assign.surplus()), guesses);
        }

        private BigDecimal rubles(long hundredths) {
            return BigDecimal.valueOf(hundredths, 2);
        }
    }
}
