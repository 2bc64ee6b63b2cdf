package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering, adopting and looking after the webhook, over HTTP. */
class ClickUpWebhooksTest {

    private static final Duration LOOK = Duration.ofMinutes(5);

    private final ClickUpStage stage = new ClickUpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private Map<String, Object> upsert() {
        return stage.write("webhook", "upsert", Map.of());
    }

    private Map<String, Object> only() {
        assertThat(stage.state().events().webhooks()).hasSize(1);
        return stage.state().events().webhooks().get(0);
    }

    private String health() {
        return ((Map<?, ?>) only().get("health")).get("status").toString();
    }

    @Test
    void itIsRegisteredOnceAndItsSecretIsKeptButNeverTold() {
        Map<String, Object> result = upsert();
        assertThat(only()).containsEntry("endpoint", ClickUpStage.PUBLIC_URL + "/hooks/clickup");
        assertThat(stage.secrets.of("main")).containsExactly(only().get("secret").toString());
        assertThat(result.toString()).doesNotContain(only().get("secret").toString());
        assertThat(stage.<List<?>>read("webhook", "list", Map.of()).toString()).contains("active")
                .doesNotContain(only().get("secret").toString());
        assertThat(stage.prepare("webhook", "upsert", Map.of())).as("it is there").isEmpty();
    }

    @Test
    void aLostAnswerAndAWebhookThatIsThereAreAdopted() {
        stage.faults().next("create webhook", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(this::upsert).isInstanceOf(VendorException.Unclear.class);
        assertThat(stage.prepare("webhook", "upsert", Map.of())).isEmpty();
        assertThat(stage.secrets.of("main")).containsExactly(only().get("secret").toString());
        // between our look and our call somebody else registers the same
        String id = only().get("id").toString();
        stage.state().events().remove(id);
        var effect = stage.prepare("webhook", "upsert", Map.of()).orElseThrow();
        stage.write("webhook", "upsert", Map.of());
        assertThat(effect.send().get()).containsEntry("id", only().get("id"));
    }

    @Test
    void oneOfAnotherUserIsSaidAndAnAddressThatIsNotPublicIsTriedAFewTimes() {
        upsert();
        stage.state().events().foreign(only().get("id").toString());
        assertThatThrownBy(this::upsert).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("another user");
        stage.switches().loopbackAllowed(false);
        Map<String, Object> other = Map.of("url", "http://127.0.0.1:8/hooks/clickup");
        for (int n = 0; n < 2; n++) {
            assertThatThrownBy(() -> stage.write("webhook", "upsert", other)).isInstanceOf(
                    VendorException.NotYet.class);
        }
        assertThatThrownBy(() -> stage.write("webhook", "upsert", other)).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("public-url");
    }

    @Test
    void missingEventsAreAddedAndForeignAddressesAreLeftAlone() {
        stage.write("webhook", "upsert", Map.of("url", "https://other.example.com/hook"));
        stage.write("webhook", "upsert", Map.of("events", List.of("taskCreated"), "space", ClickUpState.SPACE));
        stage.write("webhook", "upsert", Map.of("events", List.of("taskDeleted"), "space", ClickUpState.SPACE));
        assertThat(stage.state().events().webhooks()).hasSize(2).anySatisfy(one -> assertThat(one.get("events"))
                .isEqualTo(List.of("taskCreated", "taskDeleted")));
        assertThat(stage.secrets.of("main")).hasSize(1);
    }

    @Test
    void aSuspendedOneIsActivatedAndWhatItMissedIsRead() {
        upsert();
        String list = stage.list();
        String task = stage.state().tasks().enter(list, "Доставка");
        stage.poll("task");
        stage.clock.advance(Duration.ofHours(2));
        stage.poll("task");
        stage.state().events().suspend(only().get("id").toString());
        // neither moves date_updated: only events, or reading everything, tell it
        stage.state().tasks().quietly(task, "time_spent", 3_600_000);
        String gone = stage.state().tasks().enter(list, "Удалённая");
        assertThat(stage.later("task", Duration.ofMinutes(1))).extracting(news -> news.id()).containsExactly(gone);
        stage.state().tasks().trash(gone);
        assertThat(stage.later("task", LOOK)).extracting(news -> news.id()).containsExactlyInAnyOrder(task, gone);
        assertThat(health()).isEqualTo("active");
        assertThat(stage.later("task", LOOK)).isEmpty();
    }

    /** Whether activating forgets the failures is not known: what was dropped is read once, not at every look. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasDroppedIsReadOnce(boolean resets) {
        stage.switches().reactivationResets(resets);
        stage.write("webhook", "upsert", Map.of());
        stage.state().tasks().enter(stage.list(), "Доставка");
        stage.poll("task");
        stage.later("task", LOOK);
        stage.state().events().failing(only().get("id").toString(), 1);
        int before = stage.vendor.calls().size();
        stage.later("task", LOOK);
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size())).contains("update webhook")
                .filteredOn("list tasks"::equals).as("two walks and the sweep's").hasSize(4);
        int read = stage.vendor.calls().size();
        stage.later("task", LOOK);
        assertThat(stage.vendor.calls().subList(read, stage.vendor.calls().size())).doesNotContain("update webhook")
                .filteredOn("list tasks"::equals).hasSize(2);
        stage.state().events().failing(only().get("id").toString(), 2);
        stage.later("task", LOOK);
        assertThat(stage.vendor.calls()).filteredOn("update webhook"::equals).hasSize(2);
    }

    @Test
    void oneForAllEventsStaysSo() {
        stage.state().events().register(ClickUpStage.PUBLIC_URL + "/hooks/clickup", "*");
        stage.state().events().suspend(only().get("id").toString());
        stage.poll("task");
        assertThat(health()).isEqualTo("active");
        assertThat(only().get("events")).isEqualTo("*");
    }

    @Test
    void theTimeThatASuspendedOneMissedIsRereadToo() {
        upsert();
        String old = stage.state().time().enter(ClickUpState.ANNA, null, stage.clock.instant().minus(
                Duration.ofDays(40)), Duration.ofHours(1), "", true);
        stage.poll("time");
        stage.state().events().suspend(only().get("id").toString());
        stage.state().time().edit(old, Map.of("billable", false));
        assertThat(stage.later("time", LOOK)).hasSize(1);
        assertThat(health()).isEqualTo("active");
    }

    @Test
    void oneThatWasRemovedIsRegisteredAgainAndOneThatNeverWasIsNot() {
        stage.poll("task");
        assertThat(stage.state().events().webhooks()).as("provision registers it").isEmpty();
        upsert();
        String first = only().get("id").toString();
        stage.state().events().remove(first);
        stage.later("task", LOOK);
        assertThat(only().get("id")).isNotEqualTo(first);
        assertThat(stage.secrets.of("main")).containsExactly(only().get("secret").toString());
    }

    @Test
    void itIsRemovedWhereThatIsAsked() {
        upsert();
        String id = only().get("id").toString();
        stage.write("webhook", "delete", id);
        stage.write("webhook", "delete", id);
        assertThat(stage.state().events().webhooks()).isEmpty();
        stage.later("task", LOOK);
        assertThat(stage.state().events().webhooks()).as("nobody registers it again").isEmpty();
    }
}
