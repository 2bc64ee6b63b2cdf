package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Follows what a purpose names, strongest first: invoices, papers, the whole debt, a contract, a month; nothing named
 * leaves the only open payment of this sum. One reading decides, anything else is a person's. Weaker evidence never
 * outvotes stronger: a number that is not found is not replaced by a sum.
 */
public final class NumberMatcher implements Matcher {

    @Override
    public Decision match(Case facts) {
        Purpose purpose = Purpose.of(facts);
        Optional<Decision> register = CardRegister.decide(facts, purpose);
        if (register.isPresent()) {
            return register.get();
        }
        Optional<Decision> returned = Returns.decide(facts, purpose);
        if (returned.isPresent()) {
            return returned.get();
        }
        Optional<String> obstacle = Objections.before(facts, purpose);
        if (obstacle.isPresent()) {
            return review(facts, purpose, "obstacle", obstacle.get());
        }
        if (!purpose.references(Kind.INVOICE).isEmpty()) {
            return byInvoices(facts, purpose);
        }
        List<Reference> papers = purpose.references(Kind.ACT, Kind.DELIVERY, Kind.ORDER);
        if (!papers.isEmpty()) {
            return decide(facts, purpose, "papers", Pointed.by(papers, facts));
        }
        if (purpose.saysWholeDebt()) {
            return byWholeDebt(facts, purpose);
        }
        return byContractOrSum(facts, purpose);
    }

    private Decision byInvoices(Case facts, Purpose purpose) {
        List<Reference> invoices = purpose.references(Kind.INVOICE);
        if (purpose.saysMore()) {
            return review(facts, purpose, "invoice-number", "кроме названных счетов сказано о других");
        }
        if (invoices.stream().anyMatch(one -> one.number() == null)) {
            return invoices.size() > 1 ? review(facts, purpose, "invoice-date", "назван и счёт без номера")
                    : byDate(facts, purpose, invoices.get(0));
        }
        Pointed pointed = Pointed.by(invoices, facts);
        return pointed.why() == null && pointed.payments().size() < 2 && purpose.isOneOfSeveral()
                ? review(facts, purpose, "invoice-number", "сказано о нескольких счетах, а назван один")
                : decide(facts, purpose, "invoice-number", pointed);
    }

    /** An invoice named by its day: the sum has to be exact, and no other one of this sum open. */
    private Decision byDate(Case facts, Purpose purpose, Reference invoice) {
        List<Payment> dated = fitting(facts).stream()
                .filter(payment -> Objects.equals(payment.invoiceDate(), invoice.date())).toList();
        return only(facts, purpose, "invoice-date", dated, "назван счёт от этой даты на эту сумму");
    }

    private Decision byWholeDebt(Case facts, Purpose purpose) {
        List<Payment> open = facts.indexed().open().stream().filter(payment -> Eligible.isOurs(payment, facts))
                .filter(payment -> payment.currency().equals(facts.operation().currency())).toList();
        boolean clear = !open.isEmpty() && open.stream().allMatch(payment -> Eligible.isOpen(payment, facts))
                && open.stream().mapToLong(Payment::open).sum() == facts.operation().amount()
                && purpose.references(Kind.CONTRACT, Kind.OTHER).isEmpty() && purpose.percent().isEmpty();
        if (!clear) {
            return review(facts, purpose, "whole-debt", "сумма не равна всему долгу, о котором говорит сверка");
        }
        List<Part> parts = open.stream().map(payment -> new Part(payment.id(), payment.open())).toList();
        return new Assign(parts, "whole-debt", List.of("в назначении назван акт сверки",
                customer(facts), "сумма равна всему, что не оплачено"), purpose.spans());
    }

    private Decision byContractOrSum(Case facts, Purpose purpose) {
        List<Reference> contracts = purpose.references(Kind.CONTRACT);
        boolean other = purpose.references(Kind.OTHER, Kind.TAX).stream().anyMatch(one -> one.number() != null);
        if (other || contracts.size() > 1) {
            return review(facts, purpose, "papers", "назван документ, по которому платежи не находятся");
        }
        List<Payment> fitting = fitting(facts);
        if (!contracts.isEmpty() && contracts.get(0).number() != null) {
            return byContract(facts, purpose, contracts.get(0), fitting);
        }
        if (purpose.percent().isPresent()) {
            return review(facts, purpose, "percent", "назван процент, а счёт не назван");
        }
        Optional<String> strange = purpose.strange();
        if (strange.isPresent()) {
            return review(facts, purpose, "only-sum",
                    "документ не назван, а в назначении есть слово «" + strange.get() + "»");
        }
        if (!purpose.periods().isEmpty()) {
            return only(facts, purpose, "period", fitting.stream()
                    .filter(payment -> isFor(payment, purpose.periods())).toList(), "период назван");
        }
        if (purpose.hasVaguePeriod()) {
            return review(facts, purpose, "period", "месяц назван без года");
        }
        if (purpose.saysSeveral()) {
            return review(facts, purpose, "only-sum", OpenSets.of(facts), "сказано о нескольких счетах, а ни один не "
                    + "назван");
        }
        boolean otherDay = !purpose.strayDays().isEmpty() && fitting.stream()
                .noneMatch(payment -> purpose.strayDays().contains(payment.invoiceDate()));
        if (otherDay) {
            return review(facts, purpose, "only-sum", "дата в назначении — не счёта на эту сумму");
        }
        OpenSets sets = OpenSets.of(facts);
        return sets.isSingle() ? only(facts, purpose, "only-sum", fitting,
                "документ не назван, но у контрагента один неоплаченный платёж на эту сумму, и другие её не дают")
                : review(facts, purpose, "only-sum", sets, "в назначении не назван номер счёта");
    }

    private Decision byContract(Case facts, Purpose purpose, Reference contract, List<Payment> fitting) {
        List<Payment> under = facts.indexed().near(Kind.CONTRACT, String.valueOf(contract.number())).stream()
                .filter(payment -> Pointed.isUnder(payment, contract)).toList();
        if (under.isEmpty()) {
            return review(facts, purpose, "contract",
                    "договор № " + contract.number() + " у этого контрагента не найден");
        }
        String evidence = "назван договор № " + contract.number() + ", по нему один платёж на эту сумму";
        List<Payment> exact = fitting.stream().filter(under::contains)
                .filter(payment -> agrees(payment, purpose)).toList();
        List<Payment> open = under.stream().filter(payment -> Eligible.isOpen(payment, facts)).toList();
        if (exact.isEmpty() && open.size() == 1 && purpose.saysPart() && purpose.periods().isEmpty()
                && facts.operation().amount() < open.get(0).open()) {
            return only(facts, purpose, "contract", open, "назван договор № " + contract.number()
                    + " и часть оплаты, открытый платёж по нему один");
        }
        return only(facts, purpose, "contract", exact, evidence);
    }

    /** Whether month, per cent and stage are the payment's where the text names them. */
    private static boolean agrees(Payment payment, Purpose purpose) {
        Papers papers = payment.papers();
        boolean percent = purpose.percent().isEmpty()
                || papers.percent() != null && papers.percent().compareTo(purpose.percent().get()) == 0;
        boolean stage = !(purpose.saysAdvance() && papers.stage() == Stage.FINAL)
                && !(purpose.saysFinal() && papers.stage() == Stage.PREPAYMENT);
        return percent && stage && (purpose.periods().isEmpty() || papers.period() == null
                || isFor(payment, purpose.periods()));
    }

    /** Open payments of exactly the operation's sum. */
    private static List<Payment> fitting(Case facts) {
        return facts.indexed().open().stream().filter(payment -> payment.open() == facts.operation().amount())
                .filter(payment -> Eligible.isOpen(payment, facts)).toList();
    }

    private static boolean isFor(Payment payment, List<YearMonth> periods) {
        return payment.papers().period() != null && periods.equals(List.of(payment.papers().period()));
    }

    private Decision only(Case facts, Purpose purpose, String rule, List<Payment> found, String evidence) {
        if (found.size() != 1) {
            return review(facts, purpose, rule, found.isEmpty()
                    ? "в назначении не назван номер счёта, и одного подходящего платежа на эту сумму нет"
                    : "подходит несколько платежей");
        }
        if (Eligible.isRepeated(facts)) {
            return review(facts, purpose, rule, "такой же перевод от этого плательщика уже был");
        }
        Map<Payment, Long> one = new LinkedHashMap<>();
        one.put(found.get(0), null);
        return decide(facts, purpose, rule, new Pointed(one, List.of(evidence), false, null));
    }

    private Decision decide(Case facts, Purpose purpose, String rule, Pointed pointed) {
        if (pointed.why() != null) {
            return review(facts, purpose, rule, pointed.why());
        }
        for (Payment payment : pointed.payments()) {
            List<String> against = Eligible.against(payment, facts);
            if (!against.isEmpty()) {
                return review(facts, purpose, rule, against.get(0));
            }
            if (Eligible.isRepeated(payment, facts)) {
                return review(facts, purpose, rule, "такой же перевод от этого плательщика уже был");
            }
        }
        boolean named = rule.equals("invoice-number") || rule.equals("papers");
        boolean exact = pointed.payments().stream().mapToLong(Payment::open).sum() == facts.operation().amount();
        Optional<String> objection = Objections.after(facts, purpose, pointed.payments(), named, exact);
        if (objection.isPresent()) {
            return review(facts, purpose, rule, objection.get());
        }
        Shares shares = Shares.of(facts, purpose, pointed, rule.equals("invoice-number"));
        if (shares.why() != null) {
            return review(facts, purpose, rule, shares.why());
        }
        if (pointed.strict() && !exact) {
            return review(facts, purpose, rule, "номер или дата названы неточно, а сумма не равна остатку");
        }
        List<String> evidence = new ArrayList<>(pointed.evidence());
        evidence.add(customer(facts));
        evidence.add(shares.evidence());
        return new Assign(shares.parts(), rule, List.copyOf(evidence), purpose.spans(), shares.surplus());
    }

    private static String customer(Case facts) {
        String inn = facts.customerInn();
        return switch (facts.knownInn() == null ? Matcher.Source.BANK : facts.source()) {
            case BANK -> "ИНН плательщика " + inn + " — этого контрагента";
            case ACCOUNT -> "со счёта плательщика платил только этот контрагент, ИНН " + inn;
            case NAME -> "так называется только этот контрагент, ИНН " + inn;
            case TEXT -> "в назначении сказано, что платят за контрагента с ИНН " + inn;
        };
    }

    private static Decision review(Case facts, Purpose purpose, String rule, OpenSets sets, String why) {
        return new Review(why + "; " + sets.told(), Candidates.of(facts, purpose, sets.members()), purpose.spans(),
                rule);
    }

    private static Decision review(Case facts, Purpose purpose, String rule, String why) {
        return new Review(why, Candidates.of(facts, purpose), purpose.spans(), rule);
    }
}
