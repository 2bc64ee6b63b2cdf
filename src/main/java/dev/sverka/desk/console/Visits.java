package dev.sverka.desk.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When each person was on the first page, so that it tells what has happened since. */
@Component
class Visits {

    /** Who comes back sooner has not been away. */
    private static final Duration AWAY = Duration.ofMinutes(30);
    /** To a newcomer, and at the most: what happened before is in the ledger. */
    private static final Duration FIRST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(31);

    private final JdbcClient jdbc;
    private final Clock clock;

    Visits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }


    /** Notes that the person is here. */
    void come(String person) {
        long now = clock.millis();
        int known = jdbc.sql("""
                update desk_visit set before_at = case when seen_at < ? then seen_at else before_at end, seen_at = ?
                where person = ?""").params(now - AWAY.toMillis(), now, person).update();
        if (known == 0) {
            try {
                jdbc.sql("insert into desk_visit (person, seen_at) values (?, ?)").params(person, now).update();
            } catch (DuplicateKeyException meanwhile) {
                // the same person in another window
            }
        }
    }

    /** When the person was here last, this visit aside. */
    Instant before(String person) {
        Instant now = clock.instant();
        Instant before = jdbc.sql("select before_at from desk_visit where person = ? and before_at is not null")
                .param(person).query(Long.class).optional().map(Instant::ofEpochMilli).orElse(now.minus(FIRST));
        Instant earliest = now.minus(MOST);
        return before.isBefore(earliest) ? earliest : before;
    }
}
