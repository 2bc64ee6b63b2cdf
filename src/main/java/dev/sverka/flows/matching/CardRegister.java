package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Review;
import dev.sverka.records.bank.BankOperation.Direction;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A bank's register of card money: all orders of one day, less the bank's commission. It is decided where the orders
 * of a day that the text names are, to the kopeck, the operation and a commission that the text names too.
 */
final class CardRegister {

    private static final Sieve NAMED = Sieve.of("эквайр|мерчант|merchant|терминал|реестр|сбп|qr|интернет-магаз"
            + "|acquir|(?<!\\p{L})тсп(?!\\p{L})|терм\\.|операци\\p{L}{0,3} с|банковск\\p{L}{1,3} карт|плат[её]жн\\p{L}{1,3} карт|мбк|по карт(?:ам|е)|pos|комисс");
    /** How long after the buyer has paid the bank may settle, where no day is named. */
    private static final int LATEST = 3;

    private CardRegister() {
    }

    static Optional<Decision> decide(Case facts, Purpose purpose) {
        if (!facts.ourBank() || facts.operation().direction() != Direction.INCOMING || !purpose.holds(NAMED)) {
            return Optional.empty();
        }
        List<LocalDate> days = purpose.days().stream().distinct().filter(day -> !ofDay(facts, day).isEmpty()).toList();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        List<Payment> orders = days.stream().flatMap(day -> ofDay(facts, day).stream()).toList();
        long gross = orders.stream().mapToLong(Payment::open).sum();
        long fee = gross - facts.operation().amount();
        boolean clear = days.size() == 1 && fee >= 0 && (fee == 0 || purpose.sums().contains(fee))
                && orders.stream().allMatch(one -> one.held() == null);
        if (!clear) {
            return Optional.of(new Review("заказы картой за день реестра не складываются в сумму и комиссию",
                    Candidates.of(facts, purpose), purpose.spans(), "card-register"));
        }
        return Optional.of(new Assign(orders.stream().map(one -> new Part(one.id(), one.open())).toList(),
                "card-register", List.of("назван день реестра " + days.get(0),
                        "все заказы картой этого дня вместе равны "
                        + "сумме и названной комиссии банка"), purpose.spans(), 0, fee));
    }

    /** Whether an order may be in the register: of a day it names, or of the days before it where it names none. */
    static boolean mayHold(Case facts) {
        Purpose purpose = Purpose.of(facts);
        LocalDate booked = facts.operation().bookedOn();
        List<LocalDate> days = purpose.days().stream()
                .filter(day -> !day.isAfter(booked) && day.isAfter(booked.minusDays(31))).toList();
        return facts.cards().stream().filter(one -> Eligible.isOpen(one, facts)).anyMatch(one -> {
            LocalDate day = one.invoiceDate();
            return day == null || (days.isEmpty() ? !day.isBefore(booked.minusDays(LATEST)) : days.contains(day));
        });
    }

    private static List<Payment> ofDay(Case facts, LocalDate day) {
        return facts.cards().stream().filter(one -> Objects.equals(one.invoiceDate(), day))
                .filter(one -> Eligible.isOurs(one, facts) && one.open() > 0 && !one.cancelled()
                        && one.currency().equals(facts.operation().currency())).toList();
    }
}
