package dev.sverka.flows.books;

import dev.sverka.core.state.SettableClock;
import dev.sverka.flows.payments.Payments;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Banks with several accounts, day after day, that change their past as banks do, and feeds that tell some days wrongly.
 * What a proof must say follows from the difference between what the bank holds and what was told.
 */
final class ProofCampaign {

    static final LocalDate FIRST = LocalDate.parse("2026-08-03");
    private static final int BACK = 5;

    /** What goes wrong on a day of an account between the bank and us; the last one leaves the day's sum as it is. */
    enum Fault { DROPPED, DOUBLED, EDITED, DELETED, SWAPPED }

    /** What banks do to days that are over, and tell. */
    enum Change { LATE, EDITED, WITHDRAWN, OTHER_IDS }

    /** An operation; kopecks, outgoing below zero. */
    private record Op(String id, int version, long amount, String print, int party) {

        Op edited(long by) {
            return new Op(id, version + 1, amount + (amount < 0 ? -by : by), print + "e" + version, party);
        }

        Op as(String other) {
            return new Op(other, 1, amount, print, party);
        }
    }

    private final List<String> accounts;
    private final Books books;
    private final Payments payments;
    private final SettableClock clock;
    private final Runnable portalIsRead;
    private final Random dice;
    private final int aDay;
    /** What the bank holds, by account and day. */
    private final Map<String, TreeMap<LocalDate, Map<String, Op>>> bank = new HashMap<>();
    /** Difference that the proof must show, by account and day. */
    private final Map<String, Long> expected = new TreeMap<>();
    private final Set<String> faulty = new TreeSet<>();
    final Map<Fault, Integer> faults = new TreeMap<>();
    final Map<Change, Integer> changes = new TreeMap<>();
    int operations;
    int mended;
    private int sequence;

    /** @param portalIsRead keeps the portal known well enough for decisions */
    ProofCampaign(List<String> accounts, Books books, Payments payments, SettableClock clock,
            Runnable portalIsRead, int aDay, long seed) {
        this.accounts = accounts;
        this.books = books;
        this.payments = payments;
        this.clock = clock;
        this.portalIsRead = portalIsRead;
        this.aDay = aDay;
        this.dice = new Random(seed);
        accounts.forEach(account -> bank.put(account, new TreeMap<>()));
    }

    /** What must differ now: {@code account day kopecks}. */
    List<String> expected() {
        return expected.entrySet().stream().filter(one -> one.getValue() != 0)
                .map(one -> one.getKey() + " " + one.getValue()).toList();
    }

    /** A day's business, with what the banks change of the days before it, and the reading of the morning after. */
    void day(LocalDate day) {
        clock.set(day.plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC));
        portalIsRead.run();
        Map<String, List<Map<String, Object>>> told = new LinkedHashMap<>();
        accounts.forEach(account -> told.put(account, business(account, day)));
        // accounts side by side, as the journal's workers would
        told.values().parallelStream().forEach(bodies -> bodies.forEach(payments::decide));
        for (String account : accounts) {
            if (!faulty.contains(key(account, day))) {
                window(account, day);
            }
            for (int back = 1; back <= BACK && day.minusDays(back).compareTo(FIRST) >= 0; back++) {
                past(account, day.minusDays(back));
            }
            balances(account, day);
        }
        books.prove();
    }

    /** @return what is told of it */
    private List<Map<String, Object>> business(String account, LocalDate day) {
        Map<String, Op> ops = new LinkedHashMap<>();
        for (int n = 0; n < aDay; n++) {
            Op op = op();
            ops.put(op.id(), op);
        }
        bank.get(account).put(day, ops);
        operations += ops.size();
        boolean goesWrong = dice.nextInt(3) == 0;
        List<Op> told = new ArrayList<>(ops.values());
        long difference = goesWrong ? wrong(account, day, told) : 0;
        if (goesWrong) {
            expected.put(key(account, day), difference);
            faulty.add(key(account, day));
        }
        return told.stream().map(op -> body(account, day, op)).toList();
    }

    private Op op() {
        long amount = 100 + dice.nextInt(50_000_000);
        String id = "op-" + ++sequence;
        return new Op(id, 1, dice.nextBoolean() ? amount : -amount, "print-" + id, sequence);
    }

    /** Spoils what is told of a day. @return what the bank's balances show beyond it */
    private long wrong(String account, LocalDate day, List<Op> told) {
        Fault fault = Fault.values()[faults.values().stream().mapToInt(n -> n).sum() % Fault.values().length];
        faults.merge(fault, 1, Integer::sum);
        int at = dice.nextInt(told.size() - 1);
        Op op = told.get(at);
        long by = 1 + dice.nextInt(100_000);
        switch (fault) {
            case DROPPED -> told.remove(at);
            case DOUBLED -> told.add(op.as(op.id() + "-twice"));
            case EDITED -> told.set(at, op.edited(by));
            case DELETED -> bank.get(account).get(day).remove(op.id());
            default -> {
                Op other = told.get(at + 1);
                told.set(at, new Op(op.id(), 1, op.amount() + 5, op.print(), op.party()));
                told.set(at + 1, new Op(other.id(), 1, other.amount() - 5, other.print(), other.party()));
            }
        }
        return sum(bank.get(account).get(day)) - told.stream().mapToLong(Op::amount).sum();
    }

    /** A day that is over: rarely something happens to it. One that was told wrongly may be told right at last. */
    private void past(String account, LocalDate day) {
        String key = key(account, day);
        if (faulty.contains(key)) {
            if (expected.get(key) != 0 && dice.nextInt(20) == 0) {
                bank.get(account).get(day).forEach((id, op) -> tell(account, day,
                        new Op(id, 9, op.amount(), op.print(), op.party())));
                window(account, day);
                expected.put(key, 0L);
                mended++;
            }
            return;
        }
        if (dice.nextInt(12) != 0) {
            return;
        }
        Change change = Change.values()[changes.values().stream().mapToInt(n -> n).sum() % Change.values().length];
        changes.merge(change, 1, Integer::sum);
        Map<String, Op> ops = bank.get(account).get(day);
        Op one = ops.values().iterator().next();
        switch (change) {
            case LATE -> put(account, day, op());
            case EDITED -> put(account, day, one.edited(77));
            case WITHDRAWN -> ops.remove(one.id());
            default -> List.copyOf(ops.values()).forEach(op -> {
                ops.remove(op.id());
                put(account, day, op.as(op.id() + "~"));
            });
        }
        window(account, day);
    }

    private void put(String account, LocalDate day, Op op) {
        bank.get(account).get(day).put(op.id(), op);
        tell(account, day, op);
    }

    private void tell(String account, LocalDate day, Op op) {
        payments.decide(body(account, day, op));
    }

    private Map<String, Object> body(String account, LocalDate day, Op op) {
        clock.advance(Duration.ofMillis(1));
        Map<String, Object> body = new LinkedHashMap<>(Map.of("source", "tbank.main", "sourceId", op.id(), "version",
                "" + op.version(), "bankAccount", account, "direction", op.amount() > 0 ? "INCOMING" : "OUTGOING",
                "amount", Math.abs(op.amount()), "currency", "RUB", "bookedOn", day.toString(), "documentNumber", "1"));
        body.putAll(Map.of("purpose", "Оплата за работы", "counterparty", Map.of("inn", "77" + (10_000_000 + op.party()),
                "name", "ООО «Контрагент " + op.party() + "»", "account", "407028106" + (10_000_000_000L + op.party())),
                "readAt", clock.instant().toString(), "fingerprint", op.print()));
        return body;
    }

    /** All that the bank shows of a day; a day that contradicts its balances is never told so. */
    private void window(String account, LocalDate day) {
        clock.advance(Duration.ofMillis(1));
        payments.window(Map.of("id", "w" + ++sequence, "part", 1, "parts", 1, "source", "tbank.main", "bankAccount",
                account, "fromDate", day.toString(), "toDateExclusive", day.plusDays(1).toString(), "readAt",
                clock.instant().toString(), "seen", bank.get(account).get(day).values().stream().map(op -> Map.of(
                        "operationId", op.id(), "fingerprint", op.print())).toList()));
    }

    /** The bank states the mornings of the days that it may have changed. */
    private void balances(String account, LocalDate day) {
        clock.advance(Duration.ofMillis(1));
        List<Map<String, Object>> starts = new ArrayList<>();
        long amount = 100_000_00;
        for (LocalDate at = FIRST; at.compareTo(day.plusDays(1)) <= 0; at = at.plusDays(1)) {
            if (at.compareTo(day.minusDays(BACK)) >= 0) {
                starts.add(Map.of("day", at.toString(), "amount", amount));
            }
            amount += sum(bank.get(account).getOrDefault(at, Map.of()));
        }
        books.balances(Map.of("source", "tbank.main", "bankAccount", account, "readAt", clock.instant().toString(),
                "starts", starts));
    }

    private static long sum(Map<String, Op> ops) {
        return ops.values().stream().mapToLong(Op::amount).sum();
    }

    private static String key(String account, LocalDate day) {
        return account + " " + day;
    }
}
