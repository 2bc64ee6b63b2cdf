package dev.sverka.sandbox.tbank;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the bank misbehaves (tbank.md section 10); all off at first. Calls that fail as such are {@code Faults}. */
public final class TBankSwitches {

    volatile boolean cancelled;
    volatile boolean scopesTaken;
    volatile boolean webhooksUnlisted;
    volatile boolean addressRefused;
    volatile boolean limited = true;
    volatile Integer retryAfter;
    volatile int throttledCalls;
    volatile boolean sameCursor;
    volatile boolean emptyPage;
    volatile Duration cursorLife = Duration.ofMinutes(10);
    volatile int tooMany = Integer.MAX_VALUE;
    volatile int largestPage = 5000;
    volatile int foreignStatus = 400;
    volatile boolean balances = true;
    volatile boolean balancesAsText;
    volatile BigDecimal balanceError = BigDecimal.ZERO;
    volatile boolean sumsAsText;
    volatile boolean fractions;
    volatile boolean richAccounts;
    volatile boolean shuffled;
    volatile Integer missingSeed;
    volatile Runnable betweenPages;
    volatile boolean constant;
    final Set<String> unshown = ConcurrentHashMap.newKeySet();
    final Set<String> shownTwice = ConcurrentHashMap.newKeySet();
    final Map<String, BigDecimal> shownAs = new ConcurrentHashMap<>();

    /** The token is cancelled: 401 for every call. */
    public TBankSwitches tokenCancelled(boolean on) {
        cancelled = on;
        return this;
    }

    /** The token lacks the scopes: 403. */
    public TBankSwitches scopesTaken(boolean on) {
        scopesTaken = on;
        return this;
    }

    /** The caller's address is not among those allowed: 403. */
    public TBankSwitches addressRefused(boolean on) {
        addressRefused = on;
        return this;
    }

    /** Whether calls above the method's rate are answered with 429. */
    public TBankSwitches limited(boolean on) {
        limited = on;
        return this;
    }

    /** The next calls are answered with 429. @param retryAfter in seconds; null for no such header, as documented */
    public TBankSwitches throttle(int calls, Integer retryAfter) {
        throttledCalls = calls;
        this.retryAfter = retryAfter;
        return this;
    }

    /** Every page of a statement names one cursor, and with it comes the first page again. */
    public TBankSwitches sameCursorForEver(boolean on) {
        sameCursor = on;
        return this;
    }

    /** After the last page comes an empty one, and it names a cursor. */
    public TBankSwitches emptyPageWithCursor(boolean on) {
        emptyPage = on;
        return this;
    }

    /** How long a cursor is taken; later 400. */
    public TBankSwitches cursorsLive(Duration life) {
        cursorLife = life;
        return this;
    }

    /** A period with more operations is answered with 422 {@code TOO_MANY_OPERATIONS}. */
    public TBankSwitches tooManyAbove(int operations) {
        tooMany = operations;
        return this;
    }

    /** A larger {@code limit} is answered with 400. */
    public TBankSwitches largestPage(int operations) {
        largestPage = operations;
        return this;
    }

    /** What an account that is not the company's is answered with: 400, 403 or 404 (section 11, row 13). */
    public TBankSwitches foreignAccountsGet(int status) {
        foreignStatus = status;
        return this;
    }

    /** Whether balances are told when they are asked for. */
    public TBankSwitches balancesTold(boolean on) {
        balances = on;
        return this;
    }

    public TBankSwitches balancesAsText(boolean on) {
        balancesAsText = on;
        return this;
    }

    /** The closing balance is off by a sum: the identity does not hold. */
    public TBankSwitches balancesOffBy(BigDecimal sum) {
        balanceError = sum;
        return this;
    }

    /** Amounts are written as text with two decimals. */
    public TBankSwitches sumsAsText(boolean on) {
        sumsAsText = on;
        return this;
    }

    /** Times carry fractions of a second. */
    public TBankSwitches fractionsOfSeconds(boolean on) {
        fractions = on;
        return this;
    }

    /** Accounts are told with status, tariff and ledger balance. */
    public TBankSwitches richAccounts(boolean on) {
        richAccounts = on;
        return this;
    }

    /** Operations come in no order. */
    public TBankSwitches shuffled(boolean on) {
        shuffled = on;
        return this;
    }

    /** About a third of the fields that may be missing are, the same ones at each reading; null for none. */
    public TBankSwitches fieldsMissing(Integer seed) {
        missingSeed = seed;
        return this;
    }

    /** Happens once, after the next first page: an operation that comes in while a period is read. */
    public TBankSwitches betweenPages(Runnable happening) {
        betweenPages = happening;
        return this;
    }

    /** A statement leaves an operation out that its balances count. */
    public TBankSwitches leavesOut(String id) {
        unshown.add(id);
        return this;
    }

    /** A statement shows an operation a second time, under another id; its balances count it once. */
    public TBankSwitches showsTwice(String id) {
        shownTwice.add(id);
        return this;
    }

    /** A statement shows an operation with another sum than its balances count. */
    public TBankSwitches showsAs(String id, BigDecimal sum) {
        shownAs.put(id, sum);
        return this;
    }

    /** Statements are whole again. */
    public TBankSwitches showsTheTruth() {
        unshown.clear();
        shownTwice.clear();
        shownAs.clear();
        return this;
    }

    /** As the bank's own sandbox: one constant answer, and a cursor that never changes (section 9). */
    public TBankSwitches constantAnswers(boolean on) {
        constant = on;
        return this;
    }

    /** The bank does not say which subscriptions there are. */
    public TBankSwitches webhooksUnlisted(boolean on) {
        webhooksUnlisted = on;
        return this;
    }
}
