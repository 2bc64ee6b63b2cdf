package dev.sverka.vendors.clickup;

import static dev.sverka.vendors.clickup.ClickUpStage.MARKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.clickup.ClickUpFieldState;
import dev.sverka.sandbox.clickup.ClickUpState;
import dev.sverka.sandbox.clickup.ClickUpSwitches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks, their custom fields and comments, over HTTP. */
class ClickUpTasksTest {

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

    private Map<String, Object> task(Map<String, Object> fields) {
        return Map.of("list", list, "marker", MARKER, "fields", fields);
    }

    private String create(Map<String, Object> fields) {
        return stage.write("task", "create", task(fields)).get("id").toString();
    }

    private void update(String id, Map<String, Object> fields) {
        stage.write("task", "update", Map.of("id", id, "fields", fields));
    }

    private boolean differs(String id, Map<String, Object> fields) {
        return stage.prepare("task", "update", Map.of("id", id, "fields", fields)).isPresent();
    }

    private Map<String, Object> get(String id) {
        return stage.read("task", "get", id);
    }

    private static Map<String, Map<?, ?>> fields(Map<String, Object> task) {
        return ((List<?>) task.get("custom_fields")).stream().<Map<?, ?>>map(one -> (Map<?, ?>) one)
                .collect(Collectors.toMap(one -> one.get("name").toString(), one -> one));
    }

    /** Every kind of custom field that can be set, and another value. */
    private static final Map<String, List<Object>> VALUES = Map.of(
            "Contract amount", List.of(new BigDecimal("12500.50"), 7),
            "Paid on", List.of(LocalDate.of(2026, 12, 1), Instant.parse("2026-12-01T15:30:00Z")),
            "Stage", List.of("signed", "Invoiced"),
            "CRM link", List.of("https://crm.example.com/deals/42", "https://crm.example.com/deals/43"),
            "Planned hours", List.of(18, new BigDecimal("18.5")),
            "Account manager", List.of(List.of(ClickUpState.ANNA), List.of(ClickUpState.BEN)),
            "Needs act", List.of(true, false),
            "Regions", List.of(List.of("North"), List.of("South", "North")));

    @Test
    void aTaskIsCreatedWithItsMarkerAndAllItsFieldsInOneCall() {
        Map<String, Object> wanted = new LinkedHashMap<>(Map.of("name", "Доставка", "description", "Склад 3",
                "assignees", List.of(ClickUpState.ANNA), "status", "In Progress", "priority", 2, "due_date",
                LocalDate.of(2026, 12, 1), "time_estimate", 3_600_000, "tags", List.of("contract")));
        Map<String, Object> custom = new HashMap<>();
        VALUES.forEach((name, values) -> custom.put(name, values.get(0)));
        wanted.put("custom_fields", custom);
        String id = create(wanted);
        assertThat(stage.vendor.calls()).filteredOn(call -> call.contains("field") && !call.startsWith("list"))
                .isEmpty();
        Map<String, Object> read = get(id);
        assertThat(fields(read).get("External ID")).isEqualTo(Map.of("id", ClickUpFieldState.EXTERNAL_ID, "name",
                "External ID", "type", "short_text", "value", MARKER));
        assertThat(fields(read).get("Stage").get("value")).isEqualTo(ClickUpFieldState.option("Signed"));
        assertThat(fields(read).get("Stage").get("label")).isEqualTo("Signed");
        assertThat(fields(read).get("Contract amount").get("value")).isEqualTo(new BigDecimal("12500.50"));
        assertThat(fields(read).get("Related contract").containsKey("value")).as("unset").isFalse();
        assertThat(read).containsEntry("due_on", LocalDate.of(2026, 12, 1));
        assertThat(differs(id, wanted)).as("all of it is there").isFalse();
    }

    @Test
    void whatPeopleHaveRenamedIsRefusedOnceByClickUpAndThenByUsWithWhatThereIs() {
        String id = create(Map.of("name", "Доставка", "custom_fields", Map.of("Planned hours", 1)));
        update(id, Map.of("status", "in progress"));
        stage.state().statuses(list, "to do", "in progress", "готово");
        stage.state().tasks().fields().remove("e87b3a10-4f5c-46c8-9d1a-3c0f7a5b1106");
        for (Map<String, Object> stale : List.of(Map.<String, Object>of("status", "complete"), Map.<String, Object>of(
                "custom_fields", Map.of("Planned hours", 2)))) {
            assertThatThrownBy(() -> update(id, stale)).isInstanceOf(VendorException.Refused.class);
            long calls = stage.vendor.calls().stream().filter(List.of("update task", "set field")::contains).count();
            assertThatThrownBy(() -> update(id, stale)).isInstanceOf(VendorException.Refused.class)
                    .hasMessageContaining(stale.containsKey("status") ? "готово" : "External ID");
            assertThat(stage.vendor.calls().stream().filter(List.of("update task", "set field")::contains).count())
                    .isEqualTo(calls);
        }
    }

    @Test
    void anEventThatIsDatedALittleLaterThanItsChangeIsNotWaitedFor() {
        String id = create(Map.of("name", "Доставка"));
        assertThat(stage.<Map<String, Object>>read("task", "get", Map.of("id", id, "date", stage.clock.instant()
                .plusMillis(700).toString()))).containsEntry("id", id);
    }

    @Test
    void aSubtaskIsNotMadeATaskOfItsOwn() {
        String id = create(Map.of("name", "Часть", "parent", stage.state().tasks().enter(list, "Целое")));
        Map<String, Object> alone = new HashMap<>();
        alone.put("parent", null);
        assertThatThrownBy(() -> update(id, alone)).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("ClickUp lets no program");
    }

    @Test
    void customFieldsAreChangedOneByOneOnlyWhereTheyDifferAndCleared() {
        String id = create(Map.of("name", "Доставка"));
        VALUES.forEach((name, values) -> {
            for (Object value : values) {
                Map<String, Object> change = Map.of("custom_fields", Map.of(name, value));
                if (differs(id, change)) {
                    update(id, change);
                }
                assertThat(differs(id, change)).as(name + " " + value).isFalse();
            }
            Map<String, Object> cleared = new HashMap<>();
            cleared.put(name, null);
            if (differs(id, Map.of("custom_fields", cleared))) {
                update(id, Map.of("custom_fields", cleared));
            }
            assertThat(fields(get(id)).get(name).get("value")).as(name).isIn(null, false);
        });
        long before = stage.vendor.calls().stream().filter("set field"::equals).count();
        update(id, Map.of("custom_fields", Map.of("Planned hours", 5, "External ID", MARKER)));
        assertThat(stage.vendor.calls().stream().filter("set field"::equals).count()).isEqualTo(before + 1);
    }

    @Test
    void anOptionKeepsItsMeaningWhenPeopleOrderTheOptionsAnew() {
        String id = create(Map.of("name", "Доставка", "custom_fields", Map.of("Stage", "Signed")));
        stage.state().tasks().fields().options("Signed", "Invoiced", "Draft");
        assertThat(fields(get(id)).get("Stage").get("label")).isEqualTo("Signed");
        assertThatThrownBy(() -> update(id, Map.of("custom_fields", Map.of("Stage", "Archived"))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("Signed");
    }

    @Test
    void whatOnePutDoesNotTakeGoesByCallsOfItsOwn() {
        String id = create(Map.of("name", "Доставка", "assignees", List.of(ClickUpState.ANNA), "tags",
                List.of("contract")));
        String other = stage.state().listIn(stage.state().folder(ClickUpState.SPACE, "Другая"), "Intake");
        Map<String, Object> change = new LinkedHashMap<>(Map.of("assignees", List.of(ClickUpState.BEN), "tags",
                List.of("urgent"), "list", other, "status", "complete", "name", "Доставка 2", "due_date",
                Instant.parse("2026-12-01T15:30:00Z"), "archived", true));
        change.put("priority", null);
        update(id, change);
        Map<String, Object> now = stage.state().tasks().task(id);
        assertThat(((List<?>) now.get("assignees"))).singleElement().extracting("id").isEqualTo(ClickUpState.BEN);
        assertThat((List<?>) now.get("watchers")).as("nobody became a watcher").hasSize(1);
        assertThat((List<?>) now.get("tags")).singleElement().extracting("name").isEqualTo("urgent");
        assertThat(((Map<?, ?>) now.get("list")).get("id")).isEqualTo(other);
        assertThat(now).containsEntry("due_date", "1796139000000");
        assertThat(differs(id, change)).isFalse();
        assertThat(get(id)).as("closed tasks are seen").containsKey("date_closed");
    }

    @Test
    void aGuestWhoCannotBeAssignedIsSaidAndAnUnknownStatusNamesThoseThereAre() {
        String id = create(Map.of("name", "Доставка"));
        stage.switches().guest(ClickUpState.BEN);
        assertThatThrownBy(() -> update(id, Map.of("assignees", List.of(ClickUpState.BEN))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("did not assign");
        assertThatThrownBy(() -> update(id, Map.of("status", "в работе")))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("in progress");
        stage.state().statuses(list, "новая", "в работе", "готово");
        update(id, Map.of("status", "В работе"));
        assertThat((Map<?, ?>) get(id).get("status")).extracting("status").isEqualTo("в работе");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCreateWhoseAnswerWasLostMakesOneTask(boolean lagging) {
        stage.switches().lag(lagging ? Duration.ofSeconds(60) : Duration.ZERO);
        stage.faults().next("create task", Faults.Kind.LOST_ANSWER);
        assertThat(stage.settle("task", "create", task(Map.of("name", "Доставка")))).containsKey("id");
        assertThat(stage.state().tasks().size()).isEqualTo(1);
    }

    @Test
    void aTaskIsFoundAgainWhereverPeopleHavePutIt() {
        String id = create(Map.of("name", "Доставка", "status", "complete"));
        stage.state().tasks().moveTo(id, stage.state().listIn(stage.state().folder(ClickUpState.SPACE, "B"), "C"));
        stage.state().tasks().edit(id, "archived", true);
        stage.switches().automationRenames(true);
        assertThat(stage.again("task", "create", task(Map.of("name", "Доставка")))).containsEntry("id", id);
        Map<String, Object> longer = new HashMap<>(task(Map.of("name", "Доставка 2")));
        longer.put("marker", MARKER + "1");
        assertThat(stage.write("task", "create", longer).get("id")).isNotEqualTo(id);
        assertThat(stage.again("task", "create", task(Map.of("name", "Доставка")))).containsEntry("id", id);
    }

    @Test
    void withoutAPlaceForItsMarkerNoTaskIsMade() {
        stage.state().tasks().fields().remove(ClickUpFieldState.EXTERNAL_ID);
        assertThatThrownBy(() -> create(Map.of("name", "Доставка"))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("text field");
        assertThatThrownBy(() -> stage.prepare("task", "create", Map.of("list", list, "marker", MARKER, "markerField",
                "Stage", "fields", Map.of("name", "Доставка")))).hasMessageContaining("no text");
        assertThat(stage.state().tasks().size()).isZero();
    }

    @Test
    void theFreePlansCapAndATrashedListAreRefusedWithTheirCure() {
        stage.switches().fieldUses(0);
        assertThatThrownBy(() -> create(Map.of("name", "Доставка"))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("FIELD_033").hasMessageContaining("plan");
        stage.switches().fieldUses(10);
        stage.state().trash(list);
        assertThatThrownBy(() -> create(Map.of("name", "Доставка"))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("ACCESS_100").hasMessageContaining("trash");
    }

    @Test
    void aDeletedTaskIsToldAsOneAndAnUnreachableOneIsNot() {
        String id = create(Map.of("name", "Доставка"));
        stage.switches().unreachable(id, true);
        assertThatThrownBy(() -> get(id)).isInstanceOf(VendorException.Refused.class)
                .satisfies(refused -> assertThat(((VendorException) refused).code()).isEqualTo("unreachable"));
        stage.switches().unreachable(id, false);
        stage.faults().next("delete task", Faults.Kind.LOST_ANSWER);
        stage.write("task", "delete", id);
        stage.again("task", "delete", id);
        assertThat(get(id)).isEqualTo(Map.of("id", id, "deleted", true));
        assertThat(stage.done("delete task")).isEqualTo(1);
    }

    @Test
    void aTaskReadTooEarlyAfterItsEventIsReadAgain() {
        String id = create(Map.of("name", "Доставка"));
        Map<String, Object> told = Map.of("id", id, "date", stage.clock.instant().plusSeconds(3).toString());
        assertThatThrownBy(() -> stage.read("task", "get", told)).isInstanceOf(VendorException.NotYet.class);
        stage.clock.advance(Duration.ofSeconds(30));
        assertThat(stage.<Map<String, Object>>read("task", "get", told)).as("what does not move date_updated")
                .containsEntry("id", id);
    }

    @Test
    void aListShowsClosedTasksAndSubtasksOfAllItsPages() {
        List<String> ids = java.util.stream.IntStream.range(0, 250).mapToObj(n -> stage.state().tasks()
                .enter(list, "Задача " + n)).toList();
        stage.state().tasks().edit(ids.get(0), "status", "complete");
        stage.state().tasks().edit(ids.get(1), "parent", ids.get(0));
        stage.state().tasks().edit(ids.get(2), "archived", true);
        for (boolean lastPage : new boolean[] {true, false}) {
            stage.switches().lastPage(lastPage);
            assertThat(stage.<List<?>>read("task", "list", Map.of("list", list))).hasSize(249);
        }
        assertThat(stage.<List<?>>read("task", "list", Map.of("list", list, "filter", Map.of("archived", true))))
                .hasSize(250);
    }

    @Test
    void aCommentIsWrittenOnceAndFoundBehindManyOthers() {
        String id = create(Map.of("name", "Доставка"));
        Map<String, Object> comment = Map.of("task", id, "marker", MARKER, "fields", Map.of("comment_text", "Готово"));
        ClickUpSwitches.Held held = stage.switches().hold("create comment");
        stage.restart(Duration.ofMillis(300));
        stage.clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> stage.write("comment", "create", comment)).isInstanceOf(VendorException.Unclear.class);
        assertThatCodeReleases(held);
        stage.restart(Duration.ofSeconds(20));
        java.util.stream.IntStream.range(0, 60).forEach(n -> stage.write("comment", "create", Map.of("task", id,
                "marker", "sverka:version:main:" + n, "fields", Map.of("comment_text", "Ещё"))));
        stage.again("comment", "create", comment);
        List<Map<String, Object>> all = stage.read("comment", "list", Map.of("task", id));
        assertThat(all).hasSize(61).filteredOn(one -> one.get("comment_text").equals("Готово\n" + MARKER)).hasSize(1);
        String last = all.get(0).get("id").toString();
        stage.write("comment", "update", Map.of("id", last, "fields", Map.of("comment_text", "Исправлено")));
        stage.write("comment", "delete", last);
        assertThat(stage.<List<?>>read("comment", "list", Map.of("task", id))).hasSize(60);
    }

    private static void assertThatCodeReleases(ClickUpSwitches.Held held) {
        org.assertj.core.api.Assertions.assertThatCode(held::release).doesNotThrowAnyException();
    }
}
