package dev.sverka.flows.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a ClickUp the flow keeps nothing, so that nothing piles up. */
class ProjectsOffTest {

    @TempDir
    Path home;

    @Test
    void withoutClickUpNoWorkIsKept() throws Exception {
        try (ProjectsStage stage = new ProjectsStage(home, Databases.h2Url(home), "--sverka.clickup.main.token=")
                .start()) {
            int deal = stage.deal("Без ClickUp", "В работе");
            stage.stage(deal, "Этап", null, LocalDate.parse("2026-12-25"));
            // the deal has been read; before that there is nothing to keep
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> stage.jdbc().sql("select count(*) from entry")
                    .query(Long.class).single() > 0);
            stage.quiet();
            assertThat(stage.jdbc().sql("select distinct flow from entry").query(String.class).list())
                    .as("what other flows keep of a deal is theirs").containsOnly("deal-process");
            assertThat(stage.clickup.calls()).isEmpty();
        }
    }

    @Test
    void aFieldThatIsNotOnThePortalIsNeverWritten() {
        assertThat(Item.lacks(Map.of("entity", "deal", "missing", List.of("deal.field.clickupFolder")),
                "clickupFolder")).isFalse();
        assertThat(Item.lacks(Map.of("entity", "deal", "missing", List.of("deal.field.vat")), "clickupFolder"))
                .isTrue();
    }
}
