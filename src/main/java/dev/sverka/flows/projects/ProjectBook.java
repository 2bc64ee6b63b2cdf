package dev.sverka.flows.projects;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deals and stages beside their folders and lists. Every method joins the running transaction. */
final class ProjectBook {

    private static final int LONGEST = 300;

    private final JdbcClient jdbc;

    ProjectBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param page where people see it
     * @param folder ClickUp's; null until it is made
     * @param agreedName what both sides called it last; null where it has to be looked at
     */
    record Deal(long id, String title, @Nullable String pipeline, @Nullable String page, boolean started,
            boolean deleted, @Nullable String folder, @Nullable String space, boolean gone,
            @Nullable String agreedName) {
    }

    /**
     * @param endOn as the portal told it last, changed {@code endAt}
     * @param dueOn as ClickUp told it last, changed after {@code dueFrom} and not after {@code dueAt}
     * @param closedSet hash of the closed tasks that were told last
     */
    record Stage(long id, @Nullable Long deal, String title, boolean deleted, @Nullable String list, boolean gone,
            boolean dirty, @Nullable LocalDate endOn, @Nullable Instant endAt, @Nullable LocalDate dueOn,
            @Nullable Instant dueFrom, @Nullable Instant dueAt, @Nullable String closedSet) {
    }

    Optional<Deal> deal(long id) {
        return jdbc.sql("select * from project_deal where deal = :id").param("id", id).query(ProjectBook::deal)
                .optional();
    }

    Optional<Deal> dealOf(String folder) {
        return jdbc.sql("select * from project_deal where folder = :folder").param("folder", folder)
                .query(ProjectBook::deal).optional();
    }

    private static Deal deal(ResultSet row, int n) throws SQLException {
        return new Deal(row.getLong("deal"), row.getString("title"), row.getString("pipeline"), row.getString("page"),
                row.getBoolean("started"), row.getBoolean("deleted"), row.getString("folder"), row.getString("space"),
                row.getBoolean("gone"), row.getString("agreed_name"));
    }

    /** What the portal tells of a deal. */
    void keepDeal(long id, @Nullable String title, @Nullable String pipeline, @Nullable String page, boolean started,
            boolean deleted) {
        int rows = jdbc.sql("""
                update project_deal set title = coalesce(:title, title), pipeline = coalesce(:pipeline, pipeline),
                    page = coalesce(:page, page), started = :started, deleted = :deleted where deal = :id""")
                .param("title", cut(title), Types.VARCHAR).param("pipeline", pipeline, Types.VARCHAR)
                .param("page", page, Types.VARCHAR).param("started", started).param("deleted", deleted)
                .param("id", id).update();
        if (rows == 0) {
            jdbc.sql("""
                    insert into project_deal (deal, title, pipeline, page, started, deleted, gone)
                    values (:id, :title, :pipeline, :page, :started, :deleted, false)""")
                    .param("id", id).param("title", title == null ? "" : cut(title))
                    .param("pipeline", pipeline, Types.VARCHAR).param("page", page, Types.VARCHAR)
                    .param("started", started).param("deleted", deleted).update();
        }
    }

    void folder(long deal, String folder, String space) {
        jdbc.sql("update project_deal set folder = :folder, space = :space, gone = false where deal = :deal")
                .param("folder", folder).param("space", space).param("deal", deal).update();
    }

    void folderGone(long deal, boolean gone) {
        jdbc.sql("update project_deal set gone = :gone where deal = :deal").param("gone", gone).param("deal", deal)
                .update();
    }

    /** @param name null where the folder has to be looked at */
    void agreedName(long deal, @Nullable String name) {
        jdbc.sql("update project_deal set agreed_name = :name where deal = :deal")
                .param("name", name, Types.VARCHAR).param("deal", deal).update();
    }

    Optional<Stage> stage(long id) {
        return jdbc.sql("select * from project_stage where stage = :id").param("id", id).query(ProjectBook::stage)
                .optional();
    }

    Optional<Stage> stageOf(String list) {
        return jdbc.sql("select * from project_stage where list = :list").param("list", list)
                .query(ProjectBook::stage).optional();
    }

    List<Stage> stagesOf(long deal) {
        return jdbc.sql("select * from project_stage where deal = :deal order by stage").param("deal", deal)
                .query(ProjectBook::stage).list();
    }

    List<Long> dealsWithLists() {
        return jdbc.sql("select distinct deal from project_stage where list is not null and deal is not null order by deal")
                .query(Long.class).list();
    }

    private static Stage stage(ResultSet row, int n) throws SQLException {
        return new Stage(row.getLong("stage"), row.getObject("deal", Long.class), row.getString("title"),
                row.getBoolean("deleted"), row.getString("list"), row.getBoolean("gone"), row.getBoolean("dirty"),
                row.getObject("end_on", LocalDate.class), moment(row, "end_at"),
                row.getObject("due_on", LocalDate.class), moment(row, "due_from"), moment(row, "due_at"), row.getString("closed_set"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        Long millis = row.getObject(column, Long.class);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** What the portal tells of a stage. @param at when the item was changed there last */
    void keepStage(long id, @Nullable Long deal, String title, @Nullable LocalDate end, Instant at) {
        Optional<Stage> before = stage(id);
        boolean moved = before.isEmpty() || !java.util.Objects.equals(before.get().endOn(), end);
        Long endAt = moved ? (Long) at.toEpochMilli() : before.get().endAt() == null ? null
                : (Long) before.get().endAt().toEpochMilli();
        String sql = before.isPresent() ? """
                update project_stage set deal = :deal, title = :title, deleted = false, end_on = :end, end_at = :at
                where stage = :id""" : """
                insert into project_stage (stage, deal, title, deleted, gone, dirty, end_on, end_at)
                values (:id, :deal, :title, false, false, false, :end, :at)""";
        jdbc.sql(sql).param("deal", deal, Types.BIGINT).param("title", cut(title)).param("end", end, Types.DATE)
                .param("at", endAt, Types.BIGINT).param("id", id).update();
    }

    void stageDeleted(long id) {
        jdbc.sql("update project_stage set deleted = true where stage = :id").param("id", id).update();
    }

    void list(long stage, String list) {
        jdbc.sql("update project_stage set list = :list, gone = false, dirty = false where stage = :stage")
                .param("list", list).param("stage", stage).update();
    }

    void listGone(long stage, boolean gone) {
        jdbc.sql("update project_stage set gone = :gone where stage = :stage").param("gone", gone)
                .param("stage", stage).update();
    }

    void dirty(long stage, boolean dirty) {
        jdbc.sql("update project_stage set dirty = :dirty where stage = :stage").param("dirty", dirty)
                .param("stage", stage).update();
    }

    /** What ClickUp tells of a list's due date. @param from after which it changed @param at when, at the latest */
    void due(long stage, @Nullable LocalDate due, @Nullable Instant from, @Nullable Instant at) {
        jdbc.sql("update project_stage set due_on = :due, due_from = :from, due_at = :at where stage = :stage")
                .param("due", due, Types.DATE).param("from", millis(from), Types.BIGINT)
                .param("at", millis(at), Types.BIGINT).param("stage", stage).update();
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : (Long) moment.toEpochMilli();
    }

    void end(long stage, @Nullable LocalDate end) {
        jdbc.sql("update project_stage set end_on = :end where stage = :stage").param("end", end, Types.DATE)
                .param("stage", stage).update();
    }

    void closedSet(long stage, String hash) {
        jdbc.sql("update project_stage set closed_set = :hash where stage = :stage").param("hash", hash)
                .param("stage", stage).update();
    }

    Optional<String> listOf(String task) {
        return jdbc.sql("select list from project_task where task = :task").param("task", task).query(String.class)
                .optional();
    }

    /** @param list null for a task that is no more */
    void task(String task, @Nullable String list) {
        if (list == null) {
            jdbc.sql("delete from project_task where task = :task").param("task", task).update();
        } else if (jdbc.sql("update project_task set list = :list where task = :task").param("list", list)
                .param("task", task).update() == 0) {
            jdbc.sql("insert into project_task (task, list) values (:task, :list)").param("task", task)
                    .param("list", list).update();
        }
    }

    private static @Nullable String cut(@Nullable String title) {
        return title == null || title.length() <= LONGEST ? title : title.substring(0, LONGEST);
    }
}
