package dev.sverka.sandbox.tochka;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the bank deviates from a good day (tochka.md section 11). All off at first, so that a plain test is plain. */
public final class TochkaSwitches {

    /** How an account's id may stand in a path. */
    public enum Slash { BOTH, RAW, ESCAPED }

    Slash slash = Slash.BOTH;
    Duration making = Duration.ZERO;
    boolean neverReady;
    int errorAbove = Integer.MAX_VALUE;
    int refusedAbove = Integer.MAX_VALUE;
    boolean idMissing;
    Duration behind = Duration.ZERO;
    Duration kept = Duration.ofHours(24);
    int goneStatus = 404;
    boolean object;
    boolean balancesMissing;
    BigDecimal balanceError = BigDecimal.ZERO;
    int contradictions;
    boolean numericCodes;
    boolean bicMissing;
    boolean overdrawn;
    boolean anyAddress;
    boolean consentsAtGuidesPath;
    final Set<String> unshown = ConcurrentHashMap.newKeySet();
    final Set<String> shownTwice = ConcurrentHashMap.newKeySet();
    final Map<String, BigDecimal> shownAs = new ConcurrentHashMap<>();

    public TochkaSwitches slash(Slash accepted) {
        slash = accepted;
        return this;
    }

    /** How long a statement is {@code Created}, then {@code Processing}. */
    public TochkaSwitches makingTakes(Duration time) {
        making = time;
        return this;
    }

    public TochkaSwitches neverReady(boolean on) {
        neverReady = on;
        return this;
    }

    /** Statements of more days end as {@code Error}. */
    public TochkaSwitches errorAbove(int days) {
        errorAbove = days;
        return this;
    }

    /** Statements of more days are answered with 400. */
    public TochkaSwitches refusedAbove(int days) {
        refusedAbove = days;
        return this;
    }

    /** A new statement's id stands in the list only. */
    public TochkaSwitches idMissing(boolean on) {
        idMissing = on;
        return this;
    }

    /** The bank's own clock is behind everybody else's. */
    public TochkaSwitches clockBehind(Duration by) {
        behind = by;
        return this;
    }

    /** How long a statement can be read, and what is answered then: 404 or 410. */
    public TochkaSwitches kept(Duration time, int status) {
        kept = time;
        goneStatus = status;
        return this;
    }

    /** A statement is told as an object instead of an array. */
    public TochkaSwitches objectNotArray(boolean on) {
        object = on;
        return this;
    }

    public TochkaSwitches balancesMissing(boolean on) {
        balancesMissing = on;
        return this;
    }

    /** The closing balance of so many of the next statements is off by a sum. */
    public TochkaSwitches balancesOffBy(BigDecimal sum, int statements) {
        balanceError = sum;
        contradictions = statements;
        return this;
    }

    /** A statement leaves a posting out that its balances count. */
    public TochkaSwitches leavesOut(String id) {
        unshown.add(id);
        return this;
    }

    /** A statement shows a posting a second time, under another id; its balances count it once. */
    public TochkaSwitches showsTwice(String id) {
        shownTwice.add(id);
        return this;
    }

    /** A statement shows a posting with another sum than its balances count. */
    public TochkaSwitches showsAs(String id, BigDecimal sum) {
        shownAs.put(id, sum);
        return this;
    }

    /** The code in an error's envelope is a number. */
    public TochkaSwitches numericCodes(boolean on) {
        numericCodes = on;
        return this;
    }

    /** Balances leave the BIC out of an account's id. */
    public TochkaSwitches bicMissing(boolean on) {
        bicMissing = on;
        return this;
    }

    /** Free money is below zero, and an overdraft is told. */
    public TochkaSwitches overdrawn(boolean on) {
        overdrawn = on;
        return this;
    }

    /** Events may go to plain http and to any port, for tests on loopback. */
    public TochkaSwitches anyAddress(boolean on) {
        anyAddress = on;
        return this;
    }

    /** Consents are listed where the guide has them, and not where the contract has them. */
    public TochkaSwitches consentsAtGuidesPath(boolean on) {
        consentsAtGuidesPath = on;
        return this;
    }
}
