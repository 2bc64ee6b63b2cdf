package dev.sverka.flows.payments;

import dev.sverka.core.state.Declared;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Source;
import dev.sverka.flows.matching.Matcher.Stage;
import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.matching.Verdict;
import dev.sverka.flows.payments.ShareBook.Paid;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gathers what is known when an operation is decided, and has matcher and bank rules speak. Joins the running transaction. */
final class Facts {

    /** Accounts that stand for many payers, or none: nothing is learned from them. */
    private static final List<String> SHARED_ACCOUNTS = List.of("301", "302", "303", "409", "474", "202", "401", "403",
            "031", "032", "033", "0000");

    private final JdbcClient jdbc;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final ShareBook shares;
    private final Matcher matcher;
    private final Declared<BankRules> rules;
    private final Own own;

    Facts(JdbcClient jdbc, PaymentMirror mirror, Companies companies, ShareBook shares, Matcher matcher,
            Declared<BankRules> rules, Own own) {
        this.jdbc = jdbc;
        this.mirror = mirror;
        this.companies = companies;
        this.shares = shares;
        this.matcher = matcher;
        this.rules = rules;
        this.own = own;
    }

    /**
     * What an operation is taken for.
     *
     * @param doubt what of the portal forbids to act on it though matcher and rules agree; null where nothing does
     * @param marked payments that people marked as paid by hand and whose money this may be
     */
    record Seen(Verdict verdict, @Nullable String doubt, List<Candidate> marked, List<Payment> payments) {

        /** What the matcher would give money to, as candidates. */
        List<Candidate> named(Matcher.Assign assign) {
            return assign.parts().stream().flatMap(part -> payments.stream().filter(one -> one.id() == part.payment()))
                    .map(one -> new Candidate(one.id(), one.title(), one.open(), assign.evidence(), List.of())).toList();
        }
    }

    /** Of the bank's rules in force. */
    String rulesVersion() {
        return (rules.isPresent() ? rules.get() : BankRules.NONE).version();
    }

    Seen of(StoredOperation operation) {
        Known known = customer(operation);
        String inn = known.inn();
        List<PaymentRow> rows = inn == null ? List.of() : mirror.ofInn(inn);
        Map<Long, Paid> paid = inn == null ? Map.of() : shares.paidOf(inn);
        Map<Long, String> ours = new HashMap<>();
        Case facts = new Case(
                new Operation(operation.direction(), operation.amount(), operation.currency(), operation.bookedOn(),
                        operation.purpose(), operation.partyInn(), operation.partyName(), operation.docNumber()),
                own.owner(operation.bankAccount()).map(Own.Company::inn).orElse(null),
                rows.stream().map(row -> payment(row, paid.getOrDefault(row.id(), Paid.NONE), ours, operation)).toList(),
                inn == null ? List.of() : earlier(inn, operation.id()),
                known.source() == Source.BANK ? null : inn, known.source(), elsewhere(operation, rows), cards(operation),
                false);
        BankRules declared = rules.isPresent() ? rules.get() : BankRules.NONE;
        Verdict verdict = Verdict.of(facts, matcher.match(facts), declared.rule(new BankRules.Facts(
                operation.direction(), operation.amount(), operation.bankAccount(), operation.purpose(),
                operation.category(), operation.partyInn(), operation.partyAccount()), own));
        return new Seen(verdict, doubt(operation, verdict, rows, paid), marked(operation, rows, paid),
                facts.payments());
    }

    /** Whether an account stands for many payers, or for none. */
    static boolean isShared(String account) {
        return SHARED_ACCOUNTS.stream().anyMatch(account::startsWith);
    }

    private record Known(@Nullable String inn, Source source) {
    }

    /**
     * Whom the text names by ИНН, where somebody else pays; else the bank's ИНН; where it gives none, that of the only
     * customer whom people have confirmed for the account.
     */
    private Known customer(StoredOperation operation) {
        String account = operation.partyAccount();
        if (operation.isIncoming()) {
            List<String> named = companies.namedIn(operation, own);
            if (named.size() == 1 && companies.isCustomer(named.get(0))) {
                return new Known(named.get(0), Source.TEXT);
            }
        }
        if (operation.partyInn() != null || account == null || !operation.isIncoming()
                || isShared(account)) {
            return new Known(operation.partyInn(), Source.BANK);
        }
        List<String> confirmed = companies.confirmedFor(account);
        return new Known(confirmed.size() == 1 ? confirmed.get(0) : null, Source.ACCOUNT);
    }

    /** @param ours ИНН of own companies that have been looked up for this decision, empty where they have none */
    private Payment payment(PaymentRow row, Paid paid, Map<Long, String> ours, StoredOperation operation) {
        String found = row.ourCompany() == null ? "" : ours.computeIfAbsent(row.ourCompany(),
                company -> companies.innsOf(company).stream().findFirst().orElse(""));
        String ourInn = found.isEmpty() ? null : found;
        // a success stage that we did not bring about closes it, whatever its sum says
        boolean closed = row.isPaidStage() && paid.operations() == 0 && row.stageBefore() == null;
        long open = closed ? 0 : Math.max(0, row.amount() - paid.all());
        return new Payment(row.id(), row.name(), row.isIncoming(), row.number(), row.invoiceDate(), row.amount(), open,
                row.currency(), row.isClosedToMoney(), ourInn, held(row, open, paid, operation), papers(row));
    }

    /** Money marked as paid by hand may be this very operation: then a person says whether it is. */
    private static @Nullable String held(PaymentRow row, long open, Paid paid, StoredOperation operation) {
        return row.held() == null && open > 0 && paid.hand() >= operation.amount()
                ? "часть отмечена оплаченной вручную, и это может быть та же оплата" : row.held();
    }

    /**
     * What cannot be read is not absent; and where no document is named, a payment that a person leads, or has marked
     * as paid, may be the one that is meant.
     */
    private static @Nullable String doubt(StoredOperation operation, Verdict verdict, List<PaymentRow> rows,
            Map<Long, Paid> paid) {
        if (!(verdict.decision() instanceof Matcher.Assign assign)) {
            return null;
        }
        Optional<PaymentRow> unreadable = rows.stream().filter(row -> row.unreadable() != null).findFirst();
        if (unreadable.isPresent()) {
            return "платёж " + unreadable.get().id() + " этого контрагента не читается ("
                    + unreadable.get().unreadable() + "), и он может быть нужным";
        }
        boolean named = assign.rule().equals("invoice-number") || assign.rule().equals("papers");
        List<Long> meant = assign.parts().stream().map(Matcher.Part::payment).toList();
        return named ? null : rows.stream()
                .filter(row -> !meant.contains(row.id()) && !row.isClosedToMoney()
                        && row.isIncoming() == operation.isIncoming() && row.currency().equals(operation.currency()))
                .filter(row -> mayBe(row, paid.getOrDefault(row.id(), Paid.NONE), operation.amount()))
                .findFirst().map(row -> "документ не назван, а платёж " + row.id() + " («" + row.name()
                        + "»), который ведёт человек, тоже подходит").orElse(null);
    }

    private static boolean mayBe(PaymentRow row, Paid paid, long amount) {
        return paid.hand() >= amount || row.held() != null && row.amount() - paid.all() == amount;
    }

    private List<Candidate> marked(StoredOperation operation, List<PaymentRow> rows, Map<Long, Paid> paid) {
        List<Candidate> marked = new ArrayList<>();
        for (PaymentRow row : rows) {
            long hand = paid.getOrDefault(row.id(), Paid.NONE).hand();
            if (hand > 0 && hand >= operation.amount() && !row.isClosedToMoney()
                    && row.isIncoming() == operation.isIncoming() && row.currency().equals(operation.currency())) {
                marked.add(new Candidate(row.id(), row.name(), Math.max(0, row.amount()
                        - paid.get(row.id()).all()), List.of("отмечен оплаченным вручную на "
                                + Comments.money(hand, row.currency()) + ": это могут быть те же деньги"), List.of()));
            }
        }
        return marked;
    }

    private List<Earlier> earlier(String inn, long except) {
        return jdbc.sql("""
                select o.amount, o.booked_on, o.purpose, s.payment_id, o.doc_number from bank_operation o
                join share s on s.operation_id = o.id and s.ended_by is null
                where o.party_inn = ? and o.id <> ?""").params(inn, except)
                .query((row, number) -> new Earlier(row.getLong(1), row.getDate(2).toLocalDate(), row.getString(3),
                        row.getLong(4), row.getString(5))).list();
    }

    /** Other customers' payments whose numbers the text may mean: shown to people, never assigned. */
    private List<Payment> elsewhere(StoredOperation operation, List<PaymentRow> own) {
        List<Long> known = own.stream().map(PaymentRow::id).toList();
        return mirror.ofNumbers(Matcher.numbersIn(operation.purpose())).stream()
                .filter(row -> !known.contains(row.id()))
                .map(row -> payment(row, shares.paid(row.id()), new HashMap<>(), operation)).toList();
    }

    /** Only a bank's register can hold orders paid by card. */
    private List<Payment> cards(StoredOperation operation) {
        return operation.partyInn() != null && !own.isBank(operation.partyInn()) ? List.of()
                : mirror.cards().stream().map(row -> payment(row, shares.paid(row.id()), new HashMap<>(), operation)).toList();
    }

    /** What else the portal says of a payment that a purpose may name. */
    private static Papers papers(PaymentRow row) {
        Map<String, Object> details = row.details();
        String contract = PortalItem.text(details.get("contractNumber"));
        List<Paper> acts = texts(details.get("actNumbers")).stream().map(one -> new Paper(one, null)).toList();
        return new Papers(contract == null ? null : new Paper(contract, day(details.get("contractDate"))), acts, acts,
                texts(details.get("orderNumbers")), month(details.get("period")), stage(details.get("part")),
                details.get("part") == null || details.get("percent") == null ? null
                        : new BigDecimal(details.get("percent").toString()));
    }

    private static List<String> texts(@Nullable Object values) {
        return values instanceof List<?> list ? list.stream().map(PortalItem::text).filter(java.util.Objects::nonNull)
                .toList() : PortalItem.text(values) == null ? List.of() : List.of(String.valueOf(values));
    }

    private static @Nullable LocalDate day(@Nullable Object value) {
        try {
            return value == null ? null : LocalDate.parse(value.toString());
        } catch (DateTimeException free) {
            return null;
        }
    }

    /** A person's free text that is no month names none. */
    private static @Nullable YearMonth month(@Nullable Object value) {
        try {
            return value == null ? null : YearMonth.parse(value.toString().strip());
        } catch (DateTimeException free) {
            return null;
        }
    }

    private static @Nullable Stage stage(@Nullable Object part) {
        return "Аванс".equals(part) ? Stage.PREPAYMENT : "Остаток".equals(part) ? Stage.FINAL : null;
    }
}
