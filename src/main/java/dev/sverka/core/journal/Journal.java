package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where everything that arrives is stored before it is acknowledged, and where people look after what failed. */
public final class Journal {

    /** An event made ready for the store. */
    record News(Entries.Draft draft, boolean melts, Event.@Nullable Told told) {
    }

    private static final String OPEN = "('queued', 'working', 'waiting')";

    private final Store store;
    private final Entries entries;
    private final EntryGroups groups;
    private final Signals signals;
    private final Set<String> knownLanes = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<List<Event>> gathering = new ThreadLocal<>();
    private final Arrivals arrivals;

    Journal(Store store, Entries entries, Signals signals) {
        this.store = store;
        this.entries = entries;
        this.groups = new EntryGroups(store, entries);
        this.signals = signals;
        this.arrivals = new Arrivals(news -> store.joined(() -> placeAll(news)));
    }

    /**
     * Stores news, in the caller's transaction where one runs, else in one transaction with whatever else comes at the
     * same moment. Workers of this process wake once it is committed.
     *
     * @return the id of the entry that holds it; 0 where it is what was told last
     * @throws org.springframework.dao.ConcurrencyFailureException where the caller's transaction has to be tried
     *     again as a whole
     */
    public long accept(Event event) {
        return acceptAll(List.of(event)).get(0);
    }

    /** Stores all of it or nothing; the rest as in {@link #accept}. */
    public List<Long> acceptAll(List<Event> events) {
        List<News> news = events.stream().map(this::news).toList();
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? store.joined(() -> placeAll(news)) : arrivals.store(news);
    }

    /** As {@link #accept}; within {@link #gather} it is stored with the rest, when that ends. */
    void offer(Event event) {
        List<Event> rest = gathering.get();
        if (rest == null) {
            accept(event);
        } else {
            rest.add(event);
        }
    }

    /**
     * Runs work whose messages to {@code journal:} are stored together when it ends, all or none, and durable when this
     * returns. In the caller's transaction where one runs.
     *
     * @throws RuntimeException what the work threw, or the store: nothing of it was stored
     */
    public void gather(Runnable work) {
        List<Event> events = new ArrayList<>();
        gathering.set(events);
        try {
            work.run();
        } finally {
            gathering.remove();
        }
        if (!events.isEmpty()) {
            acceptAll(events);
        }
    }

    private News news(Event event) {
        long now = store.now();
        Instant due = event.dueAt();
        Map<String, String> headers = event.headers();
        String subject = headers.getOrDefault("SyncAccount", "") + "/" + headers.getOrDefault("SyncEntity", "");
        return new News(new Entries.Draft(event.flow(), event.account(), event.key(), subject,
                Json.write(event.payload()), Json.write(Journey.stored(headers, Instant.ofEpochMilli(now))),
                due == null ? now : Math.max(now, due.toEpochMilli()), now), event.melts(), event.told());
    }

    /** Ids in the order of the news. Keys are locked in one order by all, or two groups would wait for each other. */
    private List<Long> placeAll(List<News> news) {
        if (store.dialect() == Dialect.POSTGRESQL) {
            return placeTogether(news);
        }
        Long[] ids = new Long[news.size()];
        IntStream.range(0, ids.length).boxed()
                .sorted(Comparator.comparing((Integer n) -> news.get(n).draft().headKey()))
                .forEach(n -> ids[n] = place(news.get(n)));
        return List.of(ids);
    }

    private List<Long> placeTogether(List<News> news) {
        List<Integer> order = IntStream.range(0, news.size()).boxed()
                .sorted(Comparator.comparing((Integer n) -> news.get(n).draft().headKey())).toList();
        order.stream().map(n -> news.get(n).draft()).filter(draft -> !knownLanes.contains(lane(draft)))
                .collect(Collectors.toMap(Journal::lane, draft -> draft, (one, two) -> one, TreeMap::new))
                .forEach((lane, draft) -> {
                    entries.lane(draft.flow(), draft.account());
                    store.afterCommit(List.of(this, lane), () -> knownLanes.add(lane));
                });
        long[] placed = groups.place(order.stream().map(news::get).toList());
        Long[] ids = new Long[news.size()];
        for (int n = 0; n < placed.length; n++) {
            ids[order.get(n)] = placed[n];
            if (placed[n] != 0) {
                wake(news.get(order.get(n)).draft().flow());
            }
        }
        return List.of(ids);
    }

    private static String lane(Entries.Draft draft) {
        return draft.flow() + "/" + draft.account();
    }

    private long place(News news) {
        Entries.Draft draft = news.draft();
        Event.Told told = news.told();
        if (told != null && entries.isTold(told)) {
            return 0;
        }
        String lane = lane(draft);
        boolean newLane = !knownLanes.contains(lane);
        if (newLane) {
            entries.lane(draft.flow(), draft.account());
        }
        long id = told == null ? entries.place(draft, news.melts()) : placeOnce(draft, news.melts(), told);
        if (id == 0) {
            return 0;
        }
        if (newLane) {
            store.afterCommit(List.of(this, lane), () -> knownLanes.add(lane));
        }
        wake(draft.flow());
        return id;
    }

    private void wake(String flow) {
        Signals.Signal signal = signals.of(flow);
        store.afterCommit(signal, signal::raise);
    }

    /** The key's lock comes before the version's: the other way round, a page and one of its items would deadlock. */
    private long placeOnce(Entries.Draft draft, boolean melts, Event.Told told) {
        try {
            return store.nested(() -> {
                long placed = entries.place(draft, melts);
                if (!entries.tell(told, draft.now())) {
                    throw new SeenMeanwhile();
                }
                return placed;
            });
        } catch (SeenMeanwhile e) {
            return 0;
        }
    }

    /** Undoes a placing whose version another acceptor stored at the same moment. */
    private static final class SeenMeanwhile extends RuntimeException {
        SeenMeanwhile() {
            super(null, null, false, false);
        }
    }

    public Counts counts() {
        Map<String, Long> counts = new HashMap<>();
        store.sql("""
                select shown, count(*) from (
                    select case when state = 'working' and claim_at <= :now then 'queued' else state end as shown
                    from entry where state in ('queued', 'working', 'waiting', 'dead')) as open_or_dead
                group by shown""")
                .param("now", store.now())
                .query(row -> {
                    counts.merge(row.getString(1), row.getLong(2), Long::sum);
                });
        return new Counts(counts.getOrDefault("queued", 0L), counts.getOrDefault("working", 0L),
                counts.getOrDefault("waiting", 0L), counts.getOrDefault("dead", 0L));
    }

    /** Whether something that was put off comes up again soon. */
    public boolean isDueWithin(Duration soon) {
        return store.sql("select count(*) from entry where state = 'waiting' and claim_at <= :until")
                .param("until", store.now() + soon.toMillis()).query(Long.class).single() > 0;
    }

    /** The newest entries first; null means those in any state. */
    public List<EntryView> list(@Nullable String state, int limit) {
        return store.sql("""
                select id, flow, order_key, state, attempts, cause, message, accepted_at, claim_at
                from entry %s order by id desc limit :limit""".formatted(state == null ? "" : "where state = :state"))
                .param("state", state).param("limit", limit).query(Journal::view).list();
    }

    static EntryView view(ResultSet row, int n) throws SQLException {
        String state = row.getString("state");
        return new EntryView(row.getLong("id"), row.getString("flow"), row.getString("order_key"), state,
                row.getInt("attempts"), row.getString("cause"), row.getString("message"),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                state.equals("waiting") ? Instant.ofEpochMilli(row.getLong("claim_at")) : null);
    }

    /** What happened to an entry, oldest first; plain success leaves no line. */
    public List<EntryEvent> history(long id) {
        return store.sql("select at, kind, attempt, cause, message from entry_event where entry = :id order by id")
                .param("id", id)
                .query((row, n) -> new EntryEvent(Instant.ofEpochMilli(row.getLong(1)), row.getString(2),
                        row.getInt(3), row.getString(4), row.getString(5)))
                .list();
    }

    /** As {@link #replay(long, String)}, where no person asked. */
    public boolean replay(long id) {
        return replay(id, null);
    }

    /** Has a dead or dismissed entry worked on once more; false where it is neither. @param by who asked for it */
    public boolean replay(long id, @Nullable String by) {
        while (true) {
            try {
                return store.nested(() -> {
                    long now = store.now();
                    if (!entries.putBack(id, now)) {
                        return false;
                    }
                    entries.history(id, now, "replayed", 0, null, by);
                    entries.flowOf(id).ifPresent(this::wake);
                    return true;
                });
            } catch (DuplicateKeyException e) {
                // News of the same key took the free head at this very moment; now it has one to stand behind.
            }
        }
    }

    /** As {@link #dismiss(long, String)}, where no person asked. */
    public boolean dismiss(long id) {
        return dismiss(id, null);
    }

    /** Lays a dead entry aside for good; false where it is not dead. @param by who asked for it */
    public boolean dismiss(long id, @Nullable String by) {
        return store.joined(() -> {
            long now = store.now();
            int rows = store.sql("""
                    update entry set state = 'dismissed', ended_at = :now where id = :id and state = 'dead'""")
                    .param("now", now).param("id", id).update();
            if (rows == 1) {
                entries.history(id, now, "dismissed", 0, null, by);
            }
            return rows == 1;
        });
    }

    /** Whether any entry of a flow that was accepted before is still neither done nor with a person. */
    public boolean openBefore(String flow, Instant acceptedBefore) {
        return store.sql("select 1 from entry where flow = :flow and state in " + OPEN
                + " and accepted_at < :before limit 1")
                .param("flow", flow).param("before", acceptedBefore.toEpochMilli())
                .query(Integer.class).optional().isPresent();
    }

    /**
     * Bodies of a flow's entries that are neither done nor with a person, oldest first, as far as they are maps.
     *
     * @param most of them at the most
     */
    public List<Map<String, Object>> openNews(String flow, int most) {
        return store.sql("select payload from entry where flow = :flow and state in " + OPEN
                + " order by id limit :most").param("flow", flow).param("most", most).query(String.class).list()
                .stream().map(Journal::body).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(String payload) {
        return Json.read(payload) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
