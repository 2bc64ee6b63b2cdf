package dev.sverka.sandbox.fintablo;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How FinTablo misbehaves, and how its undocumented sides are (fintablo.md sections 15 and 17); as the sheet expects
 * them at first. Calls are named like {@code create deal}. Broken connections and gateways' pages are {@code Faults}.
 */
public final class FinTabloSwitches {

    /** What a split may look like in a request. */
    public enum SplitForm { ANY, OBJECT, ARRAY }

    volatile boolean tokenReplaced;
    volatile int perMinute = 300;
    volatile boolean fixedMinutes;
    volatile int othersUse;
    volatile Integer retryAfter;
    volatile int throttled;
    volatile boolean unstableOrder;
    volatile boolean largePagesRefused;
    volatile boolean commentExact;
    volatile boolean nameCaseMatters;
    volatile boolean incomeOnStage;
    volatile boolean outcomeOnDealRefused;
    volatile boolean allStagesAnswered;
    volatile boolean stagesEditable;
    volatile boolean inlineStagesDropped;
    volatile boolean flatSplits;
    volatile SplitForm splitForm = SplitForm.ANY;
    volatile boolean extraFields;
    volatile boolean numbersAsText;
    volatile boolean nothingIsMissing;
    volatile boolean flagsAsBooleans;
    volatile boolean innAsNumber;
    volatile boolean datesWithTime;
    volatile boolean errorsAs200;
    volatile boolean wholeNds;
    volatile int longestText = Integer.MAX_VALUE;
    volatile Duration invisible = Duration.ZERO;
    volatile boolean closes;
    final Set<String> refusedThoughDone = ConcurrentHashMap.newKeySet();
    final Set<String> goneThoughRefused = ConcurrentHashMap.newKeySet();
    final Set<String> withoutItems = ConcurrentHashMap.newKeySet();
    final Set<String> emptyLists = ConcurrentHashMap.newKeySet();
    final Set<String> rowSkipped = ConcurrentHashMap.newKeySet();
    final Set<String> rowTwice = ConcurrentHashMap.newKeySet();
    final Map<String, Held> held = new ConcurrentHashMap<>();

    /** A call that FinTablo is still at work on. */
    public static final class Held {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        void pass() throws InterruptedException {
            arrived.countDown();
            released.await();
        }

        void finished() {
            done.countDown();
        }

        /** Lets it be carried out, whether its caller is still there or not, and waits until it is. */
        public void release() throws InterruptedException {
            arrived.await(10, TimeUnit.SECONDS);
            released.countDown();
            if (!done.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the held call was not carried out");
            }
        }
    }

    /** The token is replaced (401 for every call) or valid again. */
    public FinTabloSwitches tokenReplaced(boolean on) {
        tokenReplaced = on;
        return this;
    }

    /** How many requests a token may make in a minute. */
    public FinTabloSwitches perMinute(int requests) {
        perMinute = requests;
        return this;
    }

    /** Minutes by the clock instead of sliding ones. */
    public FinTabloSwitches fixedMinutes(boolean on) {
        fixedMinutes = on;
        return this;
    }

    /** So much of each minute's requests another program uses. */
    public FinTabloSwitches othersUse(int requests) {
        othersUse = requests;
        return this;
    }

    /** The next calls are answered with 429. @param retryAfter in seconds; null for no such header, as documented */
    public FinTabloSwitches throttle(int calls, Integer retryAfter) {
        throttled = calls;
        this.retryAfter = retryAfter;
        return this;
    }

    /** Lists come in another order at each reading; else newest first. */
    public FinTabloSwitches unstableOrder(boolean on) {
        unstableOrder = on;
        return this;
    }

    /** {@code pageSize} over 1000 is refused with 400; else it is cut. */
    public FinTabloSwitches largePagesRefused(boolean on) {
        largePagesRefused = on;
        return this;
    }

    /** The {@code comment} filter compares the whole comment; else a part of it. */
    public FinTabloSwitches commentExact(boolean on) {
        commentExact = on;
        return this;
    }

    public FinTabloSwitches nameCaseMatters(boolean on) {
        nameCaseMatters = on;
        return this;
    }

    /** Whether an income may stand on a stage; else 422. */
    public FinTabloSwitches incomeOnStage(boolean on) {
        incomeOnStage = on;
        return this;
    }

    /** An outcome on a deal that has stages is answered with 422. */
    public FinTabloSwitches outcomeOnDealRefused(boolean on) {
        outcomeOnDealRefused = on;
        return this;
    }

    /** {@code add-stage} answers with all stages of the deal; else with the new one. */
    public FinTabloSwitches allStagesAnswered(boolean on) {
        allStagesAnswered = on;
        return this;
    }

    /** {@code PUT /v1/deal/<stage>} changes a stage; else 422. */
    public FinTabloSwitches stagesEditable(boolean on) {
        stagesEditable = on;
        return this;
    }

    /** Stages sent with a new deal are not kept. */
    public FinTabloSwitches inlineStagesDropped(boolean on) {
        inlineStagesDropped = on;
        return this;
    }

    /** Split operations are listed flat, parts with {@code parentId}; else as one parent with {@code subs}. */
    public FinTabloSwitches flatSplits(boolean on) {
        flatSplits = on;
        return this;
    }

    public FinTabloSwitches splitForm(SplitForm form) {
        splitForm = form;
        return this;
    }

    /** Answers carry undocumented and unknown fields. */
    public FinTabloSwitches extraFields(boolean on) {
        extraFields = on;
        return this;
    }

    public FinTabloSwitches numbersAsText(boolean on) {
        numbersAsText = on;
        return this;
    }

    /** A field without a value is left out; else it is null. */
    public FinTabloSwitches nothingIsMissing(boolean on) {
        nothingIsMissing = on;
        return this;
    }

    public FinTabloSwitches flagsAsBooleans(boolean on) {
        flagsAsBooleans = on;
        return this;
    }

    public FinTabloSwitches innAsNumber(boolean on) {
        innAsNumber = on;
        return this;
    }

    public FinTabloSwitches datesWithTime(boolean on) {
        datesWithTime = on;
        return this;
    }

    /** Refusals come with HTTP 200; only the body says so. */
    public FinTabloSwitches errorsAs200(boolean on) {
        errorsAs200 = on;
        return this;
    }

    /** {@code nds} of deals and obligations is cut to whole roubles. */
    public FinTabloSwitches wholeNds(boolean on) {
        wholeNds = on;
        return this;
    }

    /** Texts are cut without a word. */
    public FinTabloSwitches longestText(int characters) {
        longestText = characters;
        return this;
    }

    /** A new object is read by its id at once, and stands on lists so much later. */
    public FinTabloSwitches invisibleFor(Duration time) {
        invisible = time;
        return this;
    }

    /** Idle connections are closed by the server after every answer. */
    public FinTabloSwitches closesConnections(boolean on) {
        closes = on;
        return this;
    }

    /** The next such call is carried out and answered with 400. */
    public FinTabloSwitches refusedThoughDone(String call) {
        refusedThoughDone.add(call);
        return this;
    }

    /** The next such change is answered with 400, and the object is gone: it happened to employees. */
    public FinTabloSwitches goneThoughRefused(String call) {
        goneThoughRefused.add(call);
        return this;
    }

    /** The next such call is carried out and answered with success and no items. */
    public FinTabloSwitches withoutItems(String call) {
        withoutItems.add(call);
        return this;
    }

    /** These lists are empty, until {@link #listed}. */
    public FinTabloSwitches empty(String call) {
        emptyLists.add(call);
        return this;
    }

    public FinTabloSwitches listed(String call) {
        emptyLists.remove(call);
        return this;
    }

    /** A row of the next such list is left out, as when rows move between pages. */
    public FinTabloSwitches skipsARow(String call) {
        rowSkipped.add(call);
        return this;
    }

    /** A row of the next such list comes twice. */
    public FinTabloSwitches rowTwice(String call) {
        rowTwice.add(call);
        return this;
    }

    /** The next such call is not carried out before it is released, however long its caller waits. */
    public Held hold(String call) {
        Held one = new Held();
        held.put(call, one);
        return one;
    }
}
