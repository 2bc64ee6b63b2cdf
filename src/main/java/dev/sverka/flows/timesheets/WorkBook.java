package dev.sverka.flows.timesheets;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Work reports and their lines; kept for ever. Every method joins the running transaction. */
final class WorkBook {

    private final JdbcClient jdbc;

    WorkBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param item the portal's; null until it is made @param written hash of what the item shows */
    record Report(long id, long stage, YearMonth month, WorkLedger.State state, @Nullable Long item,
            @Nullable String written, @Nullable String hash) {
    }

    List<Report> of(long stage) {
        return jdbc.sql("select * from work_report where stage = :stage order by id").param("stage", stage)
                .query(WorkBook::report).list();
    }

    Optional<Report> report(long id) {
        return jdbc.sql("select * from work_report where id = :id").param("id", id).query(WorkBook::report).optional();
    }

    Optional<Report> ofItem(long item) {
        return jdbc.sql("select * from work_report where item = :item").param("item", item).query(WorkBook::report)
                .optional();
    }

    private static Report report(ResultSet row, int n) throws SQLException {
        return new Report(row.getLong("id"), row.getLong("stage"), YearMonth.parse(row.getString("on_month")),
                WorkLedger.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("item", Long.class), row.getString("written"), row.getString("hash"));
    }

    void open(long stage, YearMonth month) {
        jdbc.sql("insert into work_report (stage, on_month, state) values (:stage, :month, 'draft')")
                .param("stage", stage).param("month", month.toString()).update();
    }

    void item(long report, long item) {
        jdbc.sql("update work_report set item = :item where id = :report").param("item", item).param("report", report)
                .update();
    }

    /** Stages of which a report is a draft. */
    List<Long> stagesWithDrafts() {
        return jdbc.sql("select distinct stage from work_report where state = 'draft' order by stage")
                .query(Long.class).list();
    }

    /** @param hash null while nobody knows what the item shows */
    void written(long report, @Nullable String hash) {
        jdbc.sql("update work_report set written = :hash where id = :report").param("hash", hash, Types.VARCHAR)
                .param("report", report).update();
    }

    void state(long report, WorkLedger.State state, @Nullable String hash) {
        jdbc.sql("update work_report set state = :state, hash = :hash where id = :report")
                .param("state", state.name().toLowerCase(Locale.ROOT)).param("hash", hash, Types.VARCHAR)
                .param("report", report).update();
    }

    List<WorkLine> lines(long report) {
        return jdbc.sql("select * from work_line where report = :report and n >= 0 order by n").param("report", report)
                .query(WorkBook::line).list();
    }

    /** Lines that the portal may not show yet. */
    List<WorkLine> pending(long report) {
        return jdbc.sql("select * from work_line where report = :report and n < 0 order by n desc")
                .param("report", report).query(WorkBook::line).list();
    }

    private static WorkLine line(ResultSet row, int n) throws SQLException {
        return new WorkLine(row.getString("entry"), row.getLong("person"), row.getString("name"), row.getString("task"),
                row.getString("task_name"), row.getObject("on_day", LocalDate.class), row.getLong("minutes"),
                row.getLong("rate"), row.getLong("amount"), row.getBoolean("correction"));
    }

    /** What is about to be written stands beside what the portal shows, under numbers below zero. */
    void pending(long report, List<WorkLine> lines) {
        jdbc.sql("delete from work_line where report = :report and n < 0").param("report", report).update();
        for (int n = 0; n < lines.size(); n++) {
            WorkLine line = lines.get(n);
            jdbc.sql("""
                    insert into work_line (report, n, entry, person, name, task, task_name, on_day, minutes, rate,
                        amount, correction)
                    values (:report, :n, :entry, :person, :name, :task, :taskName, :day, :minutes, :rate, :amount,
                        :correction)""").param("report", report)
                    .param("n", -1 - n).param("entry", line.entry()).param("person", line.person())
                    .param("name", line.name()).param("task", line.task(), Types.VARCHAR)
                    .param("taskName", line.taskName(), Types.VARCHAR).param("day", line.day())
                    .param("minutes", line.minutes()).param("rate", line.rate()).param("amount", line.amount())
                    .param("correction", line.correction()).update();
        }
    }

    /** The portal shows the pending lines, and no others. */
    void show(long report) {
        jdbc.sql("delete from work_line where report = :report and n >= 0").param("report", report).update();
        jdbc.sql("update work_line set n = -1 - n where report = :report").param("report", report).update();
    }

    /** The portal shows nothing of it any more. */
    void clear(long report) {
        jdbc.sql("delete from work_line where report = :report").param("report", report).update();
    }
}
