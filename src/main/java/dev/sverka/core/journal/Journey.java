package dev.sverka.core.journal;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import tools.jackson.core.type.TypeReference;

/**
 * The way of one piece of news: from the call or poll that told it, over every entry that follows from it, to the calls
 * of vendors. Entries hold it among their headers, a thread at work carries it, and each line it logs names it.
 *
 * @param trace by which lines of the log, entries and writes are found again
 * @param began when the first entry of it was accepted
 */
public record Journey(String trace, Instant began) {

    /** Under this name the trace stands in the log. */
    public static final String IN_LOG = "traceId";

    static final String TRACE = "SyncTrace";
    static final String BEGAN = "SyncBegan";

    private static final int LENGTH = 16;
    private static final ThreadLocal<@Nullable Journey> CURRENT = new ThreadLocal<>();

    /** A new one. */
    public static Journey from(Instant began) {
        return new Journey(UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH), began);
    }

    /** That on which this thread is; null where it is on none. */
    public static @Nullable Journey current() {
        return CURRENT.get();
    }

    /** Does something on this journey; afterwards the thread goes on with what it was on before. */
    public <T> T along(Supplier<T> work) {
        Journey before = CURRENT.get();
        String said = MDC.get(IN_LOG);
        CURRENT.set(this);
        MDC.put(IN_LOG, trace);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
            if (said == null) {
                MDC.remove(IN_LOG);
            } else {
                MDC.put(IN_LOG, said);
            }
        }
    }

    /** The trace among an entry's headers as they are stored; null for one of an older version. */
    static @Nullable String traceIn(String headers) {
        Map<String, String> all = Json.map(headers, new TypeReference<>() { });
        return all.get(TRACE);
    }

    /** What is accepted on this thread goes on with its journey; what comes from outside begins one. */
    static Map<String, String> stored(Map<String, String> headers, Instant now) {
        Journey current = CURRENT.get();
        Journey journey = current == null ? from(now) : current;
        Map<String, String> all = new HashMap<>(headers);
        all.put(TRACE, journey.trace());
        all.put(BEGAN, Long.toString(journey.began().toEpochMilli()));
        return all;
    }

    /**
     * That of an entry. News that melted into it may be younger than the entry; one of an older version says nothing of
     * its journey.
     */
    static Journey of(Map<String, String> headers, Instant accepted) {
        String trace = headers.get(TRACE);
        String began = headers.get(BEGAN);
        Instant told = began == null ? accepted : Instant.ofEpochMilli(Long.parseLong(began));
        Instant first = told.isBefore(accepted) ? told : accepted;
        return trace == null ? from(first) : new Journey(trace, first);
    }
}
