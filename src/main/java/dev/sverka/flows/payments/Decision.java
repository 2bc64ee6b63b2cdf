package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Matcher.Candidate;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision on one operation: what holds after it. {@link Ledger#book} works out what begins and what ends.
 *
 * @param parts the shares that stand after it, all of them
 * @param box where the operation is then
 * @param shown why, as people read it on the operation, in Russian
 * @param onlyPerson whether from now on the machine gives this money to nobody
 * @param hand sums that people's hands have set, by payment, where they change with it; kopecks
 * @param question what a person is asked; null where nothing is open any more
 * @param fee what the bank has kept of a register of card money, kopecks: parts are gross and may be as much more
 */
record Decision(StoredOperation operation, Because because, List<Part> parts, String box, String shown,
        boolean onlyPerson, Map<Long, Long> hand, @Nullable Question question, long fee) {

    /** A fee goes on for as long as gross shares stand. */
    Decision(StoredOperation operation, Because because, List<Part> parts, String box, String shown,
            boolean onlyPerson, Map<Long, Long> hand, @Nullable Question question) {
        this(operation, because, parts, box, shown, onlyPerson, hand, question, Math.min(operation.fee(),
                Math.max(0, sum(parts) - operation.amount())));
    }

    /** In kopecks. */
    static long sum(List<Part> parts) {
        return parts.stream().mapToLong(Part::amount).sum();
    }

    /**
     * Who decided, and why.
     *
     * @param rule its name; {@code person} for a person
     * @param version of the rule
     * @param why evidence in Russian
     */
    record Because(String rule, String version, @Nullable String person, String why) {

        /** Nothing is decided: who decided before stays the one who did. */
        static final String ASKED = "asked";

        static Because machine(String rule, String version, String why) {
            return new Because(rule, version, null, why);
        }

        static Because person(String name, String why) {
            return new Because("person", "1", name, why);
        }
    }

    /**
     * What a person is asked.
     *
     * @param kind operation, proposal or history
     * @param proposed what the machine would do, for a proposal
     * @param aboutRest whether only what is left free is asked about
     */
    record Question(String kind, List<Candidate> candidates, List<Part> proposed, List<Span> read, boolean aboutRest) {

        static Question operation(List<Candidate> candidates, List<Span> read) {
            return new Question("operation", candidates, List.of(), read, false);
        }

        static Question rest() {
            return new Question("operation", List.of(), List.of(), List.of(), true);
        }
    }
}
