package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Carries one command out, alone or inside a batch: scope, operating time, people in between, the method itself. */
final class Desk {

    /** What came of it. @param seconds what it cost */
    record Outcome(Result result, BigDecimal seconds, Map<String, Object> time) {
    }

    private final Crm crm;
    private final Methods methods;
    private final Operating operating;
    private final Costs costs = new Costs();
    private final People people;
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Map<String, Long> executed = new ConcurrentHashMap<>();
    volatile boolean limited = true;
    /** Whether the time of a batch is booked on {@code batch} and not on its commands (section 3.2, conflict 2). */
    volatile boolean batchIsBooked;
    volatile boolean takesTime;
    volatile boolean tellsOperating = true;
    volatile boolean wholeSeconds;

    Desk(Crm crm, Methods methods, People people) {
        this.crm = crm;
        this.methods = methods;
        this.people = people;
        this.operating = new Operating(crm.clock);
    }

    Operating operating() {
        return operating;
    }

    Costs costs() {
        return costs;
    }

    List<String> writes() {
        return writes;
    }

    Methods methods() {
        return methods;
    }

    /** A call of its own. */
    Outcome alone(Call call) {
        return run(call, true);
    }

    /** A command of a batch. */
    Outcome inBatch(Call call) {
        return run(call, !batchIsBooked);
    }

    /** Before a batch begins. @throws CrmError when batches are booked and their budget is used up */
    void beforeBatch(Credential who) {
        if (batchIsBooked && limited) {
            operating.check(who, "batch");
        }
    }

    /** After a batch, however far it came. */
    void bookBatch(Credential who, BigDecimal seconds) {
        if (batchIsBooked) {
            operating.book(who, "batch", seconds);
        }
    }

    private Outcome run(Call call, boolean booked) {
        Methods.Method method = methods.open(call.method(), call.who());
        if (booked && limited) {
            operating.check(call.who(), call.method());
        }
        people.before(call.method());
        Result result;
        synchronized (crm) {
            result = method.body().apply(call);
        }
        if (method.write()) {
            writes.add(call.method() + " " + (call.get("id") != null ? call.get("id") : call.get("fields")));
        }
        executed.merge(call.method(), 1L, Long::sum);
        people.after(call.method());
        BigDecimal seconds = costs.of(call, result);
        if (booked) {
            operating.book(call.who(), call.method(), seconds);
        }
        if (takesTime) {
            crm.clock.advance(Duration.ofMillis(seconds.movePointRight(3).longValue()));
        }
        return new Outcome(result, seconds, time(call.who(), booked ? call.method() : "batch", seconds));
    }

    /** How many calls of a method were carried out, those in batches too. */
    long executed(String method) {
        return executed.getOrDefault(method, 0L);
    }

    Map<String, Object> time(Credential who, String method, BigDecimal seconds) {
        BigDecimal finish = BigDecimal.valueOf(crm.clock.millis(), 3);
        BigDecimal start = takesTime ? finish.subtract(seconds) : finish;
        Map<String, Object> time = new LinkedHashMap<>();
        time.put("start", wholeSeconds ? start.longValue() : start);
        time.put("finish", start.add(seconds));
        time.put("duration", seconds);
        time.put("processing", seconds.multiply(new BigDecimal("0.9")).setScale(4, RoundingMode.HALF_UP));
        time.put("date_start", crm.now());
        time.put("date_finish", crm.now());
        if (tellsOperating) {
            time.put("operating_reset_at", operating.resetAt(who, method));
            time.put("operating", operating.used(who, method));
        }
        return time;
    }
}
