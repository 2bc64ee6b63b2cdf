package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.Application;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Cursors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The flow's promises over a real store: decided once, never more than is open, people's decisions kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PaymentsContract {

    private static final String OWN = "0099000014";
    private static final String ACCOUNT = "40702810200009990001";
    private static final AtomicLong IDS = new AtomicLong(1000);

    private ConfigurableApplicationContext daemon;
    private Payments payments;
    private Reviews reviews;
    private JdbcClient jdbc;
    private String inn;
    private long company;

    private String store;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start() {
        store = url();
        daemon = run("automatic");
        payments = daemon.getBean(Payments.class);
        reviews = daemon.getBean(Reviews.class);
        jdbc = daemon.getBean(JdbcClient.class);
        assertThatThrownBy(() -> payments.decide(operation("early", "1.00", "по счету 1")))
                .as("nothing is decided before the portal was read").isInstanceOf(NotYet.class);
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            daemon.getBean(Cursors.class).save(feed, Map.of());
            daemon.getBean(Cursors.class).reached(feed);
        }
    }

    private ConfigurableApplicationContext run(String mode) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run("--sverka.database.url=" + store, "--sverka.routes.start=false",
                "--sverka.payments.mode=" + mode, "--sverka.own-companies[0].inn=" + OWN,
                "--sverka.own-companies[0].accounts[0]=" + ACCOUNT);
    }

    @AfterAll
    void stop() {
        daemon.close();
    }

    /** Each test has a customer of its own. */
    @BeforeEach
    void customer() {
        company = IDS.incrementAndGet();
        inn = String.format("%010d", company);
        payments.rememberCompany(Map.of("id", company, "title", "ООО «Ромашка»",
                "requisites", List.of(Map.of("inn", inn, "kpp", "009901002"))));
    }

    private Map<String, Object> operation(String id, String amount, String purpose) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("source", "tbank.main");
        operation.put("sourceId", id);
        operation.put("version", amount + purpose.hashCode());
        operation.put("bankAccount", ACCOUNT);
        operation.put("direction", "INCOMING");
        operation.put("amount", new BigDecimal(amount).movePointRight(2).longValueExact());
        operation.put("currency", "RUB");
        operation.put("bookedOn", "2026-11-16");
        operation.put("documentNumber", "117");
        operation.put("purpose", purpose);
        Map<String, Object> party = new LinkedHashMap<>();
        party.put("inn", inn);
        party.put("name", "ООО «Ромашка»");
        party.put("account", "40702810600000880012");
        operation.put("counterparty", party);
        operation.put("readAt", "2026-11-17T00:00:00Z");
        operation.put("fingerprint", fingerprint(amount, purpose));
        return operation;
    }

    private Map<String, Object> invoice(long id, String number, String amount) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", id);
        item.put("pipeline", "in");
        item.put("stage", "invoiced");
        item.put("title", "Счёт № " + number);
        item.put("number", number);
        item.put("invoiceDate", "2026-11-12");
        item.put("amount", new BigDecimal(amount));
        item.put("currency", "RUB");
        item.put("company", company);
        item.put("updatedTime", "2026-11-12T09:00:00Z");
        return item;
    }

    private long remembered(String number, String amount) {
        long id = IDS.incrementAndGet();
        payments.remember(invoice(id, number, amount));
        return id;
    }

    private String id() {
        return "op-" + IDS.incrementAndGet();
    }

    private List<Reviews.Question> asked() {
        return reviews.open(10_000).stream().filter(one -> inn.equals(one.operation().get("inn"))).toList();
    }

    /** The item after what was asked for has been written, as the portal would then show it. */
    private Map<String, Object> written(Map<String, Object> item) {
        Map<String, Object> asked = payments.project(item);
        Map<String, Object> after = new LinkedHashMap<>(item);
        after.putAll(fields(asked));
        payments.projected(asked);
        return after;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Map<String, Object> projected) {
        return (Map<String, Object>) projected.get("fields");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> comments(Map<String, Object> projected) {
        return (List<Map<String, Object>>) projected.get("comments");
    }

    @Test
    void aClearOperationPaysItsInvoiceOnceHoweverOftenItIsTold() {
        long id = remembered("МК-17", "45000.00");
        Map<String, Object> operation = operation(id(), "45000.00", "Оплата по счету № МК-17 от 12.11.2026");
        for (int times = 0; times < 3; times++) {
            assertThat(payments.decide(operation)).singleElement().satisfies(one ->
                    assertThat(one.get("payment")).isEqualTo(id));
        }
        Map<String, Object> asked = payments.project(invoice(id, "МК-17", "45000.00"));
        assertThat(fields(asked)).containsEntry("paid", new BigDecimal("45000.00")).containsEntry("stage", "paid");
        assertThat(fields(asked).get("paidDate")).hasToString("2026-11-16");
        assertThat(comments(asked)).singleElement().satisfies(comment -> {
            assertThat(comment.get("text").toString()).contains("45\u00a0000,00\u00a0₽").contains("16.11.2026")
                    .contains("Счёт № МК-17 от 12.11.2026 оплачен полностью").contains("Почему: в назначении назван счёт")
                    .endsWith(comment.get("marker").toString());
            assertThat(comment.get("marker").toString()).startsWith("sverka:bank-operation:").hasSizeLessThanOrEqualTo(40);
        });
        assertThat(asked()).isEmpty();
    }

    @Test
    void whatIsWrittenIsNotWrittenAgainAndIsExplained() {
        long id = remembered("МК-18", "100.00");
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-18"));
        Map<String, Object> after = written(invoice(id, "МК-18", "100.00"));
        assertThat(after).containsEntry("stage", "partlyPaid").containsEntry("paid", new BigDecimal("40.00"));
        Map<String, Object> again = payments.project(after);
        assertThat(fields(again)).isEmpty();
        assertThat(comments(again)).isEmpty();
        assertThat(daemon.getBean(Audit.class).of("payment", Long.toString(id)))
                .extracting("field").containsExactlyInAnyOrder("paid", "paidDate", "stage");
    }

    @Test
    void aCrashBetweenWritingAndNotingItIsNotTakenForAPerson() {
        long id = remembered("МК-19", "100.00");
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-19"));
        Map<String, Object> asked = payments.project(invoice(id, "МК-19", "100.00"));
        Map<String, Object> onPortal = new LinkedHashMap<>(invoice(id, "МК-19", "100.00"));
        onPortal.putAll(fields(asked));
        payments.decide(operation(id(), "60.00", "Доплата по счету МК-19"));
        Map<String, Object> next = payments.project(onPortal);
        assertThat(fields(next)).containsEntry("paid", new BigDecimal("100.00")).containsEntry("stage", "paid");
        assertThat(comments(next)).hasSize(2);
    }

    @Test
    void aSumChangedByHandIsNeverOverwritten() {
        long id = remembered("МК-20", "100.00");
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-20"));
        Map<String, Object> after = written(invoice(id, "МК-20", "100.00"));
        after.put("paid", new BigDecimal("70.00"));
        assertThat(fields(payments.project(after))).isEmpty();
        payments.decide(operation(id(), "30.00", "Доплата по счету МК-20"));
        assertThat(fields(payments.project(after))).isEmpty();
        assertThat(asked()).singleElement().satisfies(one ->
                assertThat(one.operation().get("why").toString()).contains("ведёт человек"));
    }

    @Test
    void aStageMovedByHandAfterOursIsNeverMovedBackAndARobotsIs() {
        long id = remembered("МК-30", "100.00");
        Map<String, Object> moved = invoice(id, "МК-30", "100.00");
        moved.put("stage", "planned");
        payments.remember(moved);
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-30"));
        Map<String, Object> after = written(moved);
        assertThat(after).as("moving it before our first write is people's daily work").containsEntry("stage", "partlyPaid");
        Map<String, Object> byRobot = new LinkedHashMap<>(after);
        byRobot.put("stage", "invoiced");
        byRobot.put("movedByRobot", true);
        assertThat(fields(payments.project(byRobot))).containsEntry("stage", "partlyPaid");
        Map<String, Object> byPerson = new LinkedHashMap<>(after);
        byPerson.put("stage", "planned");
        payments.remember(byPerson);
        assertThat(fields(payments.project(byPerson))).isEmpty();
        payments.decide(operation(id(), "60.00", "Доплата по счету МК-30"));
        assertThat(fields(payments.project(byPerson))).isEmpty();
        assertThat(asked()).singleElement().satisfies(one ->
                assertThat(one.operation().get("why").toString()).contains("стадия изменена"));
    }

    @Test
    void aFieldThatWasRenamedOnThePortalIsNotTakenForAPersonsDecision() {
        long id = remembered("МК-31", "100.00");
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-31"));
        Map<String, Object> blind = written(invoice(id, "МК-31", "100.00"));
        blind.remove("paid");
        blind.put("missing", List.of("payment.field.paid"));
        payments.remember(blind);
        payments.decide(operation(id(), "60.00", "Доплата по счету МК-31"));
        assertThat(allocated(id)).isEqualTo(100_00);
    }

    @Test
    void moneyBeforeItsInvoiceIsDecidedAgainWhenTheInvoiceComes() {
        payments.decide(operation(id(), "500.00", "Оплата по счету МК-21"));
        assertThat(asked()).hasSize(1);
        long id = IDS.incrementAndGet();
        List<Map<String, Object>> again = payments.remember(invoice(id, "МК-21", "500.00"));
        assertThat(again).singleElement().satisfies(one -> assertThat(one.get("key")).isEqualTo(OWN + "/" + inn));
        assertThat(payments.decide(again.get(0))).hasSize(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void aDeletedPaymentFreesItsMoneyIntoReview() {
        long id = remembered("МК-22", "500.00");
        payments.decide(operation(id(), "500.00", "Оплата по счету МК-22"));
        List<Map<String, Object>> again = payments.remember(Map.of("id", id, "deleted", true));
        assertThat(again).hasSize(1);
        payments.decide(again.get(0));
        assertThat(asked()).hasSize(1);
    }

    @Test
    void aChangedOperationTakesItsAllocationBackAndAsks() {
        long id = remembered("МК-23", "500.00");
        String operation = id();
        payments.decide(operation(operation, "500.00", "Оплата по счету МК-23"));
        Map<String, Object> paid = written(invoice(id, "МК-23", "500.00"));
        assertThat(paid).containsEntry("stage", "paid");
        assertThat(payments.decide(operation(operation, "500.00", "Оплата по счету МК-24"))).singleElement()
                .satisfies(one -> assertThat(one.get("payment")).isEqualTo(id));
        assertThat(asked()).hasSize(1);
        assertThat(allocated(id)).isZero();
        Map<String, Object> back = payments.project(paid);
        assertThat(fields(back)).containsEntry("stage", "invoiced").containsEntry("paid", new BigDecimal("0.00"));
        assertThat(comments(back)).singleElement().satisfies(comment ->
                assertThat(comment.get("text").toString()).contains("Оплата снята").contains("банк изменил операцию"));
        payments.projected(back);
        assertThat(comments(payments.project(paid))).as("said once").isEmpty();
    }

    @Test
    void aChangeThatSaysTheSameMovesNothing() {
        long id = remembered("МК-32", "500.00");
        String operation = id();
        payments.decide(operation(operation, "500.00", "Оплата по счету МК-32"));
        payments.decide(operation(operation, "500.00", "Оплата по счету № МК-32"));
        assertThat(allocated(id)).isEqualTo(500_00);
        assertThat(asked()).isEmpty();
    }

    @Test
    void whatAPersonAllocatedIsAskedAboutBeforeItIsTakenBack() {
        long id = remembered("МК-33", "500.00");
        String operation = id();
        payments.decide(operation(operation, "400.00", "Оплата"));
        reviews.decide(asked().get(0).id(), said(id, "400.00"), "Анна");
        payments.window(window(operation, false));
        assertThat(allocated(id)).isEqualTo(400_00);
        assertThat(asked()).singleElement().satisfies(one ->
                assertThat(one.operation().get("why").toString()).contains("отозвал"));
        reviews.decide(asked().get(0).id(), new Reviews.Said(null, null, "деньги вернулись"), "Анна");
        assertThat(allocated(id)).isZero();
    }

    @Test
    void aWithdrawnOperationGivesItsMoneyBackAndComesBackWhenItIsShownAgain() {
        long id = remembered("МК-34", "500.00");
        String operation = id();
        payments.decide(operation(operation, "500.00", "Оплата по счету МК-34"));
        assertThat(payments.window(window(operation, true))).as("what is shown stays").isEmpty();
        assertThat(payments.window(window(operation, false))).hasSize(1);
        assertThat(allocated(id)).isZero();
        assertThat(asked()).isEmpty();
        payments.window(window(operation, true));
        assertThat(allocated(id)).isEqualTo(500_00);
    }

    @Test
    void anIdThatChangesOvernightIsTheSameOperation() {
        long id = remembered("МК-35", "500.00");
        String evening = id();
        String morning = id();
        payments.decide(operation(evening, "250.00", "Частичная оплата по счету МК-35"));
        Map<String, Object> other = operation(morning, "250.00", "Частичная оплата по счету МК-35");
        payments.decide(other);
        assertThat(allocated(id)).as("an equal transfer asks").isEqualTo(250_00);
        payments.window(window(morning, true, "250.00", "Частичная оплата по счету МК-35"));
        assertThat(allocated(id)).isEqualTo(250_00);
        assertThat(asked()).as("it has answered itself").isEmpty();
        assertThat(payments.decide(other)).hasSize(1);
        assertThat(allocated(id)).isEqualTo(250_00);
    }

    @Test
    void aFileTellsNothingNewOfWhatTheBanksApiTold() {
        long id = remembered("МК-36", "500.00");
        Map<String, Object> fromApi = operation(id(), "250.00", "Частичная оплата по счету МК-36");
        payments.decide(fromApi);
        Map<String, Object> fromFile = new LinkedHashMap<>(fromApi);
        fromFile.put("source", "statements.main");
        fromFile.put("sourceId", id());
        fromFile.put("version", "file");
        payments.decide(fromFile);
        assertThat(allocated(id)).isEqualTo(250_00);
        assertThat(asked()).isEmpty();
    }

    @Test
    void whatIsWithdrawnEditedAndShownAgainIsAllocatedOnce() {
        long id = remembered("МК-40", "500.00");
        String operation = id();
        payments.decide(operation(operation, "250.00", "Частичная оплата по счету МК-40"));
        payments.window(window(operation, false));
        payments.decide(operation(operation, "250.00", "Частичная оплата по счету № МК-40"));
        payments.window(window(operation, true));
        assertThat(allocated(id)).isEqualTo(250_00);
    }

    @Test
    void aDoubleThatAPersonDecidedOnStandsInPlaceOfTheOneThatIsGone() {
        long id = remembered("МК-41", "500.00");
        String evening = id();
        String morning = id();
        payments.decide(operation(evening, "250.00", "Частичная оплата по счету МК-41"));
        payments.decide(operation(morning, "250.00", "Частичная оплата по счету МК-41"));
        reviews.decide(asked().get(0).id(), said(id, "250.00"), "Анна");
        assertThat(allocated(id)).isEqualTo(500_00);
        payments.window(window(morning, true, "250.00", "Частичная оплата по счету МК-41"));
        assertThat(allocated(id)).isEqualTo(250_00);
        assertThat(fields(payments.project(invoice(id, "МК-41", "500.00"))))
                .containsEntry("paid", new BigDecimal("250.00"));
    }

    @Test
    void aPartThatAPersonAllocatedIsTakenBackWithItsWithdrawnOperation() {
        long id = remembered("МК-42", "500.00");
        String operation = id();
        payments.decide(operation(operation, "400.00", "Оплата"));
        reviews.decide(asked().get(0).id(), said(id, "300.00"), "Анна");
        payments.window(window(operation, false));
        assertThat(allocated(id)).as("the person is asked first").isEqualTo(300_00);
        reviews.decide(asked().get(0).id(), new Reviews.Said(null, null, "деньги вернулись"), "Анна");
        assertThat(allocated(id)).isZero();
    }

    @Test
    void onlyTheSurplusIsSetAsideWhereOnlyThatWasAskedAbout() {
        long id = remembered("МК-43", "500.00");
        payments.decide(operation(id(), "600.00", "Оплата по счету МК-43"));
        assertThat(allocated(id)).isEqualTo(500_00);
        reviews.decide(asked().get(0).id(), new Reviews.Said(null, null, "аванс на потом"), "Анна");
        assertThat(allocated(id)).isEqualTo(500_00);
    }

    @Test
    void aSurplusThatAnEditBringsIsAskedAboutThoughTheRestStands() {
        long id = remembered("МК-44", "500.00");
        String operation = id();
        payments.decide(operation(operation, "500.00", "Оплата по счету МК-44"));
        payments.decide(operation(operation, "600.00", "Оплата по счету МК-44"));
        assertThat(allocated(id)).isEqualTo(500_00);
        assertThat(asked()).singleElement().satisfies(one ->
                assertThat(one.operation().get("why").toString()).contains("свободный остаток"));
    }

    @Test
    void theBanksApiIsBelievedOverTheFileThatToldFirst() {
        long id = remembered("МК-45", "500.00");
        Map<String, Object> fromFile = operation(id(), "250.00", "Частичная оплата по счету МК-45");
        fromFile.put("source", "statements.main");
        payments.decide(fromFile);
        String api = id();
        payments.decide(operation(api, "250.00", "Частичная оплата по счету МК-45"));
        assertThat(allocated(id)).isEqualTo(250_00);
        payments.decide(operation(api, "250.00", "Частичная оплата по счету МК-46"));
        assertThat(allocated(id)).as("what the API changes counts").isZero();
    }

    @Test
    void aReleasedPaymentIsWrittenAgainAndTheSumSetByHandStillCounts() {
        long id = remembered("МК-37", "100.00");
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-37"));
        Map<String, Object> after = written(invoice(id, "МК-37", "100.00"));
        after.put("paid", new BigDecimal("70.00"));
        payments.remember(after);
        assertThat(payments.release(id)).isTrue();
        assertThat(payments.release(999_999_999)).isFalse();
        payments.decide(operation(id(), "30.00", "Доплата по счету МК-37"));
        assertThat(fields(payments.project(after))).containsEntry("paid", new BigDecimal("100.00"))
                .containsEntry("stage", "paid");
    }

    @Test
    void moneyThatAPersonMayHaveCountedAlreadyIsAskedAbout() {
        long id = IDS.incrementAndGet();
        Map<String, Object> partly = invoice(id, "МК-38", "100.00");
        partly.put("paid", new BigDecimal("40.00"));
        payments.remember(partly);
        payments.decide(operation(id(), "40.00", "Частичная оплата по счету МК-38"));
        assertThat(allocated(id)).isZero();
        assertThat(asked()).singleElement().satisfies(one ->
                assertThat(one.operation().get("why").toString()).contains("отмечена оплаченной вручную"));
    }

    private String fingerprint(String amount, String purpose) {
        return Integer.toHexString((inn + amount + purpose).hashCode());
    }

    private Map<String, Object> window(String operation, boolean shown) {
        return window(operation, shown, "500.00", "");
    }

    /** A day of the account of this test's customer alone. */
    private Map<String, Object> window(String operation, boolean shown, String amount, String purpose) {
        List<Map<String, Object>> seen = new ArrayList<>(jdbc.sql("""
                select a.source_id from operation_alias a join bank_operation o on o.id = a.operation_id
                where a.source = 'tbank.main' and (o.party_inn <> ? or o.party_inn is null)""").param(inn)
                .query(String.class).list().stream()
                .map(id -> Map.<String, Object>of("operationId", id, "fingerprint", "")).toList());
        if (shown) {
            seen.add(Map.of("operationId", operation, "fingerprint", fingerprint(amount, purpose)));
        }
        return Map.of("source", "tbank.main", "bankAccount", ACCOUNT, "fromDate", "2026-11-16",
                "toDateExclusive", "2026-11-17", "readAt", "2026-11-18T00:00:00Z", "seen", seen);
    }

    @Test
    void aPersonAllocatesOnceAndNeverMoreThanThereIs() {
        long id = remembered("МК-25", "500.00");
        payments.decide(operation(id(), "700.00", "Оплата"));
        Reviews.Question question = asked().get(0);
        assertThatThrownBy(() -> reviews.decide(question.id(), said(id, "500.01"), "Анна"))
                .isInstanceOf(Reviews.Invalid.class);
        assertThatThrownBy(() -> reviews.decide(question.id(), said(id, "0.001"), "Анна"))
                .isInstanceOf(Reviews.Invalid.class);
        assertThat(reviews.decide(question.id(), said(id, "500.00"), "Анна")).isTrue();
        assertThatThrownBy(() -> reviews.decide(question.id(), said(id, "1.00"), "Борис"))
                .isInstanceOf(Reviews.Conflict.class);
        assertThat(reviews.decide(999_999_999, said(id, "1.00"), "Анна")).isFalse();
        assertThat(daemon.getBean(Journal.class).list("queued", 1000)).anySatisfy(entry -> {
            assertThat(entry.flow()).isEqualTo("payment-write");
            assertThat(entry.key()).isEqualTo(Long.toString(id));
        });
    }

    private static Reviews.Said said(long payment, String amount) {
        return new Reviews.Said(List.of(new Reviews.Share(payment, new BigDecimal(amount))), null, null);
    }

    @Test
    void inShadowEverythingWaitsForAYes() {
        try (ConfigurableApplicationContext shadow = run("shadow")) {
            long id = remembered("МК-26", "500.00");
            assertThat(shadow.getBean(Payments.class).decide(operation(id(), "500.00", "Оплата по счету МК-26"))).isEmpty();
            assertThat(asked()).singleElement().satisfies(one -> {
                assertThat(one.kind()).isEqualTo("proposal");
                assertThat(one.candidates().get(0).payment()).containsEntry("id", (int) id).containsEntry("rest", "500.00");
            });
            assertThat(allocated(id)).isZero();
        }
    }

    @Test
    void atFirstSightAPaymentInASuccessStageCountsAsPaid() {
        long id = IDS.incrementAndGet();
        Map<String, Object> paid = invoice(id, "МК-27", "500.00");
        paid.put("stage", "paid");
        payments.remember(paid);
        payments.decide(operation(id(), "500.00", "Оплата по счету МК-27"));
        assertThat(asked()).singleElement().satisfies(one ->
                assertThat(one.operation().get("why").toString()).contains("уже оплачен"));
    }

    /** Random operations, repeated, in any order, at the same time: never more than is open, each in exactly one box. */
    @Test
    void atTheSameTimeNothingIsAllocatedTwice() throws Exception {
        Random dice = new Random(5);
        List<Long> invoices = new ArrayList<>();
        List<Map<String, Object>> told = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            invoices.add(remembered("Д-" + (700 + n), "1000.00"));
            for (int part = 0; part < 8; part++) {
                Map<String, Object> operation = operation(id(), (100 + dice.nextInt(300)) + "." + (10 + dice.nextInt(89)),
                        "Частичная оплата " + "абвгдежз".charAt(part) + " по счету Д-" + (700 + n));
                told.add(operation);
                told.add(operation);
            }
        }
        java.util.Collections.shuffle(told, dice);
        ExecutorService replicas = Executors.newFixedThreadPool(4);
        List<java.util.concurrent.Future<?>> work = new ArrayList<>();
        told.forEach(operation -> work.add(replicas.submit(() -> decideUntilTaken(operation))));
        for (java.util.concurrent.Future<?> one : work) {
            one.get(60, TimeUnit.SECONDS);
        }
        replicas.shutdown();
        for (long id : invoices) {
            assertThat(allocated(id)).isPositive().isLessThanOrEqualTo(1000_00);
        }
        long operations = jdbc.sql("select count(*) from bank_operation where party_inn = ?").param(inn).query(Long.class)
                .single();
        long allocated = jdbc.sql("""
                select count(*) from bank_operation o where party_inn = ? and box = 'allocated' and 1 =
                (select count(*) from allocation a where a.operation_id = o.id and a.active = true)""").param(inn)
                .query(Long.class).single();
        assertThat(operations).isEqualTo(48);
        assertThat(allocated + asked().size()).as("each in one box").isEqualTo(48);
    }

    /** The journal would come back to work that lost a race in the store. */
    private void decideUntilTaken(Map<String, Object> operation) {
        for (int tries = 0;; tries++) {
            try {
                payments.decide(operation);
                return;
            } catch (org.springframework.dao.DataAccessException lost) {
                if (tries == 20) {
                    throw lost;
                }
            }
        }
    }

    private long allocated(long payment) {
        return jdbc.sql("select coalesce(sum(amount), 0) from allocation where payment_id = ? and active = true")
                .param(payment).query(Long.class).single();
    }
}
