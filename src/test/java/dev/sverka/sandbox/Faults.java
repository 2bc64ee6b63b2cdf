package dev.sverka.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with calls: scripted for the next ones, or now and then by a seeded dice. */
public final class Faults {

    /** A fault. */
    public enum Kind {
        NONE(0), ERROR_500(500), BAD_GATEWAY(502), TIMEOUT_504(504), HTML_200(0), TRUNCATED(0),
        /** The connection breaks before anything is done. */
        RESET_BEFORE(0),
        /** It is done, and the answer never arrives. */
        LOST_ANSWER(0);

        final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    private record Scripted(String call, Kind kind) {
    }

    private record Answer(String call, StandIn.Reply reply) {
    }

    private final Deque<Scripted> script = new ArrayDeque<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Map<String, Duration> delays = new HashMap<>();
    private final Map<String, CountDownLatch> held = new HashMap<>();
    private final Map<Kind, Double> chances = new EnumMap<>(Kind.class);
    private Random dice = new Random(1);

    /** The next call of this name goes wrong; {@code *} for any. */
    public synchronized Faults next(String call, Kind kind) {
        script.add(new Scripted(call, kind));
        return this;
    }

    /** The next call of this name is not carried out and gets this answer instead; {@code *} for any. */
    public synchronized Faults answer(String call, StandIn.Reply reply) {
        answers.add(new Answer(call, reply));
        return this;
    }

    /** Answers to calls of this name come late, for as long as {@link #none} is not called; {@code *} for any. */
    public synchronized Faults slow(String call, Duration wait) {
        delays.put(call, wait);
        return this;
    }

    /** Calls of this name hang until {@link #none}, and are carried out then, whether anybody still waits or not. */
    public synchronized Faults hold(String call) {
        held.put(call, new CountDownLatch(1));
        return this;
    }

    /** Calls go wrong with a probability; lost answers hit writes only. */
    public synchronized Faults chance(Kind kind, double probability) {
        chances.put(kind, probability);
        return this;
    }

    public synchronized Faults seed(long seed) {
        dice = new Random(seed);
        return this;
    }

    public synchronized void none() {
        held.values().forEach(CountDownLatch::countDown);
        held.clear();
        script.clear();
        answers.clear();
        delays.clear();
        chances.clear();
    }

    public synchronized Map<Kind, Double> chances() {
        return Map.copyOf(chances);
    }

    /** Where calls of this name hang: waits for their release. */
    void awaitRelease(String call) {
        CountDownLatch release;
        synchronized (this) {
            release = held.getOrDefault(call, held.get("*"));
        }
        try {
            if (release != null) {
                release.await();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized StandIn.Reply answer(String call) {
        for (Answer one : answers) {
            if (one.call().equals(call) || one.call().equals("*")) {
                answers.remove(one);
                return one.reply();
            }
        }
        return null;
    }

    synchronized Optional<Duration> delay(String call) {
        return Optional.ofNullable(delays.getOrDefault(call, delays.get("*")));
    }

    synchronized Kind next(String call, boolean write) {
        for (Scripted one : script) {
            if (one.call().equals(call) || one.call().equals("*")) {
                script.remove(one);
                return one.kind();
            }
        }
        for (Map.Entry<Kind, Double> chance : chances.entrySet()) {
            if ((write || chance.getKey() != Kind.LOST_ANSWER) && dice.nextDouble() < chance.getValue()) {
                return chance.getKey();
            }
        }
        return Kind.NONE;
    }
}
