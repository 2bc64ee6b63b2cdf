package dev.sverka.flows.matching;

import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an operation pays: records in, a decision out; no store, no clock, no chance. Sums are whole kopecks (or
 * the currency's hundredths).
 */
public interface Matcher {

    Decision match(Case facts);

    /** Numbers of documents that a purpose names, in the spelling of {@link DocumentNumber#normal}. */
    static List<String> numbersIn(String purpose) {
        return numbersIn(purpose, PurposeWords.NONE);
    }

    /** The same with words that a file adds. */
    static List<String> numbersIn(String purpose, PurposeWords words) {
        return List.copyOf(Purpose.read(purpose, words).numbers());
    }

    /** ИНН that a purpose names, in the order of the text. */
    static List<String> innsIn(String purpose) {
        return List.copyOf(Purpose.read(purpose).inns());
    }

    /**
     * What is known when an operation is decided.
     *
     * @param ownInn ИНН of our company the account belongs to; null when the account is not ours
     * @param payments all payments of companies with the payer's ИНН (or {@code knownInn}), closed ones too
     * @param earlier earlier operations of the same payer that were allocated
     * @param knownInn ИНН of the customer where the bank's own ИНН of the other side does not tell it; null where it
     *     does,
     *     or where nothing does
     * @param source how {@code knownInn} became known
     * @param elsewhere payments of other customers whose numbers the text may mean: shown to people, never assigned
     * @param cards orders of our companies paid by card, which a bank's register may hold
     * @param ourBank whether the other side is a bank that serves us
     * @param words what the reader of purposes knows besides its own words
     * @param indexed the payments, to be found without looking at each
     */
    record Case(Operation operation, @Nullable String ownInn, List<Payment> payments, List<Earlier> earlier,
            @Nullable String knownInn, Source source, List<Payment> elsewhere, List<Payment> cards, boolean ourBank,
            PurposeWords words, Payments indexed) {

        public Case(Operation operation, @Nullable String ownInn, List<Payment> payments, List<Earlier> earlier,
                @Nullable String knownInn, Source source, List<Payment> elsewhere, List<Payment> cards,
                boolean ourBank, PurposeWords words) {
            this(operation, ownInn, payments, earlier, knownInn, source, elsewhere, cards, ourBank, words,
                    new Payments(payments));
        }

        public Case(Operation operation, @Nullable String ownInn, List<Payment> payments, List<Earlier> earlier,
                @Nullable String knownInn, Source source, List<Payment> elsewhere, List<Payment> cards,
                boolean ourBank) {
            this(operation, ownInn, payments, earlier, knownInn, source, elsewhere, cards, ourBank, PurposeWords.NONE);
        }

        public Case(Operation operation, @Nullable String ownInn, List<Payment> payments, List<Earlier> earlier,
                @Nullable String knownInn, List<Payment> elsewhere, List<Payment> cards) {
            this(operation, ownInn, payments, earlier, knownInn, Source.ACCOUNT, elsewhere, cards, false);
        }

        public Case(Operation operation, @Nullable String ownInn, List<Payment> payments, List<Earlier> earlier) {
            this(operation, ownInn, payments, earlier, null, List.of(), List.of());
        }

        /** Whose payments these are: whom the text names, else the bank's ИНН, else one known in another way. */
        public @Nullable String customerInn() {
            return operation.partyInn() == null || isNamedInText() ? knownInn : operation.partyInn();
        }

        /** Whether somebody else pays for the customer and the text says so. */
        public boolean isNamedInText() {
            return knownInn != null && source == Source.TEXT;
        }
    }

    /**
     * How the customer is known: by the bank's ИНН; by an account that people have confirmed for one customer only;
     * by a
     * name that one customer only bears; by the ИНН or full name in the text of a payment by somebody else.
     */
    enum Source { BANK, ACCOUNT, NAME, TEXT }

    /**
     * The operation.
     *
     * @param partyInn ИНН of the other side, null where the bank gives none
     * @param documentNumber number of the payment order, never of an invoice
     */
    record Operation(Direction direction, long amount, String currency, LocalDate bookedOn, String purpose,
            @Nullable String partyInn, @Nullable String partyName, @Nullable String documentNumber) {

        public Operation(Direction direction, long amount, String currency, LocalDate bookedOn, String purpose,
                @Nullable String partyInn, @Nullable String partyName) {
            this(direction, amount, currency, bookedOn, purpose, partyInn, partyName, null);
        }
    }

    /**
     * A payment of the portal.
     *
     * @param incoming whether money is expected to come
     * @param open what is not paid yet
     * @param ourInn ИНН of our company it is for, null where the portal does not say
     * @param held why it has left automatic writing, null where it has not
     * @param papers what else a purpose may name it by
     */
    record Payment(long id, String title, boolean incoming, @Nullable String number, @Nullable LocalDate invoiceDate,
            long amount, long open, String currency, boolean cancelled, @Nullable String ourInn,
            @Nullable String held, Papers papers) {

        public Payment(long id, String title, boolean incoming, @Nullable String number,
                @Nullable LocalDate invoiceDate,
                long amount, long open, String currency, boolean cancelled, @Nullable String ourInn,
                @Nullable String held) {
            this(id, title, incoming, number, invoiceDate, amount, open, currency, cancelled, ourInn, held,
                    Papers.NONE);
        }

        /** The same payment once some of it has been paid. */
        public Payment withOpen(long left) {
            return new Payment(id, title, incoming, number, invoiceDate, amount, left, currency, cancelled, ourInn,
                    held, papers);
        }
    }

    /**
     * The papers of a payment.
     *
     * @param contract the contract; one may have many payments
     * @param acts акты
     * @param deliveries УПД and waybills
     * @param orders order numbers at the customer's or a marketplace's
     * @param period the month of a monthly service
     * @param stage which part of a deal's money it is
     * @param percent its share of the deal where the portal says so
     */
    record Papers(@Nullable Paper contract, List<Paper> acts, List<Paper> deliveries, List<String> orders,
            @Nullable YearMonth period, @Nullable Stage stage, @Nullable BigDecimal percent) {

        public static final Papers NONE = new Papers(null, List.of(), List.of(), List.of(), null, null, null);
    }

    enum Stage { PREPAYMENT, FINAL }

    record Paper(String number, @Nullable LocalDate date) {
    }

    /** An earlier allocated operation. */
    record Earlier(long amount, LocalDate bookedOn, String purpose, long payment, @Nullable String documentNumber) {

        public Earlier(long amount, LocalDate bookedOn, String purpose, long payment) {
            this(amount, bookedOn, purpose, payment, null);
        }
    }

    /** What was decided. */
    sealed interface Decision {
        /** What was read in the purpose, for people to see. */
        List<Span> read();

        /** Name of the rule that decided, or of what stopped it. */
        String rule();

        /** Sentences in Russian. */
        List<String> evidence();
    }

    /**
     * One reading only.
     *
     * @param rule its name
     * @param evidence sentences in Russian
     * @param surplus what of the operation stays free and has to be asked about; 0 where all of it is assigned
     * @param fee what the bank has withheld of a register of card money: parts are gross, together the operation and
     *     the
     *     fee; else 0
     */
    record Assign(List<Part> parts, String rule, List<String> evidence, List<Span> read, long surplus, long fee)
            implements Decision {

        public Assign(List<Part> parts, String rule, List<String> evidence, List<Span> read, long surplus) {
            this(parts, rule, evidence, read, surplus, 0);
        }

        public Assign(List<Part> parts, String rule, List<String> evidence, List<Span> read) {
            this(parts, rule, evidence, read, 0);
        }
    }

    /** A person has to decide. @param why in Russian; @param candidates best first; @param rule what stopped it */
    record Review(String why, List<Candidate> candidates, List<Span> read, String rule) implements Decision {

        public Review(String why, List<Candidate> candidates, List<Span> read) {
            this(why, candidates, read, "review");
        }

        @Override
        public List<String> evidence() {
            return List.of(why);
        }
    }

    /** A share of the operation for one payment, in kopecks. */
    record Part(long payment, long amount) {
    }

    /** A payment it could be. */
    record Candidate(long payment, String title, long rest, List<String> reasonsFor, List<String> reasonsAgainst) {
    }

    /** What was read where. @param what such as {@code invoice}; @param from first letter; @param to after the last */
    record Span(String what, String text, int from, int to) {
    }
}
