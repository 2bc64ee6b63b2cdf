package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.flows.matching.NumberKeys;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Money whose customer the bank's ИНН does not tell, orders by card, and what of a customer a decision reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WhoseMoneyContract {

    private static final String BY_CARD = "Карта";

    private PaymentsStage stage;
    private String store;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start() {
        store = url();
        stage = new PaymentsStage(store);
        stage.read();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @BeforeEach
    void customer() {
        stage.customer();
    }

    /** @param day of the orders; each test has one of its own */
    private Map<String, Object> register(String amount, String day) {
        Map<String, Object> register = stage.operation(PaymentsStage.newSource(), amount,
                "Возмещение по эквайрингу за " + day + ", комиссия 15.00 руб.");
        register.put("counterparty", Map.of("inn", PaymentsStage.BANK, "name", "АО «Банк»", "account",
                "30232810000000000001"));
        return register;
    }

    private long order(String amount, String day) {
        return stage.item(Map.of("amount", new BigDecimal(amount), "method", BY_CARD, "invoiceDate", day, "title",
                "Заказ"));
    }

    private Map<String, Object> nameless(String name, String amount, String purpose) {
        Map<String, Object> operation = stage.operation(PaymentsStage.newSource(), amount, purpose);
        Map<String, Object> party = new HashMap<>();
        party.put("name", name);
        operation.put("counterparty", party);
        return operation;
    }

    private String box(Map<String, Object> operation) {
        return stage.box(String.valueOf(operation.get("sourceId")));
    }

    @Test
    void aRegisterPaysItsOrdersGrossThoughTheBankHasKeptItsCommission() {
        long one = order("1000.00", "2026-11-10");
        long other = order("500.00", "2026-11-10");
        Map<String, Object> register = register("1485.00", "10.11.2026");
        stage.payments.decide(register);
        stage.work();
        assertThat(box(register)).isEqualTo("allocated");
        assertThat(stage.paid(one)).isEqualTo(1000_00);
        assertThat(stage.paid(other)).isEqualTo(500_00);
        assertThat(stage.daemon.getBean(LedgerDays.class).misplaced(PaymentsStage.ACCOUNT)).isEmpty();
    }

    @Test
    void aRegisterThatCameBeforeItsLastOrderIsDecidedWhenThatIsRead() {
        order("1000.00", "2026-11-11");
        Map<String, Object> register = register("1485.00", "11.11.2026");
        stage.payments.decide(register);
        stage.work();
        assertThat(box(register)).isEqualTo("review");
        long last = order("500.00", "2026-11-11");
        stage.work();
        assertThat(box(register)).isEqualTo("allocated");
        assertThat(stage.paid(last)).isEqualTo(500_00);
    }

    @Test
    void anOrderThatIsCancelledAfterItsRegisterAsksAndTheOthersStand() {
        long one = order("1000.00", "2026-11-13");
        long other = order("500.00", "2026-11-13");
        Map<String, Object> register = register("1485.00", "13.11.2026");
        stage.payments.decide(register);
        stage.edit(other, "stage", "cancelled");
        stage.look(other);
        stage.work();
        assertThat(stage.paid(one)).isEqualTo(1000_00);
        assertThat(stage.allocated(other)).isZero();
        assertThat(stage.jdbc.sql("select count(*) from review where state = 'open' and operation_id = ?")
                .param(stage.operationId(String.valueOf(register.get("sourceId")))).query(Long.class).single()).isOne();
        assertThat(stage.daemon.getBean(LedgerDays.class).misplaced(PaymentsStage.ACCOUNT)).isEmpty();
    }

    @Test
    void inShadowAPersonConfirmsARegisterAsItIsProposedAndNothingBeyondIt() {
        long one = order("1000.00", "2026-11-12");
        long other = order("500.00", "2026-11-12");
        long third = order("100.00", "2026-11-01");
        try (PaymentsStage shadow = new PaymentsStage(store, "--sverka.payments.mode=shadow")) {
            Map<String, Object> register = register("1485.00", "12.11.2026");
            shadow.payments.decide(register);
            long review = stage.jdbc.sql("select max(id) from review where state = 'open'").query(Long.class).single();
            Reviews.Share first = new Reviews.Share(one, new BigDecimal("1000.00"));
            assertThatThrownBy(() -> shadow.reviews.decide(review, Reviews.Said.allocate(List.of(first,
                    new Reviews.Share(other, new BigDecimal("500.00")), new Reviews.Share(third,
                            new BigDecimal("1.00")))), "Анна")).isInstanceOf(Reviews.Invalid.class);
            shadow.reviews.decide(review, Reviews.Said.allocate(List.of(first,
                    new Reviews.Share(other, new BigDecimal("500.00")))), "Анна");
            assertThat(box(register)).isEqualTo("allocated");
            assertThat(stage.allocated(other)).isEqualTo(500_00);
            assertThat(stage.jdbc.sql("select count(*) from review where state = 'open' and operation_id = ?")
                    .param(stage.operationId(String.valueOf(register.get("sourceId")))).query(Long.class).single())
                    .as("no rest is asked about").isZero();
        }
    }

    @Test
    void moneyWithoutInnOfAPayerWhoseNameOneCustomerBearsMeetsItsInvoiceInEitherOrder() {
        stage.payments.rememberCompany(Map.of("id", stage.company, "title", "ООО «Единственная " + stage.company + "»",
                "requisites", List.of(Map.of("inn", stage.inn))));
        String name = "ООО \"ЕДИНСТВЕННАЯ " + stage.company + "\"";
        stage.invoice("ИМ-1", "700.00");
        Map<String, Object> after = nameless(name, "700.00", "Оплата по счету ИМ-1");
        Map<String, Object> before = nameless(name, "300.00", "Оплата по счету ИМ-2");
        stage.payments.decide(after);
        stage.payments.decide(before);
        stage.work();
        assertThat(box(after)).isEqualTo("allocated");
        assertThat(box(before)).isEqualTo("review");
        stage.invoice("ИМ-2", "300.00");
        stage.work();
        assertThat(box(before)).isEqualTo("allocated");
    }

    @Test
    void aNameThatASecondCustomerBearsTellsNothing() {
        String name = "ООО «Двойник " + stage.company + "»";
        stage.payments.rememberCompany(Map.of("id", stage.company, "title", name, "requisites",
                List.of(Map.of("inn", stage.inn))));
        stage.invoice("ДВ-1", "700.00");
        stage.customer();
        stage.payments.rememberCompany(Map.of("id", stage.company, "title", name, "requisites", List.of()));
        stage.invoice("ДВ-9", "700.00");
        Map<String, Object> operation = nameless(name, "700.00", "Оплата по счету ДВ-1");
        stage.payments.decide(operation);
        stage.work();
        assertThat(box(operation)).isEqualTo("review");
    }

    @Test
    void aDecisionReadsWhatIsOpenOrNamedOfACustomerAndNotAllItEverPaid() {
        for (int n = 0; n < 30; n++) {
            stage.item(Map.of("amount", new BigDecimal("10.00"), "paid", new BigDecimal("10.00"), "stage", "paid",
                    "number", "СТ-" + (500 + n), "company", stage.company, "paidDate", "2026-01-10"));
        }
        long open = stage.invoice("СТ-700", "500.00");
        PaymentMirror mirror = stage.daemon.getBean(PaymentMirror.class);
        assertThat(mirror.ofInn(stage.inn, NumberKeys.in("Оплата по счету СТ-700 и СТ0505"), false))
                .extracting(PaymentRow::number).containsExactly("СТ-505", "СТ-700");
        Map<String, Object> twice = stage.operation(PaymentsStage.newSource(), "10.00", "Оплата по счету СТ-512");
        stage.payments.decide(twice);
        assertThat(stage.why()).contains("уже оплачен");
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата по счету СТ-700");
        assertThat(stage.paid(open)).isEqualTo(500_00);
        assertThat(mirror.ofInn(stage.inn, Set.of(), false)).isEmpty();
        stage.person(open, "amount", new BigDecimal("600.00"));
        assertThat(mirror.ofInn(stage.inn, Set.of(), false)).extracting(PaymentRow::id)
                .as("what was paid and costs more now is open again").containsExactly(open);
    }

    @Test
    void aStoreOfAnEarlierVersionIsToldWhatThisOneKeepsBesideIt() {
        stage.invoice("ПР-1", "500.00");
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "499.00", "Оплата по счету ПР-7"));
        for (String forgotten : List.of("delete from operation_customer", "delete from payment_paper",
                "update payment set papered = false, closed = false", "update company set name_key = null")) {
            stage.jdbc.sql(forgotten).update();
        }
        try (PaymentsStage next = new PaymentsStage(store)) {
            PaymentMirror mirror = next.daemon.getBean(PaymentMirror.class);
            assertThat(mirror.ofInn(stage.inn, Set.of(), false)).extracting(PaymentRow::number).containsExactly("ПР-1");
            Awaitility.await().until(() -> next.jdbc.sql("select count(*) from payment where papered = false")
                    .query(Long.class).single() == 0);
            assertThat(next.daemon.getBean(Operations.class).undecided(stage.inn)).hasSize(1);
            assertThat(next.jdbc.sql("select count(*) from payment_paper").query(Long.class).single()).isPositive();
            assertThat(next.jdbc.sql("select count(*) from company where name_key is null").query(Long.class).single())
                    .isZero();
        }
    }

    @Test
    void moneyMarkedByHandLongAgoIsNoDoubtAboutTodaysAndMoneyMarkedLatelyIs() {
        long old = stage.item(Map.of("amount", new BigDecimal("800.00"), "paid", new BigDecimal("800.00"), "stage", "paid",
                "company", stage.company, "paidDate", LocalDate.parse("2026-09-01").toString()));
        long open = stage.invoice("РУ-1", "800.00");
        stage.told(PaymentsStage.newSource(), "800.00", "Оплата за услуги");
        assertThat(stage.paid(open)).isEqualTo(800_00);
        assertThat(stage.allocated(old)).isZero();
        stage.item(Map.of("amount", new BigDecimal("900.00"), "paid", new BigDecimal("900.00"), "stage", "paid",
                "company", stage.company, "paidDate", LocalDate.parse("2026-11-10").toString()));
        stage.invoice("РУ-2", "900.00");
        stage.told(PaymentsStage.newSource(), "900.00", "Оплата за услуги");
        assertThat(stage.why()).contains("документ не назван");
    }
}
