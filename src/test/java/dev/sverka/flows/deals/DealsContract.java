package dev.sverka.flows.deals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Faults;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    void aPlanThatLosesItsDealOrItsDateDoesNotKeepThem() {
        long customer = stage.customer(DealsStage.inn(13));
        long deal = stage.deal(customer, "1000.00", "Без НДС");
        long payment = stage.payment(customer, deal, "in", "1000.00");
        long theirs = (Long) stage.one("deal", deal).get("id");
        assertThat(stage.one("transaction", payment)).containsEntry("dealId", theirs);
        stage.portal.change("payment", payment, Map.of("deal", 0));
        DealsStage.eventually(() -> assertThat(stage.theirs("transaction", payment)).singleElement().satisfies(
                plan -> assertThat(plan.get("dealId")).isNull()));
        stage.portal.change("payment", payment, Map.of("deal", deal));
        DealsStage.eventually(() -> assertThat(stage.theirs("transaction", payment)).singleElement().satisfies(
                plan -> assertThat(plan.get("dealId")).isEqualTo(theirs)));
        stage.portal.change("payment", payment, Map.of("dueDate", ""));
        DealsStage.eventually(() -> assertThat(stage.theirs("transaction", payment)).isEmpty());
        stage.portal.change("payment", payment, Map.of("dueDate", "2027-02-01"));
        DealsStage.eventually(() -> assertThat(stage.theirs("transaction", payment)).singleElement().satisfies(
                plan -> assertThat(plan.get("date")).isEqualTo("01.02.2027")));
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
        long income = stage.fact(theirs, "income", "600.00");
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
        stage.company.edit("transaction", income, "dealId", null);
        DealsStage.eventually(() -> assertThat(stage.money(deal, "incomeFact")).isEqualByComparingTo("0"));
        stage.rest();
        assertThat(stage.money(deal, "profit")).as("of no income there is none").isEqualByComparingTo("-1");
        long act = stage.portal.add("report", Map.of("title", "Акт № 3", "pipeline", "act", "stage", "sent",
                "deal", deal, "date", "2026-12-05"));
        stage.rest();
        assertThat(stage.one("deal", deal).get("actDate")).isNull();
        stage.portal.change("report", act, Map.of("pipeline", "act", "stage", "signed"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("actDate", "05.12.2026"));
    }

    @Test
    void aSignedActWithoutADateIsToldAndNotPassedOver() {
        long deal = stage.deal(stage.customer(DealsStage.inn(72)), "1000.00", "Без НДС");
        stage.one("deal", deal);
        long act = stage.portal.add("report", Map.of("title", "Акт без даты", "pipeline", "act", "stage", "signed",
                "deal", deal));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-act", act)).singleElement().asString().contains(
                "без даты"));
        stage.portal.change("report", act, Map.of("date", "2026-12-07"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("actDate", "07.12.2026"));
    }

    private static List<Map<String, Object>> steps(Map<String, Object> deal) {
        return ((List<?>) deal.get("stages")).stream().map(one -> {
            Map<String, Object> step = new TreeMap<>();
            ((Map<?, ?>) one).forEach((key, value) -> step.put(key.toString(), value));
            return step;
        }).toList();
    }

    @Test
    void stagesComeWithTheirDealLaterOnesAreAddedAndWhatCannotBeChangedIsTold() {
        long customer = stage.customer(DealsStage.inn(81));
        long deal = stage.portal.add("deal", Map.of("title", "Портал", "company", customer, "amount",
                new BigDecimal("240.00"), "vat", "20 %", "stage", "won"));
        stage.rest();
        assertThat(stage.theirs("deal", deal)).as("over before FinTablo had it").isEmpty();
        long design = stage.portal.add("stage", Map.of("title", "Дизайн", "deal", deal, "number", 1, "amount",
                new BigDecimal("120.00"), "vat", "20 %", "begin", "2026-11-01", "end", "2026-11-30"));
        long code = stage.portal.add("stage", Map.of("title", "Вёрстка", "deal", deal, "number", 2, "amount",
                new BigDecimal("60.00")));
        stage.portal.add("stage", Map.of("title", "Лишний", "deal", deal, "number", 3, "stage", "cancelled"));
        stage.books.faults().next("create deal", Faults.Kind.LOST_ANSWER);
        stage.portal.change("deal", deal, Map.of("stage", "work"));
        Map<String, Object> theirs = stage.one("deal", deal);
        assertThat(steps(theirs)).extracting(one -> one.get("name")).containsExactly("Дизайн", "Вёрстка");
        assertThat(sum(steps(theirs).get(0).get("amount"))).isEqualByComparingTo("100.00");
        assertThat(sum(steps(theirs).get(1).get("nds"))).as("at the deal's rate").isEqualByComparingTo("10.00");
        assertThat(steps(theirs).get(0)).containsEntry("startDate", "01.11.2026").containsEntry("directionId",
                DealsStage.DIRECTION);
        stage.rest();
        assertThat(stage.writes()).filteredOn(one -> one.startsWith("add-stage " + theirs.get("id"))).isEmpty();
        DealsStage.eventually(() -> assertThat(String.valueOf(stage.portal.held("company", customer,
                "fintabloPartner"))).isEqualTo(theirs.get("partnerId").toString()));
        long cost = stage.portal.add("payment", Map.of("title", "Макеты", "pipeline", "out", "stage", "planned",
                "company", stage.customer(DealsStage.inn(82)), "deal", deal, "amount", new BigDecimal("30.00"),
                "dueDate", "2026-12-20", "stageItem", design));
        assertThat(stage.one("transaction", cost)).as("an expense hangs on its stage").containsEntry("dealId",
                steps(theirs).get(0).get("id"));
        DealsStage.eventually(() -> assertThat(stage.money(deal, "expensePlan")).isEqualByComparingTo("30.00"));

        stage.books.faults().next("add-stage deal", Faults.Kind.LOST_ANSWER);
        long launch = stage.portal.add("stage", Map.of("title", "Запуск", "deal", deal, "number", 4));
        DealsStage.eventually(() -> assertThat(steps(stage.one("deal", deal))).extracting(one -> one.get("name"))
                .containsExactly("Дизайн", "Вёрстка", "Запуск"));
        stage.rest();
        assertThat(steps(stage.one("deal", deal))).hasSize(3);

        stage.portal.change("stage", code, Map.of("amount", new BigDecimal("72.00")));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-stage", code)).singleElement().asString()
                .contains("через API этапы ФинТабло не меняются", "сумма без НДС 50.00 → 60.00", "НДС 10.00 → 12.00"));
        stage.portal.delete("stage", launch);
        DealsStage.eventually(() -> assertThat(stage.dead("deal-stage", launch)).singleElement().asString()
                .contains("этап удалён на портале"));
        assertThat(steps(stage.one("deal", deal))).as("nothing is deleted").hasSize(3);
    }

    @Test
    void aSignedActIsAStageWhereTheDealHasStagesAndOneOnlyForOnePaper() {
        long deal = stage.deal(stage.customer(DealsStage.inn(85)), "240.00", "20 %");
        stage.portal.add("stage", Map.of("title", "Дизайн", "deal", deal, "amount", new BigDecimal("120.00")));
        DealsStage.eventually(() -> assertThat(steps(stage.one("deal", deal))).hasSize(1));
        stage.rest();
        stage.books.faults().next("add-stage deal", Faults.Kind.LOST_ANSWER);
        long act = stage.portal.add("report", Map.of("title", "Акт по дизайну", "pipeline", "act", "stage", "signed",
                "deal", deal, "number", "17", "date", "2026-12-05", "amount", new BigDecimal("120.00")));
        stage.portal.add("document", Map.of("title", "Тот же акт", "pipeline", "out", "stage", "signed", "kind", "Акт",
                "deal", deal, "number", "17", "date", "2026-12-05", "amount", new BigDecimal("120.00")));
        DealsStage.eventually(() -> assertThat(steps(stage.one("deal", deal))).hasSize(2));
        stage.rest();
        Map<String, Object> theirs = stage.one("deal", deal);
        assertThat(steps(theirs)).as("one paper told as two items").hasSize(2);
        assertThat(steps(theirs).get(1)).containsEntry("name", "Акт № 17").containsEntry("actDate", "05.12.2026");
        assertThat(sum(steps(theirs).get(1).get("amount"))).isEqualByComparingTo("100.00");
        assertThat(sum(steps(theirs).get(1).get("nds"))).as("at the deal's rate").isEqualByComparingTo("20.00");
        assertThat(theirs.get("actDate")).as("the deal's whole sum is not recognised by one act").isNull();

        List<String> before = stage.writes();
        stage.portal.change("report", act, Map.of("amount", new BigDecimal("60.00")));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-act-stage", deal)).singleElement().asString()
                .contains("«Акт № 17»", "сумма без НДС 100.00 → 50.00", "НДС 20.00 → 10.00"));
        stage.portal.change("report", act, Map.of("pipeline", "act", "stage", "revoked"));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-act-stage", deal)).hasSize(2).last().asString()
                .contains("акт больше не подписан"));
        long bare = stage.portal.add("report", Map.of("title", "Без суммы", "pipeline", "act", "stage", "signed",
                "deal", deal, "number", "18", "date", "2026-12-06"));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-act-stage", deal)).hasSize(3).last().asString()
                .contains("не указана сумма"));
        assertThat(stage.writes()).as("nothing could be changed, and nothing half was made").isEqualTo(before);
        stage.portal.change("report", bare, Map.of("amount", new BigDecimal("12.00")));
        DealsStage.eventually(() -> assertThat(steps(stage.one("deal", deal))).extracting(one -> one.get("name"))
                .containsExactly("Дизайн", "Акт № 17", "Акт № 18"));
    }

    @Test
    void actsSignedBeforeFinTabloHadTheDealComeWithItAndARevokedOneIsTold() {
        long customer = stage.customer(DealsStage.inn(86));
        long deal = stage.portal.add("deal", Map.of("title", "Ранний акт", "company", customer, "amount",
                new BigDecimal("240.00"), "vat", "20 %", "stage", "won"));
        long act = stage.portal.add("report", Map.of("title", "Акт", "pipeline", "act", "stage", "signed", "deal",
                deal, "number", "1", "date", "2026-11-20"));
        stage.rest();
        stage.portal.change("deal", deal, Map.of("stage", "work"));
        DealsStage.eventually(() -> assertThat(stage.one("deal", deal)).containsEntry("actDate", "20.11.2026"));
        assertThat(steps(stage.one("deal", deal))).isEmpty();
        stage.portal.change("report", act, Map.of("pipeline", "act", "stage", "revoked"));
        DealsStage.eventually(() -> assertThat(stage.dead("deal-fintablo", deal)).singleElement().asString()
                .contains("подписанных актов больше нет", "2026-11-20"));
    }

    @Test
    void aStageThatPeopleMadeInFinTabloIsTheOneOfTheSameName() {
        long deal = stage.deal(stage.customer(DealsStage.inn(83)), "100.00", "Без НДС");
        long theirs = (Long) stage.one("deal", deal).get("id");
        stage.rest();
        stage.company.addByHand(theirs, "Дизайн");
        stage.portal.add("stage", Map.of("title", "дизайн", "deal", deal));
        stage.rest();
        assertThat(steps(stage.one("deal", deal))).hasSize(1);
    }

    @Test
    void aNewDealWithThreeStagesAndFourPaymentsCostsFewCalls() {
        long customer = stage.customer(DealsStage.inn(84));
        long deal = stage.portal.add("deal", Map.of("title", "Скупой", "company", customer, "amount",
                new BigDecimal("240.00"), "vat", "20 %", "stage", "won"));
        for (int n = 1; n <= 3; n++) {
            stage.portal.add("stage", Map.of("title", "Этап " + n, "deal", deal, "number", n));
            stage.payment(customer, deal, "in", "10.00");
        }
        stage.payment(customer, deal, "out", "5.00");
        stage.rest();
        int before = stage.books.calls().size();
        stage.portal.change("deal", deal, Map.of("stage", "work"));
        DealsStage.eventually(() -> assertThat(stage.company.all("transaction").stream().filter(one -> stage
                .theirs("deal", deal).stream().anyMatch(it -> it.get("id").equals(one.get("dealId"))))).hasSize(4));
        List<String> calls = stage.books.calls();
        assertThat(calls.subList(before, calls.size()).stream().filter(one -> !one.startsWith("list ")
                && !one.startsWith("get ") || one.equals("list partner"))).as("beside polls and the sums that come back")
                .hasSizeLessThanOrEqualTo(12);
    }
}
