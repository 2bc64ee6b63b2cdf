package dev.sverka.flows.timesheets;

import static dev.sverka.flows.projects.ProjectsStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Databases;
import dev.sverka.flows.projects.ProjectsStage;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours of ClickUp become work reports, reports of employees and acts on the portal, over HTTP on both sides. */
class TimesheetsTest {

    @TempDir
    static Path home;
    static ProjectsStage stage;
    static int reports;

    @BeforeAll
    static void start() throws Exception {
        stage = new ProjectsStage(home, Databases.h2Url(home)).mapping("rates.yaml", """
                vat: included
                rates:
                  - {rate: "3000.00", person: anna.orlova@example.com}
                  - {rate: "2000.00"}
                """).start();
        reports = stage.portal.process("Отчёты и акты");
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static List<Map<String, Object>> of(String funnel, int deal) {
        int id = stage.portal.funnel(reports, funnel);
        return stage.portal.items(reports).stream().filter(one -> Integer.parseInt(one.get("categoryId").toString())
                == id && (deal == 0 || String.valueOf(deal).equals(String.valueOf(one.get("parentId2"))))).toList();
    }

    private static int id(Map<String, Object> item) {
        return Integer.parseInt(item.get("id").toString());
    }

    private static void hours(int deal, int n, String hours, String amount) {
        eventually(() -> {
            List<Map<String, Object>> all = of("По работам", deal);
            assertThat(all).hasSizeGreaterThan(n);
            assertThat(new BigDecimal(String.valueOf(stage.portal.value(reports, id(all.get(n)), "Часы"))))
                    .isEqualByComparingTo(hours);
            assertThat(new BigDecimal(String.valueOf(all.get(n).get("opportunity")))).isEqualByComparingTo(amount);
        });
    }

    private static void move(int report, String column) {
        stage.edit(reports, report, "stageId", stage.portal.stageCode(reports, "По работам", column));
    }

    @Test
    void aDraftFollowsClickUpIsFrozenCorrectedInTheNextAndYieldsOneAct() {
        int deal = stage.deal("Отчёты", "В работе");
        int one = stage.stage(deal, "Разработка", null, null);
        String list = stage.settled(one);
        String task = stage.space.tasks().enter(list, "Корзина");
        Instant now = stage.clock.instant();
        String first = stage.space.time().enter(ClickUpState.ANNA, task, now, Duration.ofMinutes(90), "", true);
        stage.space.time().enter(ClickUpState.BEN, task, now, Duration.ofMinutes(30), "", true);
        stage.space.time().enter(ClickUpState.BEN, task, now, Duration.ofMinutes(45), "", false);
        hours(deal, 0, "2.00", "5500");
        stage.quiet();
        int report = id(of("По работам", deal).get(0));
        List<WorkLine> lines = new WorkBook(stage.jdbc()).lines(new WorkBook(stage.jdbc()).ofItem(report)
                .orElseThrow().id());
        assertThat(lines).hasSize(2);
        assertThat(stage.portal.value(reports, report, "Файл отчёта")).isNotNull();
        move(report, "На проверке");
        eventually(() -> assertThat(stage.portal.value(reports, report, "Контрольная сумма")).asString().hasSize(64));
        // corrected afterwards: the snapshot stands, the next draft gives back what was too much
        stage.space.time().edit(first, Map.of("start", now.toEpochMilli(), "end", now.plus(Duration.ofMinutes(60))
                .toEpochMilli()));
        hours(deal, 1, "-0.50", "-1500");
        hours(deal, 0, "2.00", "5500");
        move(report, "Согласован");
        eventually(() -> assertThat(of("Акты", deal)).hasSize(1));
        stage.edit(reports, report, "title", "Согласован и переименован");
        stage.quiet();
        assertThat(of("Акты", deal)).singleElement().satisfies(act -> assertThat(new BigDecimal(String.valueOf(
                act.get("opportunity")))).isEqualByComparingTo("5500"));
        assertThat(of("По работам", deal)).hasSize(2);
    }

    @Test
    void aRejectedReportGivesItsMinutesBack() {
        int deal = stage.deal("Отклонённый", "В работе");
        int one = stage.stage(deal, "Поддержка", null, null);
        String task = stage.space.tasks().enter(stage.settled(one), "Ответы");
        stage.space.time().enter(ClickUpState.BEN, task, stage.clock.instant(), Duration.ofMinutes(60), "", true);
        hours(deal, 0, "1.00", "2000");
        stage.quiet();
        int report = id(of("По работам", deal).get(0));
        move(report, "Отклонён");
        hours(deal, 1, "1.00", "2000");
        stage.quiet();
        assertThat(of("Акты", deal)).isEmpty();
    }

    @Test
    void everyEmployeeGetsAReportOfTheHalfMonthThatIsOverOnce() {
        int deal = stage.deal("По людям", "В работе");
        String task = stage.space.tasks().enter(stage.settled(stage.stage(deal, "Работа", null, null)), "Дело");
        LocalDate today = LocalDate.ofInstant(stage.clock.instant(), ZoneId.of("Europe/Moscow"));
        LocalDate end = today.getDayOfMonth() > 15 ? today.withDayOfMonth(15)
                : YearMonth.from(today).minusMonths(1).atEndOfMonth();
        Instant then = end.atTime(12, 0).atZone(ZoneId.of("Europe/Moscow")).toInstant();
        stage.space.time().enter(ClickUpState.ANNA, task, then, Duration.ofMinutes(75), "", false);
        stage.space.time().enter(ClickUpState.ANNA, null, then, Duration.ofMinutes(15), "Планёрка", false);
        stage.quiet();
        for (int n = 0; n < 2; n++) {
            stage.bean(Journal.class).accept(new Event("staff-report", "bitrix24.main", "staff", null, true, Map.of(),
                    Map.of("SyncAccount", "bitrix24.main", "SyncId", "staff"), null));
            eventually(() -> assertThat(of("По сотрудникам", 0)).isNotEmpty());
            stage.quiet();
        }
        assertThat(of("По сотрудникам", 0)).singleElement().satisfies(report -> {
            int id = id(report);
            assertThat(new BigDecimal(String.valueOf(stage.portal.value(reports, id, "Часы"))))
                    .isEqualByComparingTo("1.50");
            assertThat(String.valueOf(stage.portal.value(reports, id, "Ставки"))).contains("Без проекта: 0.25",
                    "По людям: 1.25");
            assertThat(String.valueOf(stage.portal.value(reports, id, "Сотрудник"))).isEqualTo(
                    String.valueOf(ProjectsStage.ANNA));
        });
        assertThat(Portal.PERSON).isNotEqualTo(ProjectsStage.ANNA);
        correctedInTheNext(task, then);
    }

    /** The draft follows; once it is checked, what was late, edited or deleted stands in the next one. */
    private static void correctedInTheNext(String task, Instant then) {
        int first = id(of("По сотрудникам", 0).get(0));
        String late = stage.space.time().enter(ClickUpState.ANNA, task, then.plusSeconds(60), Duration.ofMinutes(30), "",
                true);
        eventually(() -> assertThat(new BigDecimal(String.valueOf(stage.portal.value(reports, first, "Часы"))))
                .isEqualByComparingTo("2.00"));
        stage.quiet();
        stage.edit(reports, first, "stageId", stage.portal.stageCode(reports, "По сотрудникам", "Проверен"));
        eventually(() -> assertThat(stage.portal.value(reports, first, "Контрольная сумма")).asString().hasSize(64));
        stage.space.time().remove(late);
        stage.space.time().enter(ClickUpState.ANNA, null, then.plusSeconds(120), Duration.ofMinutes(12), "", false);
        stage.quiet();
        assertThat(of("По сотрудникам", 0)).as("the next is not due yet").hasSize(1);
        stage.clock.advance(Duration.ofDays(16));
        stage.bean(Journal.class).accept(new Event("staff-report", "bitrix24.main", "staff", null, true, Map.of(),
                Map.of("SyncAccount", "bitrix24.main", "SyncId", "staff"), null));
        eventually(() -> assertThat(of("По сотрудникам", 0)).hasSizeGreaterThan(1));
        stage.quiet();
        assertThat(of("По сотрудникам", 0)).anySatisfy(report -> assertThat(String.valueOf(stage.portal.value(reports,
                id(report), "Ставки"))).contains("Корректировки прошлых отчётов:", "Без проекта: 0.20",
                        "По людям: -0.50"));
        assertThat(new BigDecimal(String.valueOf(stage.portal.value(reports, first, "Часы")))).as("frozen")
                .isEqualByComparingTo("2.00");
    }

    @Test
    void theFileHoldsNumbersUnderRussianHeadings() throws Exception {
        LocalDate day = LocalDate.parse("2026-11-05");
        byte[] file = new WorkSheet(java.util.Locale.forLanguageTag("ru")).of("Разработка, 11.2026", List.of(
                new WorkLine("1", 1, "Анна", "t1", "Корзина", day, 90, 300_000, 450_000, false),
                new WorkLine("2", 2, "Бен", "t1", "Корзина", day, -30, 200_000, -100_000, true)), 350_000);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            assertThat(book.getSheets().map(sheet -> sheet.getName())).containsExactly("Итог", "По задачам",
                    "По людям", "Корректировки");
            assertThat(rows(book, 0).get(3).getCellAsNumber(1).orElseThrow()).isEqualByComparingTo("3500.00");
            Row task = rows(book, 1).get(1);
            assertThat(task.getCellAsString(0).orElseThrow()).isEqualTo("Корзина");
            assertThat(task.getCellAsNumber(1).orElseThrow()).isEqualByComparingTo("60");
            assertThat(task.getCellAsNumber(2).orElseThrow()).isEqualByComparingTo("1.00");
            assertThat(task.getCellAsNumber(3).orElseThrow()).isEqualByComparingTo("3500.00");
            assertThat(rows(book, 2)).hasSize(3);
            Row correction = rows(book, 3).get(1);
            assertThat(correction.getCellAsNumber(3).orElseThrow()).isEqualByComparingTo("-30");
            assertThat(correction.getCellAsDate(1).orElseThrow().toLocalDate()).isEqualTo(day);
        }
    }

    private static List<Row> rows(ReadableWorkbook book, int sheet) throws java.io.IOException {
        return book.getSheet(sheet).orElseThrow().read();
    }
}
