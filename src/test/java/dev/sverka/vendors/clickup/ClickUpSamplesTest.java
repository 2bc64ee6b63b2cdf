package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.records.time.TimeEntry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Answers in the shapes that were recorded are read for what they say. */
class ClickUpSamplesTest {

    private static final JsonMapper JSON = JsonMapper.builder().enable(
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS).build();
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private static Map<String, Object> sample(String name) throws IOException {
        return ClickUpWorkspace.map(JSON.readValue(Files.readAllBytes(Path.of("src/test/resources/vendors/clickup",
                name)), Map.class));
    }

    private static Map<String, Object> first(Object rows) {
        return ClickUpWorkspace.map(((List<?>) rows).get(0));
    }

    @Test
    void everyKindOfCustomFieldIsDecoded() throws IOException {
        Map<String, Object> task = ClickUpBodies.read(first(sample("task-by-external-id.json").get("tasks")),
                ZoneId.of("Europe/Berlin"));
        Map<String, Object> values = new HashMap<>();
        ((List<?>) task.get("custom_fields")).forEach(one -> values.put(String.valueOf(ClickUpWorkspace.map(one)
                .get("name")), ClickUpWorkspace.map(one).get("value")));
        assertThat(values).containsEntry("External ID", "VW-2026-014/3")
                .containsEntry("Contract amount", new BigDecimal("12500.5"))
                .containsEntry("Planned hours", new BigDecimal("18"))
                .containsEntry("Paid on", Instant.ofEpochMilli(1796135400000L))
                .containsEntry("Stage", "d1000000-0000-4000-8000-00000000a002")
                .containsEntry("Account manager", List.of(55120002L))
                .containsEntry("Related contract", List.of("86czz0b02"))
                .containsEntry("Needs act", true).containsEntry("Terms", null);
        assertThat(task.toString()).doesNotContain("sharing=");
    }

    @Test
    void timeIsReadInEachOfItsMixedTypes() throws IOException {
        List<?> rows = (List<?>) sample("time-entries.json").get("data");
        assertThat(ClickUpTimes.read("clickup.main", ClickUpWorkspace.map(rows.get(0)), NOW)).as("running").isNull();
        TimeEntry listed = ClickUpTimes.read("clickup.main", ClickUpWorkspace.map(rows.get(1)), NOW);
        assertThat(listed.millis()).isEqualTo(12_600_000);
        assertThat(listed.task().listId()).isEqualTo("901590030031");
        assertThat(listed.tags()).containsExactly("onsite");
        TimeEntry posted = ClickUpTimes.read("clickup.main", ClickUpWorkspace.map(sample("create-time-entry.json")
                .get("data")), NOW);
        assertThat(posted.millis()).isEqualTo(12_600_000);
        assertThat(posted.startAt()).isEqualTo(listed.startAt());
        TimeEntry without = ClickUpTimes.read("clickup.main", ClickUpWorkspace.map(sample("get-time-entry.json")
                .get("data")), NOW);
        assertThat(without.task()).isNull();
        assertThat(without.billable()).isFalse();
    }

    @Test
    void secretsOfListsAndWebhooksAreLeftOut() throws IOException {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        assertThat(ClickUpBodies.read(sample("get-list.json"), zone).toString()).doesNotContain("tasks.clickup.com");
        Map<String, Object> webhook = first(sample("get-webhooks-suspended.json").get("webhooks"));
        assertThat(ClickUpBodies.read(webhook, zone).toString()).doesNotContain("SAMPLEONLY0SECRET");
        assertThat(ClickUpWebhooks.isActive(webhook)).isFalse();
    }
}
