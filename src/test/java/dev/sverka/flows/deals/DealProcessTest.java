package dev.sverka.flows.deals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Faults;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What stages of a deal create on the portal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DealProcessTest {

    private DealsStage stage;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        stage = new DealsStage(home, Databases.h2Url(home), false);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private long deal() {
        return stage.deal(stage.customer(DealsStage.inn(61)), "90000.00", "20 %");
    }

    private void moved(long deal, String to) {
        stage.portal.change("deal", deal, Map.of("stage", to));
        stage.rest();
    }

    private long todos() {
        return stage.vendor.writes().stream().filter(one -> one.startsWith("crm.activity.todo.add")).count();
    }

    private List<Long> of(String entity, long deal) {
        return stage.portal.ids(entity).stream().filter(id -> String.valueOf(stage.portal.held(entity, id, "deal"))
                .equals(Long.toString(deal))).toList();
    }

    @Test
    void aProposalAndItsToDoAreMadeOnceWhateverIsMovedAndLost() {
        long deal = deal();
        long before = todos();
        stage.vendor.faults().next("crm.item.add", Faults.Kind.LOST_ANSWER);
        moved(deal, "proposal");
        assertThat(of("proposal", deal)).hasSize(1);
        moved(deal, "new");
        moved(deal, "proposal");
        stage.portal.change("deal", deal, Map.of("title", "Лавка"));
        stage.rest();
        assertThat(of("proposal", deal)).hasSize(1).first().satisfies(id -> {
            assertThat(stage.portal.held("proposal", id, "xmlId")).isEqualTo(DealProcess.MARKER + deal);
            assertThat(new BigDecimal(stage.portal.held("proposal", id, "amount").toString()))
                    .isEqualByComparingTo("90000.00");
        });
        assertThat(todos()).isEqualTo(before + 1);
    }

    @Test
    void whatPeopleMadeThemselvesIsNotMadeAgain() {
        long deal = deal();
        stage.portal.add("proposal", Map.of("title", "Наше КП", "deal", deal));
        stage.portal.add("document", Map.of("title", "Наш договор", "deal", deal, "kind", "Договор"));
        moved(deal, "proposal");
        moved(deal, "contract");
        assertThat(of("proposal", deal)).hasSize(1);
        assertThat(of("document", deal)).hasSize(1);
    }

    @Test
    void theContractTakesWhatTheAcceptedProposalSays() {
        long deal = deal();
        stage.portal.add("proposal", Map.of("title", "Первое", "deal", deal, "stage", "accepted", "amount",
                new BigDecimal("80000.00"), "begin", "2026-12-01", "end", "2027-03-01", "requirements",
                "Витрина и склад"));
        stage.portal.add("proposal", Map.of("title", "Второе", "deal", deal, "amount", new BigDecimal("99000.00")));
        moved(deal, "contract");
        assertThat(of("document", deal)).hasSize(1);
        long contract = of("document", deal).get(0);
        assertThat(stage.portal.held("document", contract, "kind")).isEqualTo("Договор");
        assertThat(stage.portal.held("document", contract, "begin").toString()).startsWith("2026-12-01");
        assertThat(stage.portal.held("document", contract, "end").toString()).startsWith("2027-03-01");
        assertThat(new BigDecimal(stage.portal.held("document", contract, "amount").toString()))
                .isEqualByComparingTo("80000.00");
        moved(deal, "work");
        moved(deal, "contract");
        assertThat(of("document", deal)).hasSize(1);
        assertThat(stage.comments("document", contract)).hasSize(1).first().asString().contains("Витрина и склад",
                DealProcess.MARKER + deal);
    }

    @Test
    void anAcceptedProposalFillsTheOnlyEmptyStageAndSharesNothingByGuess() {
        long deal = deal();
        long filled = stage.portal.add("stage", Map.of("title", "Дизайн", "deal", deal, "plannedHours",
                new BigDecimal(30), "amount", new BigDecimal("30000.00")));
        long empty = stage.portal.add("stage", Map.of("title", "Вёрстка", "deal", deal));
        long proposal = stage.portal.add("proposal", Map.of("title", "КП", "deal", deal, "stage", "approval", "amount",
                new BigDecimal("90000.00"), "estimateHours", new BigDecimal(100)));
        stage.rest();
        assertThat(stage.portal.held("stage", empty, "plannedHours")).isIn(null, "");
        stage.portal.change("proposal", proposal, Map.of("stage", "accepted"));
        DealsStage.eventually(() -> assertThat(new BigDecimal(stage.portal.held("stage", empty, "amount").toString()))
                .isEqualByComparingTo("60000.00"));
        assertThat(new BigDecimal(stage.portal.held("stage", empty, "plannedHours").toString()))
                .isEqualByComparingTo("70");
        assertThat(new BigDecimal(stage.portal.held("stage", filled, "amount").toString()))
                .isEqualByComparingTo("30000.00");
        long other = deal();
        stage.portal.add("stage", Map.of("title", "Раз", "deal", other));
        stage.portal.add("stage", Map.of("title", "Два", "deal", other));
        long shared = stage.portal.add("proposal", Map.of("title", "КП", "deal", other, "stage", "accepted", "amount",
                new BigDecimal("10.00")));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-proposal", shared)).isNotEmpty().first().asString()
                .contains("этапов без плана несколько"));
    }

    @Test
    void whereFinTabloIsOffNothingPilesUp() {
        long deal = deal();
        stage.payment(stage.customer(DealsStage.inn(62)), deal, "in", "10.00");
        stage.rest();
        assertThat(stage.jdbc.sql("select count(*) from entry where flow in ('deal-fintablo', 'deal-plan')")
                .query(Long.class).single()).isZero();
        assertThat(stage.books.calls()).isEmpty();
    }
}
