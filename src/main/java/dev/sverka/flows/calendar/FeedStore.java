package dev.sverka.flows.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Feeds and the people they belong to. Everything joins the running transaction. */
final class FeedStore {

    private final JdbcClient jdbc;

    FeedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A feed that is not revoked. */
    record Feed(long id, String hash, long person, @Nullable String name, FeedFilter filter, String issuedBy,
            Instant issuedAt, @Nullable Instant fetchedAt, @Nullable String fetchedWith) {
    }

    Optional<Feed> byHash(String hash) {
        return select("f.token_hash = ?", hash).stream().findFirst();
    }

    List<Feed> live() {
        return select("1 = ?", 1);
    }

    private List<Feed> select(String condition, Object value) {
        return jdbc.sql("""
                select f.id, f.token_hash, f.person, p.name, f.subject, f.as_span, f.direction, f.pipelines, f.back,
                    f.ahead, f.alarm, f.entities, f.issued_by, f.issued_at, f.fetched_at, f.fetched_with
                from calendar_feed f left join calendar_person p on p.id = f.person
                where f.revoked_at is null and (p.active is null or p.active) and""" + " " + condition + " order by f.id").param(value)
                .query(FeedStore::feed).list();
    }

    void add(String hash, long person, FeedFilter filter, String by, Instant now) {
        jdbc.sql("""
                insert into calendar_feed (token_hash, person, subject, as_span, direction, pipelines, back, ahead,
                    alarm, entities, issued_by, issued_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(hash, person, filter.view(), filter.span(), filter.direction(),
                        String.join(",", filter.pipelines()), filter.back().toString(), filter.ahead().toString(),
                        filter.alarm(), String.join(",", filter.entities()), by, now.toEpochMilli())).update();
    }

    boolean revoke(long id, Instant now) {
        return jdbc.sql("update calendar_feed set revoked_at = ? where id = ? and revoked_at is null")
                .params(now.toEpochMilli(), id).update() > 0;
    }

    void revokeAllOf(long person, Instant now) {
        jdbc.sql("update calendar_feed set revoked_at = ? where person = ? and revoked_at is null")
                .params(now.toEpochMilli(), person).update();
    }

    void fetched(long id, Instant now, String program) {
        jdbc.sql("update calendar_feed set fetched_at = ?, fetched_with = ? where id = ?")
                .params(now.toEpochMilli(), program, id).update();
    }

    /** Whether the person works; empty for somebody the portal has not told of yet. */
    Optional<Boolean> active(long person) {
        return jdbc.sql("select active from calendar_person where id = ?").param(person).query(Boolean.class)
                .optional();
    }

    List<Calendars.Person> people() {
        return jdbc.sql("select id, name from calendar_person where active order by name, id").query((row, number) ->
                new Calendars.Person(row.getLong(1), Objects.requireNonNullElse(row.getString(2), ""))).list();
    }

    boolean knows(long person, String name, boolean active) {
        return jdbc.sql("select count(*) from calendar_person where id = ? and name = ? and active = ?")
                .params(person, name, active).query(Long.class).single() > 0;
    }

    void remember(long person, String name, boolean active) {
        if (jdbc.sql("update calendar_person set name = ?, active = ? where id = ?").params(name, active, person)
                .update() == 0) {
            jdbc.sql("insert into calendar_person (name, active, id) values (?, ?, ?)").params(name, active, person)
                    .update();
        }
    }

    private static List<String> several(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    private static Feed feed(ResultSet row, int number) throws SQLException {
        String view = row.getString("subject");
        long person = row.getLong("person");
        Long fetched = row.getObject("fetched_at", Long.class);
        return new Feed(row.getLong("id"), row.getString("token_hash"), person, row.getString("name"),
                new FeedFilter(view, view.equals("mine") ? person : null, row.getBoolean("as_span"),
                        row.getString("direction"), several(row.getString("pipelines")),
                        Period.parse(row.getString("back")), Period.parse(row.getString("ahead")),
                        row.getString("alarm"), several(row.getString("entities"))),
                row.getString("issued_by"), Instant.ofEpochMilli(row.getLong("issued_at")),
                fetched == null ? null : Instant.ofEpochMilli(fetched), row.getString("fetched_with"));
    }
}
