package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Spelling;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed among tasks, lists and folders. */
class ClickUpTaskFeedTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ClickUpStage stage = new ClickUpStage();
    private String list;

    @BeforeEach
    void open() {
        list = stage.list();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String enter(String name) {
        return stage.state().tasks().enter(list, name);
    }

    private static List<String> ids(List<Feed.News> news) {
        return news.stream().map(Feed.News::id).toList();
    }

    @Test
    void aTaskIsToldOnceAndAtEachChangeClosedArchivedOrSubtask() {
        String id = enter("Доставка");
        assertThat(ids(stage.poll("task"))).containsExactly(id);
        assertThat(stage.later("task", MINUTE)).isEmpty();
        stage.state().tasks().edit(id, "status", "complete");
        assertThat(stage.later("task", MINUTE)).singleElement().satisfies(news -> assertThat(ClickUpStage.body(news))
                .containsKey("date_closed"));
        stage.state().tasks().edit(id, "archived", true);
        assertThat(stage.later("task", MINUTE)).singleElement().satisfies(news -> assertThat(ClickUpStage.body(news))
                .containsEntry("archived", true));
        String child = enter("Часть");
        stage.state().tasks().edit(child, "parent", id);
        assertThat(ids(stage.later("task", MINUTE))).containsExactly(child);
        assertThat(stage.later("task", Duration.ofMinutes(11))).as("read again, told once").isEmpty();
    }

    @Test
    void aClockThatIsAheadOfClickUpsMissesNothingAfterAStart() {
        stage.switches().skew(Duration.ofMinutes(-20));
        stage.poll("task");
        stage.restart(Duration.ofSeconds(20));
        stage.later("task", MINUTE);
        String id = enter("Доставка");
        assertThat(ids(stage.later("task", MINUTE))).containsExactly(id);
    }

    /** ClickUp keeps no time of a list's change: two readings enclose it. */
    @Test
    void whenAListChangedIsEnclosedByTwoReadings() {
        stage.switches().contentListed(false);
        stage.poll("list");
        assertThat(after()).as("nobody had read it before").isNull();
        java.time.Instant first = stage.clock.instant();
        stage.clock.advance(Duration.ofMinutes(3));
        stage.state().edit(list, "due_date", 1_796_400_000_000L);
        assertThat(after()).as("seen before the feed does").isEqualTo(first);
        stage.later("list", Duration.ofMinutes(7));
        stage.state().edit(list, "name", "Переименован");
        stage.later("list", Duration.ofMinutes(10));
        assertThat(after()).as("and as it was found").isEqualTo(first);
    }

    private Object after() {
        return stage.<java.util.Map<String, Object>>read("list", "get", list).get("due_date_after");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, true", "true, false"})
    void whateverTheBoundMeansAndWhateverMovesBetweenPagesNothingIsMissed(boolean inclusive, boolean lastPage) {
        stage.switches().inclusive(inclusive).lastPage(lastPage);
        List<String> ids = IntStream.range(0, 350).mapToObj(n -> enter("Задача " + n)).toList();
        AtomicInteger next = new AtomicInteger();
        stage.switches().betweenPages(() -> {
            // people work on the very tasks that were just read: the rest moves to the front
            if (next.get() < 60) {
                IntStream.range(0, 10).forEach(n -> stage.state().tasks().edit(ids.get(next.getAndIncrement()),
                        "description", "изменено"));
            }
        });
        List<Feed.News> told = stage.poll("task");
        told.addAll(stage.later("task", MINUTE));
        assertThat(new HashSet<>(ids(told))).containsAll(ids);
        Set<String> versions = new HashSet<>();
        told.forEach(news -> assertThat(versions.add(news.id() + news.version())).as("told once").isTrue());
    }

    @Test
    void manyTasksOfOneMomentAndACrashAmongThemAreReadToTheEnd() {
        List<String> ids = IntStream.range(0, 250).mapToObj(n -> enter("Задача " + n)).toList();
        ids.forEach(id -> stage.state().tasks().quietly(id, "date_updated", "1795424400000"));
        List<Feed.News> told = new ArrayList<>(stage.firstPage("task"));
        assertThat(told).hasSize(100);
        stage.restart(Duration.ofSeconds(20));
        told.addAll(stage.poll("task"));
        assertThat(ids(told)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void whatTheListsShowLateIsToldAllTheSame() {
        stage.poll("task");
        stage.switches().lag(Duration.ofMinutes(3));
        String id = enter("Доставка");
        assertThat(stage.later("task", MINUTE)).isEmpty();
        assertThat(stage.later("task", MINUTE)).isEmpty();
        assertThat(ids(stage.later("task", MINUTE))).containsExactly(id);
    }

    @Test
    void clickUpsOwnClockCountsWhereItIsWrong() {
        stage.switches().skew(Duration.ofMinutes(-30));
        stage.poll("task");
        String id = enter("Доставка");
        assertThat(ids(stage.later("task", MINUTE))).containsExactly(id);
        stage.switches().skew(Duration.ofMinutes(30));
        String other = enter("Монтаж");
        assertThat(ids(stage.later("task", MINUTE))).contains(other);
    }

    @Test
    void aNewInstallationReadsNoOldTasksAndTheSweepFindsWhatMovedNoDate() {
        String old = enter("Старая");
        stage.state().tasks().quietly(old, "date_updated", "1780000000000");
        String id = enter("Доставка");
        assertThat(ids(stage.poll("task"))).containsExactly(id);
        stage.state().tasks().quietly(id, "time_spent", 3_600_000);
        assertThat(stage.later("task", MINUTE)).singleElement().as("inside the overlap").isNotNull();
        stage.clock.advance(Duration.ofDays(1));
        stage.poll("task");
        stage.state().tasks().quietly(id, "time_spent", 7_200_000);
        assertThat(stage.later("task", Duration.ofHours(2))).isEmpty();
        assertThat(ids(stage.later("task", Duration.ofDays(1)))).containsExactly(id);
    }

    @Test
    void aTaskInTheTrashIsToldAtTheSweepAndOneOutOfSightIsNotCalledDeleted() {
        String gone = enter("Удалённая");
        String hidden = enter("Скрытая");
        String left = enter("Пропущенная списком");
        String listGone = stage.state().listIn(stage.state().folder(ClickUpState.SPACE, "B"), "C");
        String inside = stage.state().tasks().enter(listGone, "В удалённом списке");
        stage.poll("task");
        stage.state().tasks().trash(gone);
        stage.switches().unreachable(hidden, true).blind(left, true);
        stage.state().trash(listGone);
        List<Feed.News> told = stage.later("task", Duration.ofDays(1));
        assertThat(ids(told)).containsExactlyInAnyOrder(gone, hidden, inside);
        told.forEach(news -> assertThat(ClickUpStage.body(news)).containsEntry(news.id().equals(hidden)
                ? "unreachable" : "deleted", true));
        assertThat(stage.later("task", Duration.ofDays(1))).as("told once").isEmpty();
        stage.switches().unreachable(hidden, false);
        assertThat(ids(stage.later("task", Duration.ofDays(1)))).as("seen again").containsExactly(hidden);
    }

    @Test
    void muchThatIsMissingAtOnceIsBelievedOnlyAfterADay() {
        List<String> ids = IntStream.range(0, 30).mapToObj(n -> enter("Задача " + n)).toList();
        stage.poll("task");
        ids.forEach(id -> stage.switches().blind(id, true));
        assertThat(stage.later("task", Duration.ofDays(1))).isEmpty();
        assertThat(stage.vendor.calls()).doesNotContain("get task");
        ids.forEach(id -> stage.state().tasks().trash(id));
        assertThat(stage.later("task", Duration.ofDays(1))).hasSize(30);
    }

    @Test
    void aPageThatFailsStopsThePollAndTheNextOneGoesOn() {
        List<String> ids = IntStream.range(0, 150).mapToObj(n -> enter("Задача " + n)).toList();
        List<Feed.News> told = new ArrayList<>(stage.firstPage("task"));
        for (int n = 0; n < 3; n++) {
            stage.faults().next("list tasks", Faults.Kind.TRUNCATED);
        }
        assertThatThrownBy(() -> stage.poll("task")).isInstanceOf(VendorException.Transient.class);
        stage.faults().none();
        told.addAll(stage.poll("task"));
        assertThat(ids(told)).containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Numbers come as number or text without rule, and nothing as null or not at all (clickup.md section 5). */
    @ParameterizedTest
    @EnumSource(value = Spelling.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void howAnswersAreSpelledIsNoNewsAndTheSameIsDone(Spelling spelling) {
        String task = enter("Доставка");
        stage.state().tasks().edit(task, "due_date", stage.clock.instant().toEpochMilli());
        String entry = stage.state().time().enter(ClickUpState.ANNA, task, stage.clock.instant().minus(MINUTE), MINUTE,
                "Склад", true);
        for (String entity : List.of("task", "time", "list", "folder")) {
            stage.poll(entity);
        }
        stage.vendor.spelled(spelling);
        stage.clock.advance(Duration.ofDays(1));
        for (String entity : List.of("task", "time", "list", "folder")) {
            // what nobody has documented may mean something; once
            assertThat(stage.poll(entity)).as(entity).hasSize(spelling == Spelling.MORE_FIELDS
                    && !entity.equals("time") ? 1 : 0);
        }
        stage.write("task", "update", Map.of("id", task, "fields", Map.of("priority", 2, "time_estimate", 3_600_000)));
        assertThat(stage.prepare("task", "update", Map.of("id", task, "fields", Map.of("priority", 2, "time_estimate",
                3_600_000)))).as("nothing differs").isEmpty();
        stage.state().time().edit(entry, Map.of("billable", false));
        assertThat(ids(stage.later("time", MINUTE))).containsExactly(entry);
        assertThat(ids(stage.later("task", MINUTE))).containsExactly(task);
    }

    /** Taken for the last page it would end the walk, and what changed meanwhile would wait for the next sweep. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"tasks\":null}"})
    void anAnswerWithoutItsListEndsNoWalk(String body) {
        stage.poll("task");
        stage.clock.advance(MINUTE);
        String id = enter("Задача");
        stage.faults().answer("list tasks", new StandIn.Reply(200, "application/json", body, Map.of()));
        assertThatThrownBy(() -> stage.poll("task")).isInstanceOf(VendorException.Transient.class);
        assertThat(ids(stage.later("task", MINUTE))).containsExactly(id);
    }

    /** A task may be shared with the token's user though its list is not (clickup.md section 6). */
    @Test
    void aMissingTaskWhoseListIsOutOfSightIsNotCalledDeletedAndStopsNoSweep() {
        String id = enter("Общая задача");
        String gone = enter("Удалённая");
        stage.poll("task");
        stage.switches().blind(id, true).unreachable(list, true);
        stage.state().tasks().trash(gone);
        assertThat(ids(stage.later("task", Duration.ofDays(1)))).containsExactly(gone);
        stage.switches().blind(id, false).unreachable(list, false);
        assertThat(stage.later("task", Duration.ofDays(1))).isEmpty();
    }

    @Test
    void listsAreComparedAndTheTrashAndTheArchiveAreToldApart() {
        assertThat(ids(stage.poll("list"))).containsExactly(list);
        enter("Задача");
        assertThat(stage.later("list", Duration.ofMinutes(10))).as("a task more is no news of its list").isEmpty();
        stage.state().edit(list, "name", "Реализация");
        String second = stage.state().listIn(((java.util.Map<?, ?>) stage.state().place(list).get("folder")).get("id")
                .toString(), "Вторая");
        assertThat(ids(stage.later("list", Duration.ofMinutes(10)))).containsExactlyInAnyOrder(list, second);
        stage.switches().listsInFolders(false);
        assertThat(stage.later("list", Duration.ofMinutes(10))).as("folders that hide their lists").isEmpty();
        stage.state().archive(list, true);
        stage.state().trash(second);
        List<Feed.News> told = stage.later("list", Duration.ofMinutes(10));
        assertThat(told).hasSize(2).anySatisfy(news -> assertThat(ClickUpStage.body(news)).containsEntry("archived",
                true)).anySatisfy(news -> assertThat(ClickUpStage.body(news)).containsEntry("deleted", true));
        int asked = stage.vendor.calls().size();
        assertThat(stage.later("list", Duration.ofMinutes(10))).isEmpty();
        assertThat(stage.vendor.calls().subList(asked, stage.vendor.calls().size())).doesNotContain("get list");
    }

    @Test
    void foldersAreCompared() {
        List<Feed.News> first = stage.poll("folder");
        assertThat(first).singleElement().satisfies(news -> assertThat(ClickUpStage.body(news)).containsEntry("name",
                "ACME Retail"));
        String id = first.get(0).id();
        assertThat(stage.later("folder", Duration.ofMinutes(10))).isEmpty();
        stage.state().archive(id, true);
        assertThat(stage.later("folder", Duration.ofMinutes(10))).hasSize(1);
        stage.state().trash(id);
        assertThat(stage.later("folder", Duration.ofMinutes(10))).singleElement().satisfies(news -> assertThat(
                ClickUpStage.body(news)).containsEntry("deleted", true));
    }
}
