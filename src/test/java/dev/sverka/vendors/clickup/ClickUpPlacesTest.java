package dev.sverka.vendors.clickup;

import static dev.sverka.vendors.clickup.ClickUpStage.MARKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.clickup.ClickUpState;
import dev.sverka.sandbox.clickup.ClickUpSwitches;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and lists, over HTTP. */
class ClickUpPlacesTest {

    private final ClickUpStage stage = new ClickUpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static Map<String, Object> folder(String name) {
        return Map.of("space", ClickUpState.SPACE, "marker", MARKER, "fields", Map.of("name", name));
    }

    private static Map<String, Object> list(String folder, String name) {
        return Map.of("folder", folder, "marker", MARKER, "fields", Map.of("name", name, "content", "Этап 1"));
    }

    private String made(Map<String, Object> result) {
        return result.get("id").toString();
    }

    @Test
    void aFolderCarriesTheDealsIdAtTheEndOfItsNameAndKeepsItWhenRenamed() {
        String id = made(stage.write("folder", "create", folder("Магазин")));
        assertThat(stage.state().place(id)).containsEntry("name", "Магазин #42");
        stage.write("folder", "update", Map.of("id", id, "fields", Map.of("name", "Магазин и склад")));
        assertThat(stage.state().place(id)).containsEntry("name", "Магазин и склад #42");
        assertThat(stage.prepare("folder", "update", Map.of("id", id, "fields", Map.of("name", "Магазин и склад"))))
                .as("nothing differs").isEmpty();
    }

    @Test
    void aListCarriesTheMarkerInItsContentAndKeepsWhatPeopleWrote() {
        String folder = stage.state().folder(ClickUpState.SPACE, "ACME");
        String id = made(stage.write("list", "create", list(folder, "Разработка")));
        assertThat(stage.state().place(id)).containsEntry("content", "Этап 1\n" + MARKER);
        stage.write("list", "update", Map.of("id", id, "fields", Map.of("content", "Начало 1 декабря")));
        assertThat(stage.state().place(id)).containsEntry("content", "Начало 1 декабря\n" + MARKER);
        Map<String, Object> read = stage.read("list", "get", id);
        assertThat(read).doesNotContainKey("inbound_address").containsEntry("task_count", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "list"})
    void aCreateWhoseAnswerWasLostMakesOne(String entity) {
        Map<String, Object> body = entity.equals("folder") ? folder("Магазин")
                : list(stage.state().folder(ClickUpState.SPACE, "ACME"), "Разработка");
        long before = stage.done("create " + entity);
        stage.faults().next("create " + entity, Faults.Kind.LOST_ANSWER);
        assertThat(stage.settle(entity, "create", body)).containsKey("id");
        assertThat(stage.done("create " + entity)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"ERROR_500", "BAD_GATEWAY", "HTML_200", "RESET_BEFORE"})
    void aCreateThatCameToNothingIsSentAgainAfterAQuietTime(Faults.Kind fault) {
        stage.faults().next("create folder", fault);
        assertThat(stage.settle("folder", "create", folder("Магазин"))).containsKey("id");
        assertThat(stage.done("create folder")).isEqualTo(1);
        assertThat(stage.vendor.calls()).filteredOn("create folder"::equals).hasSize(2);
    }

    @Test
    void whatClickUpDoesAfterWeHaveGoneIsFound() throws InterruptedException {
        stage.restart(Duration.ofMillis(300));
        stage.clock.advance(Duration.ofHours(1));
        ClickUpSwitches.Held held = stage.switches().hold("create folder");
        assertThatThrownBy(() -> stage.write("folder", "create", folder("Магазин")))
                .isInstanceOf(VendorException.Unclear.class);
        assertThatThrownBy(() -> stage.again("folder", "create", folder("Магазин")))
                .as("ClickUp may still be at work").isInstanceOf(VendorException.NotYet.class);
        held.release();
        assertThat(stage.again("folder", "create", folder("Магазин"))).containsKey("id");
        assertThat(stage.done("create folder")).isEqualTo(1);
    }

    @Test
    void aDealThatIsCalledOtherwiseByNowKeepsItsFolderAlsoForAStoreThatForgotIt() {
        String id = made(stage.write("folder", "create", folder("Магазин")));
        assertThat(made(stage.write("folder", "create", folder("Магазин и склад")))).isEqualTo(id);
        assertThat(stage.done("create folder")).isEqualTo(1);
    }

    @Test
    void anotherProcessLooksBeforeItSendsAnything() {
        stage.write("folder", "create", folder("Магазин"));
        stage.restart(Duration.ofSeconds(20));
        assertThat(stage.again("folder", "create", folder("Магазин"))).containsKey("id");
        assertThat(stage.done("create folder")).isEqualTo(1);
        Map<String, Object> other = new HashMap<>(folder("Другой"));
        other.put("marker", "sverka:deal-clickup:main:4");
        assertThatThrownBy(() -> stage.again("folder", "create", other)).as("an orphan may still come")
                .isInstanceOf(VendorException.NotYet.class);
    }

    @Test
    void aTakenNameIsAdoptedUnlessItIsAnothersOrInTheTrash() {
        String folder = stage.state().folder(ClickUpState.SPACE, "ACME");
        String peoples = stage.state().listIn(folder, "Разработка");
        stage.state().edit(peoples, "content", "Написали люди");
        assertThat(made(stage.write("list", "create", list(folder, "разработка ")))).isEqualTo(peoples);
        assertThat(stage.state().place(peoples)).containsEntry("content", "Написали люди\n" + MARKER);

        Map<String, Object> second = new HashMap<>(list(folder, "Разработка"));
        second.put("marker", "sverka:deal-clickup:main:43");
        String numbered = made(stage.write("list", "create", second));
        assertThat(stage.state().place(numbered)).containsEntry("name", "Разработка (2)");

        String trashed = stage.state().listIn(folder, "Приёмка");
        stage.state().trash(trashed);
        Map<String, Object> third = new HashMap<>(list(folder, "Приёмка"));
        third.put("marker", "sverka:deal-clickup:main:44");
        assertThat(stage.state().place(made(stage.write("list", "create", third)))).containsEntry("name",
                "Приёмка (2)");

        String own = made(stage.write("folder", "create", folder("Магазин")));
        stage.state().archive(own, true);
        assertThat(made(stage.write("folder", "create", folder("Магазин")))).as("the marker, archived too")
                .isEqualTo(own);
        stage.state().trash(own);
        assertThat(stage.state().place(made(stage.write("folder", "create", folder("Магазин")))))
                .containsEntry("name", "Магазин (2) #42");
    }

    @Test
    void aMarkerIsComparedAsAWholeAndFoundWhereListingsShowNoContent() {
        String folder = stage.state().folder(ClickUpState.SPACE, "ACME");
        Map<String, Object> longer = new HashMap<>(list(folder, "Разработка 2"));
        longer.put("marker", MARKER + "1");
        stage.write("list", "create", longer);
        stage.switches().contentListed(false);
        stage.faults().next("create list", Faults.Kind.LOST_ANSWER);
        String id = made(stage.settle("list", "create", list(folder, "Разработка")));
        assertThat(stage.state().place(id)).containsEntry("name", "Разработка");
        assertThat(stage.done("create list")).isEqualTo(2);
    }

    /** Section 5: a day comes back as 04:00 in the zone of the token's user. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-12-01", "2026-07-01", "2026-10-25"})
    void aDayIsComparedAsADayOverTheClockChange(String day) {
        String list = stage.list();
        Map<String, Object> change = Map.of("id", list, "fields", Map.of("due_date", LocalDate.parse(day)));
        stage.write("list", "update", change);
        assertThat(stage.prepare("list", "update", change)).isEmpty();
        Map<String, Object> read = stage.read("list", "get", list);
        assertThat(read).containsEntry("due_on", LocalDate.parse(day));
        assertThat((Instant) read.get("due_date")).isEqualTo(LocalDate.parse(day).atTime(4, 0)
                .atZone(java.time.ZoneId.of("Europe/Berlin")).toInstant());
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("due_date", null);
        stage.write("list", "update", Map.of("id", list, "fields", cleared));
        assertThat(stage.<Map<String, Object>>read("list", "get", list)).doesNotContainKey("due_date");
    }

    @Test
    void priorityAndResponsiblePersonAreWrittenAndCleared() {
        String list = stage.list();
        Map<String, Object> set = Map.of("id", list, "fields", Map.of("priority", 2, "assignee", ClickUpState.ANNA));
        stage.write("list", "update", set);
        assertThat(stage.prepare("list", "update", set)).isEmpty();
        Map<String, Object> nobody = new HashMap<>();
        nobody.put("assignee", null);
        nobody.put("priority", null);
        stage.write("list", "update", Map.of("id", list, "fields", nobody));
        assertThat(stage.state().place(list)).containsEntry("assignee", null).containsEntry("priority", null);
        assertThat(stage.prepare("list", "update", Map.of("id", list, "fields", nobody))).isEmpty();
    }

    /** Section 15: the trash answers 200 and takes changes. */
    @ParameterizedTest
    @ValueSource(strings = {"folder", "list"})
    void theTrashIsSeenForWhatItIs(String entity) {
        String list = stage.list();
        String id = entity.equals("list") ? list
                : ((Map<?, ?>) stage.state().place(list).get("folder")).get("id").toString();
        stage.write(entity, "delete", id);
        assertThat(stage.<Map<String, Object>>read(entity, "get", id)).isEqualTo(Map.of("id", id, "deleted", true));
        assertThatThrownBy(() -> stage.prepare(entity, "update", Map.of("id", id, "fields", Map.of("name", "Другой"))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("trash");
        assertThat(stage.<List<?>>read(entity, "list", Map.of("space", ClickUpState.SPACE))).isEmpty();
        stage.write(entity, "delete", id);
    }

    @Test
    void whatARouteCannotMeanIsRefusedWithItsName() {
        assertThatThrownBy(() -> stage.prepare("folder", "create", Map.of("space", ClickUpState.SPACE, "fields",
                Map.of("name", "Без маркера")))).hasMessageContaining("marker");
        assertThatThrownBy(() -> stage.prepare("list", "update", Map.of("id", stage.list(), "fields", Map.of("nane",
                "x")))).hasMessageContaining("nane").hasMessageContaining("name, content");
        assertThatThrownBy(() -> stage.read("list", "get", "../../team")).hasMessageContaining("id");
    }
}
