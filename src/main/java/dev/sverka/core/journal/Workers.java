package dev.sverka.core.journal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Keeps up to a number of a flow's entries at work at a time. Its threads are never interrupted: H2 would close its
 * file under an interrupted thread.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /** How often other processes' news is looked for. */
    private static final long LOOK_EVERY_MILLIS = 1000;

    /** A step that took no longer leaves time for nothing but the store: more is taken at once. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A step that took longer, or failed, has what was taken ahead given back: others may be able to work on it. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** How much more is taken after each quick step. */
    private static final int FURTHER = 4;

    private final String flow;
    private final int size;
    private final Claims claims;
    private final Signals.Signal signal;
    private final Function<Work, Outcome> step;
    private final ExecutorService pool;
    private final Batches<Claims.Settled> outcomes;
    /** Taken and not yet settled. */
    private final AtomicInteger inHand = new AtomicInteger();
    /** How many may wait here for a free worker, taken already. */
    private final AtomicInteger ahead = new AtomicInteger();
    private final CountDownLatch halted = new CountDownLatch(1);
    private final CountDownLatch dispatched = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    Workers(String flow, int size, Claims claims, Signals signals, Function<Work, Outcome> step) {
        this.flow = flow;
        this.size = size;
        this.claims = claims;
        this.signal = signals.of(flow);
        this.step = step;
        this.outcomes = new Batches<>("journal-settle-" + flow, this::settle);
        this.pool = Executors.newFixedThreadPool(size + 1, task -> {
            Thread thread = new Thread(task, "journal-" + flow);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        pool.execute(this::dispatch);
    }

    /** Once it returns nothing more is begun; what is at work goes on. */
    void halt() throws InterruptedException {
        halted.countDown();
        signal.raise();
        dispatched.await();
    }

    /** After {@link #halt}: waits for what is at work; false where it took longer. */
    boolean finish(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        pool.shutdown();
        boolean finished = pool.awaitTermination(millis, TimeUnit.MILLISECONDS);
        while (finished && inHand.get() > 0) {
            signal.await(10);
            finished = inHand.get() == 0 || System.nanoTime() < end;
        }
        abandoned.countDown();
        return finished;
    }

    private boolean isHalted() {
        return halted.getCount() == 0;
    }

    private void dispatch() {
        Patience patience = new Patience("Work for " + flow + " cannot be taken from the journal", halted);
        try {
            while (!isHalted()) {
                try {
                    signal.clear();
                    if (take() == 0 && !isHalted()) {
                        signal.await(LOOK_EVERY_MILLIS);
                    }
                    patience.restored();
                } catch (RuntimeException | Error e) {
                    patience.lost(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dispatched.countDown();
        }
    }

    /** How many were taken; none while enough is in hand. */
    private int take() {
        int most = Math.min(Batches.MOST, size + ahead.get());
        int held = inHand.get();
        if (held > enough(most)) {
            return 0;
        }
        List<Work> claimed = claims.claim(flow, most - held);
        inHand.addAndGet(claimed.size());
        claimed.forEach(work -> pool.execute(() -> run(work)));
        return claimed.size();
    }

    /** With more than this in hand nothing is taken: one at a time would cost a transaction each. */
    private int enough(int most) {
        return most <= size ? size - 1 : most / 2;
    }

    private void run(Work work) {
        if (isHalted() || ahead.get() == 0 && isTooMuch()) {
            giveBack(work);
            return;
        }
        long began = System.nanoTime();
        Outcome outcome = step.apply(work);
        long took = System.nanoTime() - began;
        boolean isSmooth = outcome instanceof Outcome.Done && took < SLOW_NANOS;
        ahead.updateAndGet(now -> !isSmooth ? 0 : took < QUICK_NANOS ? Math.min(now + FURTHER, Batches.MOST) : now / 2);
        outcomes.add(new Claims.Settled(work, outcome));
    }

    /** More is in hand than workers: taken ahead while steps were quick, which they no longer are. */
    private boolean isTooMuch() {
        return inHand.get() > size;
    }

    private void giveBack(Work work) {
        try {
            claims.giveBack(work);
        } catch (RuntimeException e) {
            claims.forget(work);
            LOG.warn("Entry {} of {} could not be given back; it is worked on once its lease has run out", work.id(),
                    flow, e);
        } finally {
            inHand.decrementAndGet();
            signal.raise();
        }
    }

    /** The work is done and must not be done again: its outcome is offered until the store takes it. */
    private void settle(List<Claims.Settled> batch) {
        Patience patience = new Patience("Outcomes of " + batch.size() + " entries of " + flow + " cannot be stored",
                abandoned);
        boolean open = true;
        while (open) {
            try {
                claims.complete(batch);
                patience.restored();
                open = false;
            } catch (DataIntegrityViolationException e) {
                if (batch.size() > 1) {
                    // one that cannot be stored must not hold up its neighbours
                    batch.forEach(each -> settle(List.of(each)));
                    return;
                }
                open = patience.lost(e);
            } catch (RuntimeException e) {
                open = patience.lost(e);
            }
        }
        batch.forEach(each -> claims.forget(each.work()));
        inHand.addAndGet(-batch.size());
        signal.raise();
    }

    /** Logs the first of a row of failures and waits longer after each. */
    private static final class Patience {
        private static final long FIRST_MILLIS = 200;
        private static final long LONGEST_MILLIS = 30_000;

        private final String what;
        private final CountDownLatch end;
        private long pause;

        Patience(String what, CountDownLatch end) {
            this.what = what;
            this.end = end;
        }

        /** False where there is no point in going on. */
        boolean lost(Throwable e) {
            if (pause == 0) {
                LOG.error("{}; trying again with growing pauses", what, e);
            }
            pause = pause == 0 ? FIRST_MILLIS : Math.min(pause * 2, LONGEST_MILLIS);
            try {
                return !end.await(pause, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void restored() {
            if (pause > 0) {
                LOG.info("{}: over", what);
                pause = 0;
            }
        }
    }
}
