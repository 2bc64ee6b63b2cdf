package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.state.Audit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The way back: the bank edits and withdraws, people decide and edit, writes are put off, lost and cut off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WayBackContract {

    private PaymentsStage stage;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start() {
        stage = new PaymentsStage(url());
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

    private String paid(long payment, String amount, String number) {
        String id = PaymentsStage.newSource();
        stage.told(id, amount, "Оплата по счету " + number);
        assertThat(stage.allocated(payment)).isPositive();
        return id;
    }

    // what the bank does

    @Test
    void aChangedOperationTakesItsMoneyBackAndAsks() {
        long id = stage.invoice("А-1", "500.00");
        String operation = paid(id, "500.00", "А-1");
        stage.told(operation, "500.00", "Оплата по счету А-2");
        assertThat(stage.asked()).hasSize(1);
        assertThat(stage.paid(id)).isZero();
        assertThat(stage.stage(id)).isEqualTo("invoiced");
        assertThat(stage.said).anyMatch(text -> text.contains("Оплата снята") && text.contains("банк изменил операцию"));
    }

    @Test
    void aChangeThatSaysTheSameMovesNothing() {
        long id = stage.invoice("А-3", "500.00");
        String operation = paid(id, "500.00", "А-3");
        stage.told(operation, "500.00", "Оплата по счету № А-3");
        assertThat(stage.allocated(id)).isEqualTo(500_00);
        assertThat(stage.asked()).isEmpty();
    }

    @Test
    void anEditThatIsTakenBackEndsWhereItBegan() {
        long id = stage.invoice("А-4", "500.00");
        String operation = paid(id, "500.00", "А-4");
        stage.told(operation, "500.00", "Оплата по договору 7");
        assertThat(stage.paid(id)).isZero();
        stage.told(operation, "500.00", "Оплата по счету А-4");
        assertThat(stage.paid(id)).isEqualTo(500_00);
        assertThat(stage.stage(id)).isEqualTo("paid");
        assertThat(stage.asked()).isEmpty();
    }

    @Test
    void aChangedOperationNeverMovesToAnotherPaymentWithoutAPerson() {
        long first = stage.invoice("А-5", "500.00");
        String operation = paid(first, "500.00", "А-5");
        stage.told(operation, "500.00", "Оплата по счету А-6");
        long second = stage.invoice("А-6", "500.00");
        stage.work();
        assertThat(stage.allocated(second)).isZero();
        assertThat(stage.asked()).hasSize(1);
        assertThat(stage.asked().get(0).candidates()).isNotEmpty();
        stage.answer(PaymentsStage.to(second, "500.00"));
        assertThat(stage.paid(second)).isEqualTo(500_00);
        assertThat(stage.paid(first)).isZero();
    }

    @Test
    void aWithdrawnOperationGivesItsMoneyBackAndComesBackWhenItIsShownAgain() {
        long id = stage.invoice("А-7", "500.00");
        String operation = paid(id, "500.00", "А-7");
        stage.shows(operation);
        assertThat(stage.paid(id)).isEqualTo(500_00);
        stage.shows();
        assertThat(stage.paid(id)).isZero();
        assertThat(stage.asked()).isEmpty();
        stage.shows(operation);
        assertThat(stage.paid(id)).isEqualTo(500_00);
    }

    @Test
    void whatStandsBesideAnotherMovementUnderOneIdIsShownWhereTheBankShowsThatId() {
        long first = stage.invoice("А-71", "500.00");
        long second = stage.invoice("А-72", "700.00");
        String id = paid(first, "500.00", "А-71");
        Map<String, Object> other = stage.operation(id, "700.00", "Оплата по счету А-72");
        other.put("documentNumber", "118");
        stage.payments.decide(other);
        stage.work();
        Map<String, Object> window = stage.window();
        List<Object> seen = new ArrayList<>((List<?>) window.get("seen"));
        seen.add(Map.of("operationId", id, "fingerprint", other.get("fingerprint")));
        window.put("seen", seen);
        stage.payments.window(window);
        stage.work();
        assertThat(stage.paid(second)).isEqualTo(700_00);
        assertThat(stage.paid(first)).isEqualTo(500_00);
        stage.shows();
        assertThat(stage.paid(second)).as("and gone where it is not").isZero();
    }

    @Test
    void whatIsWithdrawnEditedAndShownAgainIsAllocatedOnce() {
        long id = stage.invoice("А-8", "500.00");
        String operation = paid(id, "250.00", "А-8");
        stage.shows();
        stage.told(operation, "250.00", "Оплата по счету № А-8");
        stage.shows(operation);
        assertThat(stage.allocated(id)).isEqualTo(250_00);
    }

    @Test
    void anIdThatChangesOvernightIsTheSameOperation() {
        long id = stage.invoice("А-9", "500.00");
        String evening = paid(id, "250.00", "А-9");
        String morning = PaymentsStage.newSource();
        stage.told(morning, "250.00", "Оплата по счету А-9");
        assertThat(stage.allocated(id)).as("an equal transfer asks").isEqualTo(250_00);
        stage.shows(morning);
        assertThat(stage.allocated(id)).isEqualTo(250_00);
        assertThat(stage.asked()).as("it has answered itself").isEmpty();
        assertThat(stage.operationId(evening)).isEqualTo(stage.operationId(morning));
    }

    @Test
    void manyThatVanishAtOnceAreAskedAboutAndNothingIsTakenBack() {
        long id = stage.invoice("А-10", "1000.00");
        for (int n = 0; n < 5; n++) {
            paid(id, (100 + n) + ".00", "А-10");
        }
        long before = stage.paid(id);
        Map<String, Object> nothing = stage.window();
        Map<String, Object> alone = new java.util.LinkedHashMap<>(nothing);
        alone.put("bankAccount", "40702810200009990009");
        stage.jdbc.sql("update bank_operation set bank_account = '40702810200009990009' where party_inn = ?")
                .param(stage.inn).update();
        stage.payments.window(alone);
        stage.work();
        assertThat(stage.paid(id)).isEqualTo(before);
        Reviews.Question asked = stage.reviews.open(1000).stream().filter(one -> one.kind().equals("withdrawals"))
                .findFirst().orElseThrow();
        assertThat(asked.operation()).containsEntry("account", "40702810200009990009");
        assertThatThrownBy(() -> stage.reviews.decide(asked.id(), Reviews.Said.ignore("?"), "Анна"))
                .isInstanceOf(Reviews.Invalid.class);
        stage.reviews.decide(asked.id(), Reviews.Said.applyIt(), "Анна");
        stage.work();
        assertThat(stage.paid(id)).isZero();
    }

    @Test
    void whetherVeryMuchIsGoneFromThePortalAPersonSays() {
        MassDeletions doubts = stage.daemon.getBean(MassDeletions.class);
        for (boolean apply : new boolean[] {true, false}) {
            long id = stage.invoice("Б-" + apply, "500.00");
            doubts.raise("bitrix24.main", "payment", "1-9", List.of(id, id + 1), 20);
            stage.payments.askDeletions(Map.of("account", "bitrix24.main", "entity", "payment", "ids", List.of(id, id + 1),
                    "gone", 9, "known", 20));
            Reviews.Question asked = stage.reviews.open(1000).stream().filter(one -> one.kind().equals("deletions"))
                    .findFirst().orElseThrow();
            assertThat(asked.operation().get("why").toString()).contains("9 из 20").contains("Б-" + apply);
            stage.reviews.decide(asked.id(), apply ? Reviews.Said.applyIt() : Reviews.Said.keepIt(), "Анна");
            assertThat(doubts.of("bitrix24.main", "payment").orElseThrow().answer())
                    .isEqualTo(apply ? MassDeletions.Answer.APPLY : MassDeletions.Answer.KEEP);
        }
    }

    // what people decide

    @Test
    void whatAPersonAllocatedIsAskedAboutBeforeItIsTakenBack() {
        long id = stage.invoice("Б-1", "500.00");
        String operation = PaymentsStage.newSource();
        stage.told(operation, "400.00", "Оплата");
        stage.answer(PaymentsStage.to(id, "400.00"));
        stage.shows();
        assertThat(stage.allocated(id)).isEqualTo(400_00);
        assertThat(stage.why()).contains("отозвал");
        stage.answer(Reviews.Said.ignore("деньги вернулись"));
        assertThat(stage.allocated(id)).isZero();
        assertThat(stage.paid(id)).isZero();
    }

    @Test
    void whatAPersonKeepsThoughItVanishedIsNotAskedAboutAgain() {
        long id = stage.invoice("Б-2", "500.00");
        stage.told(PaymentsStage.newSource(), "400.00", "Оплата");
        stage.answer(PaymentsStage.to(id, "400.00"));
        stage.shows();
        stage.answer(Reviews.Said.keepIt());
        stage.shows();
        assertThat(stage.asked()).isEmpty();
        assertThat(stage.paid(id)).isEqualTo(400_00);
    }

    @Test
    void afterAChangeAPersonKeepsLowersMovesAndSplitsWhatTheOperationHolds() {
        long first = stage.invoice("Б-3", "600.00");
        long second = stage.invoice("Б-4", "300.00");
        String operation = PaymentsStage.newSource();
        stage.told(operation, "500.00", "Оплата");
        stage.answer(PaymentsStage.to(first, "500.00"));
        stage.told(operation, "500.00", "Оплата услуг");
        stage.answer(Reviews.Said.keepIt());
        assertThat(stage.paid(first)).isEqualTo(500_00);
        stage.told(operation, "500.00", "Оплата за ноябрь 2026");
        stage.answer(PaymentsStage.to(first, "300.00"));
        assertThat(stage.paid(first)).isEqualTo(300_00);
        stage.told(operation, "500.00", "Оплата за работы");
        stage.answer(Reviews.Said.allocate(List.of(new Reviews.Share(first, new BigDecimal("200.00")),
                new Reviews.Share(second, new BigDecimal("300.00")))));
        assertThat(List.of(stage.paid(first), stage.paid(second))).containsExactly(200_00L, 300_00L);
        assertThat(stage.stage(second)).isEqualTo("paid");
        stage.told(operation, "300.00", "Оплата за товары");
        stage.answer(PaymentsStage.to(second, "300.00"));
        assertThat(List.of(stage.paid(first), stage.paid(second))).containsExactly(0L, 300_00L);
        assertThat(stage.stage(first)).isEqualTo("invoiced");
    }

    @Test
    void anAnswerToAnEarlierLookOrAnEarlierVersionIsRefused() {
        long id = stage.invoice("Б-5", "500.00");
        String operation = PaymentsStage.newSource();
        stage.told(operation, "400.00", "Оплата");
        Reviews.Question asked = stage.asked().get(0);
        stage.told(operation, "450.00", "Оплата");
        assertThatThrownBy(() -> stage.reviews.decide(asked.id(), PaymentsStage.to(id, "400.00"), "Анна"))
                .isInstanceOf(Reviews.Conflict.class);
        Reviews.Question now = stage.asked().get(0);
        assertThatThrownBy(() -> stage.reviews.decide(now.id(), new Reviews.Said(null, null, "x", null, null, null,
                now.version() + 1), "Анна")).isInstanceOf(Reviews.Conflict.class);
        stage.answer(PaymentsStage.to(id, "450.00"));
        assertThat(stage.paid(id)).isEqualTo(450_00);
    }

    @Test
    void reopeningEndsWhatWasDecidedAndAsksAndTheMachineGivesTheMoneyToNobody() {
        long id = stage.invoice("Б-6", "500.00");
        String operation = paid(id, "500.00", "Б-6");
        assertThat(stage.reviews.reopen(stage.operationId(operation), "Анна")).isTrue();
        assertThat(stage.asked().get(0).candidates()).as("it may go back to where it was, at once")
                .anyMatch(one -> one.payment().get("id").equals((int) id) && one.payment().get("rest").equals("500.00"));
        stage.work();
        assertThat(stage.paid(id)).isZero();
        assertThat(stage.stage(id)).isEqualTo("invoiced");
        assertThat(stage.asked()).hasSize(1);
        assertThatThrownBy(() -> stage.reviews.reopen(stage.operationId(operation), "Анна"))
                .isInstanceOf(Reviews.Conflict.class);
        assertThat(stage.reviews.reopen(999_999_999, "Анна")).isFalse();
        stage.answer(Reviews.Said.classify("tax"));
        assertThat(stage.box(operation)).isEqualTo("classified");
        stage.reviews.reopen(stage.operationId(operation), "Анна");
        stage.answer(PaymentsStage.to(id, "500.00"));
        assertThat(stage.paid(id)).isEqualTo(500_00);
    }

    // what people do on the portal

    @Test
    void aSumChangedByHandIsNeverOverwrittenAndStillCountsAfterARelease() {
        long id = stage.invoice("В-1", "100.00");
        paid(id, "40.00", "В-1");
        stage.person(id, "paid", new BigDecimal("70.00"));
        assertThat(stage.byHand(id)).isEqualTo(30_00);
        stage.told(PaymentsStage.newSource(), "25.00", "Оплата по счету В-1");
        assertThat(stage.paid(id)).isEqualTo(70_00);
        assertThat(stage.asked()).hasSize(1);
        assertThat(stage.payments.release(id)).isTrue();
        assertThat(stage.payments.release(999_999_999)).isFalse();
        stage.work();
        assertThat(stage.paid(id)).isEqualTo(70_00);
        assertThat(stage.byHand(id)).isEqualTo(30_00);
    }

    @Test
    void aPersonsCorrectionBackToOurValueIsADecisionToo() {
        long id = stage.invoice("В-2", "100.00");
        paid(id, "40.00", "В-2");
        stage.person(id, "paid", new BigDecimal("70.00"));
        stage.person(id, "paid", new BigDecimal("40.00"));
        assertThat(stage.byHand(id)).isZero();
        stage.payments.release(id);
        stage.work();
        assertThat(stage.paid(id)).isEqualTo(40_00);
    }

    @Test
    void theBanksMoneyTakesThePlaceOfWhatAHandHadMarkedAndTheSumDoesNotMove() {
        for (boolean released : List.of(false, true)) {
            long id = stage.invoice("В-3" + released, "100.00");
            stage.person(id, "paid", new BigDecimal("40.00"));
            if (released) {
                stage.payments.release(id);
                stage.work();
            }
            stage.told(PaymentsStage.newSource(), "40.00", "Оплата по счету В-3" + released);
            assertThat(stage.paid(id)).isEqualTo(40_00);
            assertThat(stage.asked()).hasSize(1);
            assertThatThrownBy(() -> stage.reviews.decide(stage.asked().get(0).id(),
                    Reviews.Said.sameAs(id, new BigDecimal("40.01")), "Анна")).isInstanceOf(Reviews.Invalid.class);
            stage.answer(Reviews.Said.sameAs(id, new BigDecimal("40.00")));
            assertThat(stage.paid(id)).isEqualTo(40_00);
            assertThat(stage.byHand(id)).isZero();
            assertThat(stage.allocated(id)).isEqualTo(40_00);
            assertThat(stage.asked()).isEmpty();
        }
    }

    @Test
    void aHandThatMarksMoneyWhichIsStillOnItsWayToThePortalIsNotCountedTwice() {
        long id = stage.invoice("В-4", "100.00");
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "40.00", "Оплата по счету В-4"));
        stage.person(id, "paid", new BigDecimal("40.00"));
        assertThat(stage.paid(id)).isEqualTo(40_00);
        assertThat(stage.byHand(id) + stage.allocated(id)).isEqualTo(40_00);
        assertThat(stage.asked()).hasSize(1);
        stage.answer(Reviews.Said.sameAs(id, new BigDecimal("40.00")));
        assertThat(stage.paid(id)).isEqualTo(40_00);
    }

    @Test
    void paidByMistakeMovedBackAndReleasedIsOpenAgain() {
        long id = stage.invoice("В-5", "100.00");
        stage.person(id, "stage", "paid");
        assertThat(stage.byHand(id)).isEqualTo(100_00);
        stage.person(id, "stage", "invoiced");
        assertThat(stage.byHand(id)).isZero();
        stage.payments.release(id);
        stage.told(PaymentsStage.newSource(), "100.00", "Оплата по счету В-5");
        assertThat(stage.paid(id)).isEqualTo(100_00);
        assertThat(stage.stage(id)).isEqualTo("paid");
    }

    @Test
    void aFullyMarkedPaymentIsOfferedToTheMoneyThatFits() {
        long id = stage.invoice("В-6", "100.00");
        stage.person(id, "stage", "paid");
        stage.told(PaymentsStage.newSource(), "100.00", "Оплата по счету В-6");
        assertThat(stage.asked().get(0).candidates()).anyMatch(one -> one.payment().get("id").equals((int) id)
                && one.reasonsFor().toString().contains("отмечен"));
        stage.answer(Reviews.Said.sameAs(id, new BigDecimal("100.00")));
        assertThat(stage.byHand(id)).isZero();
        assertThat(stage.allocated(id)).isEqualTo(100_00);
    }

    @Test
    void aStageMovedByHandAfterOursIsNeverMovedBack() {
        long id = stage.invoice("В-7", "100.00");
        stage.person(id, "stage", "planned");
        paid(id, "40.00", "В-7");
        assertThat(stage.stage(id)).as("moving it before our first write is people's daily work").isEqualTo("partlyPaid");
        stage.person(id, "stage", "planned");
        stage.told(PaymentsStage.newSource(), "60.00", "Доплата по счету В-7");
        assertThat(stage.stage(id)).isEqualTo("planned");
        assertThat(stage.paid(id)).isEqualTo(40_00);
        assertThat(stage.why()).contains("стадия изменена");
    }

    @Test
    void aPaidDateCorrectedByHandStands() {
        long id = stage.invoice("В-8", "100.00");
        paid(id, "40.00", "В-8");
        stage.person(id, "paidDate", "2026-11-15");
        stage.told(PaymentsStage.newSource(), "60.00", "Доплата по счету В-8");
        assertThat(stage.portal.get(id)).containsEntry("paidDate", "2026-11-15");
        assertThat(stage.paid(id)).isEqualTo(100_00);
    }

    @Test
    void aCancelBetweenDecisionAndWriteAsksAboutTheMoneyAndNeverPays() {
        long id = stage.invoice("Г-1", "100.00");
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "100.00", "Оплата по счету Г-1"));
        stage.edit(id, "stage", "cancelled");
        stage.work();
        assertThat(stage.paid(id)).isZero();
        assertThat(stage.stage(id)).isEqualTo("cancelled");
        assertThat(stage.allocated(id)).isZero();
        assertThat(stage.asked()).hasSize(1);
    }

    @Test
    void aCancelAfterTheWriteAsksAndTheAnswerIsWritten() {
        long id = stage.invoice("Г-2", "100.00");
        long other = stage.invoice("Г-3", "100.00");
        paid(id, "100.00", "Г-2");
        stage.person(id, "stage", "cancelled");
        assertThat(stage.why()).contains("отменён");
        assertThat(stage.paid(id)).as("in one place until a person says otherwise").isEqualTo(100_00);
        stage.answer(PaymentsStage.to(other, "100.00"));
        assertThat(List.of(stage.paid(id), stage.paid(other))).containsExactly(0L, 100_00L);
        assertThat(stage.stage(id)).isEqualTo("cancelled");
    }

    @Test
    void aCancelBeforeTheDecisionGivesNothing() {
        long id = stage.invoice("Г-4", "100.00");
        stage.person(id, "stage", "cancelled");
        stage.told(PaymentsStage.newSource(), "100.00", "Оплата по счету Г-4");
        assertThat(stage.allocated(id)).isZero();
        assertThat(stage.asked()).hasSize(1);
    }

    @Test
    void aDeletedPaymentFreesItsMoneyIntoReview() {
        long id = stage.invoice("Г-5", "500.00");
        paid(id, "500.00", "Г-5");
        stage.delete(id);
        stage.look(id);
        stage.work();
        assertThat(stage.asked()).hasSize(1);
        assertThat(stage.allocated(id)).isZero();
    }

    @Test
    void anAmountThatChangesUnderTheMoneyIsWrittenOrAsked() {
        long id = stage.invoice("Г-6", "100.00");
        paid(id, "100.00", "Г-6");
        stage.person(id, "amount", new BigDecimal("150.00"));
        assertThat(stage.stage(id)).isEqualTo("partlyPaid");
        stage.person(id, "amount", new BigDecimal("80.00"));
        assertThat(stage.why()).contains("меньше");
        assertThat(stage.allocated(id)).isEqualTo(100_00);
    }

    // what becomes of writes

    @Test
    void theEventAboutOurOwnWriteCostsNoReadAndAnyOtherIsNews() {
        long id = stage.invoice("Д-0", "100.00");
        Map<String, Object> event = Map.of("id", id, "entity", "payment");
        assertThat(stage.payments.isNews(event)).isTrue();
        paid(id, "40.00", "Д-0");
        assertThat(stage.payments.isNews(event)).as("our own echo").isFalse();
        assertThat(stage.payments.isNews(stage.item(id))).as("a poll shows what we wrote and nothing else").isFalse();
        stage.edit(id, "amount", new BigDecimal("120.00"));
        assertThat(stage.payments.isNews(stage.item(id))).as("a person has been there since").isTrue();
        stage.jdbc.sql("update payment set written_at = written_at - 10001 where id = ?").param(id).update();
        assertThat(stage.payments.isNews(event)).isTrue();
    }

    @Test
    void aWriteThatWasPutOffIsRepeatedWhole() {
        long id = stage.invoice("Д-1", "100.00");
        String operation = paid(id, "100.00", "Д-1");
        stage.payments.window(stage.window());
        stage.write(id, 1, false, false);
        stage.look(id);
        stage.work();
        assertThat(stage.paid(id)).isZero();
        assertThat(stage.stage(id)).isEqualTo("invoiced");
        stage.shows(operation);
        assertThat(stage.stage(id)).isEqualTo("paid");
    }

    @Test
    void aWriteWhoseAnswerWasLostIsOursAndIsExplained() {
        long id = stage.invoice("Д-2", "100.00");
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "40.00", "Оплата по счету Д-2"));
        stage.write(id, 1, true, false);
        stage.look(id);
        assertThat(stage.byHand(id)).isZero();
        stage.work();
        assertThat(stage.paid(id)).isEqualTo(40_00);
        assertThat(stage.daemon.getBean(Audit.class).of("payment", Long.toString(id))).extracting("field")
                .containsExactlyInAnyOrder("paid", "paidDate", "stage");
        stage.told(PaymentsStage.newSource(), "60.00", "Доплата по счету Д-2");
        assertThat(stage.stage(id)).isEqualTo("paid");
    }

    @Test
    void aKillBetweenDecisionAndWriteLeavesNothingUnsaid() {
        long id = stage.invoice("Д-3", "100.00");
        String operation = PaymentsStage.newSource();
        stage.payments.decide(stage.operation(operation, "100.00", "Оплата по счету Д-3"));
        assertThat(openWrites(id)).isOne();
        stage.work();
        stage.payments.window(stage.window());
        assertThat(openWrites(id)).as("a take-back carries its write").isOne();
        stage.work();
        stage.shows(operation);
        stage.reviews.reopen(stage.operationId(operation), "Анна");
        assertThat(openWrites(id)).as("a person's word carries its write").isOne();
        stage.work();
        assertThat(stage.paid(id)).isZero();
    }

    private long openWrites(long id) {
        return stage.jdbc.sql("select count(*) from entry where flow = 'payment-write' and order_key = ? and state <> 'done'")
                .param(Long.toString(id)).query(Long.class).single();
    }

    @Test
    void anOlderReadingNeverOverrulesANewerOne() {
        long id = stage.invoice("Д-4", "100.00");
        Map<String, Object> old = stage.item(id);
        paid(id, "40.00", "Д-4");
        stage.look(id);
        stage.payments.remember(old);
        stage.work();
        assertThat(stage.byHand(id)).isZero();
        stage.told(PaymentsStage.newSource(), "60.00", "Доплата по счету Д-4");
        assertThat(stage.stage(id)).isEqualTo("paid");
        assertThat(stage.asked()).isEmpty();
    }

    @Test
    void aFieldThatWasRenamedOnThePortalIsNotTakenForAPersonsDecision() {
        long id = stage.invoice("Д-5", "100.00");
        paid(id, "40.00", "Д-5");
        Map<String, Object> blind = stage.item(id);
        blind.remove("paid");
        blind.put("missing", List.of("payment.field.paid"));
        stage.payments.remember(blind);
        stage.told(PaymentsStage.newSource(), "60.00", "Доплата по счету Д-5");
        assertThat(stage.allocated(id)).isEqualTo(100_00);
    }

    @Test
    void aStageThatWasRenamedAndComesBackIsNoPersonsMove() {
        long id = stage.invoice("Д-7", "100.00");
        paid(id, "40.00", "Д-7");
        Map<String, Object> nameless = stage.item(id);
        nameless.remove("stage");
        nameless.remove("movedByRobot");
        nameless.put("missing", List.of("payment.in.stage.partlyPaid"));
        stage.payments.remember(nameless);
        stage.edit(id, "stage", "partlyPaid");
        stage.look(id);
        stage.told(PaymentsStage.newSource(), "60.00", "Доплата по счету Д-7");
        assertThat(stage.stage(id)).isEqualTo("paid");
        assertThat(stage.asked()).isEmpty();
    }

    @Test
    void whatDiffersFromTheLedgerIsRepairedByTheNightlyComparison() {
        long id = stage.invoice("Д-6", "100.00");
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "100.00", "Оплата по счету Д-6"));
        stage.jdbc.sql("delete from entry where flow = 'payment-write'").update();
        assertThat(stage.payments.compareAll()).isPositive();
        stage.work();
        assertThat(stage.paid(id)).isEqualTo(100_00);
    }
}
