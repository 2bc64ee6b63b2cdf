package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Settings;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What configuration makes of the room. */
class ClickUpConnectorTest {

    private final ClickUpStage stage = new ClickUpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static ClickUpProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("sverka",
                ClickUpProperties.class);
    }

    private ClickUpConnector connector(Map<String, String> settings) {
        ClickUpProperties properties = bound(settings);
        return new ClickUpConnector(properties, new Doors(ClickUpStage.UNLIMITED), stage.links, stage.clock,
                new Settings(ZoneId.of("Europe/Moscow"), Locale.forLanguageTag("ru"), ClickUpStage.PUBLIC_URL,
                        Duration.ZERO, "."),
                new ClickUpSecrets(properties.clickup(), stage.links));
    }

    private Map<String, String> here(String... more) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("sverka.clickup.main.url", stage.vendor.url(),
                "sverka.clickup.main.token", ClickUpStandIn.TOKEN));
        for (int n = 0; n < more.length; n += 2) {
            settings.put("sverka.clickup.main." + more[n], more[n + 1]);
        }
        return settings;
    }

    @Test
    void withoutATokenItIsOffAndItsDefaultsAreTheContracts() {
        assertThat(connector(Map.of()).accounts()).isEqualTo(Map.of("main", false));
        ClickUpProperties properties = bound(Map.of("sverka.clickup.main.token", "pk_secret", "sverka.clickup.main"
                + ".webhook-secret", "hook-secret"));
        ClickUpProperties.Account account = properties.clickup().get("main");
        assertThat(account.isOn()).isTrue();
        assertThat(account.url()).isEqualTo("https://api.clickup.com/api");
        assertThat(account.requestsPerMinute()).isEqualTo(80);
        assertThat(properties.toString()).doesNotContain("pk_secret").doesNotContain("hook-secret");
        assertThat(properties.poll().clickup()).hasMinutes(1);
        assertThat(properties.history().clickup()).hasDays(45);
    }

    @Test
    void whatCannotWorkIsRefusedAtTheStart() {
        Map.of("requests-per-minute", "1", "team-id", "acme").forEach((key, value) -> assertThatThrownBy(
                () -> bound(Map.of("sverka.clickup.main." + key, value))).as(key).hasMessageContaining("sverka"));
    }

    @Test
    void aPollIsStretchedToTheBudget() {
        Map<String, String> settings = here("requests-per-minute", "5");
        settings.put("sverka.poll.clickup", "1s");
        assertThat(connector(settings).feed("task").orElseThrow().every()).isEqualTo(Duration.ofMinutes(2));
        assertThat(connector(here()).feed("task").orElseThrow().every()).isEqualTo(Duration.ofMinutes(1));
        assertThat(connector(here()).feed("list").orElseThrow().every()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void checkNamesTokenRightsBudgetAndWebhook() {
        stage.switches().perMinute(100);
        List<Problem> problems = connector(here("requests-per-minute", "200")).check("main");
        assertThat(problems).extracting(Problem::toString).anyMatch(text -> text.contains("100"))
                .anyMatch(text -> text.contains("no webhook"));
        stage.switches().rateHeaders(false).perMinute(1_000);
        assertThat(connector(here("requests-per-minute", "2000")).check("main")).extracting(Problem::toString)
                .as("by the plan where no answer tells").anyMatch(text -> text.contains("1000"));
        stage.switches().rateHeaders(true);
        stage.switches().admin(false).perMinute(1_000_000);
        stage.write("webhook", "upsert", Map.of());
        assertThat(connector(here()).check("main")).extracting(Problem::toString).singleElement().asString()
                .contains("admin");
        stage.switches().admin(true);
        assertThat(connector(here("team-id", "7")).check("main")).extracting(Problem::toString).first().asString()
                .contains("team-id");
        assertThat(connector(here()).check("main")).isEmpty();
        stage.switches().tokenRevoked(true);
        assertThatThrownBy(() -> connector(here()).check("main")).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageNotContaining(ClickUpStandIn.TOKEN);
    }

    @Test
    void everyEntityHasItsVerbsEachDescribed() {
        ClickUpConnector connector = connector(Map.of());
        assertThat(connector.entities()).containsExactlyInAnyOrder("space", "folder", "list", "task", "field", "member",
                "time", "comment", "webhook");
        connector.entities().forEach(entity -> assertThat(connector.operations(entity)).containsKey("list")
                .allSatisfy((verb, operation) -> assertThat(operation.description()).isNotBlank()));
        for (String entity : List.of("folder", "list", "task", "time")) {
            assertThat(connector.operations(entity)).containsKeys("get", "create", "update", "delete");
            assertThat(connector.feed(entity)).isPresent();
            assertThat(connector.pushes(entity)).isTrue();
        }
        assertThat(connector.operations("webhook")).containsKeys("upsert", "delete");
        assertThat(connector.operations("deal")).isEmpty();
        assertThat(connector.feed("comment")).isEmpty();
        assertThat(connector.pushes("comment")).isFalse();
    }

    @Test
    void peopleSpacesAndFieldsAreRead() {
        assertThat(stage.<List<?>>read("member", "list", null)).hasSize(3);
        assertThat(stage.<List<?>>read("space", "list", null)).isNotEmpty();
        String list = stage.list();
        assertThat(stage.<List<?>>read("member", "list", Map.of("list", list))).hasSize(1);
        assertThat(stage.<List<?>>read("field", "list", Map.of("list", list)).toString()).contains("External ID")
                .contains("Signed");
    }
}
