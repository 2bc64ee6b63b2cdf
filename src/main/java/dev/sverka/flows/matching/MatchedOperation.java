package dev.sverka.flows.matching;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What the matcher made of one operation of a file. Sums with two decimals.
 *
 * @param line in the file of operations
 * @param direction {@code in} or {@code out}
 * @param party the other side, name and ИНН
 * @param decision {@code auto}, {@code review} or {@code ignore}
 * @param rule what decided, or what stopped it
 * @param evidence sentences in Russian
 * @param shares what of it falls on which payment, for {@code auto}
 * @param surplus what stays free, for {@code auto}
 * @param candidates payments it could be, the likeliest first, for {@code review}
 */
public record MatchedOperation(String id, int line, String direction, LocalDate date, BigDecimal amount,
        String currency, String party, String purpose, String decision, String rule, List<String> evidence,
        List<Share> shares, BigDecimal surplus, List<Guess> candidates) {

    /** @param payment the payment's id in the file */
    public record Share(String payment, String title, BigDecimal amount) {
    }

    /** @param payment the payment's id in the file */
    public record Guess(String payment, String title, BigDecimal rest, List<String> reasonsFor,
            List<String> reasonsAgainst) {
    }
}
