package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.DeclaredPortal;
import dev.sverka.sandbox.bitrix24.Portal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where in FinTablo money stands: the direction of the deal's funnel, the deal for income, its stage for what is paid out. */
class BooksPlacesTest {

    private static final Bitrix24StandIn PORTAL = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);

    @TempDir
    static Path home;

    private static BooksStage stage;
    private static DeclaredPortal portal;

    @BeforeAll
    static void start() throws IOException {
        portal = new DeclaredPortal(Portal.of(PORTAL.crm()), Portals.declared(Files.readString(
                Path.of("mappings/portal.yaml"))).get());
        stage = new BooksStage(home, Databases.h2Url(home), "--sverka.bitrix24.main.url=" + PORTAL.url());
    }

    @AfterAll
    static void stop() {
        stage.close();
        PORTAL.close();
    }

    private static Map<String, Object> out(long stageItem) {
        return Map.of("pipeline", "out", "stage", "due", "stageItem", stageItem);
    }

    @Test
    void theDirectionFollowsTheDealsFunnelAndTheDefaultHoldsForAllOthers() {
        stage.customer();
        stage.deal(151);
        stage.deal(152);
        stage.inSales(151);
        stage.invoice("ЗЗ-151", "151.00", 151);
        stage.invoice("ЗЗ-152", "152.00", 152);
        long sales = stage.imported(stage.day, "151.00", "Оплата по счету ЗЗ-151", null);
        long other = stage.imported(stage.day, "152.00", "Оплата по счету ЗЗ-152", null);
        stage.booked(stage.pay("151.00", "Оплата по счету ЗЗ-151"));
        stage.booked(stage.pay("152.00", "Оплата по счету ЗЗ-152"));
        assertThat(stage.theirs(sales)).containsEntry("directionId", stage.sales);
        assertThat(stage.theirs(other)).containsEntry("directionId", BooksStage.DIRECTION);
    }

    @Test
    void whatIsPaidOutStandsOnTheStageOfTheSameNameAndIncomeOnTheDeal() {
        stage.customer();
        long deal = stage.company.enter("deal", Map.of("name", "Магазин 161", "stages", List.of(
                Map.of("name", "Проектирование"), Map.of("name", "Вёрстка"), Map.of("name", "Проверка"),
                Map.of("name", "проверка"))));
        stage.links.link(Bookings.DEALS, "161", Long.toString(deal));
        List<?> stages = (List<?>) stage.company.one("deal", deal).get("stages");
        long layout = portal.add("stage", Map.of("title", "вЕрстка ", "deal", 161L));
        long check = portal.add("stage", Map.of("title", "Проверка", "deal", 161L));
        stage.payment("ИИ-161", "161.00", 161, out(layout));
        stage.payment("ИИ-162", "162.00", 161, out(check));
        stage.payment("ИИ-163", "163.00", 161, Map.of("pipeline", "in", "stage", "invoiced", "stageItem", layout));
        long onStage = stage.imported(stage.day, "161.00", "Оплата по счету ИИ-161", null, "outcome");
        long unclear = stage.imported(stage.day, "162.00", "Оплата по счету ИИ-162", null, "outcome");
        long income = stage.imported(stage.day, "163.00", "Оплата по счету ИИ-163", null);
        stage.booked(stage.pay("161.00", "Оплата по счету ИИ-161", "OUTGOING"));
        stage.booked(stage.pay("162.00", "Оплата по счету ИИ-162", "OUTGOING"));
        stage.booked(stage.pay("163.00", "Оплата по счету ИИ-163"));
        assertThat(stage.theirs(onStage)).containsEntry("dealId", ((Map<?, ?>) stages.get(1)).get("id"));
        assertThat(stage.theirs(unclear)).as("two stages of one name").containsEntry("dealId", deal);
        assertThat(stage.theirs(income)).containsEntry("dealId", deal);
    }
}
