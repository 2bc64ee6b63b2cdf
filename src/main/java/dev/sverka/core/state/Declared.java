package dev.sverka.core.state;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A declaration under {@code mappings/}, such as {@code portal.yaml}, as the room that understands it sees it: always
 * the last accepted text, changed while the daemon runs. A room registers one as a bean; the {@code mapping} room
 * reads the file, checks it against its schema, tries {@link Reader#read} on it and puts it in.
 *
 * @param <T> what the file means to its room; immutable
 */
public final class Declared<T> {

    /** Candidates of a trial, seen by the trying thread alone, so that routes are tried against texts not yet accepted. */
    private static final ThreadLocal<Map<Declared<?>, Object>> TRIAL = new ThreadLocal<>();

    private final String name;
    private final Reader<T> reader;
    private final @Nullable T absent;
    private final AtomicReference<@Nullable T> current = new AtomicReference<>();

    /**
     * @param name the file's name without {@code .yaml}
     * @param reader gives the file its meaning
     */
    public Declared(String name, Reader<T> reader) {
        this(name, reader, null);
    }

    /** @param absent what holds where there is no such file; null where there has to be one */
    public Declared(String name, Reader<T> reader, @Nullable T absent) {
        this.name = name;
        this.reader = reader;
        this.absent = absent;
    }

    /** What holds where there is no such file. */
    public Optional<T> absent() {
        return Optional.ofNullable(absent);
    }

    public String name() {
        return name;
    }

    /** The file's path as people name it: {@code mappings/<name>.yaml}. */
    public String file() {
        return "mappings/" + name + ".yaml";
    }

    /** The meaning in force; inside a trial, the candidate's. */
    @SuppressWarnings("unchecked")
    public T get() {
        Map<Declared<?>, Object> trial = TRIAL.get();
        T value = trial != null && trial.containsKey(this) ? (T) trial.get(this) : current.get();
        if (value == null) {
            throw new IllegalStateException(file() + " has not been read yet");
        }
        return value;
    }

    public boolean isPresent() {
        return current.get() != null || (TRIAL.get() != null && TRIAL.get().containsKey(this));
    }

    /** Gives the checked content its meaning without putting it in force. */
    public T read(Map<String, Object> content, Lines lines) {
        return reader.read(content, lines);
    }

    /** Puts a meaning made by {@link #read} in force. */
    @SuppressWarnings("unchecked")
    public void put(Object meaning) {
        current.set((T) meaning);
    }

    /** Runs something on this thread with candidates in place of what is in force. */
    public static <R> R trying(Map<Declared<?>, Object> candidates, Callable<R> trial) throws Exception {
        Map<Declared<?>, Object> before = TRIAL.get();
        TRIAL.set(candidates);
        try {
            return trial.call();
        } finally {
            TRIAL.set(before);
        }
    }

    /** Turns a file's content, already checked against its schema, into its meaning. */
    public interface Reader<T> {
        /** @throws ProblemException where the content contradicts itself */
        T read(Map<String, Object> content, Lines lines);
    }

    /** Where things stand in the file that is being read. */
    public interface Lines {
        /** A fault at a place, given as the keys and list positions that lead to it. */
        Problem problem(String problem, String cure, Object... path);
    }
}
