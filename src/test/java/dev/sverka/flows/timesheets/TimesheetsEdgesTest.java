package dev.sverka.flows.timesheets;

import static dev.sverka.flows.projects.ProjectsStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Databases;
import dev.sverka.flows.projects.ProjectsStage;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to reports and acts at the wrong moment, or take back: no minute is lost and none is billed twice. */
class TimesheetsEdgesTest {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    @TempDir
    static Path home;
    static ProjectsStage stage;
    static int reports;

    @BeforeAll
    static void start() throws Exception {
        stage = new ProjectsStage(home, Databases.h2Url(home)).mapping("rates.yaml", rates("")).start();
        reports = stage.portal.process("Отчёты и акты");
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String rates(String more) {
        return "vat: included\nrates:\n  - {rate: \"2000.00\"}\n" + more;
    }

    private record Work(int deal, int stage, String list, String task) {
    }

    /** A stage of which so many minutes were worked, once its draft shows them. */
    private static Work worked(String title, int minutes, String hours) {
        int deal = stage.deal(title, "В работе");
        int one = stage.stage(deal, "Работа", null, null);
        String list = stage.settled(one);
        Work work = new Work(deal, one, list, stage.space.tasks().enter(list, "Дело"));
        enter(work, minutes);
        hours(work, 0, hours);
        stage.quiet();
        return work;
    }

    private static String enter(Work work, int minutes) {
        return stage.space.time().enter(ClickUpState.BEN, work.task(), stage.clock.instant(),
                Duration.ofMinutes(minutes), "", true);
    }

    private static List<Integer> of(String funnel, Work work) {
        int category = stage.portal.funnel(reports, funnel);
        return stage.portal.items(reports).stream().filter(one -> String.valueOf(one.get("categoryId")).equals(
                Integer.toString(category)) && String.valueOf(one.get("parentId2")).equals(Integer.toString(
                        work.deal()))).map(one -> Integer.valueOf(one.get("id").toString())).sorted().toList();
    }

    private static BigDecimal shown(int report) {
        return new BigDecimal(String.valueOf(stage.portal.value(reports, report, "Часы")));
    }

    private static void hours(Work work, int n, String hours) {
        eventually(() -> {
            assertThat(of("По работам", work)).hasSizeGreaterThan(n);
            assertThat(shown(of("По работам", work).get(n))).isEqualByComparingTo(hours);
        });
    }

    private static void move(int report, String funnel, String column) {
        stage.edit(reports, report, "stageId", stage.portal.stageCode(reports, funnel, column));
    }

    /** A person deletes an item, and the portal tells of it. */
    private static void delete(int report) {
        stage.portal.crm().delete(reports, report);
        String id = Integer.toString(report);
        stage.bean(Journal.class).accept(new Event("report-changed", "bitrix24.main", id, null, true, Map.of("id", report),
                Map.of("SyncAccount", "bitrix24.main", "SyncEntity", "report", "SyncId", id), null));
    }

    private static int agreed(Work work) {
        int report = of("По работам", work).get(0);
        move(report, "По работам", "Согласован");
        eventually(() -> assertThat(of("Акты", work)).hasSize(1));
        stage.quiet();
        return report;
    }

    private static Map<String, Object> item(int stageItem) {
        return Map.of("id", stageItem, "entity", "stage");
    }

    private static void unseen(Work work, String entry, int minutes) {
        stage.jdbc().sql("""
                insert into time_entry (entry, version, person, name, email, task, task_name, list, folder, on_day, minutes,
                    billable, deleted)
                select :entry, version, person, name, email, task, task_name, list, folder, on_day, :minutes, true, false
                from time_entry where list = :list fetch first 1 rows only""").param("entry", entry)
                .param("minutes", minutes).param("list", work.list()).update();
    }

    /** Of work around midnight each minute is in the month in which it began, by the business zone and not by UTC. */
    @Test
    void midnightInMoscowDividesTheMonths() {
        int deal = stage.deal("Полночь", "В работе");
        String task = stage.space.tasks().enter(stage.settled(stage.stage(deal, "Релиз", null, null)), "Выкладка");
        YearMonth now = YearMonth.from(LocalDate.ofInstant(stage.clock.instant(), MOSCOW));
        Instant midnight = now.atDay(1).atStartOfDay(MOSCOW).toInstant();
        stage.space.time().enter(ClickUpState.BEN, task, midnight.minusSeconds(600), Duration.ofMinutes(30), "", true);
        stage.space.time().enter(ClickUpState.BEN, task, midnight.plusSeconds(60), Duration.ofMinutes(45), "", true);
        Work work = new Work(deal, 0, "", task);
        eventually(() -> assertThat(of("По работам", work)).hasSize(2));
        stage.quiet();
        assertThat(of("По работам", work)).extracting(report -> List.of(String.valueOf(stage.portal.value(reports, report,
                "Период с")).substring(0, 10), shown(report).setScale(2).toPlainString())).containsExactlyInAnyOrder(
                        List.of(now.minusMonths(1).atDay(1).toString(), "0.50"), List.of(now.atDay(1).toString(), "0.75"));
    }

    @Test
    void aSnapshotIsWhatTheItemShowedThoughMoreWasOnItsWay() {
        Work work = worked("Снимок", 60, "1.00");
        int report = of("По работам", work).get(0);
        // taken up, and the daemon was killed before the portal heard of it
        unseen(work, "e-lost", 30);
        assertThat(stage.bean(Timesheets.class).drafts(item(work.stage()), List.of())).hasSize(1);
        move(report, "По работам", "На проверке");
        hours(work, 1, "0.50");
        stage.quiet();
        assertThat(shown(report)).isEqualByComparingTo("1.00");
        assertThat(new WorkBook(stage.jdbc()).lines(new WorkBook(stage.jdbc()).ofItem(report).orElseThrow().id()))
                .extracting(WorkLine::minutes).containsExactly(60L);
    }

    @Test
    void aSnapshotIsWhatTheItemShowsThoughNobodyAnsweredThatItArrived() {
        Work work = worked("Ответ потерян", 60, "1.00");
        int report = of("По работам", work).get(0);
        unseen(work, "e-arrived", 30);
        assertThat(stage.bean(Timesheets.class).drafts(item(work.stage()), List.of())).hasSize(1);
        // the portal took it, the answer was lost, and a person was faster than the second try
        stage.edit(reports, report, stage.portal.field(reports, "Часы"), new BigDecimal("1.50"));
        stage.edit(reports, report, "opportunity", new BigDecimal("3000"));
        move(report, "По работам", "На проверке");
        eventually(() -> assertThat(stage.portal.value(reports, report, "Контрольная сумма")).asString().hasSize(64));
        stage.quiet();
        assertThat(of("По работам", work)).as("nothing is billed again").hasSize(1);
    }

    @Test
    void minutesOnAnActAreFreeOnlyOnceTheActIsGone() {
        Work work = worked("Отклонён после акта", 60, "1.00");
        int report = agreed(work);
        move(report, "По работам", "Отклонён");
        stage.quiet();
        int act = of("Акты", work).get(0);
        assertThat(of("По работам", work)).as("the act bills them").hasSize(1);
        assertThat(stage.portal.comments(reports, act)).hasSize(1);
        move(act, "Акты", "Отклонён");
        hours(work, 1, "1.00");
        stage.quiet();
        assertThat(of("По работам", work)).hasSize(2);
    }

    @Test
    void aRejectedReportThatIsTakenUpAgainYieldsNoActAndSaysWhy() {
        Work work = worked("Отклонён и возвращён", 60, "1.00");
        int report = of("По работам", work).get(0);
        move(report, "По работам", "Отклонён");
        hours(work, 1, "1.00");
        stage.quiet();
        move(report, "По работам", "Согласован");
        eventually(() -> assertThat(stage.portal.comments(reports, report)).hasSize(1));
        stage.quiet();
        assertThat(of("Акты", work)).isEmpty();
    }

    @Test
    void aReportThatIsDeletedGivesItsMinutesBackUnlessAnActHasThem() {
        Work work = worked("Удалён", 60, "1.00");
        int report = of("По работам", work).get(0);
        move(report, "По работам", "У клиента");
        eventually(() -> assertThat(stage.portal.value(reports, report, "Контрольная сумма")).asString().hasSize(64));
        stage.quiet();
        delete(report);
        hours(work, 0, "1.00");
        stage.quiet();
        int second = agreed(work);
        delete(second);
        stage.quiet();
        assertThat(of("По работам", work)).isEmpty();
        delete(of("Акты", work).get(0));
        hours(work, 0, "1.00");
    }

    @Test
    void aRuleOfRoundingThatComesLaterBillsNothingAnewAndDraftsFollowTheRates() throws Exception {
        Work settled = worked("Округление, сдано", 20, "0.33");
        int report = of("По работам", settled).get(0);
        move(report, "По работам", "На проверке");
        eventually(() -> assertThat(stage.portal.value(reports, report, "Контрольная сумма")).asString().hasSize(64));
        Work open = worked("Округление, черновик", 20, "0.33");
        stage.mapping("rates.yaml", rates("rounding: {default: {minutes: 30, mode: up}}\n"));
        hours(open, 0, "0.50");
        enter(settled, 40);
        hours(settled, 1, "1.00");
        stage.quiet();
        assertThat(shown(report)).isEqualByComparingTo("0.33");
        stage.mapping("rates.yaml", rates(""));
        hours(open, 0, "0.33");
        stage.quiet();
    }
}
