package dev.sverka.sandbox.bitrix24;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What people do while the daemon works (bitrix24.md section 14.7): an edit right before or right after the next call
 * of a method, so between our read and our write, or between two commands of a batch. Each happens once.
 */
public final class People {

    private final Map<String, Queue<Runnable>> before = new ConcurrentHashMap<>();
    private final Map<String, Queue<Runnable>> after = new ConcurrentHashMap<>();

    /** Right before the next call of a method, when the daemon has read but not yet written. */
    public People before(String method, Runnable edit) {
        before.computeIfAbsent(method, key -> new ConcurrentLinkedQueue<>()).add(edit);
        return this;
    }

    /** Right after the next call of a method that succeeds, before its answer is sent. */
    public People after(String method, Runnable edit) {
        after.computeIfAbsent(method, key -> new ConcurrentLinkedQueue<>()).add(edit);
        return this;
    }

    void before(String method) {
        play(before.get(method));
    }

    void after(String method) {
        play(after.get(method));
    }

    private static void play(Queue<Runnable> edits) {
        Runnable edit = edits == null ? null : edits.poll();
        if (edit != null) {
            edit.run();
        }
    }
}
