package dev.sverka.flows.deals;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Deals and payments of a portal as they come into FinTablo. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DealsContract {

    DealsStage stage;

    abstract String url();

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        stage = new DealsStage(home, url(), true);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private static BigDecimal sum(Object value) {
        return new BigDecimal(value.toString()).setScale(2);
    }

    @Test
    void aDealWithItsPaymentsStandsInFinTabloAndCostsNothingUnchanged() {
        long customer = stage.customer(DealsStage.inn(1));
        long deal = stage.deal(customer, "120000.00", "20 %");
        long in = stage.payment(customer, deal, "in", "60000.00");
        long out = stage.payment(stage.customer(DealsStage.inn(2)), deal, "out", "1000.01");
        Map<String, Object> theirs = stage.one("deal", deal);
        assertThat(theirs).containsEntry("name", stage.portal.held("deal", deal, "title"))
                .containsEntry("directionId", DealsStage.DIRECTION).containsEntry("statusId", 40_711L);
        assertThat(sum(theirs.get("amount"))).isEqualByComparingTo("100000.00");
        assertThat(sum(theirs.get("nds"))).isEqualByComparingTo("20000.00");
        Map<String, Object> partner = stage.company.one("partner", (Long) theirs.get("partnerId"));
        assertThat(partner).containsEntry("inn", DealsStage.inn(1));
        Map<String, Object> income = stage.one("transaction", in);
        assertThat(income).containsEntry("dealId", theirs.get("id")).containsEntry("group", "income")
                .containsEntry("categoryId", 1_701_210L).containsEntry("moneybagId", 90_211L)
                .containsEntry("partnerId", partner.get("id")).containsEntry("date", "20.12.2026");
        assertThat(String.valueOf(income.get("isPlan"))).isEqualTo("1");
        Map<String, Object> outcome = stage.one("transaction", out);
        assertThat(sum(outcome.get("value"))).isEqualByComparingTo("1000.01");
        assertThat(outcome).containsEntry("group", "outcome").containsEntry("categoryId", 1_701_320L);
        assertThat(stage.company.one("partner", (Long) outcome.get("partnerId"))).containsEntry("inn",
                DealsStage.inn(2));
        stage.rest();
        List<String> before = stage.writes();
        long calls = stage.calls();
        stage.portal.change("deal", deal, Map.of("contractNumber", "17"));
        stage.portal.change("payment", in, Map.of("purpose", "Аванс"));
        stage.rest();
        assertThat(stage.writes()).as("what FinTablo does not hold is no change there").isEqualTo(before);
        assertThat(stage.calls()).isEqualTo(calls);
    }

    @Test
    void aPlanFollowsItsPaymentAndIsGoneWithIt() {
        long customer = stage.customer(DealsStage.inn(11));
        long deal = stage.deal(customer, "1000.00", "Без НДС");
        long payment = stage.payment(customer, deal, "in", "1000.00");
        long first = (Long) stage.one("transaction", payment).get("id");
        stage.portal.change("payment", payment, Map.of("dueDate", "2027-01-15"));
        DealsStage.eventually(() -> assertThat(stage.company.one("transaction", first)).containsEntry("date",
                "15.01.2027"));
        stage.company.edit("transaction", first, "categoryId", 1_701_001L);
        stage.portal.change("payment", payment, Map.of("paid", new BigDecimal("400.00"), "stage", "partlyPaid"));
        DealsStage.eventually(() -> assertThat(sum(stage.company.one("transaction", first).get("value"))).as(
                "the remainder").isEqualByComparingTo("600.00"));
        assertThat(stage.company.one("transaction", first)).as("an article set by a person").containsEntry("categoryId",
                1_701_001L);
        stage.portal.change("payment", payment, Map.of("paid", new BigDecimal("1000.00"), "stage", "paid"));
        DealsStage.eventually(() -> assertThat(stage.company.one("transaction", first)).isNull());
        stage.rest();
        stage.portal.change("payment", payment, Map.of("paid", new BigDecimal("0.00"), "stage", "invoiced"));
        assertThat(stage.one("transaction", payment)).as("money was taken back: it is to come once more")
                .doesNotContainEntry("id", first);
        stage.portal.delete("payment", payment);
        DealsStage.eventually(() -> assertThat(stage.theirs("transaction", payment)).isEmpty());
        stage.portal.change("deal", deal, Map.of("title", "Лавка", "stage", "won"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("name", "Лавка")
                .containsEntry("statusId", 40_713L));
    }

    @Test
    void whatAPersonDeletedOrMadeAFactIsLeftAlone() {
        long customer = stage.customer(DealsStage.inn(21));
        long deal = stage.deal(customer, "500.00", "Без НДС");
        long deleted = stage.payment(customer, deal, "in", "200.00");
        long confirmed = stage.payment(customer, deal, "in", "300.00");
        stage.company.remove("transaction", (Long) stage.one("transaction", deleted).get("id"));
        long fact = (Long) stage.one("transaction", confirmed).get("id");
        stage.company.edit("transaction", fact, "isPlan", 0);
        stage.rest();
        List<String> before = stage.writes();
        stage.portal.change("payment", deleted, Map.of("dueDate", "2027-01-15"));
        stage.portal.change("payment", confirmed, Map.of("amount", new BigDecimal("301.00")));
        stage.rest();
        stage.portal.change("payment", deleted, Map.of("dueDate", "2027-01-16"));
        stage.portal.change("payment", confirmed, Map.of("stage", "cancelled"));
        stage.rest();
        assertThat(stage.writes()).isEqualTo(before);
        assertThat(stage.company.one("transaction", fact)).as("a fact").isNotNull();
    }

    @Test
    void answersThatAreLostMakeNothingTwice() {
        for (String call : List.of("create partner", "create deal", "create transaction")) {
            stage.books.faults().next(call, Faults.Kind.LOST_ANSWER);
        }
        long customer = stage.customer(DealsStage.inn(31));
        long deal = stage.deal(customer, "700.00", "22 %");
        long payment = stage.payment(customer, deal, "in", "700.00");
        stage.one("transaction", payment);
        stage.rest();
        stage.portal.change("deal", deal, Map.of("title", "Витрина"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("name", "Витрина"));
        stage.rest();
        assertThat(stage.theirs("deal", deal)).hasSize(1);
        assertThat(stage.theirs("transaction", payment)).hasSize(1);
        assertThat(stage.company.all("partner").stream().filter(one -> DealsStage.inn(31).equals(one.get("inn"))))
                .hasSize(1);
    }

    @Test
    void twoCompaniesWithOneInnHaveOnePartnerAlsoOneThatFinTabloKnew() {
        long known = stage.company.enter("partner", Map.of("name", "Старый знакомый", "inn", DealsStage.inn(41)));
        long one = stage.deal(stage.customer(DealsStage.inn(41)), "10.00", "Без НДС");
        long other = stage.deal(stage.customer(DealsStage.inn(41)), "20.00", "Без НДС");
        long third = stage.deal(stage.customer(DealsStage.inn(42)), "10.00", "Без НДС");
        long fourth = stage.deal(stage.customer(DealsStage.inn(42)), "20.00", "Без НДС");
        assertThat(List.of(stage.one("deal", one), stage.one("deal", other))).allSatisfy(deal -> assertThat(deal)
                .containsEntry("partnerId", known));
        assertThat(stage.one("deal", third).get("partnerId")).isEqualTo(stage.one("deal", fourth).get("partnerId"));
        assertThat(stage.company.all("partner").stream().filter(partner -> DealsStage.inn(42)
                .equals(partner.get("inn")))).hasSize(1);
    }

    @Test
    void whatIsNotSaidIsLeftOutAndToldOnce() {
        long nobody = stage.customer(null);
        long deal = stage.deal(nobody, "900.00", null);
        Map<String, Object> theirs = stage.one("deal", deal);
        assertThat(theirs.get("amount")).as("net and VAT cannot be told").isNull();
        assertThat(theirs.get("partnerId")).isNull();
        DealsStage.eventually(() -> assertThat(stage.dead("deal-fintablo", deal)).hasSize(1).first().asString()
                .contains("не указан НДС", "должен стоять один ИНН"));
        stage.portal.change("deal", deal, Map.of("title", "Без ставки"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("name", "Без ставки"));
        stage.rest();
        assertThat(stage.dead("deal-fintablo", deal)).hasSize(1);
        long payment = stage.portal.add("payment", Map.of("title", "Без срока", "pipeline", "out", "stage", "planned",
                "company", stage.customer(DealsStage.inn(51)), "deal", deal, "amount", new BigDecimal("5.00")));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-plan", payment)).hasSize(1).first().asString()
                .contains("укажите срок оплаты"));
        assertThat(stage.theirs("transaction", payment)).isEmpty();
        stage.portal.change("payment", payment, Map.of("dueDate", "2026-12-31"));
        assertThat(stage.one("transaction", payment)).as("we are only one company").containsEntry("moneybagId",
                90_211L);
    }

    @Test
    void sumsAndLinkComeBackToThePortalsDealAndAnActDatesFinTablos() {
        long customer = stage.customer(DealsStage.inn(71));
        long deal = stage.deal(customer, "1000.00", "Без НДС");
        long payment = stage.payment(customer, deal, "in", "1000.00");
        long theirs = (Long) stage.one("deal", deal).get("id");
        stage.one("transaction", payment);
        DealsStage.eventually(() -> assertThat(String.valueOf(stage.portal.held("deal", deal, "fintabloDeal")))
                .endsWith("/" + theirs));
        stage.fact(theirs, "income", "600.00");
        long cost = stage.fact(theirs, "outcome", "150.00");
        DealsStage.eventually(() -> {
            assertThat(stage.money(deal, "incomePlan")).isEqualByComparingTo("1000.00");
            assertThat(stage.money(deal, "incomeFact")).isEqualByComparingTo("600.00");
            assertThat(stage.money(deal, "expenseFact")).isEqualByComparingTo("150.00");
            assertThat(stage.money(deal, "profit")).isEqualByComparingTo("75");
        });
        stage.company.edit("transaction", cost, "dealId", null);
        DealsStage.eventually(() -> assertThat(stage.money(deal, "expenseFact")).as("it was moved away")
                .isEqualByComparingTo("0"));
        long act = stage.portal.add("report", Map.of("title", "Акт № 3", "pipeline", "act", "stage", "sent",
                "deal", deal, "date", "2026-12-05"));
        stage.rest();
        assertThat(stage.one("deal", deal).get("actDate")).isNull();
        stage.portal.change("report", act, Map.of("pipeline", "act", "stage", "signed"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("actDate", "05.12.2026"));
    }
}
