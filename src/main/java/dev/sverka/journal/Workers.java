package dev.sverka.journal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up to a number of a flow's entries at work at a time. Its threads are never interrupted: H2 would close its
 * file under an interrupted thread.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /** How often other processes' news is looked for. */
    private static final long LOOK_EVERY_MILLIS = 1000;

    private final String flow;
    private final Claims claims;
    private final Signals.Signal signal;
    private final Function<Work, Outcome> step;
    private final Semaphore free;
    private final ExecutorService pool;
    private final CountDownLatch halted = new CountDownLatch(1);
    private final CountDownLatch dispatched = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    Workers(String flow, int size, Claims claims, Signals signals, Function<Work, Outcome> step) {
        this.flow = flow;
        this.claims = claims;
        this.signal = signals.of(flow);
        this.step = step;
        this.free = new Semaphore(size);
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
        pool.shutdown();
        boolean finished = pool.awaitTermination(millis, TimeUnit.MILLISECONDS);
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
                    if (free.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                        hand(1 + free.drainPermits());
                        patience.restored();
                    }
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

    private void hand(int most) throws InterruptedException {
        int unused = most;
        try {
            signal.clear();
            List<Work> claimed = claims.claim(flow, most);
            for (Work work : claimed) {
                if (isHalted()) {
                    claims.giveBack(work);
                } else {
                    unused--;
                    pool.execute(() -> run(work));
                }
            }
            if (claimed.isEmpty() && !isHalted()) {
                signal.await(LOOK_EVERY_MILLIS);
            }
        } finally {
            free.release(unused);
        }
    }

    private void run(Work work) {
        try {
            settle(work, step.apply(work));
        } finally {
            claims.forget(work);
            free.release();
            signal.raise();
        }
    }

    /** The work is done and must not be done again: its outcome is offered until the store takes it. */
    private void settle(Work work, Outcome outcome) {
        Patience patience = new Patience("The outcome of entry " + work.id() + " of " + flow + " cannot be stored",
                abandoned);
        while (true) {
            try {
                claims.complete(work, outcome);
                patience.restored();
                return;
            } catch (RuntimeException e) {
                if (!patience.lost(e)) {
                    return;
                }
            }
        }
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
