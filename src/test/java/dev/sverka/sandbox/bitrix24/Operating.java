package dev.sverka.sandbox.bitrix24;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The ledger of operating time for each method (bitrix24.md section 3.2): one-minute baskets, each of which lasts ten
 * minutes from its first call. The check comes before a call, so the call that crosses the ceiling completes.
 */
final class Operating {

    private static final Duration BASKET = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final BigDecimal FLOOR = new BigDecimal("0.1");

    private static final class Basket {

        final Instant from;
        BigDecimal sum = BigDecimal.ZERO;

        Basket(Instant from) {
            this.from = from;
        }
    }

    private final Clock clock;
    private final Map<String, Deque<Basket>> baskets = new HashMap<>();
    private BigDecimal ceiling = new BigDecimal(480);
    private boolean shared;
    private boolean shortCallsFree = true;

    Operating(Clock clock) {
        this.clock = clock;
    }

    synchronized void ceiling(BigDecimal seconds) {
        ceiling = seconds;
    }

    synchronized void shared(boolean byAllCredentials) {
        shared = byAllCredentials;
    }

    synchronized void shortCallsFree(boolean free) {
        shortCallsFree = free;
    }

    /** @throws CrmError 429 when the budget is used up */
    synchronized void check(Credential who, String method) {
        if (used(who, method).compareTo(ceiling) >= 0) {
            throw new CrmError(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.");
        }
    }

    synchronized void book(Credential who, String method, BigDecimal seconds) {
        if (shortCallsFree && seconds.compareTo(FLOOR) < 0) {
            return;
        }
        Deque<Basket> all = live(who, method);
        if (all.isEmpty() || !clock.instant().isBefore(all.getLast().from.plus(BASKET))) {
            all.addLast(new Basket(clock.instant()));
        }
        all.getLast().sum = all.getLast().sum.add(seconds);
    }

    /** Seconds collected in the window. */
    synchronized BigDecimal used(Credential who, String method) {
        return live(who, method).stream().map(basket -> basket.sum).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The unix second at which the oldest basket drops out. */
    synchronized long resetAt(Credential who, String method) {
        Deque<Basket> all = live(who, method);
        return (all.isEmpty() ? clock.instant() : all.getFirst().from).plus(WINDOW).getEpochSecond();
    }

    private Deque<Basket> live(Credential who, String method) {
        Deque<Basket> all = baskets.computeIfAbsent((shared ? "" : who.secret()) + " " + method,
                key -> new ArrayDeque<>());
        while (!all.isEmpty() && !clock.instant().isBefore(all.getFirst().from.plus(WINDOW))) {
            all.removeFirst();
        }
        return all;
    }
}
