package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Hook;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.clickup.ClickUpEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ClickUp's events: proved by their signature, and taken for hints. */
class ClickUpHookTest {

    private static final Path SAMPLES = Path.of("src/test/resources/vendors/clickup/webhooks");
    private static final String SECRET = secret();

    private final Links links = Stores.open().links();

    private static String secret() {
        return signatures().path("secret").asString("");
    }

    private static JsonNode signatures() {
        try {
            return JsonMapper.builder().build().readTree(Files.readAllBytes(SAMPLES.resolve("signatures.json")));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private ClickUpHook hook(String configured) {
        Map<String, ClickUpProperties.Account> accounts = Map.of("main", new ClickUpProperties.Account(
                "https://api.clickup.com/api", "pk_1", "1", configured, 80));
        return new ClickUpHook(accounts, new ClickUpSecrets(accounts, links));
    }

    private static Hook.Request request(byte[] body, String signature) {
        return new Hook.Request("", Map.of("x-signature", signature), body);
    }

    private static Hook.Request signed(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return request(bytes, ClickUpEvents.signature(SECRET, bytes));
    }

    static Stream<Arguments> samples() {
        return signatures().path("deliveries").values().stream().map(one -> Arguments.of(
                one.path("file").asString(""), one.path("x_signature").asString("")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyRecordedDeliveryIsBelievedAndOneChangedByteIsNot(String file, String signature) throws Exception {
        byte[] body = Files.readAllBytes(SAMPLES.resolve(file));
        List<Hook.Pushed> told = hook(SECRET).receive(request(body, signature));
        String kind = file.startsWith("task") ? "task" : file.startsWith("list") ? "list" : "folder";
        if (file.startsWith("space")) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told.get(0).entity()).isEqualTo(kind);
            assertThat(told.get(0).id()).isIn("86czz0a11", "86czz0a15", "901590030031", "901590020020",
                    "901590030099");
        }
        byte[] changed = Arrays.copyOf(body, body.length);
        changed[body.length / 2] ^= 1;
        assertThatThrownBy(() -> hook(SECRET).receive(request(changed, signature)))
                .isInstanceOfSatisfying(Hook.Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void anEventOfTimeTellsOfTheTaskAndOfTheEntry() throws Exception {
        byte[] body = Files.readAllBytes(SAMPLES.resolve("taskTimeTrackedUpdated-edited.json"));
        List<Hook.Pushed> told = hook(SECRET).receive(request(body, ClickUpEvents.signature(SECRET, body)));
        assertThat(told).extracting(Hook.Pushed::entity).containsExactly("task", "time");
        assertThat(told.get(1).id()).hasSize(19);
        assertThat(((Map<?, ?>) told.get(0).body()).get("date")).isInstanceOf(Instant.class);
    }

    /** 401 or 410 would suspend the webhook at once. */
    @ParameterizedTest
    @ValueSource(strings = {"", "00", "x-ck", "0f6c2b1a9d3e4c588a7b5e4d3c2b1a090f6c2b1a9d3e4c588a7b5e4d3c2b1a09"})
    void aBadSignatureGets400(String signature) {
        assertThatThrownBy(() -> hook(SECRET).receive(request("{}".getBytes(StandardCharsets.UTF_8), signature)))
                .isInstanceOfSatisfying(Hook.Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"event\":", "\"x\""})
    void whatIsNoEventGets400EvenIfItIsSigned(String body) {
        assertThatThrownBy(() -> hook(SECRET).receive(signed(body)))
                .isInstanceOfSatisfying(Hook.Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"event\":\"goalCreated\",\"goal_id\":\"1\"}", "{\"event\":\"taskUpdated\"}",
            "{\"event\":\"taskUpdated\",\"task_id\":\"../../x\"}", "{\"auto_id\":\"1\",\"payload\":{}}"})
    void whatMeansNothingToUsIsTakenAndIgnored(String body) throws Exception {
        assertThat(hook(SECRET).receive(signed(body))).isEmpty();
    }

    @Test
    void aSecretOfAnAdoptedWebhookCountsAndWithoutAnyItIsAskedLater() throws Exception {
        Hook.Request event = signed("{\"event\":\"taskDeleted\",\"task_id\":\"86czz0a11\"}");
        assertThatThrownBy(() -> hook(null).receive(event))
                .isInstanceOfSatisfying(Hook.Refused.class, refused -> assertThat(refused.status()).isEqualTo(503));
        new ClickUpSecrets(Map.of(), links).learn("main", Map.of("1", SECRET));
        assertThat(hook(null).receive(event)).hasSize(1);
        assertThat(hook("another").receive(event)).hasSize(1);
    }
}
