package dev.sverka.core.state;

import java.util.Comparator;

/**
 * One fault in a file that people edit, as it stands in the log, in {@code check} and in {@code /api/status}.
 *
 * @param file the file as people name it, such as {@code routes/bank.yaml}
 * @param line 1-based; 1 where the whole file is meant
 * @param problem what is wrong
 * @param cure what to do about it
 */
public record Problem(String file, int line, String problem, String cure) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line).thenComparing(Problem::problem);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** The one log line of the contract: {@code <file>:<line>: <problem>; <cure>}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + problem + "; " + cure;
    }
}
