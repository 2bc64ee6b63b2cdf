package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.records.bank.StatementWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The way forward over a real store: decided once, never more than is open, each operation in one box. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PaymentsContract {

    private PaymentsStage stage;
    private String store;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start() {
        store = url();
        stage = new PaymentsStage(store);
        stage.inn = "0000000001";
        assertThatThrownBy(() -> stage.payments.decide(stage.operation("early", "1.00", "по счету 1")))
                .as("nothing is decided before the portal was read").isInstanceOf(NotYet.class);
        stage.read();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    /** Each test has a customer of its own. */
    @BeforeEach
    void customer() {
        stage.customer();
    }

    @Test
    void aClearOperationPaysItsInvoiceOnceHoweverOftenItIsTold() {
        long id = stage.invoice("МК-17", "45000.00");
        String operation = PaymentsStage.newSource();
        for (int times = 0; times < 3; times++) {
            stage.told(operation, "45000.00", "Оплата по счету № МК-17 от 12.11.2026");
        }
        assertThat(stage.portal.get(id)).containsEntry("paid", new BigDecimal("45000.00"))
                .containsEntry("stage", "paid").containsEntry("paidDate", "2026-11-16");
        assertThat(stage.said.stream().filter(text -> text.contains("МК-17"))).singleElement().satisfies(comment ->
                assertThat(comment).startsWith("sverka:bank-operation:").contains("45\u00a0000,00\u00a0₽")
                        .contains("16.11.2026").contains("Счёт № МК-17 от 12.11.2026 оплачен полностью")
                        .contains("Почему: в назначении назван счёт"));
        assertThat(stage.asked()).isEmpty();
    }

    @Test
    void whatIsWrittenIsNotWrittenAgainAndIsExplained() {
        long id = stage.invoice("МК-18", "100.00");
        stage.told(PaymentsStage.newSource(), "40.00", "Частичная оплата по счету МК-18");
        assertThat(stage.stage(id)).isEqualTo("partlyPaid");
        assertThat(stage.paid(id)).isEqualTo(40_00);
        Map<String, Object> again = stage.write(id, 1, true, true);
        assertThat(PaymentsStage.fields(again)).isEmpty();
        assertThat(PaymentsStage.comments(again)).isEmpty();
        assertThat(stage.daemon.getBean(Audit.class).of("payment", Long.toString(id)))
                .extracting("field").containsExactlyInAnyOrder("paid", "paidDate", "stage");
    }

    @Test
    void moneyBeforeItsInvoiceIsDecidedAgainWhenTheInvoiceComes() {
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата по счету МК-21");
        assertThat(stage.asked()).hasSize(1);
        long id = stage.invoice("МК-21", "500.00");
        stage.work();
        assertThat(stage.asked()).isEmpty();
        assertThat(stage.paid(id)).isEqualTo(500_00);
    }

    @Test
    void manyOperationsOfACustomerAreWokenByOneEntry() {
        for (int n = 0; n < 20; n++) {
            stage.payments.decide(stage.operation(PaymentsStage.newSource(), "500.00", "Оплата " + "абвгд".charAt(n % 5) + n));
        }
        for (int n = 0; n < 10; n++) {
            stage.invoice("Ж-" + n, "7.00");
        }
        assertThat(stage.jdbc.sql("select count(*) from entry where flow = 'customer-decide' and order_key = ?"
                + " and state <> 'done'").param(stage.inn).query(Long.class).single()).isOne();
        stage.work();
    }

    @Test
    void aFileTellsNothingNewOfWhatTheBanksApiTold() {
        long id = stage.invoice("МК-36", "500.00");
        Map<String, Object> fromApi = stage.operation(PaymentsStage.newSource(), "250.00", "Частичная оплата по счету МК-36");
        stage.payments.decide(fromApi);
        Map<String, Object> fromFile = new LinkedHashMap<>(fromApi);
        fromFile.put("source", "statements.main");
        fromFile.put("sourceId", PaymentsStage.newSource());
        fromFile.put("version", "file");
        fromFile.put("purpose", "Частичная оплата по счету МК-36 от 12.11.2026");
        fromFile.put("fingerprint", "another");
        stage.payments.decide(fromFile);
        stage.work();
        assertThat(stage.allocated(id)).isEqualTo(250_00);
        assertThat(stage.asked()).isEmpty();
    }

    /** What one source spells otherwise or leaves out makes no second payment; what only one has is one. */
    @Test
    void aFileAndAnApiThatTellDifferentPartsOfOneMovementTellOne() {
        long id = stage.invoice("МК-37", "900.00");
        Map<String, Object> none = new LinkedHashMap<>(Map.of("name", "ООО «Ромашка»"));
        List<Map<String, Object>> pairs = List.of(Map.of("documentNumber", "000117"), new HashMap<>(
                Collections.singletonMap("documentNumber", null)), Map.of("counterparty", none));
        int count = 0;
        for (Map<String, Object> differing : pairs) {
            String amount = "30" + count + ".00";
            for (boolean fileFirst : List.of(false, true)) {
                String text = "Частичная оплата по счету МК-37, " + count++;
                Map<String, Object> api = stage.operation(PaymentsStage.newSource(), amount, text);
                Map<String, Object> file = new LinkedHashMap<>(api);
                file.put("source", "statements.main");
                file.put("sourceId", PaymentsStage.newSource());
                file.put("fingerprint", "another " + count);
                file.putAll(differing);
                stage.payments.decide(fileFirst ? file : api);
                stage.payments.decide(fileFirst ? api : file);
                assertThat(stage.jdbc.sql("select count(*) from bank_operation where purpose = ?").param(text)
                        .query(Integer.class).single()).as("%s, file first: %s", differing, fileFirst).isEqualTo(1);
            }
        }
    }

    @Test
    void twoMovementsOfAFileAreTwoThoughTheApiToldOnlyOneAndLeftOutItsNumber() {
        String text = "Частичная оплата по счету МК-38";
        Map<String, Object> api = stage.operation(PaymentsStage.newSource(), "33.00", text);
        api.put("documentNumber", null);
        stage.payments.decide(api);
        for (String number : List.of("11", "12")) {
            Map<String, Object> file = stage.operation(PaymentsStage.newSource(), "33.00", text);
            file.putAll(Map.of("source", "statements.main", "documentNumber", number, "fingerprint", "of " + number));
            stage.payments.decide(file);
        }
        assertThat(stage.jdbc.sql("select count(*) from bank_operation where purpose = ? and amount = 3300").param(text)
                .query(Integer.class).single()).isEqualTo(2);
    }

    @Test
    void theBanksApiIsBelievedOverTheFileThatToldFirst() {
        long id = stage.invoice("МК-45", "500.00");
        Map<String, Object> fromFile = stage.operation(PaymentsStage.newSource(), "250.00", "Частичная оплата по счету МК-45");
        fromFile.put("source", "statements.main");
        stage.payments.decide(fromFile);
        String api = PaymentsStage.newSource();
        stage.told(api, "250.00", "Частичная оплата по счету МК-45");
        assertThat(stage.allocated(id)).isEqualTo(250_00);
        stage.told(api, "250.00", "Частичная оплата по счету МК-46");
        assertThat(stage.allocated(id)).as("what the API changes counts").isZero();
    }

    @Test
    void twoMovementsUnderOneIdAreTwoInEitherOrder() {
        long first = stage.invoice("МК-51", "500.00");
        long second = stage.invoice("МК-52", "700.00");
        String id = PaymentsStage.newSource();
        Map<String, Object> one = stage.operation(id, "500.00", "Оплата по счету МК-51");
        Map<String, Object> other = stage.operation(id, "700.00", "Оплата по счету МК-52");
        other.put("documentNumber", "118");
        Map<String, Object> party = new LinkedHashMap<>(stage.operation(id, "1.00", "").isEmpty() ? Map.of()
                : Map.of("inn", stage.inn, "account", "40702810600000889999"));
        other.put("counterparty", party);
        other.put("bookedOn", "2026-11-25");
        stage.payments.decide(one);
        stage.payments.decide(other);
        stage.payments.decide(one);
        stage.work();
        assertThat(stage.allocated(first)).isEqualTo(500_00);
        assertThat(stage.allocated(second)).isEqualTo(700_00);
    }

    /** One customer pays twice from one account and the bank puts one id on both, told in different answers. */
    @Test
    void twoPaymentsOfOneCustomerUnderOneIdAreTwoThoughOnlyOneIsShownAtATime() {
        long first = stage.invoice("МК-53", "300.00");
        long second = stage.invoice("МК-54", "450.00");
        String id = PaymentsStage.newSource();
        stage.told(id, "300.00", "Оплата по счету МК-53");
        Map<String, Object> other = stage.operation(id, "450.00", "Оплата по счету МК-54");
        other.put("documentNumber", "118");
        stage.payments.decide(other);
        stage.work();
        assertThat(stage.allocated(first)).isEqualTo(300_00);
        assertThat(stage.allocated(second)).isEqualTo(450_00);
    }

    @Test
    void oneIdOnTwoAccountsOfOursIsTwoMovementsThoughTheyReadAlike() {
        String id = PaymentsStage.newSource();
        Map<String, Object> other = stage.operation(id, "61.00", "Комиссия");
        stage.payments.decide(stage.operation(id, "61.00", "Комиссия"));
        other.putAll(Map.of("bankAccount", "40702810200009990002", "fingerprint", "of the other account"));
        stage.payments.decide(other);
        stage.payments.decide(other);
        assertThat(stage.jdbc.sql("select bank_account from bank_operation where party_inn = ? order by 1")
                .param(stage.inn).query(String.class).list()).containsExactly(PaymentsStage.ACCOUNT,
                        "40702810200009990002");
    }

    @Test
    void aSurplusStaysFreeAndOnlyItIsSetAsideWhereOnlyItWasAskedAbout() {
        long id = stage.invoice("МК-43", "500.00");
        stage.told(PaymentsStage.newSource(), "600.00", "Оплата по счету МК-43");
        assertThat(stage.allocated(id)).isEqualTo(500_00);
        stage.answer(Reviews.Said.ignore("аванс на потом"));
        assertThat(stage.allocated(id)).isEqualTo(500_00);
        assertThat(stage.asked()).isEmpty();
    }

    @Test
    void aPersonAllocatesOnceAndNeverMoreThanThereIs() {
        long id = stage.invoice("МК-25", "500.00");
        stage.told(PaymentsStage.newSource(), "700.00", "Оплата");
        Reviews.Question question = stage.asked().get(0);
        for (String wrong : List.of("500.01", "0.001", "-1.00")) {
            assertThatThrownBy(() -> stage.reviews.decide(question.id(), PaymentsStage.to(id, wrong), "Анна"))
                    .isInstanceOf(Reviews.Invalid.class);
        }
        assertThat(stage.reviews.decide(question.id(), PaymentsStage.to(id, "500.00"), "Анна")).isTrue();
        stage.work();
        assertThatThrownBy(() -> stage.reviews.decide(question.id(), PaymentsStage.to(id, "1.00"), "Борис"))
                .isInstanceOf(Reviews.Conflict.class);
        assertThat(stage.reviews.decide(999_999_999, PaymentsStage.to(id, "1.00"), "Анна")).isFalse();
        assertThat(stage.paid(id)).isEqualTo(500_00);
        assertThat(stage.asked()).as("what is left is asked about").hasSize(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatWaitsIsDecidedAgainWhenTheRulesChange() {
        String operation = PaymentsStage.newSource();
        stage.told(operation, "33.00", "Благотворительный взнос");
        assertThat(stage.box(operation)).isEqualTo("review");
        stage.payments.noticeRules();
        stage.work();
        Declared<BankRules> rules = stage.daemon.getBeanProvider(Declared.class).stream()
                .filter(one -> one.name().equals("bank-rules")).findFirst().orElseThrow();
        BankRules before = rules.isPresent() ? rules.get() : BankRules.NONE;
        rules.put(rules.read(Map.of("rules", List.of(Map.of("name", "Взносы", "class", "charity", "then", "classify", "inn", List.of(stage.inn), "words",
                List.of("благотворительн")))), (problem, cure, path) -> new Problem("x", 1, problem, cure)));
        stage.payments.noticeRules();
        stage.work();
        rules.put(before);
        stage.payments.noticeRules();
        assertThat(stage.box(operation)).isEqualTo("classified");
    }

    @Test
    void inShadowEverythingWaitsForAYes() {
        long id = stage.invoice("МК-26", "500.00");
        try (PaymentsStage shadow = new PaymentsStage(store, "--sverka.payments.mode=shadow")) {
            shadow.inn = stage.inn;
            shadow.payments.decide(shadow.operation(PaymentsStage.newSource(), "500.00", "Оплата по счету МК-26"));
            assertThat(stage.asked()).singleElement().satisfies(one -> {
                assertThat(one.kind()).isEqualTo("proposal");
                assertThat(one.candidates().get(0).payment()).containsEntry("id", (int) id).containsEntry("rest", "500.00");
                assertThat(one.candidates().get(0).amount()).isEqualTo("500.00");
            });
            assertThat(stage.allocated(id)).isZero();
        }
    }

    @Test
    void whatIsOlderThanTheFirstStartIsAskedAboutAsHistory() {
        long id = stage.invoice("МК-28", "500.00");
        try (PaymentsStage asking = new PaymentsStage(store, "--sverka.payments.history=ask")) {
            asking.inn = stage.inn;
            Map<String, Object> old = asking.operation(PaymentsStage.newSource(), "500.00", "Оплата по счету МК-28");
            old.put("bookedOn", "2026-11-13");
            asking.payments.decide(old);
        }
        assertThat(stage.asked()).singleElement().satisfies(one -> assertThat(one.kind()).isEqualTo("history"));
        assertThat(stage.allocated(id)).isZero();
    }

    @Test
    void atFirstSightAPaymentInASuccessStageCountsAsPaid() {
        long id = stage.invoice("МК-27", "500.00");
        stage.jdbc.sql("delete from payment where id = ?").param(id).update();
        stage.edit(id, "stage", "paid");
        stage.look(id);
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата по счету МК-27");
        assertThat(stage.why()).contains("уже оплачен");
        assertThat(stage.asked().get(0).candidates().get(0).reasonsFor().toString() + stage.asked().get(0).candidates())
                .contains("отмечен оплаченным вручную");
    }

    @Test
    void anItemThatCannotBeReadHoldsBackWhatNeedsItToBeAbsent() {
        long id = stage.invoice("МК-60", "500.00");
        long odd = stage.invoice("МК-61", "500.00");
        stage.person(odd, "amount", "777.005");
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата за услуги");
        assertThat(stage.why()).contains("не читается");
        assertThat(stage.allocated(id)).isZero();
        stage.person(odd, "amount", new BigDecimal("800.00"));
        assertThat(stage.allocated(id)).isEqualTo(500_00);
    }

    /** A person picks another currency in «Оплачено»: what was marked before still counts, and nothing is written over it. */
    @Test
    void aPaidSumThatCannotBeReadIsNoNoughtThatSomebodyTyped() {
        long id = stage.invoice("МК-62", "900.00");
        stage.person(id, "paid", new BigDecimal("400.00"));
        stage.person(id, "paid", "400.00|USD");
        assertThat(stage.byHand(id)).isEqualTo(400_00);
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата по счету МК-62");
        assertThat(stage.allocated(id)).as("nothing is decided on what cannot be read").isZero();
        assertThat(stage.asked()).hasSize(1);
        assertThat(stage.portal.get(id)).containsEntry("paid", "400.00|USD");
    }

    @Test
    void anItemOfAForeignFunnelIsNoOpenPayment() {
        long id = stage.invoice("МК-62", "500.00");
        stage.person(id, "pipeline", null, "stage", null);
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата по счету МК-62");
        assertThat(stage.allocated(id)).isZero();
        assertThat(stage.asked()).hasSize(1);
    }

    @Test
    void aDecisionWaitsWhileNewsOfTheCustomersPaymentsLiesInTheJournalAndOthersGoOn() {
        stage.invoice("Э-1", "500.00");
        Journal journal = stage.daemon.getBean(Journal.class);
        Map<String, Object> second = new LinkedHashMap<>(stage.item(stage.portal.keySet().iterator().next()));
        second.putAll(Map.of("id", PaymentsStage.nextId(), "company", stage.company, "amount", "500.00",
                "updatedTime", "2026-11-20T10:00:00Z"));
        long entry = journal.accept(new Event("payment-changed", "bitrix24.main", "e1", null, true, second, Map.of(), null));
        Map<String, Object> money = stage.operation(PaymentsStage.newSource(), "500.00", "Оплата за услуги");
        assertThatThrownBy(() -> stage.payments.decide(money)).isInstanceOf(NotYet.class)
                .hasMessageContaining("news of the customer's payments");
        stage.customer();
        long other = stage.invoice("Э-2", "700.00");
        stage.told(PaymentsStage.newSource(), "700.00", "Оплата по счету Э-2");
        assertThat(stage.allocated(other)).as("another customer's money goes on").isEqualTo(700_00);
        stage.jdbc.sql("delete from entry where id = ?").param(entry).update();
        stage.payments.decide(money);
    }

    @Test
    void nothingIsDecidedOnAPortalThatHasNotBeenReadForTwoPolls() {
        stage.invoice("Э-3", "500.00");
        stage.jdbc.sql("update feed_cursor set present_at = present_at - 7200001").update();
        assertThatThrownBy(() -> stage.payments.decide(stage.operation(PaymentsStage.newSource(), "500.00",
                "Оплата по счету Э-3"))).isInstanceOf(NotYet.class).hasMessageContaining("was read last at");
        stage.read();
    }

    @Test
    void aWindowOfFiftyThousandOperationsComesInPartsAndTakesNothingBackThatItShows() {
        long id = stage.invoice("Ю-1", "500.00");
        String operation = PaymentsStage.newSource();
        stage.told(operation, "500.00", "Оплата по счету Ю-1");
        String other = PaymentsStage.newSource();
        stage.told(other, "5.00", "Оплата непонятно за что");
        List<StatementWindow.Seen> seen = new ArrayList<>();
        stage.jdbc.sql("select source_id from operation_alias where source_id <> ?").param(other).query(String.class)
                .list().forEach(one -> seen.add(new StatementWindow.Seen(one, "")));
        for (int n = seen.size(); n < 50_000; n++) {
            seen.add(new StatementWindow.Seen("far-" + n, "f" + n));
        }
        JsonMapper json = stage.daemon.getBean(JsonMapper.class);
        List<StatementWindow> parts = new StatementWindow("big", "tbank.main", PaymentsStage.ACCOUNT,
                LocalDate.parse("2026-11-16"), LocalDate.parse("2026-11-17"), Instant.parse("2026-11-18T00:00:00Z"), seen)
                .split();
        assertThat(parts).hasSizeGreaterThan(10).allSatisfy(part ->
                assertThat(json.writeValueAsString(part).length()).as("fits an entry").isLessThan(1_000_000));
        parts.forEach(part -> stage.payments.window(json.convertValue(part, new TypeReference<Map<String, Object>>() { })));
        stage.work();
        assertThat(stage.allocated(id)).isEqualTo(500_00);
        assertThat(stage.box(other)).as("what it does not show is withdrawn").isEqualTo("ignored");
        assertThat(stage.jdbc.sql("select count(*) from window_row").query(Long.class).single()).isZero();
    }

    /** Random operations, repeated, in any order, at the same time: never more than is open, each in exactly one box. */
    @Test
    void atTheSameTimeNothingIsAllocatedTwice() throws Exception {
        Random dice = new Random(5);
        List<Long> invoices = new ArrayList<>();
        List<Map<String, Object>> told = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            invoices.add(stage.invoice("Д-" + (700 + n), "1000.00"));
            for (int part = 0; part < 8; part++) {
                Map<String, Object> operation = stage.operation(PaymentsStage.newSource(), (100 + dice.nextInt(300)) + "."
                        + (10 + dice.nextInt(89)), "Частичная оплата " + "абвгдежз".charAt(part) + " по счету Д-" + (700 + n));
                operation.put("documentNumber", Integer.toString(n * 10 + part));
                told.add(operation);
                told.add(operation);
            }
        }
        Collections.shuffle(told, dice);
        ExecutorService replicas = Executors.newFixedThreadPool(4);
        List<Future<?>> work = new ArrayList<>();
        told.forEach(operation -> work.add(replicas.submit(() -> decideUntilTaken(operation))));
        for (Future<?> one : work) {
            one.get(60, TimeUnit.SECONDS);
        }
        replicas.shutdown();
        stage.work();
        for (long id : invoices) {
            assertThat(stage.allocated(id)).isPositive().isLessThanOrEqualTo(1000_00);
            assertThat(stage.paid(id)).isEqualTo(stage.allocated(id));
        }
        long operations = stage.jdbc.sql("select count(*) from bank_operation where party_inn = ?").param(stage.inn)
                .query(Long.class).single();
        long whole = stage.jdbc.sql("""
                select count(*) from bank_operation o where party_inn = ? and box = 'allocated' and 1 =
                (select count(*) from share s where s.operation_id = o.id and s.ended_by is null)""").param(stage.inn)
                .query(Long.class).single();
        assertThat(operations).isEqualTo(48);
        assertThat(whole + stage.jdbc.sql("select count(*) from bank_operation where party_inn = ? and box = 'review'")
                .param(stage.inn).query(Long.class).single()).as("each in one box").isEqualTo(48);
    }

    /** Its payer's account alone tells whose it is; the customer's other money stands in another line of work. */
    @Test
    void moneyOfALearnedAccountWithoutInnIsDecidedBesideNobody() throws Exception {
        String account = "407028108" + String.format("%011d", PaymentsStage.nextId());
        long learned = stage.invoice("Л-1", "10.00");
        stage.payments.decide(nameless(account, "10.00", "Перевод"));
        teach(account, learned, "10.00");
        ExecutorService replicas = Executors.newFixedThreadPool(4);
        List<Long> invoices = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            invoices.add(stage.invoice("Л-" + (800 + n), "1000.00"));
            String purpose = "Оплата по счету № Л-" + (800 + n);
            List<Future<?>> work = new ArrayList<>();
            for (Map<String, Object> operation : List.of(nameless(account, "1000.00", purpose),
                    stage.operation(PaymentsStage.newSource(), "1000.00", purpose))) {
                work.add(replicas.submit(() -> decideUntilTaken(operation)));
            }
            for (Future<?> one : work) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        replicas.shutdown();
        stage.work();
        for (long id : invoices) {
            assertThat(stage.allocated(id)).isEqualTo(1000_00);
        }
    }

    @Test
    void whatAPersonTeachesOfAnAccountDecidesWhatWaitsForIt() {
        String account = "407028108" + String.format("%011d", PaymentsStage.nextId());
        long first = stage.invoice("У-1", "10.00");
        long second = stage.invoice("У-2", "20.00");
        stage.payments.decide(nameless(account, "20.00", "Оплата по счету № У-2"));
        stage.work();
        assertThat(stage.allocated(second)).as("nobody knows whose it is").isZero();
        stage.payments.decide(nameless(account, "10.00", "Перевод"));
        teach(account, first, "10.00");
        stage.work();
        assertThat(stage.allocated(second)).isEqualTo(20_00);
    }

    /** Whoever pays, the text says for whom; the customer's own news and money stand in the same line of work. */
    @Test
    void whoPaysForAnotherIsBelievedWhereTheTextNamesTheCustomer() throws Exception {
        String customer = stage.inn;
        long first = stage.invoice("Т-1", "1000.00");
        long second = stage.invoice("Т-2", "2000.00");
        Map<String, Object> own = stage.operation(PaymentsStage.newSource(), "2000.00", "Оплата по счету № Т-2");
        stage.customer(); // somebody else
        String purpose = "Оплата за ИНН " + customer + " по счету № Т-1";
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "1000.00", purpose));
        stage.work();
        assertThat(stage.allocated(first)).isEqualTo(1000_00);
        Map<String, Object> other = stage.operation(PaymentsStage.newSource(), "2000.00",
                "Оплата за ИНН " + customer + " по счету № Т-2");
        ExecutorService replicas = Executors.newFixedThreadPool(2);
        List<Future<?>> work = List.of(replicas.submit(() -> decideUntilTaken(other)),
                replicas.submit(() -> decideUntilTaken(own)));
        for (Future<?> one : work) {
            one.get(60, TimeUnit.SECONDS);
        }
        replicas.shutdown();
        stage.work();
        assertThat(stage.allocated(second)).isEqualTo(2000_00);
    }

    @Test
    void moneyForAnotherThatCameBeforeItsInvoiceIsDecidedWhenTheInvoiceComes() {
        long known = stage.invoice("Ф-0", "5.00");
        String customer = stage.inn;
        long company = stage.company;
        stage.customer();
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "700.00",
                "Оплата за ИНН " + customer + " по счету № Ф-1"));
        stage.work();
        stage.company = company;
        stage.inn = customer;
        long late = stage.invoice("Ф-1", "700.00");
        stage.work();
        assertThat(stage.allocated(late)).isEqualTo(700_00);
        assertThat(stage.allocated(known)).isZero();
    }

    @Test
    void whatIsYetToComeIsTheRestOfOpenPayments() {
        long part = stage.invoice("П-1", "1000.00");
        long whole = stage.invoice("П-2", "500.00");
        long untouched = stage.invoice("П-3", "70.00");
        stage.told(PaymentsStage.newSource(), "400.00", "Частичная оплата по счету № П-1");
        stage.told(PaymentsStage.newSource(), "500.00", "Оплата по счету № П-2");
        Map<Long, Long> rest = new HashMap<>();
        stage.daemon.getBean(PlannedMoney.class).open().forEach(one -> rest.put(one.payment(), one.rest()));
        assertThat(rest).containsEntry(part, 600_00L).containsEntry(untouched, 70_00L).doesNotContainKey(whole);
    }

    private void teach(String account, long payment, String amount) {
        long operation = stage.jdbc.sql("select id from bank_operation where party_account = ? and amount = ?")
                .params(account, new java.math.BigDecimal(amount).movePointRight(2).longValueExact()).query(Long.class)
                .single();
        long review = stage.jdbc.sql("select id from review where operation_id = ? and state = 'open'").param(operation)
                .query(Long.class).single();
        stage.reviews.decide(review, PaymentsStage.to(payment, amount), "Анна");
    }

    private Map<String, Object> nameless(String account, String amount, String purpose) {
        Map<String, Object> operation = stage.operation(PaymentsStage.newSource(), amount, purpose);
        Map<String, Object> party = new HashMap<>(Map.of("name", "Перевод", "account", account));
        operation.put("counterparty", party);
        operation.put("fingerprint", String.valueOf(operation.get("sourceId")));
        return operation;
    }

    /** The journal would come back to work that lost a race in the store. */
    private void decideUntilTaken(Map<String, Object> operation) {
        for (int tries = 0;; tries++) {
            try {
                stage.payments.decide(operation);
                return;
            } catch (org.springframework.dao.DataAccessException lost) {
                if (tries == 20) {
                    throw lost;
                }
            }
        }
    }
}
