package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What PostgreSQL does for a group of entries in one statement, where {@link Entries} takes one after another: there a
 * statement is a round trip. Keys are locked in the order of their text, in each statement and by every group. Every
 * method runs inside the caller's transaction.
 */
final class EntryGroups {

    private static final String ARRAYS = """
            unnest(:flows, :accounts, :keys, :subjects, :payloads, :headers, :dues, :nows, :merged) with ordinality
                as n(flow, account, key, subject, payload, headers, due, now, merged, ord)""";

    private static final String INSERT_HEADS = """
            insert into entry (flow, account, order_key, subject, payload, headers, state, head_key, claim_at, due_at,
                accepted_at, merged)
            select flow, account, key, subject, payload, headers, case when due > now then 'waiting' else 'queued' end,
                flow || '/' || key, due, due, now, merged
            from %s order by ord
            on conflict (head_key) do
            """.formatted(ARRAYS);

    private static final String INSERT_BEHIND = """
            insert into entry (flow, account, order_key, subject, payload, headers, state, due_at, accepted_at, merged)
            select flow, account, key, subject, payload, headers, 'queued', due, now, merged
            from %s order by ord
            returning id, flow || '/' || order_key""".formatted(ARRAYS);

    /** As {@link Entries} melts into a head; one at work, or that it does not fit, is locked and left as it is. */
    private static final String OR_MELT = """
            update set account = excluded.account, payload = excluded.payload, headers = excluded.headers,
                merged = entry.merged + excluded.merged + 1,
                due_at = case when %1$s then least(entry.claim_at, excluded.due_at) else entry.claim_at end,
                claim_at = case when %1$s then least(entry.claim_at, excluded.due_at) else entry.claim_at end,
                state = case when %1$s and excluded.due_at <= excluded.accepted_at
                    or entry.claim_at <= excluded.accepted_at then 'queued' else entry.state end
            where entry.state <> 'working' and entry.subject = excluded.subject
                and (excluded.due_at <= excluded.accepted_at or excluded.due_at <= entry.claim_at)
            returning id, head_key""".formatted("coalesce(entry.cause, 'not-yet') = 'not-yet'");

    private final Store store;
    private final Entries entries;

    EntryGroups(Store store, Entries entries) {
        this.store = store;
        this.entries = entries;
    }

    /** One of a group, or several that melted on the way. */
    private record Placing(Entries.Draft draft, List<Integer> numbers) {
    }

    private record Placed(long id, String headKey) {
    }

    /** Undoes a placing whose version another acceptor stored at the same moment. */
    private static final class SeenMeanwhile extends RuntimeException {
        SeenMeanwhile() {
            super(null, null, false, false);
        }
    }

    /**
     * Places news that stand in the order of their keys.
     *
     * @return ids in the order of the news; 0 where it is what was told last
     */
    long[] place(List<Journal.News> news) {
        if (news.stream().allMatch(one -> one.told() == null)) {
            return placeAll(news);
        }
        while (true) {
            try {
                return store.nested(() -> placeAll(news));
            } catch (SeenMeanwhile again) {
                // the next look sees what the other has told
            }
        }
    }

    private long[] placeAll(List<Journal.News> news) {
        Map<String, String> told = told(news);
        Map<String, Event.Told> tell = new TreeMap<>();
        List<Integer> melting = new ArrayList<>();
        List<Integer> ordered = new ArrayList<>();
        for (int n = 0; n < news.size(); n++) {
            Event.Told one = news.get(n).told();
            if (one == null || !one.version().equals(told.put(one.of(), one.version()))) {
                (news.get(n).melts() ? melting : ordered).add(n);
                if (one != null) {
                    tell.put(one.of(), one);
                }
            }
        }
        long[] ids = new long[news.size()];
        placeMelting(news, melting, ids);
        placeOrdered(byKey(news, ordered), ids);
        // after the keys: the other way round, a page and one of its items would deadlock
        tell(tell.values(), news.get(0).draft().now());
        return ids;
    }

    private Map<String, String> told(List<Journal.News> news) {
        Map<String, String> told = new HashMap<>();
        String[] subjects = news.stream().map(Journal.News::told).filter(one -> one != null).map(Event.Told::of)
                .distinct().toArray(String[]::new);
        if (subjects.length > 0) {
            store.sql("select subject, version from entry_told where subject = any(:subjects)")
                    .param("subjects", subjects).query(row -> {
                        told.put(row.getString(1), row.getString(2));
                    });
        }
        return told;
    }

    private void tell(Collection<Event.Told> tell, long now) {
        if (tell.isEmpty()) {
            return;
        }
        int rows = store.sql("""
                insert into entry_told (subject, version, told_at)
                select subject, version, cast(:now as bigint)
                from unnest(:subjects, :versions) with ordinality as n(subject, version, ord) order by ord
                on conflict (subject) do update set version = excluded.version, told_at = excluded.told_at
                where entry_told.version <> excluded.version""")
                .param("now", now).param("subjects", tell.stream().map(Event.Told::of).toArray(String[]::new))
                .param("versions", tell.stream().map(Event.Told::version).toArray(String[]::new)).update();
        if (rows < tell.size()) {
            throw new SeenMeanwhile();
        }
    }

    private static Map<String, List<Placing>> byKey(List<Journal.News> news, List<Integer> numbers) {
        return numbers.stream().map(n -> new Placing(news.get(n).draft(), List.of(n)))
                .collect(Collectors.groupingBy(one -> one.draft().headKey(), LinkedHashMap::new, Collectors.toList()));
    }

    /** What is due at once melts before it is stored; the rest of a key, and what meets an entry at work, comes after. */
    private void placeMelting(List<Journal.News> news, List<Integer> numbers, long[] ids) {
        Map<String, Placing> first = new LinkedHashMap<>();
        List<Integer> rest = new ArrayList<>();
        Set<String> closed = new HashSet<>();
        for (int n : numbers) {
            Entries.Draft draft = news.get(n).draft();
            Placing before = first.get(draft.headKey());
            if (before == null) {
                first.put(draft.headKey(), new Placing(draft, new ArrayList<>(List.of(n))));
            } else if (!closed.contains(draft.headKey()) && before.draft().subject().equals(draft.subject())
                    && before.draft().due() <= before.draft().now() && draft.due() <= draft.now()) {
                before.numbers().add(n);
                first.put(draft.headKey(), new Placing(draft, before.numbers()));
            } else {
                closed.add(draft.headKey());
                rest.add(n);
            }
        }
        Map<String, Long> placed = first.isEmpty() ? Map.of() : insert(INSERT_HEADS + OR_MELT, first.values());
        first.forEach((key, one) -> {
            Long id = placed.get(key);
            long at = id == null ? entries.place(one.draft(), true) : id;
            one.numbers().forEach(n -> ids[n] = at);
        });
        rest.forEach(n -> ids[n] = entries.place(news.get(n).draft(), true));
    }

    private void placeOrdered(Map<String, List<Placing>> byKey, long[] ids) {
        Map<String, List<Placing>> open = new LinkedHashMap<>(byKey);
        List<Placing> behind = new ArrayList<>();
        Map<String, List<Placing>> behindKey = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Map<String, Long> heads = insert(INSERT_HEADS + "nothing returning id, head_key",
                    open.values().stream().map(list -> list.get(0)).toList());
            heads.forEach((key, id) -> {
                List<Placing> all = open.remove(key);
                ids[all.get(0).numbers().get(0)] = id;
                behindKey.put(key, all.subList(1, all.size()));
            });
            // those whose head finished between the two statements are tried again
            lockHeads(open.keySet()).forEach(key -> behindKey.put(key, open.remove(key)));
        }
        byKey.keySet().forEach(key -> behind.addAll(behindKey.get(key)));
        if (!behind.isEmpty()) {
            insertBehind(behind, ids);
        }
    }

    private List<String> lockHeads(Set<String> keys) {
        return keys.isEmpty() ? List.of() : store.sql("""
                select e.head_key from unnest(:keys) with ordinality as k(key, ord)
                join entry e on e.head_key = k.key order by k.ord for update of e""")
                .param("keys", keys.toArray(String[]::new)).query(String.class).list();
    }

    private Map<String, Long> insert(String sql, Collection<Placing> all) {
        return bind(sql, all).query(EntryGroups::placed).list().stream()
                .collect(Collectors.toMap(Placed::headKey, Placed::id));
    }

    /** Ids grow in the order of the rows, so those of a key come back in its order. */
    private void insertBehind(List<Placing> all, long[] ids) {
        Map<String, List<Long>> placed = bind(INSERT_BEHIND, all).query(EntryGroups::placed).list().stream().sorted(
                Comparator.comparingLong(Placed::id)).collect(Collectors.groupingBy(Placed::headKey,
                        Collectors.mapping(Placed::id, Collectors.toCollection(ArrayList::new))));
        all.forEach(one -> ids[one.numbers().get(0)] = placed.get(one.draft().headKey()).remove(0));
    }

    private static Placed placed(ResultSet row, int n) throws SQLException {
        return new Placed(row.getLong(1), row.getString(2));
    }

    private StatementSpec bind(String sql, Collection<Placing> all) {
        return store.sql(sql).param("flows", texts(all, Entries.Draft::flow))
                .param("accounts", texts(all, Entries.Draft::account)).param("keys", texts(all, Entries.Draft::key))
                .param("subjects", texts(all, Entries.Draft::subject))
                .param("payloads", texts(all, Entries.Draft::payload))
                .param("headers", texts(all, Entries.Draft::headers))
                .param("dues", all.stream().map(one -> one.draft().due()).toArray(Long[]::new))
                .param("nows", all.stream().map(one -> one.draft().now()).toArray(Long[]::new))
                .param("merged", all.stream().map(one -> one.numbers().size() - 1).toArray(Integer[]::new));
    }

    private static String[] texts(Collection<Placing> all, Function<Entries.Draft, String> text) {
        return all.stream().map(one -> text.apply(one.draft())).toArray(String[]::new);
    }

    /** Takes due heads of one flow and account; what comes back stands in the order of their due times. */
    <T> List<T> claim(String flow, String account, long now, int most, String owner, long until, RowMapper<T> read) {
        return store.sql("""
                with due as (%s),
                taken as (update entry e set state = 'working', owner = :owner, claim_at = :until
                    from due where e.id = due.id)
                select * from due""".formatted(store.dialect().selectDue()))
                .param("flow", flow).param("account", account).param("now", now).param("most", most)
                .param("owner", owner).param("until", until).query(read).list();
    }

    /** Ends work that stands in the order of its keys. @return ids of that whose lease held */
    Set<Long> end(List<Work> done, long now) {
        return new HashSet<>(store.sql("""
                with mine as (
                    select e.id from unnest(:ids, :owners) with ordinality as d(id, owner, ord)
                    join entry e on e.id = d.id and e.owner = d.owner and e.state = 'working'
                    order by d.ord for update of e)
                update entry e set state = 'done', head_key = null, owner = null, claim_at = null, ended_at = :now,
                    cause = null, message = null
                from mine where e.id = mine.id returning e.id""")
                .param("ids", done.stream().map(Work::id).toArray(Long[]::new))
                .param("owners", done.stream().map(Work::owner).toArray(String[]::new)).param("now", now)
                .query(Long.class).list());
    }

    /** Gives keys whose head has ended to the oldest entries in their lines. */
    void promote(String flow, Collection<String> keys, long now) {
        // with a plain "is null" the index of heads would be read, where all that was ever done is null
        store.sql("""
                with next as (
                    select n.id, k.key, n.due_at from unnest(:keys) as k(key) cross join lateral (
                        select id, due_at from entry
                        where flow = :flow and order_key = k.key and state = 'queued' and coalesce(head_key, '') = ''
                        order by id limit 1) n)
                update entry e set head_key = :flow || '/' || next.key, claim_at = next.due_at,
                    state = case when next.due_at > :now then 'waiting' else 'queued' end
                from next where e.id = next.id""")
                .param("flow", flow).param("keys", keys.toArray(String[]::new)).param("now", now).update();
    }
}
