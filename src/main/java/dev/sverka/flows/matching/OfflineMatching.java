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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The daemon's matcher and bank rules over files: one operation after another, nobody confirms anything in between. */
public final class OfflineMatching {

    private static final Payments NONE = new Payments(List.of());

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
        List<MatchedOperation> matched = new ArrayList<>();
        match(files, matched::add, (done, all) -> { });
        return matched;
    }

    /**
     * The same one by one, and tells how far it has come: files of any length take the memory of their payments only.
     *
     * @throws dev.sverka.core.state.ProblemException before anything is decided
     */
    public void match(MatchFiles files, Consumer<MatchedOperation> taker, Progress progress) {
        new Run(MatchInput.read(files)).all(taker, progress);
    }

    /** Is told after each operation. */
    public interface Progress {
        void decided(int done, int all);
    }

    /** One run over its files: what earlier operations took is no longer open. */
    private final class Run {

        private final MatchInput input;
        private final PurposeWords words = declared.get();
        private final Map<String, Payments> byParty = new HashMap<>();
        private final Map<String, List<Expected>> byNumber;
        private final Payments cards;
        private final Debtors debtors;
        /** Payments that earlier operations have paid for, as they are now. */
        private final Map<Long, Payment> paid = new HashMap<>();
        private final Map<String, List<Earlier>> earlier = new HashMap<>();

        Run(MatchInput input) {
            this.input = input;
            this.debtors = new Debtors(input.own(), new FileDirectory(input));
            input.byParty().forEach((party, payments) -> byParty.put(party, new Payments(payments)));
            this.cards = new Payments(input.payments().stream().filter(Expected::card).map(Expected::payment).toList());
            this.byNumber = input.payments().stream().filter(one -> one.payment().number() != null)
                    .collect(Collectors.groupingBy(one -> DocumentNumber.normal(one.payment().number())));
        }

        void all(Consumer<MatchedOperation> taker, Progress progress) {
            int[] done = {0};
            input.eachOperation(operation -> {
                taker.accept(decide(operation));
                progress.decided(++done[0], input.operations());
            });
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
            Payments payments = customer == null ? NONE : byParty.getOrDefault(customer, NONE);
            return new Case(booked, ownInn, payments.all(),
                    customer == null ? List.of() : earlier.getOrDefault(customer, List.of()), knownInn,
                    known == null ? Matcher.Source.BANK : known.source(), elsewhere(operation.purpose(), customer),
                    cards.all(), input.own().isBank(party), words, payments);
        }

        private List<Payment> elsewhere(String purpose, @Nullable String customer) {
            return Purpose.read(purpose, words).numbers().stream()
                    .flatMap(number -> byNumber.getOrDefault(number, List.of()).stream())
                    .filter(one -> customer == null || !customer.equals(one.partyInn()))
                    .map(Expected::payment).distinct().map(this::now).toList();
        }

        private Expected expected(long payment) {
            return input.payments().get((int) payment - 1);
        }

        private Payment now(Payment payment) {
            return paid.getOrDefault(payment.id(), payment);
        }

        private void take(long payment, long amount) {
            Expected expected = expected(payment);
            Payment now = now(expected.payment());
            Payment left = now.withOpen(now.open() - amount);
            paid.put(payment, left);
            byParty.getOrDefault(String.valueOf(expected.partyInn()), NONE).replace(left);
            if (expected.card()) {
                cards.replace(left);
            }
        }

        private void remember(Booked operation, Case facts, Assign assign) {
            assign.parts().forEach(part -> {
                take(part.payment(), part.amount());
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
                    .map(one -> new Guess(expected(one.payment()).id(), one.title(), rubles(one.rest()),
                            one.reasonsFor(), one.reasonsAgainst())).toList() : List.of();
            List<Share> shares = assign == null ? List.of() : assign.parts().stream()
                    .map(part -> new Share(expected(part.payment()).id(), expected(part.payment()).payment().title(),
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
