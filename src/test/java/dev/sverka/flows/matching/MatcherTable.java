package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;

/** What the tables of the matcher's tests are written with. */
final class MatcherTable {

    static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    static final String OWN = "0099000014";
    static final String PAYER = "0099000127";

    private MatcherTable() {
    }

    /** An open payment of 12.11.2026. */
    static Payment invoice(long id, String number, long amount) {
        return payment(id, number, amount, amount, Papers.NONE);
    }

    static Payment payment(long id, String number, long amount, long open, Papers papers) {
        return new Payment(id, "Счёт № " + number, true, number, LocalDate.of(2026, 11, 12), amount, open, "RUB", false,
                OWN, null, papers);
    }

    static Papers contract(String number) {
        return new Papers(new Paper(number, LocalDate.of(2026, 2, 1)), List.of(), List.of(), List.of(), null, null,
                null);
    }

    static Papers act(String number) {
        return new Papers(null, List.of(new Paper(number, LocalDate.of(2026, 10, 31))), List.of(), List.of(), null,
                null, null);
    }

    static Papers delivery(String number) {
        return new Papers(null, List.of(), List.of(new Paper(number, null)), List.of(), null, null, null);
    }

    static Papers order(String number) {
        return new Papers(null, List.of(), List.of(), List.of(number), null, null, null);
    }

    static Papers month(String month) {
        return new Papers(null, List.of(), List.of(), List.of(), YearMonth.parse(month), null, null);
    }

    static Operation operation(long amount, String purpose) {
        return new Operation(Direction.INCOMING, amount, "RUB", DAY, purpose, PAYER, "ООО «Ромашка»");
    }

    static Decision decide(long amount, String purpose, Payment... payments) {
        return decide(operation(amount, purpose), List.of(), payments);
    }

    static Decision decide(Operation operation, List<Earlier> earlier, Payment... payments) {
        return new NumberMatcher().match(new Case(operation, OWN, List.of(payments), earlier));
    }

    /** {@code 42=100.00 43=50.00}, with {@code +1.00} where so much stays free; {@code ?} where a person is asked. */
    static String told(Decision decision) {
        if (!(decision instanceof Assign assign)) {
            return "?";
        }
        String parts = assign.parts().stream().map(part -> part.payment() + "=" + rubles(part.amount()))
                .sorted().collect(Collectors.joining(" "));
        return assign.surplus() == 0 ? parts : parts + " +" + rubles(assign.surplus());
    }

    static String rubles(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
