package dev.sverka.flows.payments;

import dev.sverka.core.state.Declared;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.flows.matching.Debtors;
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
import dev.sverka.flows.matching.NumberKeys;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.matching.PurposeWords;
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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gathers what is known when an operation is decided, and has matcher and bank rules speak. Joins the running transaction. */
final class Facts {

    /** Equal transfers this many days apart may be one, told twice (see the matcher). */
    private static final int REPEATED_WITHIN_DAYS = 10;
    /** How long after a person has marked a payment as paid its money may come. */
    private static final int MARKED_WITHIN_DAYS = 31;
    /** People are shown no more payments whose money they may have marked by hand. */
    private static final int MOST_MARKED = 10;

    private final JdbcClient jdbc;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final ShareBook shares;
    private final Matcher matcher;
    private final Declared<BankRules> rules;
    private final Declared<PurposeWords> words;
    private final Own own;
    private final Debtors debtors;

    Facts(JdbcClient jdbc, PaymentMirror mirror, Companies companies, ShareBook shares, Matcher matcher,
            Declared<BankRules> rules, Declared<PurposeWords> words, Own own) {
        this.jdbc = jdbc;
        this.mirror = mirror;
        this.companies = companies;
        this.shares = shares;
        this.matcher = matcher;
        this.rules = rules;
        this.words = words;
        this.own = own;
        this.debtors = new Debtors(own, companies.directory());
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

    /** Of the bank's rules and the purposes' words in force. */
    String rulesVersion() {
        String version = (rules.isPresent() ? rules.get() : BankRules.NONE).version();
        return words() == PurposeWords.NONE ? version : version + "+" + words().version();
    }

    private PurposeWords words() {
        return words.isPresent() ? words.get() : PurposeWords.NONE;
    }

    Seen of(StoredOperation operation) {
        Operation booked = new Operation(operation.direction(), operation.amount(), operation.currency(),
                operation.bookedOn(), operation.purpose(), operation.partyInn(), operation.partyName(),
                operation.docNumber());
        Debtors.Known known = debtors.of(booked, operation.partyAccount());
        String inn = known == null ? operation.partyInn() : known.inn();
        List<PaymentRow> rows = inn == null ? List.of() : payments(inn, operation);
        Map<Long, Paid> paid = shares.paid(rows.stream().map(PaymentRow::id).toList());
        Map<Long, String> ours = new HashMap<>();
        Case facts = new Case(booked, own.owner(operation.bankAccount()).map(Own.Company::inn).orElse(null),
                rows.stream().map(row -> payment(row, paid.getOrDefault(row.id(), Paid.NONE), ours, operation)).toList(),
                inn == null ? List.of() : earlier(inn, operation), known == null ? null : inn,
                known == null ? Source.BANK : known.source(), elsewhere(operation, inn), cards(operation),
                own.isBank(operation.partyInn()), words());
        BankRules declared = rules.isPresent() ? rules.get() : BankRules.NONE;
        Verdict verdict = Verdict.of(facts, matcher.match(facts), declared.rule(new BankRules.Facts(
                operation.direction(), operation.amount(), operation.bankAccount(), operation.purpose(),
                operation.category(), operation.partyInn(), operation.partyAccount()), own));
        return new Seen(verdict, doubt(operation, verdict, rows, paid), marked(operation, rows, paid),
                Stream.concat(facts.payments().stream(), facts.cards().stream()).toList());
    }

    /** What is still to be paid, what the text may name, and what people may have marked for this very money. */
    private List<PaymentRow> payments(String inn, StoredOperation operation) {
        Map<Long, PaymentRow> rows = new TreeMap<>();
        Stream.concat(mirror.ofInn(inn, NumberKeys.in(operation.purpose()), !operation.isIncoming()).stream(),
                mirror.byHand(inn, operation, operation.bookedOn().minusDays(MARKED_WITHIN_DAYS), MOST_MARKED).stream())
                .forEach(row -> rows.put(row.id(), row));
        return List.copyOf(rows.values());
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
                .filter(row -> mayBe(row, paid.getOrDefault(row.id(), Paid.NONE), operation))
                .findFirst().map(row -> "документ не назван, а платёж " + row.id() + " («" + row.name()
                        + "»), который ведёт человек, тоже подходит").orElse(null);
    }

    /** What a person has marked as paid long before the money came is other money. */
    private static boolean mayBe(PaymentRow row, Paid paid, StoredOperation operation) {
        boolean longBefore = row.seenDate() != null
                && row.seenDate().isBefore(operation.bookedOn().minusDays(MARKED_WITHIN_DAYS));
        return paid.hand() >= operation.amount() && !longBefore
                || row.held() != null && row.amount() - paid.all() == operation.amount();
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

    /** Only equal transfers for the customer on neighbouring days say anything, whoever paid them. */
    private List<Earlier> earlier(String inn, StoredOperation operation) {
        return jdbc.sql("""
                select o.amount, o.booked_on, o.purpose, s.payment_id, o.doc_number from bank_operation o
                join share s on s.operation_id = o.id and s.ended_by is null
                join payment p on p.id = s.payment_id
                where o.amount = ? and o.booked_on between ? and ? and o.id <> ? and (o.party_inn = ? or exists (
                    select 1 from requisite r where r.company_id = p.company_id and r.inn = ?))""")
                .params(operation.amount(), operation.bookedOn().minusDays(REPEATED_WITHIN_DAYS),
                        operation.bookedOn().plusDays(REPEATED_WITHIN_DAYS), operation.id(), inn, inn)
                .query((row, number) -> new Earlier(row.getLong(1), row.getDate(2).toLocalDate(), row.getString(3),
                        row.getLong(4), row.getString(5))).list();
    }

    /** Other customers' payments whose numbers the text may mean: shown to people, never assigned. */
    private List<Payment> elsewhere(StoredOperation operation, @Nullable String inn) {
        List<PaymentRow> rows = mirror.ofNumbers(Matcher.numbersIn(operation.purpose(), words())).stream()
                .filter(row -> inn == null || !companies.innsOf(row.company()).contains(inn)).toList();
        return payments(rows, operation);
    }

    /** Only a bank's register can hold orders paid by card. */
    private List<Payment> cards(StoredOperation operation) {
        return operation.partyInn() != null && !own.isBank(operation.partyInn()) ? List.of()
                : payments(mirror.cards(), operation);
    }

    private List<Payment> payments(List<PaymentRow> rows, StoredOperation operation) {
        Map<Long, Paid> paid = shares.paid(rows.stream().map(PaymentRow::id).toList());
        Map<Long, String> ours = new HashMap<>();
        return rows.stream().map(row -> payment(row, paid.getOrDefault(row.id(), Paid.NONE), ours, operation)).toList();
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

    static List<String> texts(@Nullable Object values) {
        return values instanceof List<?> list ? list.stream().map(PortalItem::text).filter(java.util.Objects::nonNull)
                .toList() : PortalItem.text(values) == null ? List.of() : List.of(String.valueOf(values));
    }

    /** A person's free text that is no day names none. */
    static @Nullable LocalDate day(@Nullable Object value) {
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
