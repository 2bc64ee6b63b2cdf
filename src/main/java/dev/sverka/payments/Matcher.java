package dev.sverka.payments;

import dev.sverka.bank.BankOperation.Direction;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an operation pays: records in, a decision out; no store, no clock, no chance. Sums are whole kopecks (or
 * the currency's hundredths).
 */
public interface Matcher {

    Decision match(Case facts);

    /**
     * What is known when an operation is decided.
     *
     * @param ownInn ИНН of our company the account belongs to; null when the account is not ours
     * @param payments all payments of companies with the payer's ИНН, closed ones too
     * @param earlier earlier operations of the same payer that were allocated
     */
    record Case(Operation operation, @Nullable String ownInn, List<Payment> payments, List<Earlier> earlier) {
    }

    /** The operation. @param partyInn ИНН of the other side, null where the bank gives none */
    record Operation(Direction direction, long amount, String currency, LocalDate bookedOn, String purpose,
            @Nullable String partyInn, @Nullable String partyName) {
    }

    /**
     * A payment of the portal.
     *
     * @param incoming whether money is expected to come
     * @param open what is not paid yet
     * @param ourInn ИНН of our company it is for, null where the portal does not say
     * @param held why it has left automatic writing, null where it has not
     */
    record Payment(long id, String title, boolean incoming, @Nullable String number, @Nullable LocalDate invoiceDate,
            long amount, long open, String currency, boolean cancelled, @Nullable String ourInn,
            @Nullable String held) {
    }

    /** An earlier allocated operation. */
    record Earlier(long amount, LocalDate bookedOn, String purpose, long payment) {
    }

    /** What was decided. */
    sealed interface Decision {
        /** What was read in the purpose, for people to see. */
        List<Span> read();
    }

    /**
     * One reading only.
     *
     * @param rule its name
     * @param evidence sentences in Russian
     */
    record Assign(List<Part> parts, String rule, List<String> evidence, List<Span> read) implements Decision {
    }

    /** A person has to decide. @param why in Russian; @param candidates best first */
    record Review(String why, List<Candidate> candidates, List<Span> read) implements Decision {
    }

    /** A share of the operation for one payment, in kopecks. */
    record Part(long payment, long amount) {
    }

    /** A payment it could be. */
    record Candidate(long payment, String title, long rest, List<String> reasonsFor, List<String> reasonsAgainst) {
    }

    /** What was read where. @param what such as {@code invoice}; @param from first character, @param to after the last */
    record Span(String what, String text, int from, int to) {
    }
}
