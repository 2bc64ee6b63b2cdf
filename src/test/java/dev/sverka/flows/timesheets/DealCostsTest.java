package dev.sverka.flows.timesheets;

import static dev.sverka.flows.projects.ProjectsStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.core.state.Links;
import dev.sverka.flows.books.FinTabloIds;
import dev.sverka.flows.projects.ProjectsStage;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.clickup.ClickUpState;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours × cost rate is the cost price of FinTablo's deal where the route says so, over HTTP on all sides. */
class DealCostsTest {

    private static final String RATES = """
            vat: included
            costs:
              - {rate: "1200.00", person: anna.orlova@example.com}
              - {rate: "900.00"}
            """;

    @TempDir
    Path home;

    private static ProjectsStage stage(Path home, FinTabloStandIn books, String word) throws Exception {
        return new ProjectsStage(home, Databases.h2Url(home), "--sverka.fintablo.main.url=" + books.url(),
                "--sverka.fintablo.main.token=" + FinTabloStandIn.TOKEN).mapping("rates.yaml", RATES)
                .route("timesheets.yaml", text -> text.replace("cost: off'", "cost: " + word + "'"));
    }

    private static long puts(FinTabloStandIn books) {
        return books.company().ledger().stream().filter(change -> change.startsWith("update deal ")).count();
    }

    @Test
    void theWholeCostIsWrittenWheneverHoursChangeAndTwiceIsOnce() throws Exception {
        try (FinTabloStandIn books = new FinTabloStandIn(0, Clock.systemUTC());
                ProjectsStage stage = stage(home, books, "on").start()) {
            books.company().switches().perMinute(100_000);
            long theirs = books.company().enter("deal", Map.of("name", "Магазин"));
            int deal = stage.deal("Магазин", "В работе");
            String task = stage.space.tasks().enter(stage.settled(stage.stage(deal, "Каталог", null, null)), "Корзина");
            Instant now = stage.clock.instant();
            String first = stage.space.time().enter(ClickUpState.ANNA, task, now, Duration.ofMinutes(90), "", true);
            stage.quiet();
            assertThat(puts(books)).as("FinTablo does not hold the deal yet").isZero();
            stage.bean(Links.class).link(FinTabloIds.DEALS, Integer.toString(deal), Long.toString(theirs));
            stage.bean(Timesheets.class).costsDue();
            cost(books, theirs, "1800.00");
            books.faults().next("update deal", Faults.Kind.LOST_ANSWER);
            stage.space.time().enter(ClickUpState.BEN, task, now, Duration.ofMinutes(10), "", false);
            cost(books, theirs, "1950.00");
            stage.quiet();
            stage.space.time().edit(first, Map.of("start", now.toEpochMilli(), "end", now.plusSeconds(3600)
                    .toEpochMilli()));
            cost(books, theirs, "1350.00");
            stage.quiet();
            long written = puts(books);
            assertThat(written).as("three sums; the one whose answer was lost may go out again, and is whole").isBetween(3L,
                    4L);
            books.company().edit("deal", theirs, "customCostPrice", new BigDecimal("7"));
            stage.bean(Timesheets.class).costsDue();
            stage.quiet();
            assertThat(puts(books)).as("nothing has changed on our side: a person's figure stays").isEqualTo(written);
        }
    }

    private static void cost(FinTabloStandIn books, long deal, String roubles) {
        eventually(() -> assertThat(new BigDecimal(Objects.requireNonNullElse(books.company().one("deal",
                deal).get("customCostPrice"), "0").toString())).isEqualByComparingTo(roubles));
    }

    @Test
    void asShippedNothingIsWritten() throws Exception {
        try (FinTabloStandIn books = new FinTabloStandIn(0, Clock.systemUTC());
                ProjectsStage stage = stage(home, books, "off").start()) {
            long theirs = books.company().enter("deal", Map.of("name", "Магазин"));
            int deal = stage.deal("Магазин", "В работе");
            String task = stage.space.tasks().enter(stage.settled(stage.stage(deal, "Каталог", null, null)), "Корзина");
            stage.bean(Links.class).link(FinTabloIds.DEALS, Integer.toString(deal), Long.toString(theirs));
            stage.space.time().enter(ClickUpState.ANNA, task, stage.clock.instant(), Duration.ofHours(1), "", true);
            stage.quiet();
            assertThat(puts(books)).isZero();
        }
    }
}
