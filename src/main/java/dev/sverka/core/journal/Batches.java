package dev.sverka.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Hands over together what comes while the batch before it is being stored. Its one thread ends when there is nothing
 * for a while, and is never interrupted.
 */
final class Batches<T> {

    /** Largest number of things in one transaction. */
    static final int MOST = 64;

    private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Consumer<List<T>> action;
    private final ThreadPoolExecutor thread;

    /** @param action must not throw */
    Batches(String name, Consumer<List<T>> action) {
        this.action = action;
        thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    void add(T one) {
        waiting.add(one);
        begin();
    }

    private void begin() {
        if (busy.compareAndSet(false, true)) {
            thread.execute(this::drain);
        }
    }

    private void drain() {
        try {
            List<T> batch = next();
            while (!batch.isEmpty()) {
                action.accept(batch);
                batch = next();
            }
        } finally {
            busy.set(false);
            if (!waiting.isEmpty()) {
                begin();
            }
        }
    }

    private List<T> next() {
        List<T> batch = new ArrayList<>();
        waiting.drainTo(batch, MOST);
        return batch;
    }
}
