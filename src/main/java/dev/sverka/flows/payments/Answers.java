package dev.sverka.flows.payments;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.payments.Decision.Because;
import dev.sverka.flows.payments.Decision.Question;
import dev.sverka.flows.payments.Reviews.Conflict;
import dev.sverka.flows.payments.Reviews.Invalid;
import dev.sverka.flows.payments.Reviews.Said;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what a person says into a decision, and books it. */
final class Answers {

    private final Transactions transactions;
    private final Questions questions;
    private final Operations operations;
    private final ShareBook shares;
    private final PaymentMirror mirror;
    private final CustomerLocks locks;
    private final Ledger ledger;
    private final Steps steps;
    private final Companies companies;
    private final Clock clock;
    private final MassDeletions doubts;
    private final Supplier<List<Asked>> others;

    Answers(Transactions transactions, Questions questions, Operations operations, ShareBook shares,
            PaymentMirror mirror, CustomerLocks locks, Ledger ledger, Steps steps, Companies companies, Clock clock,
            MassDeletions doubts, Supplier<List<Asked>> others) {
        this.transactions = transactions;
        this.questions = questions;
        this.operations = operations;
        this.shares = shares;
        this.mirror = mirror;
        this.locks = locks;
        this.ledger = ledger;
        this.steps = steps;
        this.companies = companies;
        this.clock = clock;
        this.doubts = doubts;
        this.others = others;
    }

    boolean decide(long id, Said said, String by) {
        return transactions.run(() -> {
            Optional<Questions.Row> asked = questions.look(id);
            if (asked.isEmpty()) {
                return false;
            }
            lock(asked.get(), said);
            Questions.Row question = questions.find(id).orElseThrow();
            refuseStale(question, said);
            if (question.operation() == null) {
                ofAccount(question, said, by);
            } else {
                StoredOperation operation = operations.operation(question.operation());
                learn(operation, said, by);
                ledger.book(decision(question, operation, said, by));
                if (Boolean.TRUE.equals(said.keep()) && operation.withdrawn()) {
                    operations.keepThoughWithdrawn(operation.id());
                }
            }
            questions.decided(id, said, by);
            reask(question, said, by);
            return true;
        });
    }

    private void learn(StoredOperation operation, Said said, String by) {
        if (Boolean.FALSE.equals(said.remember())) {
            companies.untaught(operation.id(), by, clock.millis());
        } else {
            companies.taught(operation.id());
        }
    }

    private void lock(Questions.Row question, Said said) {
        Set<Long> payments = new HashSet<>();
        if (said.allocations() != null) {
            said.allocations().forEach(share -> payments.add(share.payment()));
        }
        if (said.same() != null) {
            payments.add(said.same().payment());
        }
        if (question.operation() != null) {
            locks.hold(List.of(operations.look(question.operation())), payments);
        } else {
            locks.hold(steps.operationsOf(questions.subject(question)).stream().map(operations::look).toList(),
                    payments);
        }
    }

    private void refuseStale(Questions.Row question, Said said) {
        if (!question.state().equals("open")) {
            String now = question.operation() == null ? "" : ": " + operations.look(question.operation()).explanation();
            throw new Conflict("this has been decided meanwhile" + now);
        }
        if (said.version() != null && said.version() != question.version()) {
            throw new Conflict("the question has changed since it was shown: read it again, then answer");
        }
    }

    private Decision decision(Questions.Row question, StoredOperation operation, Said said, String by) {
        List<Part> present = parts(operation.id());
        if (said.allocations() != null) {
            return allocate(question, operation, said.allocations(), present, by);
        }
        if (said.same() != null) {
            return same(operation, said.same(), present, by);
        }
        if (Boolean.TRUE.equals(said.keep())) {
            String why = "оставлено человеком (" + by + ")";
            return new Decision(operation, Because.person(by, why), present, boxOf(operation, present), why, false,
                    Map.of(), null);
        }
        if (said.classify() != null && !said.classify().isBlank()) {
            return setAside(question, operation, "classified", "отнесено человеком (" + by + "): " + said.classify(),
                    present, by);
        }
        if (said.ignore() != null && !said.ignore().isBlank()) {
            return setAside(question, operation, "ignored", "отложено человеком (" + by + "): " + said.ignore(), present,
                    by);
        }
        throw new Invalid("say allocations, keep, same, classify or ignore");
    }

    /** What is kept without a share has been set aside before, or is to be. */
    private static String boxOf(StoredOperation operation, List<Part> present) {
        return !present.isEmpty() ? "allocated" : operation.isUndecided() ? "ignored" : operation.box();
    }

    /** Counted against what is open plus what this operation holds itself: fewer, other or no shares end the old ones. */
    private Decision allocate(Questions.Row question, StoredOperation operation, List<Reviews.Share> said,
            List<Part> present, String by) {
        Map<Long, Long> wanted = new java.util.TreeMap<>();
        said.forEach(share -> wanted.merge(share.payment(), hundredths(share.amount()), Long::sum));
        wanted.forEach((payment, amount) -> {
            long held = present.stream().filter(part -> part.payment() == payment).mapToLong(Part::amount).sum();
            PaymentRow row = payable(operation, payment, held >= amount);
            long open = row.amount() - shares.paid(payment).all() + held;
            if (amount > open && amount > held) {
                throw new Invalid("payment " + payment + " has only " + PortalItem.rubles(Math.max(0, open)) + " open");
            }
        });
        List<Part> parts = wanted.entrySet().stream().map(one -> new Part(one.getKey(), one.getValue())).toList();
        long all = Decision.sum(parts);
        long fee = Math.max(0, all - operation.amount());
        if (fee > operation.fee() && !isProposed(question, wanted)) {
            throw new Invalid("the operation has only " + PortalItem.rubles(operation.amount()));
        }
        String why = parts.isEmpty() ? "снято человеком: " + by : "распределено человеком: " + by;
        long rest = operation.amount() + fee - all;
        String shown = fee > 0 ? why + "; комиссия банка " + Comments.money(fee, operation.currency())
                : rest == 0 || parts.isEmpty() ? why
                : why + "; свободный остаток " + Comments.money(rest, operation.currency());
        return new Decision(operation, Because.person(by, "решил человек: " + by), parts,
                parts.isEmpty() ? "review" : "allocated", shown, parts.isEmpty(), Map.of(), null, fee);
    }

    /** A register of card money is proposed gross: with what the bank has kept of it. */
    private boolean isProposed(Questions.Row question, Map<Long, Long> wanted) {
        Map<Long, Long> proposed = new HashMap<>();
        questions.candidates(question).stream().filter(one -> one.amount() != null).forEach(one -> proposed.put(
                PortalItem.number(one.payment().get("id")), PortalItem.kopecks(one.amount())));
        return !question.kind().equals("operation") && wanted.equals(proposed);
    }

    private PaymentRow payable(StoredOperation operation, long payment, boolean holdsIt) {
        PaymentRow row = mirror.payment(payment).filter(one -> holdsIt || !one.isClosedToMoney())
                .orElseThrow(() -> new Invalid("there is no open payment " + payment));
        if (!row.currency().equals(operation.currency())) {
            throw new Invalid("payment " + payment + " is in " + row.currency());
        }
        if (row.isIncoming() != operation.isIncoming() && !holdsIt) {
            throw new Invalid("payment " + payment + " is for money that " + (row.isIncoming() ? "comes" : "goes")
                    + ", the operation " + (operation.isIncoming() ? "came" : "went"));
        }
        return row;
    }

    /** The operation takes the place of money marked by hand; the paid sum does not move. */
    private Decision same(StoredOperation operation, Reviews.Share said, List<Part> present, String by) {
        long amount = hundredths(said.amount());
        payable(operation, said.payment(), false);
        long hand = shares.paid(said.payment()).hand();
        long free = operation.amount() - Decision.sum(present);
        if (amount > hand) {
            throw new Invalid("only " + PortalItem.rubles(hand) + " of payment " + said.payment() + " are marked by hand");
        }
        if (amount > free) {
            throw new Invalid("only " + PortalItem.rubles(Math.max(0, free)) + " of the operation are free");
        }
        Map<Long, Long> parts = new java.util.TreeMap<>();
        present.forEach(part -> parts.merge(part.payment(), part.amount(), Long::sum));
        parts.merge(said.payment(), amount, Long::sum);
        long rest = free - amount;
        String why = "те же деньги, что отмечены вручную: " + by;
        return new Decision(operation, Because.person(by, why), parts.entrySet().stream()
                .map(one -> new Part(one.getKey(), one.getValue())).toList(), "allocated", rest == 0 ? why
                        : why + "; свободный остаток " + Comments.money(rest, operation.currency()), false,
                Map.of(said.payment(), hand - amount), null);
    }

    /** The whole operation leaves its payments; where only its rest was asked about, that alone is set aside. */
    private static Decision setAside(Questions.Row question, StoredOperation operation, String box, String why,
            List<Part> present, String by) {
        boolean rest = question.aboutRest() && !present.isEmpty();
        return new Decision(operation, Because.person(by, why), rest ? present : List.of(), rest ? "allocated" : box,
                rest ? "свободный остаток " + why : why, false, Map.of(), null);
    }

    /** What is left free is asked about; an operation whose shares were all taken away is open again. */
    private void reask(Questions.Row question, Said said, String by) {
        if (question.operation() == null || said.allocations() == null && said.same() == null) {
            return;
        }
        StoredOperation operation = operations.operation(question.operation());
        long left = operation.amount() - Decision.sum(parts(operation.id()));
        if (said.allocations() != null && said.allocations().isEmpty()) {
            steps.askAgain(operation.id(), "снято человеком: " + by);
        } else if (left > 0) {
            questions.ask(operation, Question.rest());
        }
    }

    boolean reopen(long id, String by) {
        return transactions.run(() -> {
            Optional<StoredOperation> found = operations.find(id);
            if (found.isEmpty()) {
                return false;
            }
            locks.hold(List.of(found.get()), Set.of());
            StoredOperation operation = operations.operation(id);
            if (operation.isUndecided() && parts(id).isEmpty()) {
                throw new Conflict("nothing has been decided of operation " + id + ": its question is open");
            }
            steps.reopen(operation, by);
            return true;
        });
    }

    private void ofAccount(Questions.Row question, Said said, String by) {
        Optional<Asked> other = others.get().stream().filter(one -> one.kinds().contains(question.kind())).findFirst();
        if (other.isPresent()) {
            other.get().answered(questions.subject(question), said, by);
            return;
        }
        boolean apply = Boolean.TRUE.equals(said.apply());
        if (apply == Boolean.TRUE.equals(said.keep())) {
            throw new Invalid("say apply or keep");
        }
        Map<String, Object> subject = questions.subject(question);
        if (question.kind().equals(MassDeletions.FLOW)) {
            doubts.answer(String.valueOf(subject.get("account")), String.valueOf(subject.get("entity")), apply);
            return;
        }
        for (long id : steps.operationsOf(subject)) {
            if (apply) {
                steps.withdrawn(id);
            } else {
                operations.keepThoughWithdrawn(id);
            }
        }
    }

    private List<Part> parts(long operation) {
        Map<Long, Long> sums = new HashMap<>();
        shares.ofOperation(operation).forEach(share -> sums.merge(share.payment(), share.amount(), Long::sum));
        return new ArrayList<>(sums.entrySet().stream().map(one -> new Part(one.getKey(), one.getValue())).toList());
    }

    private static long hundredths(@Nullable BigDecimal amount) {
        try {
            long hundredths = amount == null ? 0 : amount.movePointRight(2).longValueExact();
            if (hundredths > 0) {
                return hundredths;
            }
        } catch (ArithmeticException finer) {
            // falls through to the same words
        }
        throw new Invalid("an amount must be above zero and in whole kopecks, not "
                + (amount == null ? "nothing" : amount.toPlainString()));
    }
}
