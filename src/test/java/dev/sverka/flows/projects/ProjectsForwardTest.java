package dev.sverka.flows.projects;

import static dev.sverka.flows.projects.ProjectsStage.DEAL;
import static dev.sverka.flows.projects.ProjectsStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Faults.Kind;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deal that has begun is a folder of ClickUp, each of its stages a list: once, whatever is repeated or lost. */
class ProjectsForwardTest {

    private static final LocalDate BEGIN = LocalDate.parse("2026-12-01");
    private static final LocalDate END = LocalDate.parse("2026-12-25");

    @TempDir
    static Path home;
    static ProjectsStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new ProjectsStage(home, Databases.h2Url(home)).start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static Map<String, Object> place(String id) {
        return stage.space.place(id);
    }

    @Test
    void aStartedDealGetsAFolderAndEachStageAListWithDatesResponsibleAndLinksBothWays() {
        int deal = stage.deal("Магазин «Вега»", "В работе");
        int design = stage.stage(deal, "Дизайн", BEGIN, END);
        String list = stage.settled(design);
        String folder = stage.folder(deal);
        assertThat(place(folder).get("name")).isEqualTo("Магазин «Вега» #" + deal);
        Map<String, Object> made = place(list);
        assertThat(made.get("name")).isEqualTo("Дизайн");
        assertThat(((Map<?, ?>) made.get("folder")).get("id")).isEqualTo(folder);
        assertThat(((Map<?, ?>) made.get("assignee")).get("id")).isEqualTo(ClickUpState.ANNA);
        assertThat(made.get("due_date")).isEqualTo(Long.toString(END.atTime(4, 0)
                .atZone(java.time.ZoneId.of("Europe/Berlin")).toInstant().toEpochMilli()));
        assertThat(made.get("content").toString()).contains("Начало: 01.12.2026", "Этап: http", "/details/" + design
                + "/", "Сделка: http", "/crm/deal/details/" + deal + "/").endsWith(
                        "sverka:deal-clickup:main:" + design);
        assertThat(stage.portal.value(DEAL, deal, "Папка ClickUp")).asString().contains("/v/f/" + folder + "/");
        assertThat(stage.portal.value(stage.stageType(), design, "Список ClickUp")).asString().endsWith("/v/li/"
                + list);
    }

    @Test
    void aCopiedDealAndStagePointToTheirOwnFolderAndList() {
        int deal = stage.deal("Копия", "Новая");
        stage.edit(DEAL, deal, stage.portal.field(DEAL, "Папка ClickUp"), "https://app.clickup.com/1/v/f/1/1");
        int copied = stage.stage(deal, "Копия этапа", null, END);
        stage.edit(stage.stageType(), copied, stage.portal.field(stage.stageType(), "Список ClickUp"),
                "https://app.clickup.com/1/v/li/1");
        stage.quiet();
        stage.moveDeal(deal, "В работе");
        String list = stage.settled(copied);
        assertThat(stage.portal.value(DEAL, deal, "Папка ClickUp")).asString().contains("/v/f/" + stage.folder(deal)
                + "/");
        assertThat(stage.portal.value(stage.stageType(), copied, "Список ClickUp")).asString().endsWith("/v/li/"
                + list);
    }

    @Test
    void aDealThatHasNotBegunGetsNothingUntilItHasOrIsWon() {
        int deal = stage.deal("Ещё не начата", "КП");
        int first = stage.stage(deal, "Первый", null, END);
        stage.quiet();
        assertThat(stage.folder(deal)).isNull();
        assertThat(stage.list(first)).isNull();
        stage.moveDeal(deal, "Сделка успешна");
        assertThat(place(stage.settled(first)).get("name")).isEqualTo("Первый");
    }

    @Test
    void lostAnswersAndRepeatsMakeNothingTwice() {
        stage.clickup.faults().next("create folder", Kind.LOST_ANSWER).next("create list", Kind.LOST_ANSWER);
        long folders = stage.done("create folder");
        long lists = stage.done("create list");
        int deal = stage.deal("Потерянный ответ", "В работе");
        int one = stage.stage(deal, "Один", BEGIN, END);
        int two = stage.stage(deal, "Два", BEGIN, END);
        stage.settled(one);
        stage.settled(two);
        stage.moveDeal(deal, "Договор");
        stage.quiet();
        stage.moveDeal(deal, "В работе");
        stage.jdbc().sql("select id from entry where state = 'done' and flow in ('project-deal', 'project-stage')")
                .query(Long.class).list().forEach(id -> stage.jdbc().sql("""
                        update entry set state = 'dead' where id = ?""").param(id).update());
        dev.sverka.core.journal.Journal journal = stage.bean(dev.sverka.core.journal.Journal.class);
        journal.list("dead", 1000).forEach(entry -> journal.replay(entry.id()));
        stage.quiet();
        assertThat(stage.done("create folder")).isEqualTo(folders + 1);
        assertThat(stage.done("create list")).isEqualTo(lists + 2);
    }

    @Test
    void aStoreThatKnowsNothingFindsWhatWasMadeByItsMarker() {
        int deal = stage.deal("Забытая", "В работе");
        int one = stage.stage(deal, "Анализ", BEGIN, END);
        String list = stage.settled(one);
        String folder = stage.folder(deal);
        stage.jdbc().sql("delete from intent where account = 'clickup.main'").update();
        stage.jdbc().sql("update project_deal set folder = null where deal = ?").param(deal).update();
        stage.jdbc().sql("update project_stage set list = null where stage = ?").param(one).update();
        stage.edit(DEAL, deal, "title", "Забытая и найденная");
        assertThat(stage.settled(one)).isEqualTo(list);
        assertThat(stage.folder(deal)).isEqualTo(folder);
        eventually(() -> assertThat(place(folder).get("name")).isEqualTo("Забытая и найденная #" + deal));
    }

    @Test
    void namesDatesAndThePersonFollowThePortalAndPeoplesOwnTextStays() {
        int deal = stage.deal("Переезд", "В работе");
        int one = stage.stage(deal, "Сервер", BEGIN, END);
        String list = stage.settled(one);
        stage.space.edit(list, "content", "Пароли у Бена\n" + place(list).get("content"));
        stage.edit(stage.stageType(), one, "title", "Сервер и домен");
        stage.edit(stage.stageType(), one, "begindate", "2026-12-03");
        stage.edit(stage.stageType(), one, "assignedById", dev.sverka.sandbox.bitrix24.Portal.PERSON);
        eventually(() -> {
            assertThat(place(list).get("name")).isEqualTo("Сервер и домен");
            assertThat(place(list).get("content").toString()).startsWith("Пароли у Бена\n")
                    .containsOnlyOnce("Начало: 03.12.2026").doesNotContain("01.12.2026").endsWith(":" + one);
            // nobody in ClickUp has the bookkeeper's e-mail
            assertThat(place(list).get("assignee")).isNull();
        });
        stage.space.edit(list, "name", "Как захотелось");
        eventually(() -> assertThat(place(list).get("name")).isEqualTo("Сервер и домен"));
        stage.quiet();
    }

    @Test
    void whatPeopleThrowAwayIsToldOnceAndNeverMadeAgain() {
        int deal = stage.deal("Отменённая затея", "В работе");
        int one = stage.stage(deal, "Лишний", BEGIN, END);
        String list = stage.settled(one);
        stage.space.trash(list);
        eventually(() -> assertThat(stage.comments(one)).hasSize(1));
        stage.edit(stage.stageType(), one, "title", "Лишний, но переименован");
        stage.quiet();
        assertThat(place(list).get("name")).isEqualTo("Лишний");
        int two = stage.stage(deal, "Второй", BEGIN, END);
        String second = stage.settled(two);
        long lists = stage.done("create list");
        stage.space.trash(stage.folder(deal));
        eventually(() -> assertThat(stage.portal.comments(DEAL, deal)).hasSize(1));
        stage.stage(deal, "Третий", BEGIN, END);
        stage.edit(DEAL, deal, "title", "Отменённая затея, всё же");
        stage.quiet();
        assertThat(stage.done("create list")).isEqualTo(lists);
        assertThat(stage.list(two)).isEqualTo(second);
        assertThat(List.of(one, two)).allSatisfy(id -> assertThat(stage.comments(id)).hasSize(1));
    }

    @Test
    void anArchivedListRestsUntilItIsBack() {
        int deal = stage.deal("Архив", "В работе");
        int one = stage.stage(deal, "Сдан", BEGIN, END);
        String list = stage.settled(one);
        stage.space.archive(list, true);
        stage.quiet();
        stage.edit(stage.stageType(), one, "title", "Сдан и забыт");
        stage.quiet();
        assertThat(place(list).get("name")).isEqualTo("Сдан");
        stage.space.archive(list, false);
        eventually(() -> assertThat(place(list).get("name")).isEqualTo("Сдан и забыт"));
    }
}
