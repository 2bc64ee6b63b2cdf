package dev.sverka.flows.projects;

import static dev.sverka.flows.projects.ProjectsStage.DEAL;
import static dev.sverka.flows.projects.ProjectsStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks, hours and dates of a list come back to its stage, and then nothing is written any more; on PostgreSQL. */
class ProjectsBackTest {

    private static final LocalDate END = LocalDate.parse("2026-12-25");

    @TempDir
    static Path home;
    static ProjectsStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new ProjectsStage(home, Databases.postgresUrl()).start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static Object value(int id, String label) {
        return stage.portal.value(stage.stageType(), id, label);
    }

    private static void due(String place, LocalDate day, boolean task) {
        long moment = day.atTime(4, 0).atZone(java.time.ZoneId.of("Europe/Berlin")).toInstant().toEpochMilli();
        if (task) {
            stage.space.tasks().edit(place, "due_date", moment);
        } else {
            stage.space.edit(place, "due_date", moment);
        }
    }

    @Test
    void progressLastDueAndHoursStandOnTheStageAndThenItIsQuietForGood() {
        int deal = stage.deal("Каталог", "В работе");
        int one = stage.stage(deal, "Вёрстка", null, END);
        String list = stage.settled(one);
        String first = stage.space.tasks().enter(list, "Шапка");
        String second = stage.space.tasks().enter(list, "Подвал");
        stage.space.tasks().enter(list, "Форма");
        stage.space.tasks().edit(first, "status", "complete");
        due(second, LocalDate.parse("2026-12-20"), true);
        Instant morning = stage.clock.instant().minus(Duration.ofHours(5));
        stage.space.time().enter(ClickUpState.ANNA, first, morning, Duration.ofMinutes(95), "", true);
        stage.space.time().enter(ClickUpState.BEN, second, morning, Duration.ofMinutes(30), "", false);
        eventually(() -> {
            assertThat(value(one, "Готовность, %")).asString().startsWith("33");
            assertThat(value(one, "Последний срок задач")).asString().startsWith("2026-12-20");
            assertThat(value(one, "Факт, часы")).asString().isEqualTo("2.08");
            assertThat(stage.portal.value(DEAL, deal, "Факт, часы")).asString().isEqualTo("2.08");
        });
        for (int round = 0; round < 3; round++) { // the report of the hours, and what its versions say of it, follow
            stage.quiet();
        }
        List<String> writes = stage.writes();
        for (int round = 0; round < 4; round++) {
            stage.quiet();
        }
        assertThat(stage.writes()).isEqualTo(writes);
    }

    @Test
    void aStageThatGoesToAnotherDealTakesItsHoursWithIt() {
        int left = stage.deal("Прежняя", "В работе");
        int one = stage.stage(left, "Переезд", null, END);
        String task = stage.space.tasks().enter(stage.settled(one), "Коробки");
        stage.space.time().enter(ClickUpState.BEN, task, stage.clock.instant(), Duration.ofMinutes(90), "", true);
        eventually(() -> assertThat(stage.portal.value(DEAL, left, "Факт, часы")).asString().startsWith("1.5"));
        int taken = stage.deal("Новая", "В работе");
        stage.quiet();
        stage.edit(stage.stageType(), one, "parentId" + DEAL, taken);
        eventually(() -> {
            assertThat(stage.portal.value(DEAL, taken, "Факт, часы")).asString().startsWith("1.5");
            assertThat(stage.portal.value(DEAL, left, "Факт, часы")).asString().isIn("0", "0.00");
        });
    }

    @Test
    void allClosedMovesTheStageOnceUntilThereIsNewWork() {
        int deal = stage.deal("Приёмка", "В работе");
        int one = stage.stage(deal, "Сдача", null, END);
        String list = stage.settled(one);
        String first = stage.space.tasks().enter(list, "Тесты");
        stage.space.tasks().edit(first, "status", "complete");
        eventually(() -> assertThat(stage.column(one)).isEqualTo("На приёмке"));
        eventually(() -> assertThat(stage.comments(one)).hasSize(1));
        stage.quiet();
        stage.moveStage(one, "В работе");
        stage.space.tasks().edit(first, "name", "Все тесты");
        stage.space.tasks().edit(first, "status", "to do");
        stage.quiet();
        stage.space.tasks().edit(first, "status", "complete");
        stage.quiet();
        assertThat(stage.column(one)).isEqualTo("В работе");
        String second = stage.space.tasks().enter(list, "Замечания");
        stage.space.tasks().edit(second, "status", "complete");
        eventually(() -> assertThat(stage.column(one)).isEqualTo("На приёмке"));
        eventually(() -> assertThat(stage.comments(one)).hasSize(2));
        assertThat(stage.bean(Projects.class).progress(Map.of("stage", one), Map.of("id", one, "stage", "work",
                "assignee", 31L), List.of(Map.of("id", "new", "status", Map.of("type", "closed"))), "move: false"))
                .containsKey("todo").doesNotContainKeys("next", "comment");
        stage.quiet();
    }

    @Test
    void aMoveThatWasCarriedOutBeforeAKillStillHasItsComment() {
        int one = stage.stage(stage.deal("Прервано", "В работе"), "Приёмка", null, END);
        stage.settled(one);
        List<Map<String, Object>> tasks = List.of(Map.of("id", "t", "status", Map.of("type", "closed")));
        Projects projects = stage.bean(Projects.class);
        Map<String, Object> asked = Map.of("stage", one);
        assertThat(projects.progress(asked, Map.of("id", one, "stage", "acceptance"), tasks, "move: true"))
                .as("a person has moved it").doesNotContainKeys("next", "comment");
        assertThat(projects.progress(asked, Map.of("id", one, "stage", "work"), tasks, "move: true"))
                .containsKeys("next", "comment");
        Map<String, Object> again = projects.progress(asked, Map.of("id", one, "stage", "acceptance"), tasks,
                "move: true");
        assertThat(again).containsKey("comment");
        projects.told(again);
        assertThat(projects.progress(asked, Map.of("id", one, "stage", "work"), tasks, "move: true"))
                .as("a person has moved it back").doesNotContainKeys("next", "comment");
    }

    @Test
    void aTaskThatIsDeletedOrMovedLeavesItsStage() {
        int deal = stage.deal("Переносы", "В работе");
        int one = stage.stage(deal, "Откуда", null, END);
        int two = stage.stage(deal, "Куда", null, END);
        String from = stage.settled(one);
        String to = stage.settled(two);
        String open = stage.space.tasks().enter(from, "Открытая");
        String closed = stage.space.tasks().enter(from, "Закрытая");
        stage.space.tasks().edit(closed, "status", "complete");
        eventually(() -> assertThat(value(one, "Готовность, %")).asString().startsWith("50"));
        stage.space.tasks().moveTo(closed, to);
        eventually(() -> assertThat(value(two, "Готовность, %")).asString().startsWith("100"));
        eventually(() -> assertThat(value(one, "Готовность, %")).asString().isEqualTo("0"));
        assertThat(stage.space.tasks().task(open)).isNotNull();
    }

    @Test
    void theDueDateGoesBothWaysAndOfTwoChangesTheLaterHoldsAndTheOtherIsKept() {
        int deal = stage.deal("Сроки", "В работе");
        int one = stage.stage(deal, "Запуск", null, END);
        String list = stage.settled(one);
        due(list, LocalDate.parse("2026-12-28"), false);
        eventually(() -> assertThat(stage.portal.item(stage.stageType(), one).get("closedate")).asString()
                .startsWith("2026-12-28"));
        stage.edit(stage.stageType(), one, "closedate", "2027-01-15");
        eventually(() -> assertThat(stage.space.place(list).get("due_date")).isEqualTo(Long.toString(
                LocalDate.parse("2027-01-15").atTime(4, 0).atZone(java.time.ZoneId.of("Europe/Berlin")).toInstant()
                        .toEpochMilli())));
        stage.quiet();
        // both change before the daemon sees either
        stage.clickup.faults().hold("get list");
        stage.edit(stage.stageType(), one, "closedate", "2027-02-01");
        eventually(() -> assertThat(stage.open()).isNotEmpty());
        read();
        due(list, LocalDate.parse("2027-02-02"), false);
        stage.clickup.faults().none();
        eventually(() -> assertThat(stage.portal.item(stage.stageType(), one).get("closedate")).asString()
                .startsWith("2027-02-02"));
        stage.quiet();
        assertThat(stage.bean(Audit.class).of("stage", Integer.toString(one))).anySatisfy(row -> {
            assertThat(row.field()).isEqualTo("end");
            assertThat(row.from()).isEqualTo("2027-02-01");
            assertThat(row.to()).isEqualTo("2027-02-02");
            assertThat(row.because()).contains("latest", "\"kept\":\"clickup\"", "между двумя чтениями");
        });
    }

    /** Until the lists were read anew from beginning to end. */
    private static void read() {
        long before = reads();
        eventually(() -> assertThat(reads()).isGreaterThan(before + 12));
    }

    private static long reads() {
        return stage.clickup.calls().stream().filter("list folders"::equals).count();
    }

    /** Without an event ClickUp's change is only known to lie between two readings. */
    @Test
    void theTimeOfFirstSightIsNoTimeOfChange() {
        Instant early = Instant.parse("2026-12-01T10:00:00Z");
        for (Instant from : new Instant[] {null, early}) {
            Merge.Side<String> portal = new Merge.Side<>("b", early.plusSeconds(60));
            Merge.Side<String> clickup = new Merge.Side<>("c", from, early.plusSeconds(600));
            assertThat(Merge.decide("latest", "a", portal, clickup)).as("not to be told apart")
                    .isEqualTo(new Merge.Verdict<>("b", true, true, "c"));
            assertThat(new ProjectTexts(java.util.Locale.ENGLISH).compared(portal, clickup, java.time.ZoneOffset.UTC))
                    .contains("10:01:00", "10:10:00", "cannot be told");
        }
        Merge.Side<String> later = new Merge.Side<>("c", early.plusSeconds(300), early.plusSeconds(600));
        assertThat(Merge.decide("latest", "a", new Merge.Side<>("b", early), later)).isEqualTo(new Merge.Verdict<>("c",
                false, true, "b"));
        assertThat(new ProjectTexts(java.util.Locale.ENGLISH).compared(new Merge.Side<>("b", early), later,
                java.time.ZoneOffset.UTC)).contains("between two readings").doesNotContain("cannot be told");
        assertThat(Merge.decide("latest", "a", new Merge.Side<>("b", null), later).fromPortal()).isFalse();
    }

    @Test
    void theLaterChangeWinsWhicheverSideItIsOn() {
        Instant early = Instant.parse("2026-12-01T10:00:00Z");
        Merge.Verdict<String> verdict = Merge.decide("latest", "a", new Merge.Side<>("b", early.plusSeconds(1)),
                new Merge.Side<>("c", early));
        assertThat(verdict).isEqualTo(new Merge.Verdict<>("b", true, true, "c"));
        verdict = Merge.decide("latest", "a", new Merge.Side<>("b", early), new Merge.Side<>("c",
                early.plusSeconds(1)));
        assertThat(verdict).isEqualTo(new Merge.Verdict<>("c", false, true, "b"));
        assertThat(Merge.decide("latest", "a", new Merge.Side<>("a", early.plusSeconds(9)), new Merge.Side<>(null,
                early))).isEqualTo(new Merge.Verdict<>(null, false, false, null));
    }
}
