package dev.sverka.core.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The edits of routes and mappings that were not taken, as {@code /api/status} lists them; in memory. */
public final class Refusals {

    private final Map<String, List<Problem>> byFile = new ConcurrentHashMap<>();

    /** Puts a file's faults in place of those it had. */
    public void set(String file, List<Problem> problems) {
        byFile.put(file, List.copyOf(problems));
    }

    public void clear(String file) {
        byFile.remove(file);
    }

    public List<Problem> all() {
        return byFile.values().stream().flatMap(Collection::stream).sorted().toList();
    }
}
