package dev.sverka.flows.deals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Faults;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Deals that are given a stage and a payment each month. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupportDealsTest {

    private DealsStage stage;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        stage = new DealsStage(home, Databases.h2Url(home), false, text -> text.replace(
                "'monthly', 'support', 'any'", "'monthly', 'main', 'contract'"));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private List<Long> of(String entity, long deal) {
        return stage.portal.ids(entity).stream().filter(id -> String.valueOf(stage.portal.held(entity, id, "deal"))
                .equals(Long.toString(deal))).toList();
    }

    private YearMonth now() {
        return YearMonth.from(LocalDate.ofInstant(stage.clock.instant(), ZoneId.of("Europe/Moscow")));
    }

    private void nextMonths(int months) {
        LocalDate today = LocalDate.ofInstant(stage.clock.instant(), ZoneId.of("Europe/Moscow"));
        stage.clock.advance(Duration.ofDays(today.until(now().plusMonths(months).atDay(3),
                ChronoUnit.DAYS)));
    }

    private BigDecimal amount(long payment) {
        return new BigDecimal(stage.portal.held("payment", payment, "amount").toString());
    }

    @Test
    void eachMonthHasOneStageAndOnePaymentWhateverIsLostOrRepeated() {
        YearMonth first = now();
        stage.vendor.faults().next("crm.item.add", Faults.Kind.LOST_ANSWER).next("crm.item.add",
                Faults.Kind.LOST_ANSWER);
        long customer = stage.customer(DealsStage.inn(91));
        long deal = stage.portal.add("deal", Map.of("title", "Поддержка «Ромашки»", "company", customer, "amount",
                new BigDecimal("30000.00"), "vat", "20 %", "stage", "contract"));
        DealsStage.eventually(() -> assertThat(of("payment", deal)).hasSize(1));
        stage.rest();
        stage.portal.change("deal", deal, Map.of("contractNumber", "9"));
        stage.rest();
        assertThat(of("stage", deal)).hasSize(1);
        assertThat(of("payment", deal)).hasSize(1);
        long step = of("stage", deal).get(0);
        long payment = of("payment", deal).get(0);
        assertThat(stage.portal.held("stage", step, "begin").toString()).startsWith(first.atDay(1).toString());
        assertThat(stage.portal.held("stage", step, "end").toString()).startsWith(first.atEndOfMonth().toString());
        assertThat(amount(payment)).isEqualByComparingTo("30000.00");
        assertThat(stage.portal.held("payment", payment, "period")).isEqualTo(first.toString());
        assertThat(stage.portal.held("payment", payment, "dueDate").toString()).startsWith(first.atDay(10).toString());
        assertThat(stage.portal.held("payment", payment, "stageItem").toString()).isEqualTo(Long.toString(step));

        stage.portal.delete("payment", payment);
        stage.portal.delete("stage", step);
        stage.rest();
        stage.portal.change("deal", deal, Map.of("contractNumber", "10"));
        stage.rest();
        assertThat(of("payment", deal)).as("what a person deleted is not made again").isEmpty();

        long own = stage.portal.add("payment", Map.of("title", "Сам", "pipeline", "in", "stage", "planned", "deal", deal,
                "company", customer, "amount", new BigDecimal("35000.00"), "period", first.plusMonths(1).toString()));
        nextMonths(2);
        DealsStage.eventually(() -> assertThat(of("stage", deal)).as("in the morning; the month before is made up").hasSize(2));
        DealsStage.eventually(() -> assertThat(of("payment", deal)).as("a person has made one").hasSize(2));
        stage.rest();
        long latest = of("payment", deal).stream().filter(id -> id != own).findFirst().orElseThrow();
        assertThat(stage.portal.held("payment", latest, "period")).isEqualTo(now().toString());
        assertThat(amount(latest)).as("as in the month before").isEqualByComparingTo("35000.00");

        stage.portal.change("deal", deal, Map.of("stage", "lost"));
        stage.rest();
        nextMonths(3);
        DealsStage.eventually(() -> assertThat(stage.jdbc.sql("select content from agreed where entity = 'deal-month'"
                + " and item = ?").param(Long.toString(deal)).query(String.class).single())
                .contains(now().minusMonths(1).toString()));
        stage.portal.change("deal", deal, Map.of("stage", "contract"));
        DealsStage.eventually(() -> assertThat(of("payment", deal)).hasSize(3));
        stage.rest();
        assertThat(of("payment", deal).stream().map(id -> stage.portal.held("payment", id, "period").toString()))
                .as("not the months in which it was none").hasSize(3).contains(now().toString());
    }
}
