package dev.sverka.flows.timesheets;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reports of employees and their lines; kept for ever. Every method joins the running transaction. */
final class StaffBook {

    private static final int LONGEST = 200;

    private final JdbcClient jdbc;

    StaffBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param item the portal's; null until it is made @param written hash of what the item shows */
    record Report(long id, long person, String name, Half half, WorkLedger.State state, @Nullable Long item,
            @Nullable String written, @Nullable String hash) {
    }

    List<Report> of(long person) {
        return jdbc.sql("select * from staff_report where person = :person order by to_on").param("person", person)
                .query(StaffBook::report).list();
    }

    Report report(long id) {
        return jdbc.sql("select * from staff_report where id = :id").param("id", id).query(StaffBook::report).single();
    }

    Optional<Report> ofItem(long item) {
        return jdbc.sql("select * from staff_report where item = :item").param("item", item).query(StaffBook::report)
                .optional();
    }

    List<Long> people() {
        return jdbc.sql("select distinct person from staff_report order by person").query(Long.class).list();
    }

    private static Report report(ResultSet row, int n) throws SQLException {
        return new Report(row.getLong("id"), row.getLong("person"), row.getString("name"), new Half(
                row.getObject("from_on", LocalDate.class), row.getObject("to_on", LocalDate.class)),
                WorkLedger.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("item", Long.class), row.getString("written"), row.getString("hash"));
    }

    /** Opens a draft. */
    void open(long person, String name, Half half) {
        jdbc.sql("""
                insert into staff_report (person, name, from_on, to_on, state)
                values (:person, :name, :from, :to, 'draft')""").param("person", person)
                .param("name", name.length() <= LONGEST ? name : name.substring(0, LONGEST)).param("from", half.from())
                .param("to", half.to()).update();
    }

    /** The portal shows a draft with these lines. */
    void shown(long report, long item, String written, List<StaffLine> lines) {
        jdbc.sql("update staff_report set item = :item, written = :written where id = :report").param("item", item)
                .param("written", written).param("report", report).update();
        lines(report, lines);
    }

    /** Something is on its way to the item: until it is answered nobody knows what the item shows. */
    void unknown(long report) {
        jdbc.sql("update staff_report set written = null where id = :report").param("report", report).update();
    }

    void state(long report, WorkLedger.State state, @Nullable String hash) {
        jdbc.sql("update staff_report set state = :state, hash = :hash where id = :report")
                .param("state", state.name().toLowerCase(Locale.ROOT)).param("hash", hash, Types.VARCHAR)
                .param("report", report).update();
    }

    List<StaffLine> lines(long report) {
        return jdbc.sql("select * from staff_line where report = :report order by n").param("report", report)
                .query((row, n) -> new StaffLine(row.getString("entry"), row.getString("project"),
                        row.getObject("on_day", LocalDate.class), row.getLong("minutes"),
                        row.getBoolean("correction"))).list();
    }

    void lines(long report, List<StaffLine> lines) {
        jdbc.sql("delete from staff_line where report = :report").param("report", report).update();
        for (int n = 0; n < lines.size(); n++) {
            StaffLine line = lines.get(n);
            jdbc.sql("""
                    insert into staff_line (report, n, entry, project, on_day, minutes, correction)
                    values (:report, :n, :entry, :project, :day, :minutes, :correction)""").param("report", report)
                    .param("n", n).param("entry", line.entry()).param("project", line.project())
                    .param("day", line.day()).param("minutes", line.minutes()).param("correction", line.correction())
                    .update();
        }
    }
}
