package dev.sverka.vendors.clickup;

import static dev.sverka.vendors.clickup.ClickUpStage.MARKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.time.DeletedTimeEntry;
import dev.sverka.records.time.TimeEntry;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People's time: entered, corrected, moved and deleted. */
class ClickUpTimeTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ClickUpStage stage = new ClickUpStage();
    private String list;
    private String task;

    @BeforeEach
    void open() {
        list = stage.list();
        task = stage.state().tasks().enter(list, "Доставка");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String work(long person, Instant start) {
        return stage.state().time().enter(person, task, start, HOUR, "Склад", true);
    }

    private Instant ago(Duration time) {
        return stage.clock.instant().minus(time);
    }

    private static TimeEntry entry(Feed.News news) {
        return (TimeEntry) news.body();
    }

    @Test
    void everybodysTimeIsToldWithWhereItBelongs() {
        work(ClickUpState.ANNA, ago(HOUR));
        work(ClickUpState.BEN, ago(Duration.ofDays(40)));
        String without = stage.state().time().enter(ClickUpState.BEN, null, ago(HOUR), Duration.ofMinutes(7),
                "Планёрка", false);
        List<Feed.News> told = stage.poll("time");
        assertThat(told).hasSize(3).anySatisfy(news -> {
            assertThat(entry(news).person()).isEqualTo(new TimeEntry.Person(ClickUpState.ANNA, "Anna Orlova",
                    "Anna.Orlova@example.com"));
            assertThat(entry(news).task().listId()).isEqualTo(list);
            assertThat(entry(news).millis()).isEqualTo(3_600_000);
            assertThat(entry(news).billable()).isTrue();
            assertThat(entry(news).source()).isEqualTo("clickup.main");
        }).anySatisfy(news -> {
            assertThat(news.id()).isEqualTo(without);
            assertThat(entry(news).task()).isNull();
        });
        assertThat(stage.later("time", MINUTE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCorrectionIsToldWhetherClickUpDatesItOrNot(boolean frozen) {
        stage.switches().atFrozen(frozen);
        String id = work(ClickUpState.ANNA, ago(HOUR));
        String first = stage.poll("time").get(0).version();
        stage.state().time().edit(id, Map.of("description", "Склад 3"));
        Feed.News second = stage.later("time", MINUTE).get(0);
        assertThat(second.version()).isNotEqualTo(first);
        stage.state().time().edit(id, Map.of("description", "Склад"));
        assertThat(stage.later("time", MINUTE)).singleElement().satisfies(news -> assertThat(news.version())
                .as("the content alone makes the version").isEqualTo(first));
        assertThat(stage.later("time", MINUTE)).isEmpty();
    }

    @Test
    void aCorrectionOfAnOldEntryIsFoundAtTheSweepOfAllThatWasTold() {
        String id = work(ClickUpState.ANNA, ago(Duration.ofDays(44)));
        stage.poll("time");
        stage.clock.advance(Duration.ofDays(60));
        assertThat(stage.poll("time")).isEmpty();
        stage.state().time().edit(id, Map.of("billable", false));
        assertThat(stage.later("time", MINUTE)).isEmpty();
        assertThat(stage.later("time", Duration.ofDays(1))).singleElement().satisfies(news -> assertThat(
                entry(news).billable()).isFalse());
    }

    @Test
    void aDeletionIsToldAndAnEntryThatAListLeavesOutIsNone() {
        String gone = work(ClickUpState.ANNA, ago(HOUR));
        String left = work(ClickUpState.BEN, ago(HOUR));
        stage.poll("time");
        stage.state().time().remove(gone);
        stage.switches().blind(left, true);
        assertThat(stage.later("time", MINUTE)).singleElement().satisfies(news -> assertThat(news.body())
                .isEqualTo(new DeletedTimeEntry("clickup.main", gone, stage.clock.instant())));
        assertThat(stage.later("time", MINUTE)).isEmpty();
    }

    @Test
    void muchThatIsMissingAtOnceIsBelievedOnlyAfterADay() {
        List<String> ids = IntStream.range(0, 30).mapToObj(n -> work(ClickUpState.ANNA, ago(HOUR))).toList();
        assertThat(stage.poll("time")).hasSize(30);
        ids.forEach(id -> stage.state().time().remove(id));
        assertThat(stage.later("time", MINUTE)).isEmpty();
        assertThat(stage.vendor.calls()).doesNotContain("get time");
        assertThat(stage.later("time", Duration.ofDays(1))).hasSize(30)
                .allSatisfy(news -> assertThat(news.body()).isInstanceOf(DeletedTimeEntry.class));
        assertThat(stage.later("time", MINUTE)).isEmpty();
    }

    @Test
    void anEntryMovedIntoAnotherMonthIsNoDeletion() {
        String id = work(ClickUpState.ANNA, ago(HOUR));
        stage.poll("time");
        Instant october = Instant.parse("2026-10-31T10:00:00Z");
        stage.state().time().edit(id, Map.of("start", october.toEpochMilli(), "end", october.plus(HOUR)
                .toEpochMilli()));
        List<Feed.News> told = stage.later("time", Duration.ofMinutes(10));
        assertThat(told).isNotEmpty().allSatisfy(news -> assertThat(entry(news).startAt()).isEqualTo(october));
        assertThat(stage.later("time", Duration.ofMinutes(10))).isEmpty();
    }

    @Test
    void whatIsRunningIsToldWhenItEnds() {
        String id = stage.state().time().begin(ClickUpState.ANNA, task, ago(HOUR));
        assertThat(stage.poll("time")).isEmpty();
        assertThatThrownBy(() -> stage.read("time", "get", id)).isInstanceOf(VendorException.NotYet.class);
        stage.state().time().end(id, stage.clock.instant());
        assertThat(stage.later("time", MINUTE)).singleElement().satisfies(news -> assertThat(entry(news).millis())
                .isEqualTo(3_600_000));
    }

    @Test
    void whoHasLeftCostsNothingInAQuietMinute() {
        for (int n = 0; n < 20; n++) {
            stage.state().member(7000 + n, "Бывший " + n, "former" + n + "@example.com", 3);
            work(7000 + n, ago(HOUR));
        }
        assertThat(stage.poll("time")).hasSize(20);
        IntStream.range(0, 20).forEach(n -> stage.state().leave(7000 + n));
        assertThat(stage.later("time", Duration.ofMinutes(11))).isEmpty();
        int before = stage.vendor.calls().size();
        assertThat(stage.later("time", MINUTE)).isEmpty();
        assertThat(stage.vendor.calls().size() - before).as("members are kept, those who left are not asked")
                .isLessThanOrEqualTo(2);
    }

    /** Out of the token's sight is not deleted: one signal is not enough (clickup.md section 15). */
    @Test
    void anEntryThatOneReadDoesNotFindButTheListShowsIsNoDeletion() {
        String id = work(ClickUpState.ANNA, ago(HOUR));
        stage.faults().answer("get time", new dev.sverka.sandbox.StandIn.Reply(401, "application/json", Map.of("err",
                "Team not authorized", "ECODE", "OAUTH_027"), Map.of()));
        assertThat(stage.<Object>read("time", "get", Map.of("id", id, "event", "taskTimeTrackedUpdated", "what",
                "Time Tracking Edited"))).isInstanceOf(TimeEntry.class);
        stage.state().time().remove(id);
        assertThat(stage.<Object>read("time", "get", Map.of("id", id))).isInstanceOf(DeletedTimeEntry.class);
        int before = stage.vendor.calls().size();
        assertThat(stage.<Object>read("time", "get", Map.of("id", id, "what", "Time Tracking Deleted")))
                .isInstanceOf(DeletedTimeEntry.class);
        assertThat(stage.vendor.calls().size() - before).as("the event is the second signal").isEqualTo(1);
    }

    /** The list of entries always says where they belong; an answer with one entry may not (clickup.md section 11.2). */
    @Test
    void anEntryWhoseAnswerShowsNoPlaceKeepsTheListOfItsTask() {
        String id = work(ClickUpState.ANNA, ago(HOUR));
        Map<String, Object> shown = new HashMap<>(stage.state().time().entry(id));
        for (Object place : new Object[] {Map.of(), null}) {
            shown.put("task_location", place);
            stage.faults().answer("get time", dev.sverka.sandbox.StandIn.Reply.json(200, Map.of("data", shown)));
            assertThat(stage.<TimeEntry>read("time", "get", id).task().listId()).isEqualTo(list);
        }
    }

    @Test
    void anAnswerWithoutItsListIsNotTakenForNoTime() {
        work(ClickUpState.ANNA, ago(HOUR));
        stage.poll("time");
        for (String call : List.of("list time", "get time")) {
            stage.faults().answer(call, new dev.sverka.sandbox.StandIn.Reply(200, "application/json", "{}", Map.of()));
        }
        assertThatThrownBy(() -> stage.later("time", MINUTE)).isInstanceOf(VendorException.Transient.class);
        assertThatThrownBy(() -> stage.read("time", "get", "5191000000000000101"))
                .isInstanceOf(VendorException.Transient.class);
        assertThat(stage.later("time", MINUTE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHasLeftKeepsTheTimeThatWasTold(boolean refused) {
        String id = work(ClickUpState.BEN, ago(HOUR));
        stage.poll("time");
        stage.state().leave(ClickUpState.BEN);
        stage.switches().formerRefused(refused);
        stage.restart(Duration.ofSeconds(20));
        assertThat(stage.later("time", MINUTE)).isEmpty();
        stage.state().time().edit(id, Map.of("description", "Исправлено"));
        assertThat(stage.later("time", Duration.ofMinutes(10))).hasSize(refused ? 0 : 1);
    }

    @Test
    void aTokenThatSeesOnlyItsOwnTimeIsSaidAndDeletesNothing() {
        work(ClickUpState.ANNA, ago(HOUR));
        stage.poll("time");
        stage.switches().admin(false);
        assertThatThrownBy(() -> stage.later("time", MINUTE)).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("ACCESS_076");
    }

    @Test
    void aCreateWhoseAnswerWasLostMakesOneEntry() {
        Map<String, Object> fields = new HashMap<>(Map.of("start", Instant.parse("2026-11-23T07:00:00Z"), "end",
                "2026-11-23T10:30:00+03:00", "tid", task, "assignee", ClickUpState.ANNA, "description", "Склад",
                "billable", true));
        Map<String, Object> body = Map.of("marker", MARKER, "fields", fields);
        stage.faults().next("create time", Faults.Kind.LOST_ANSWER);
        String id = stage.settle("time", "create", body).get("id").toString();
        assertThat(stage.state().time().size()).isEqualTo(1);
        assertThat(stage.state().time().entry(id)).containsEntry("description", "Склад\n" + MARKER)
                .containsEntry("duration", "1800000");
        assertThat(id).hasSize(19);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEntryIsReadChangedAndDeleted(boolean asArray) {
        stage.switches().timeAsArray(asArray);
        String id = work(ClickUpState.ANNA, Instant.parse("2026-11-23T07:00:00Z"));
        Map<String, Object> change = Map.of("id", id, "fields", Map.of("duration", 1_800_000, "start",
                "2026-11-23T07:00:00Z", "billable", false));
        stage.write("time", "update", change);
        TimeEntry read = stage.read("time", "get", id);
        assertThat(read.millis()).isEqualTo(1_800_000);
        assertThat(read.billable()).isFalse();
        assertThat(stage.prepare("time", "update", change)).as("nothing differs").isEmpty();
        List<TimeEntry> listed = stage.read("time", "list", Map.of("from", "2026-11-23T00:00:00Z", "to",
                "2026-11-24T00:00:00Z", "task", task));
        assertThat(listed).singleElement().satisfies(one -> assertThat(one.entryId()).isEqualTo(id));
        assertThatThrownBy(() -> stage.read("time", "list", Map.of("from", "2026-11-23T00:00:00Z", "to",
                "2026-11-24T00:00:00Z", "task", task, "list", list))).hasMessageContaining("one of");
        stage.write("time", "delete", id);
        stage.write("time", "delete", id);
        assertThat(stage.<Object>read("time", "get", id)).isInstanceOf(DeletedTimeEntry.class);
        assertThat(stage.done("delete time")).isEqualTo(1);
    }

    @Test
    void theSumOfManyEntriesArrivesWhole() {
        List<Feed.News> told = new ArrayList<>();
        IntStream.range(0, 700).forEach(n -> stage.state().time().enter(n % 2 == 0 ? ClickUpState.ANNA
                : ClickUpState.BEN, task, ago(HOUR).minusSeconds(n), Duration.ofSeconds(n + 1), "", true));
        told.addAll(stage.firstPage("time"));
        told.addAll(stage.poll("time"));
        told.addAll(stage.later("time", Duration.ofMinutes(10)));
        Map<String, Long> sums = new HashMap<>();
        told.forEach(news -> sums.put(news.id(), entry(news).millis()));
        assertThat(sums).hasSize(700);
        assertThat(told).hasSize(700);
        assertThat(sums.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(700L * 701 / 2 * 1000);
    }
}
