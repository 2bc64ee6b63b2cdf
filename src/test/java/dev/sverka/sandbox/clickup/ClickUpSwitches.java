package dev.sverka.sandbox.clickup;

import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How ClickUp misbehaves, and how its undocumented sides are (clickup.md sections 19 and 20); as the sheet expects them
 * at first. Calls are named like {@code create task}. Broken connections and gateways' pages are {@code Faults}.
 */
public final class ClickUpSwitches {

    volatile int perMinute = 100;
    volatile boolean headers = true;
    volatile boolean reactivationResets = true;
    volatile boolean retryAfter = true;
    volatile boolean tokenRevoked;
    volatile int missingHeader = 400;
    volatile Duration skew = Duration.ZERO;
    volatile boolean inclusive = true;
    volatile boolean lastPage = true;
    volatile Duration lag = Duration.ZERO;
    volatile boolean atFrozen;
    volatile boolean admin = true;
    volatile boolean formerRefused;
    volatile int fieldUses = Integer.MAX_VALUE;
    volatile boolean loopbackAllowed = true;
    volatile boolean listsInFolders = true;
    volatile boolean contentListed = true;
    volatile boolean automationRenames;
    volatile boolean timeAsArray;
    volatile boolean duplicates;
    volatile boolean reordered;
    volatile boolean badSignature;
    volatile boolean lost;
    volatile Runnable betweenPages = () -> { };
    final Set<String> errorsAs200 = ConcurrentHashMap.newKeySet();
    final Set<String> blind = ConcurrentHashMap.newKeySet();
    final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    final Set<Long> guests = ConcurrentHashMap.newKeySet();
    final Map<String, Held> held = new ConcurrentHashMap<>();
    final Deque<Integer> throttled = new ConcurrentLinkedDeque<>();

    /** A call that ClickUp is still at work on. */
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

    /** The plan: 100, 1 000 or 10 000 requests a minute for a token; may change at any time. */
    public ClickUpSwitches perMinute(int requests) {
        perMinute = requests;
        return this;
    }

    String plan() {
        return perMinute >= 10_000 ? "Enterprise" : perMinute >= 1_000 ? "Business Plus" : "Business";
    }

    /** Whether good answers carry the rate headers, which the document promises with a 429 alone (section 3). */
    public ClickUpSwitches rateHeaders(boolean on) {
        headers = on;
        return this;
    }

    /** Whether activating a webhook forgets its failures, which is not documented (section 20). */
    public ClickUpSwitches reactivationResets(boolean on) {
        reactivationResets = on;
        return this;
    }

    /** Whether a 429 carries {@code Retry-After}, which is not documented. */
    public ClickUpSwitches retryAfter(boolean on) {
        retryAfter = on;
        return this;
    }

    /** The next calls are answered with 429 and this {@code Retry-After}. */
    public ClickUpSwitches throttle(int calls, int seconds) {
        for (int n = 0; n < calls; n++) {
            throttled.add(seconds);
        }
        return this;
    }

    /** The token is revoked (401 for every call) or valid again. */
    public ClickUpSwitches tokenRevoked(boolean on) {
        tokenRevoked = on;
        return this;
    }

    /** With which status a call without a token is refused: both were seen. */
    public ClickUpSwitches missingHeader(int status) {
        missingHeader = status;
        return this;
    }

    /** How far ClickUp's clock is ahead of ours. */
    public ClickUpSwitches skew(Duration ahead) {
        skew = ahead;
        return this;
    }

    /** Whether {@code date_…_gt} includes its bound. */
    public ClickUpSwitches inclusive(boolean on) {
        inclusive = on;
        return this;
    }

    /** Whether task lists say {@code last_page}. */
    public ClickUpSwitches lastPage(boolean on) {
        lastPage = on;
        return this;
    }

    /** After what time a new or changed task shows in lists. */
    public ClickUpSwitches lag(Duration time) {
        lag = time;
        return this;
    }

    /** An edit does not move a time entry's {@code at}. */
    public ClickUpSwitches atFrozen(boolean on) {
        atFrozen = on;
        return this;
    }

    /** Whether the token's user is an admin; else other people's time is refused. */
    public ClickUpSwitches admin(boolean on) {
        admin = on;
        return this;
    }

    /** Time of people who have left is refused; else told. */
    public ClickUpSwitches formerRefused(boolean on) {
        formerRefused = on;
        return this;
    }

    /** How many uses of custom fields the plan has left. */
    public ClickUpSwitches fieldUses(int left) {
        fieldUses = left;
        return this;
    }

    /** Whether webhooks may point at this machine; else OAUTH_194. */
    public ClickUpSwitches loopbackAllowed(boolean on) {
        loopbackAllowed = on;
        return this;
    }

    /** Whether listed folders hold their lists. */
    public ClickUpSwitches listsInFolders(boolean on) {
        listsInFolders = on;
        return this;
    }

    /** Whether listed lists show their content. */
    public ClickUpSwitches contentListed(boolean on) {
        contentListed = on;
        return this;
    }

    /** An automation renames each new task. */
    public ClickUpSwitches automationRenames(boolean on) {
        automationRenames = on;
        return this;
    }

    /** A single time entry comes as an array, as the reference has it. */
    public ClickUpSwitches timeAsArray(boolean on) {
        timeAsArray = on;
        return this;
    }

    /** Every event is delivered twice. */
    public ClickUpSwitches duplicates(boolean on) {
        duplicates = on;
        return this;
    }

    /** Events that wait are delivered newest first. */
    public ClickUpSwitches reordered(boolean on) {
        reordered = on;
        return this;
    }

    public ClickUpSwitches badSignature(boolean on) {
        badSignature = on;
        return this;
    }

    /** Events are not delivered at all, and nothing counts that. */
    public ClickUpSwitches lost(boolean on) {
        lost = on;
        return this;
    }

    /** Happens after each page of tasks. */
    public ClickUpSwitches betweenPages(Runnable change) {
        betweenPages = change;
        return this;
    }

    /** The next call of this name is not carried out, and its error comes with status 200. */
    public ClickUpSwitches errorAs200(String call) {
        errorsAs200.add(call);
        return this;
    }

    /** This task or time entry is left out by lists though it is there. */
    public ClickUpSwitches blind(String id, boolean on) {
        if (on) {
            blind.add(id);
        } else {
            blind.remove(id);
        }
        return this;
    }

    /** This object is out of the token's sight: 401 with the token valid. */
    public ClickUpSwitches unreachable(String id, boolean on) {
        if (on) {
            unreachable.add(id);
        } else {
            unreachable.remove(id);
        }
        return this;
    }

    /** Nobody is assigned where this user should be, and the answer is 200. */
    public ClickUpSwitches guest(long user) {
        guests.add(user);
        return this;
    }

    /** The next call of this name is carried out only when it is released. */
    public Held hold(String call) {
        return held.computeIfAbsent(call, name -> new Held());
    }
}
