package dev.sverka.core.journal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a flow's workers in this process when there may be something for them. */
final class Signals {

    private final ConcurrentHashMap<String, Signal> flows = new ConcurrentHashMap<>();

    Signal of(String flow) {
        return flows.computeIfAbsent(flow, name -> new Signal());
    }

    /** Remembers one wake-up until it is taken or cleared. */
    static final class Signal {
        private final Semaphore raised = new Semaphore(0);

        void raise() {
            if (raised.availablePermits() == 0) {
                raised.release();
            }
        }

        /** To be called before looking, so that nothing which comes after the look is missed. */
        void clear() {
            raised.drainPermits();
        }

        void await(long millis) throws InterruptedException {
            raised.tryAcquire(millis, TimeUnit.MILLISECONDS);
        }
    }
}
