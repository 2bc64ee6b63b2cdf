package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.Quota;
import dev.sverka.core.http.Usage;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Both limits of one portal behind one gate (bitrix24.md section 3): requests, and each method's operating time.
 * People's changes go first; backfill leaves them a part of either. Requests are counted over all replicas by
 * {@link Quota}; operating time through the portal's own count, which every answer tells. Safe for use by many threads.
 */
final class Bitrix24Governor {

    /** Who asks. */
    enum Lane { PEOPLE, BACKFILL }

    /** How the portal books a batch's time (section 3.2, conflict 2); AUTO keeps both books until an answer tells. */
    enum Accounting { AUTO, METHOD, BATCH }

    /**
     * What the portal takes.
     *
     * @param threshold requests at once
     * @param perSecond requests in the long run
     * @param operating a method's ceiling in ten minutes
     * @param share how much of the ceiling is ours to use, 0 to 1
     * @param patience how long a call waits here for its turn before its work is put off
     */
    record Limits(int threshold, int perSecond, Duration operating, double share, Accounting accounting,
            Duration patience) {

        /** What the settings make of a method's ceiling. */
        long budget() {
            return Math.round(operating.toMillis() * share);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Governor.class);
    static final String BATCH = "batch";
    /** A request reaches the portal's bucket a little later than ours; and what backfill leaves for people. */
    private static final double REQUESTS_PEOPLE = 0.9;
    private static final double REQUESTS_BACKFILL = 0.7;
    private static final double TIME_BACKFILL = 0.85;
    private static final Duration REFUSED = Duration.ofSeconds(1);

    private final String account;
    private final Limits limits;
    private final Quota quota;
    private final Clock clock;
    private final UnaryOperator<Duration> pace;
    private final Map<String, Bitrix24OperatingTime> methods = new HashMap<>();
    private Accounting accounting;
    private int peopleWaiting;
    private Instant refusedUntil = Instant.EPOCH;
    private int refusals;
    private boolean closed;

    /** @param pace turns a wait by {@code clock} into one of this machine: the identity but for accelerated clocks */
    Bitrix24Governor(String account, Limits limits, Quota quota, Clock clock, UnaryOperator<Duration> pace) {
        this.account = account;
        this.limits = limits;
        this.quota = quota;
        this.clock = clock;
        this.pace = pace;
        this.accounting = limits.accounting();
    }

    /**
     * Waits until a request may be sent. Whoever gets a turn tells its end by one of its methods.
     *
     * @param calls how many calls of each method it carries; a plain request one of its own
     * @param batch whether they travel in a batch
     * @throws VendorException.NotYet where the wait is longer than the patience: the work is put off, the account
     * goes on
     */
    Turn enter(Lane lane, Map<String, Integer> calls, boolean batch) {
        Instant patience = clock.instant().plus(limits.patience());
        Turn turn = reserve(lane, calls, batch, patience);
        try {
            awaitRequest(lane, patience);
            return turn;
        } catch (RuntimeException notNow) {
            turn.notSent();
            throw notNow;
        }
    }

    private synchronized Turn reserve(Lane lane, Map<String, Integer> calls, boolean batch, Instant patience) {
        if (lane == Lane.PEOPLE) {
            peopleWaiting++;
        }
        try {
            while (true) {
                Map<String, Long> needs = needs(calls, batch);
                long wait = lane == Lane.BACKFILL && peopleWaiting > 0 ? 100 : longestWait(needs, lane);
                if (wait <= 0) {
                    needs.forEach((method, need) -> of(method).reserve(need));
                    return new Turn(calls, batch, needs, clock.millis());
                }
                await(Duration.ofMillis(wait), patience, "the operating time of " + String.join(", ", needs.keySet())
                        + " is used up");
            }
        } finally {
            if (lane == Lane.PEOPLE) {
                peopleWaiting--;
                notifyAll();
            }
        }
    }

    /** What the request will probably add to which book. */
    private Map<String, Long> needs(Map<String, Integer> calls, boolean batch) {
        Map<String, Long> needs = new HashMap<>();
        if (!batch || accounting != Accounting.BATCH) {
            calls.forEach((method, count) -> needs.put(method, of(method).expected(count)));
        }
        if (batch && accounting != Accounting.METHOD) {
            needs.put(BATCH, calls.entrySet().stream()
                    .mapToLong(call -> of(call.getKey()).expected(call.getValue())).sum());
        }
        return needs;
    }

    private long longestWait(Map<String, Long> needs, Lane lane) {
        long budget = lane == Lane.PEOPLE ? limits.budget() : Math.round(limits.budget() * TIME_BACKFILL);
        long now = clock.millis();
        long refused = refusedUntil.toEpochMilli() - now;
        return Math.max(refused, needs.entrySet().stream()
                .mapToLong(need -> of(need.getKey()).waitFor(now, need.getValue(), budget)).max().orElse(0));
    }

    private void awaitRequest(Lane lane, Instant patience) {
        int capacity = (int) (limits.threshold() * (lane == Lane.PEOPLE ? REQUESTS_PEOPLE : REQUESTS_BACKFILL));
        for (Duration wait = take(capacity); !wait.isZero(); wait = take(capacity)) {
            synchronized (this) {
                await(wait, patience, "the requests are used up");
            }
        }
    }

    private Duration take(int capacity) {
        return quota.take(account, capacity, limits.perSecond());
    }

    private void await(Duration wait, Instant patience, String why) {
        if (closed || clock.instant().plus(wait).isAfter(patience)) {
            throw new VendorException.NotYet(account, 0, "limit", account + ": " + why
                    + "; this work goes on by itself when the portal has room again");
        }
        try {
            wait(Math.max(1, pace.apply(wait).toMillis()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new VendorException.NotYet(account, 0, "limit", account + ": stopped while waiting for its limits");
        }
    }

    /** A pause between tries, cut short when the daemon stops. */
    synchronized void rest(Duration pause) {
        await(pause, Instant.MAX, "it does not answer");
    }

    /** How many commands of a method fit into one batch now: it must end well inside 60 s and within the budget. */
    synchronized int room(String method, Duration batch) {
        Bitrix24OperatingTime time = of(method);
        long inTime = batch.toMillis() / time.nearlyAlwaysBelow();
        Bitrix24OperatingTime book = accounting == Accounting.BATCH ? of(BATCH) : time;
        long left = (limits.budget() - book.used(clock.millis()) - book.reserved()) / Math.max(1, time.expected(1));
        return (int) Math.max(1, Math.min(inTime, left < 1 ? inTime : left));
    }

    /** Whether the portal has refused a method, or batches as such, for its operating time, and that is not over. */
    synchronized boolean isBlocked(String method) {
        return of(method).isBlocked(clock.millis());
    }

    /** The methods that have used most of their operating time. */
    synchronized List<Usage.Used> used(int most) {
        long now = clock.millis();
        return methods.entrySet().stream()
                .map(one -> new Usage.Used(account, one.getKey(), one.getValue().used(now), limits.budget()))
                .filter(one -> one.used() > 0).sorted(Comparator.comparingLong(Usage.Used::used).reversed()
                        .thenComparing(one -> String.valueOf(one.method()))).limit(most).toList();
    }

    /** Lets nobody wait any longer: the daemon stops. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Accounting accounting() {
        return accounting;
    }

    private Bitrix24OperatingTime of(String method) {
        return methods.computeIfAbsent(method, name -> new Bitrix24OperatingTime());
    }

    private static long millis(JsonNode seconds) {
        return seconds.isNumber() ? seconds.decimalValue().movePointRight(3).longValue() : 0;
    }

    /** Leave to send one request. Exactly one of its methods is called when the outcome is known. */
    final class Turn {

        private final Map<String, Integer> calls;
        private final boolean batch;
        private final Map<String, Long> reserved;
        private final long sentAt;

        private Turn(Map<String, Integer> calls, boolean batch, Map<String, Long> reserved, long sentAt) {
            this.calls = calls;
            this.batch = batch;
            this.reserved = reserved;
            this.sentAt = sentAt;
        }

        /** It was not sent, or refused before anything was done. */
        void notSent() {
            synchronized (Bitrix24Governor.this) {
                reserved.forEach((method, need) -> of(method).release(need));
                Bitrix24Governor.this.notifyAll();
            }
        }

        /** No answer came: it may have cost what was expected. */
        void lost() {
            synchronized (Bitrix24Governor.this) {
                reserved.forEach((method, need) -> of(method).book(clock.millis(), need));
                notSent();
            }
        }

        /** @param time of the answer, missing on some boxes (section 1.5) */
        void answered(JsonNode time) {
            String method = calls.keySet().iterator().next();
            synchronized (Bitrix24Governor.this) {
                refusals = 0;
                notSent();
                count(method, time, true);
            }
        }

        /**
         * A batch was answered.
         *
         * @param envelope its own {@code time}
         * @param inner {@code time} of the commands by method
         * @param blocked methods with a command refused for its operating time
         */
        void answered(JsonNode envelope, Map<String, List<JsonNode>> inner, List<String> blocked) {
            synchronized (Bitrix24Governor.this) {
                refusals = 0;
                notSent();
                detect(envelope, inner);
                inner.forEach((method, times) -> times.forEach(time ->
                        count(method, time, accounting != Accounting.BATCH)));
                if (accounting != Accounting.METHOD) {
                    long total = inner.values().stream().flatMap(List::stream)
                            .mapToLong(time -> millis(time.path("duration"))).sum();
                    of(BATCH).book(clock.millis(), total);
                    told(BATCH, envelope);
                }
                blocked.forEach(this::isBlocked);
            }
        }

        /** The request was refused for a method's operating time. */
        void blocked(String method) {
            synchronized (Bitrix24Governor.this) {
                notSent();
                isBlocked(method);
            }
        }

        /** The request was refused because there were too many: everybody waits, longer each time. */
        void tooMany() {
            synchronized (Bitrix24Governor.this) {
                notSent();
                double factor = Math.pow(1.7, Math.min(refusals++, 6)) * ThreadLocalRandom.current().nextDouble(1, 1.2);
                refusedUntil = clock.instant().plusMillis(Math.round(REFUSED.toMillis() * factor));
            }
        }

        private void isBlocked(String method) {
            LOG.warn("{}: the portal blocks {} for its operating time; counted {} s of {} s in ten minutes; other "
                    + "programs of the portal may use it too", account, method, of(method).used(clock.millis()) / 1000,
                    limits.operating().toSeconds());
            of(method).blocked(clock.millis());
        }

        private void count(String method, JsonNode time, boolean booked) {
            long spent = time.path("duration").isNumber() ? millis(time.path("duration"))
                    : batch ? 0 : clock.millis() - sentAt;
            of(method).measure(spent);
            if (booked) {
                of(method).book(clock.millis(), spent);
                told(method, time);
            }
        }

        private void told(String method, JsonNode time) {
            if (time.path("operating").isNumber()) {
                long resetIn = millis(time.path("operating_reset_at")) - millis(time.path("finish"));
                of(method).told(clock.millis(), millis(time.path("operating")), resetIn);
            }
        }

        /** Time on the envelope means the batch is what is counted; none there but some inside, the methods. */
        private void detect(JsonNode envelope, Map<String, List<JsonNode>> inner) {
            if (accounting != Accounting.AUTO) {
                return;
            }
            if (millis(envelope.path("operating")) > 0) {
                accounting = Accounting.BATCH;
            } else if (inner.values().stream().flatMap(List::stream)
                    .anyMatch(time -> millis(time.path("operating")) > 0)) {
                accounting = Accounting.METHOD;
                of(BATCH).clear();
            } else {
                return;
            }
            LOG.info("{}: the portal books the time of a batch {}", account, accounting == Accounting.BATCH
                    ? "on the batch as a whole" : "on each method in it");
        }
    }
}
