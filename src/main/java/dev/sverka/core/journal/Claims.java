package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/** Hands entries out under a lease and takes their outcomes; one that comes after its lease was lost is dropped. */
final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** Every change of an entry at work asks whether the claim still owns it. */
    private static final String OWNED = " where id = :id and owner = :owner and state = 'working'";

    /** An entry that was worked on, and with what outcome. */
    record Settled(Work work, Outcome outcome) {
    }

    private final Store store;
    private final Entries entries;
    private final EntryGroups groups;
    private final Accounts accounts;
    private final Duration lease;
    private final JournalMeters meters;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong sequence = new AtomicLong();
    private final Map<Long, Work> atWork = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "journal-renewal");
        thread.setDaemon(true);
        return thread;
    });

    Claims(Store store, Entries entries, Accounts accounts, Duration lease, JournalMeters meters) {
        this.store = store;
        this.entries = entries;
        this.groups = new EntryGroups(store, entries);
        this.accounts = accounts;
        this.lease = lease;
        this.meters = meters;
    }

    void keepRenewing() {
        long every = Math.max(1, lease.toMillis() / 3);
        renewal.scheduleWithFixedDelay(() -> {
            try {
                renew();
            } catch (RuntimeException e) {
                LOG.warn("Leases could not be renewed; trying again in {} ms: {}", every, e.toString());
            }
        }, every, every, TimeUnit.MILLISECONDS);
    }

    Instant now() {
        return Instant.ofEpochMilli(store.now());
    }

    void close() {
        renewal.shutdown();
    }

    /** An H2 store belongs to one process: what earlier processes had at work is due again at once. */
    void releaseEarlier() {
        if (store.dialect() == Dialect.H2) {
            int released = store.sql("""
                    update entry set state = 'queued', owner = null, claim_at = due_at where state = 'working'""")
                    .update();
            if (released > 0) {
                LOG.info("{} journal entries were at work when the last process ended; they are worked on again",
                        released);
            }
        }
    }

    /** Takes due entries of a flow, account by account, those of paused accounts left out. */
    List<Work> claim(String flow, int most) {
        List<Work> claimed = store.joined(() -> {
            long now = store.now();
            String owner = process + "/" + sequence.incrementAndGet();
            List<Work> taken = new ArrayList<>();
            for (String account : lanes(flow, now)) {
                if (taken.size() < most) {
                    List<Due> due = due(flow, account, now, most - taken.size(), owner);
                    noteTakenOver(due, now);
                    due.forEach(each -> taken.add(each.work()));
                }
            }
            return taken;
        });
        claimed.forEach(work -> atWork.put(work.id(), work));
        return claimed;
    }

    /** In a random order, so that no account lives at another's expense. */
    private List<String> lanes(String flow, long now) {
        List<String> lanes = new ArrayList<>(store.sql("""
                select l.account from lane l where l.flow = :flow and not exists (
                    select 1 from account a
                    where a.name = l.account and a.state in ('throttled', 'paused') and a.until_at > :now)""")
                .param("flow", flow).param("now", now).query(String.class).list());
        Collections.shuffle(lanes);
        return lanes;
    }

    private record Due(Work work, boolean leaseLost) {
    }

    private List<Due> due(String flow, String account, long now, int most, String owner) {
        long until = now + lease.toMillis();
        if (store.dialect() == Dialect.POSTGRESQL) {
            return groups.claim(flow, account, now, most, owner, until, (row, n) -> due(row, owner));
        }
        List<Due> all = store.sql(store.dialect().selectDue()).param("flow", flow).param("account", account)
                .param("now", now).param("most", most).query((row, n) -> due(row, owner)).list();
        store.batch("update entry set state = 'working', owner = ?, claim_at = ? where id = ?", all,
                due -> new Object[] {owner, until, due.work().id()});
        return all;
    }

    private static Due due(ResultSet row, String owner) throws SQLException {
        Map<String, String> headers = Json.map(row.getString("headers"), new TypeReference<>() { });
        return new Due(new Work(row.getLong("id"), row.getString("flow"), row.getString("order_key"),
                Json.read(row.getString("payload")), headers, row.getInt("attempts"), owner,
                Instant.ofEpochMilli(row.getLong("accepted_at"))),
                row.getString("state").equals("working"));
    }

    private void noteTakenOver(List<Due> all, long now) {
        for (Due due : all) {
            if (due.leaseLost()) {
                Work work = due.work();
                entries.history(work.id(), now, "taken-over", work.attempts(), null, "its lease had run out");
            }
        }
    }

    /** Prolongs the leases of all that is at work in this process. */
    void renew() {
        long until = store.now() + lease.toMillis();
        for (Work work : atWork.values()) {
            int rows = store.sql("update entry set claim_at = :until" + OWNED).param("until", until)
                    .param("id", work.id()).param("owner", work.owner()).update();
            if (rows == 0 && atWork.remove(work.id(), work) && isAnothers(work)) {
                LOG.warn("The lease of entry {} of {} was lost while it was at work; its result will be dropped",
                        work.id(), work.flow());
            }
        }
    }

    /** It may also have ended at this very moment. */
    private boolean isAnothers(Work work) {
        return store.sql("select 1 from entry where id = :id and state = 'working' and owner <> :owner")
                .param("id", work.id()).param("owner", work.owner()).query(Integer.class).optional().isPresent();
    }

    /** Gives back what was claimed and not begun. */
    void giveBack(Work work) {
        store.sql("update entry set state = 'queued', owner = null, claim_at = due_at" + OWNED)
                .param("id", work.id()).param("owner", work.owner()).update();
        forget(work);
    }

    /** Its lease is not prolonged any more. */
    void forget(Work work) {
        atWork.remove(work.id(), work);
    }

    /** Stores what became of an entry; false where its lease was lost, and nothing was stored. */
    boolean complete(Work work, Outcome outcome) {
        return complete(List.of(new Settled(work, outcome))).isEmpty();
    }

    /**
     * Stores what became of entries, in one transaction; the result is dropped where the lease was lost.
     *
     * @return those whose lease was lost
     */
    List<Work> complete(List<Settled> all) {
        // Keys are locked in one order by all, or two groups would wait for each other.
        List<Settled> sorted = all.stream()
                .sorted(Comparator.comparing(each -> Entries.headKey(each.work().flow(), each.work().key()))).toList();
        List<Work> lost = store.joined(() -> {
            long now = store.now();
            List<Work> notOurs = new ArrayList<>();
            List<Work> ended = new ArrayList<>(end(sorted.stream().filter(Claims::isPlain).map(Settled::work).toList(),
                    now, notOurs));
            for (Settled each : sorted) {
                if (!isPlain(each) && !store(each.work(), each.outcome(), now)) {
                    notOurs.add(each.work());
                } else if (each.outcome() instanceof Outcome.Dead) {
                    ended.add(each.work());
                }
            }
            promote(ended, now);
            return notOurs;
        });
        all.stream().filter(each -> !lost.contains(each.work()))
                .forEach(each -> meters.settled(each.work(), each.outcome()));
        lost.forEach(work -> LOG.warn("Entry {} of {} is another worker's by now; this result was dropped", work.id(),
                work.flow()));
        return lost;
    }

    private void promote(List<Work> ended, long now) {
        if (store.dialect() == Dialect.POSTGRESQL) {
            ended.stream().collect(Collectors.groupingBy(Work::flow, TreeMap::new, Collectors.mapping(Work::key,
                    Collectors.toCollection(TreeSet::new)))).forEach((flow, keys) -> groups.promote(flow, keys, now));
        } else {
            entries.promote(ended, now);
        }
    }

    /** Done, as nearly all is. */
    private static boolean isPlain(Settled settled) {
        return settled.outcome() instanceof Outcome.Done;
    }

    private boolean store(Work work, Outcome outcome, long now) {
        if (outcome instanceof Outcome.Later later) {
            return later(work, later.due().toEpochMilli(), now, later.counted(), later.cause(), later.message(),
                    "later");
        }
        if (outcome instanceof Outcome.Pause pause) {
            boolean owned = later(work, pause.until().toEpochMilli(), now, false, pause.cause(), pause.message(),
                    "paused");
            if (owned) {
                accounts.pause(pause.account(), pause.state(), pause.until(), pause.message());
            }
            return owned;
        }
        return outcome instanceof Outcome.Dead dead && dead(work, now, dead);
    }

    /** It keeps the head of its key. */
    private boolean later(Work work, long due, long now, boolean counted, String cause, String message, String kind) {
        int attempts = work.attempts() + (counted ? 1 : 0);
        int rows = store.sql("""
                update entry set state = 'waiting', owner = null, claim_at = :due, due_at = :due,
                    attempts = :attempts, cause = :cause, message = :message""" + OWNED)
                .param("due", due).param("attempts", attempts).param("cause", cause)
                .param("message", Entries.clip(message)).param("id", work.id()).param("owner", work.owner()).update();
        if (rows == 0) {
            return false;
        }
        // what only waits for other news says so on itself; a row each time would grow with nothing happening
        if (!cause.equals("not-yet")) {
            entries.history(work.id(), now, kind, attempts, cause, message);
        }
        return true;
    }

    private boolean dead(Work work, long now, Outcome.Dead dead) {
        int attempts = work.attempts() + 1;
        int rows = store.sql("""
                update entry set state = 'dead', head_key = null, owner = null, claim_at = null, ended_at = :now,
                    attempts = :attempts, cause = :cause, message = :message""" + OWNED)
                .param("now", now).param("attempts", attempts).param("cause", dead.cause())
                .param("message", Entries.clip(dead.message())).param("id", work.id()).param("owner", work.owner())
                .update();
        if (rows > 0) {
            entries.history(work.id(), now, "dead", attempts, dead.cause(), dead.message());
        }
        return rows > 0;
    }

    /** Those whose lease held; the others go to {@code notOurs}. */
    private List<Work> end(List<Work> done, long now, List<Work> notOurs) {
        if (done.isEmpty()) {
            return List.of();
        }
        Set<Long> owned = store.dialect() == Dialect.POSTGRESQL ? groups.end(done, now) : endEach(done, now);
        List<Work> ended = new ArrayList<>();
        for (Work work : done) {
            boolean isOurs = owned.contains(work.id());
            (isOurs ? ended : notOurs).add(work);
            if (isOurs && work.attempts() > 0) {
                entries.history(work.id(), now, "done", work.attempts(), null, null);
            }
        }
        return ended;
    }

    private Set<Long> endEach(List<Work> done, long now) {
        int[] rows = store.batch("""
                update entry set state = 'done', head_key = null, owner = null, claim_at = null, ended_at = ?,
                    cause = null, message = null where id = ? and owner = ? and state = 'working'""", done,
                work -> new Object[] {now, work.id(), work.owner()});
        return IntStream.range(0, rows.length).filter(n -> rows[n] > 0).mapToObj(n -> done.get(n).id())
                .collect(Collectors.toSet());
    }
}
