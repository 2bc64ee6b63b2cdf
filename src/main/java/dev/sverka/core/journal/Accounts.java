package dev.sverka.core.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** How each account at a vendor fares; shared by replicas, and kept over restarts. */
public final class Accounts {

    private static final long SUCCESS_EVERY_MILLIS = 1000;
    private static final String PAUSED = "paused";
    /** Between two tries of a credential that was lost long ago: whoever mends it at the vendor waits no longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Store store;
    private final Map<String, Long> successWritten = new ConcurrentHashMap<>();

    Accounts(Store store) {
        this.store = store;
    }

    /** Makes an account known at a start. A pause for a lost credential ends: the configuration may have been mended. */
    public void declare(String account, boolean on) {
        store.apart(() -> insert(account, on ? "up" : "off") || store.sql("""
                update account set state = :state, since = :now, until_at = null, message = null
                where name = :name and %s""".formatted(on ? "state in ('off', 'paused')" : "state <> 'off'"))
                .param("state", on ? "up" : "off").param("now", store.now()).param("name", account).update() > 0);
    }

    private boolean insert(String account, String state) {
        return store.insert("insert into account (name, state, since) values (:name, :state, :now)",
                insert -> insert.param("name", account).param("state", state).param("now", store.now()));
    }

    /**
     * A call of this account went well: it is up, but for the rest that its vendor asked for. Costs a write once a second
     * at most.
     */
    public void success(String account) {
        long now = store.now();
        Long written = successWritten.get(account);
        if (written != null && Math.abs(now - written) < SUCCESS_EVERY_MILLIS) {
            return;
        }
        successWritten.put(account, now);
        // Apart, so that a long transaction of the caller does not hold up the account's other calls.
        store.apart(() -> {
            StatementSpec update = store.sql("""
                    update account set last_success = :now,
                        since = case when state = 'up' or %1$s then since else :now end,
                        state = case when %1$s then state else 'up' end,
                        message = case when %1$s then message else null end,
                        until_at = case when %1$s then until_at else null end
                    where name = :name""".formatted("state = 'throttled' and until_at > :now"))
                    .param("now", now).param("name", account);
            return update.update() > 0 || insert(account, "up") && update.update() > 0;
        });
    }

    /** A call failed without an end in sight; its work goes on being tried. What holds the account back stays. */
    public void down(String account, String message) {
        set(account, "down", null, message, "('throttled', 'paused')");
    }

    /**
     * Its work is held back.
     *
     * @param state {@code throttled} (the vendor said until when) or {@code paused} (a person has to act): then the next
     *     try is put off for as long as the trouble has lasted, within an hour, for a vendor that is asked on and on may
     *     cancel a credential for good
     */
    public void pause(String account, String state, Instant until, String message) {
        boolean isPaused = state.equals(PAUSED);
        set(account, state, isPaused ? later(until, lasting(account)) : until, message, isPaused ? "('')" : "('paused')");
    }

    private Instant lasting(String account) {
        Instant now = Instant.ofEpochMilli(store.now());
        return store.sql("select since from account where name = :name and state = 'paused'").param("name", account)
                .query(Long.class).optional().map(since -> Duration.between(Instant.ofEpochMilli(since), now))
                .map(lasts -> now.plus(lasts.compareTo(LONGEST) > 0 ? LONGEST : lasts)).orElse(now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** @param holds states that keep their word while their end is to come */
    private void set(String account, String state, @Nullable Instant until, String message, String holds) {
        insert(account, state);
        store.sql("""
                update account set since = case when state = :state then since else :now end, state = :state,
                    until_at = :until, message = :message
                where name = :name and (state not in %s or until_at is null or until_at <= :now)""".formatted(holds))
                .param("state", state).param("now", store.now())
                .param("until", until == null ? null : until.toEpochMilli(), Types.BIGINT)
                .param("message", Entries.clip(message)).param("name", account).update();
        successWritten.remove(account);
    }

    /** Until when a throttled or paused account gets no work; empty once that is over. */
    public Optional<Instant> pausedUntil(String account) {
        return store.sql("""
                select until_at from account
                where name = :name and state in ('throttled', 'paused') and until_at > :now""")
                .param("name", account).param("now", store.now()).query(Long.class).optional()
                .map(Instant::ofEpochMilli);
    }

    public List<AccountState> all() {
        return store.sql("select name, state, since, last_success, until_at, message from account order by name")
                .query((row, n) -> new AccountState(row.getString("name"), row.getString("state"),
                        Instant.ofEpochMilli(row.getLong("since")), instant(row, "last_success"),
                        instant(row, "until_at"), row.getString("message")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
