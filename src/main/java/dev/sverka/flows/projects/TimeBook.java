package dev.sverka.flows.projects;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every finished stretch of work as it is now, in whole minutes. Joins the running transaction. */
public class TimeBook {

    private static final long HALF_A_MINUTE = 30_000;
    private static final long MINUTE = 60_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TASK = 500;

    private final JdbcClient jdbc;
    private final ZoneId zone;

    /** @param zone in which a day begins */
    TimeBook(JdbcClient jdbc, ZoneId zone) {
        this.jdbc = jdbc;
        this.zone = zone;
    }

    /**
     * An entry.
     *
     * @param person ClickUp's id of whose work it is
     * @param list ClickUp's; null for work without a task
     * @param day on which it began, in the business zone
     * @param minutes whole ones, rounded half up; 0 for one that was deleted
     */
    public record Entry(String id, long person, String name, @Nullable String email, @Nullable String task,
            @Nullable String taskName, @Nullable String list, @Nullable String folder, LocalDate day, long minutes,
            boolean billable, boolean deleted) {
    }

    /** An entry as it was before and is now. */
    record Change(@Nullable Entry before, @Nullable Entry after) {
    }

    /** Takes over a {@code TimeEntry} or {@code DeletedTimeEntry} as the journal hands it out. */
    Change take(Map<String, Object> body) {
        String id = String.valueOf(body.get("entryId"));
        Entry before = entry(id).orElse(null);
        if (body.get("startAt") == null) {
            jdbc.sql("update time_entry set deleted = true, minutes = 0 where entry = :id").param("id", id).update();
        } else {
            keep(id, body, before != null);
        }
        return new Change(before, entry(id).orElse(null));
    }

    private void keep(String id, Map<String, Object> body, boolean known) {
        Map<String, Object> person = Item.map(body.get("person"));
        Map<String, Object> task = Item.map(body.get("task"));
        long millis = Long.parseLong(body.get("millis").toString());
        String sql = known ? """
                update time_entry set version = :version, person = :person, name = :name, email = :email, task = :task,
                    task_name = :taskName, list = :list, folder = :folder, on_day = :day, minutes = :minutes,
                    billable = :billable, deleted = false where entry = :id""" : """
                insert into time_entry (entry, version, person, name, email, task, task_name, list, folder, on_day,
                    minutes, billable, deleted)
                values (:id, :version, :person, :name, :email, :task, :taskName, :list, :folder, :day, :minutes,
                    :billable, false)""";
        jdbc.sql(sql).param("id", id).param("version", String.valueOf(body.get("version")))
                .param("person", Long.parseLong(person.get("id").toString()))
                .param("name", cut(Objects.toString(person.get("name"), ""), LONGEST_NAME))
                .param("email", person.get("email"), Types.VARCHAR).param("task", task.get("id"), Types.VARCHAR)
                .param("taskName", task.get("name") == null ? null : cut(task.get("name").toString(), LONGEST_TASK),
                        Types.VARCHAR)
                .param("list", task.get("listId"), Types.VARCHAR).param("folder", task.get("folderId"), Types.VARCHAR)
                .param("day", LocalDate.ofInstant(Instant.parse(body.get("startAt").toString()), zone))
                .param("minutes", (millis + HALF_A_MINUTE) / MINUTE)
                .param("billable", Boolean.TRUE.equals(body.get("billable"))).update();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /** An entry by ClickUp's id, deleted ones too. */
    public Optional<Entry> entry(String id) {
        return jdbc.sql("select * from time_entry where entry = :id").param("id", id).query(TimeBook::entry)
                .optional();
    }

    /** All entries of a list, deleted ones too. */
    public List<Entry> of(String list) {
        return jdbc.sql("select * from time_entry where list = :list order by on_day, entry").param("list", list)
                .query(TimeBook::entry).list();
    }

    /** A person's entries of some days, both included; without deleted ones. */
    public List<Entry> of(long person, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                select * from time_entry where person = :person and not deleted and on_day between :from and :to
                order by on_day, entry""").param("person", person).param("from", from).param("to", to)
                .query(TimeBook::entry).list();
    }

    /** Who worked on some days, both included. */
    public List<Long> people(LocalDate from, LocalDate to) {
        return jdbc.sql("""
                select distinct person from time_entry where not deleted and on_day between :from and :to
                order by person""").param("from", from).param("to", to).query(Long.class).list();
    }

    long minutes(String list) {
        return jdbc.sql("select coalesce(sum(minutes), 0) from time_entry where list = :list and not deleted")
                .param("list", list).query(Long.class).single();
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(row.getString("entry"), row.getLong("person"), row.getString("name"), row.getString("email"),
                row.getString("task"), row.getString("task_name"), row.getString("list"), row.getString("folder"),
                row.getObject("on_day", LocalDate.class), row.getLong("minutes"), row.getBoolean("billable"),
                row.getBoolean("deleted"));
    }
}
