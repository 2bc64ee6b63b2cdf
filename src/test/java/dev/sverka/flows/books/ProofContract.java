package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.journal.Event;
import dev.sverka.flows.books.Proofs.Shown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A month at two banks, day by day: what is missing, doubled or altered is named on its day and account, all else is proven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProofContract {

    private static final int WEEK = 7;

    private ProofStage stage;

    /** A store of its own. */
    abstract String url();

    /** How many days the month of faults has. */
    int days() {
        return 30;
    }

    @BeforeAll
    void start() {
        stage = new ProofStage(url());
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @BeforeEach
    void open() {
        stage.open();
    }

    @AfterEach
    void shut() {
        stage.shut();
    }

    private static LocalDate day(int n) {
        return ProofStage.FIRST.plusDays(n - 1L);
    }

    private static String named(Shown one) {
        return one.account() + " " + one.date() + " " + one.difference();
    }

    private List<String> differing() {
        return stage.proofs.differing().stream().map(ProofContract::named).toList();
    }

    /** The links of an account hold each other: each can be worked out from what it says and the one before. */
    private void assertChained(String account) {
        String previous = DayProof.FIRST;
        for (Shown one : stage.proofs.find(account, null, null, false)) {
            assertThat(one.previousHash()).as(one.date() + "").isEqualTo(previous);
            DayProof proof = new DayProof(one.account(), one.date(), DayProof.State.valueOf(one.state().toUpperCase()),
                    kopecks(one.opening()), kopecks(one.operations()), one.count(), kopecks(one.closing()), one.what());
            assertThat(one.hash()).isEqualTo(proof.hash(previous));
            previous = one.hash();
        }
    }

    private static Long kopecks(String money) {
        return money == null ? null : new BigDecimal(money).movePointRight(2).longValueExact();
    }

    @Test
    void daysWithoutFaultsAreProvenAndNobodyIsAlarmed() {
        for (int n = 1; n <= WEEK; n++) {
            stage.business(day(n));
            stage.morning(day(n + 1));
            assertThat(stage.proofs.differing()).as("morning after " + day(n)).isEmpty();
        }
        for (String account : List.of(ProofStage.TBANK, ProofStage.TOCHKA)) {
            assertThat(stage.proven(account)).hasSize(WEEK).allSatisfy(one -> {
                assertThat(one.state()).isEqualTo("proven");
                assertThat(one.count()).isEqualTo(3);
                assertThat(one.difference()).isEqualTo("0.00");
            });
            assertChained(account);
        }
        long records = records();
        stage.books.prove();
        assertThat(records()).as("what has not changed costs no row").isEqualTo(records);
    }

    private long records() {
        return stage.jdbc.sql("select count(*) from day_proof").query(Long.class).single();
    }

    @Test
    void whatABankDropsDoublesOrAltersIsNamedOnItsDayAndAccount() {
        for (int n = 1; n <= days(); n++) {
            List<String> ids = stage.business(day(n));
            switch (n) {
                case 5 -> stage.tbank.company().switches().leavesOut(ids.get(0));
                case 11 -> stage.tbank.company().switches().showsTwice(ids.get(1));
                case 17 -> stage.tbank.company().switches().showsAs(ids.get(2), new BigDecimal("78.50"));
                case 8 -> stage.tochka.switches().leavesOut(ids.get(3));
                case 14 -> stage.tochka.switches().showsTwice(ids.get(5));
                case 21 -> stage.tochka.switches().showsAs(ids.get(4), new BigDecimal("41.00"));
                default -> { }
            }
            stage.morning(day(n + 1));
        }
        assertThat(differing()).containsExactlyInAnyOrder(
                ProofStage.TBANK + " 2026-10-05 1005.50", ProofStage.TBANK + " 2026-10-11 300.25",
                ProofStage.TBANK + " 2026-10-17 -1.50", ProofStage.TOCHKA + " 2026-10-08 2008.10",
                ProofStage.TOCHKA + " 2026-10-14 -15.15", ProofStage.TOCHKA + " 2026-10-21 1.00");
        assertThat(stage.proofs.differing().get(0).what()).singleElement().asString()
                .contains("расхождение 1005.50", "не хватает поступления");
        assertThat(stage.proven(ProofStage.TBANK)).as("all other days").hasSize(days())
                .filteredOn(one -> one.state().equals("proven")).hasSize(days() - 3);
        assertThat(stage.proven(ProofStage.TOCHKA)).hasSize(days())
                .filteredOn(one -> one.state().equals("proven")).hasSize(days() - 3);
        assertChained(ProofStage.TBANK);
        assertChained(ProofStage.TOCHKA);
    }

    @Test
    void aProvenDayThatChangesLaterIsAnotherVersionAndTheOldOneStays() {
        for (int n = 1; n <= 5; n++) {
            stage.business(day(n));
            stage.morning(day(n + 1));
        }
        List<Shown> before = stage.proven(ProofStage.TBANK);
        stage.tbank.credit(day(3), new BigDecimal("500.00"), new dev.sverka.sandbox.tbank.TBankStandIn.Party(
                "0099000127", "009901002", "ООО «Ромашка»", "40702810600000880012"), "99", "Поздняя");
        stage.morning(day(7));
        assertThat(stage.proofs.differing()).isEmpty();
        List<Shown> after = stage.proven(ProofStage.TBANK);
        assertThat(after.get(2)).satisfies(one -> {
            assertThat(one.version()).isEqualTo(2);
            assertThat(one.count()).isEqualTo(4);
            assertThat(one.state()).isEqualTo("proven");
        });
        assertThat(after.get(1)).as("days before it are untouched").isEqualTo(before.get(1));
        assertThat(stage.proofs.find(ProofStage.TBANK, day(3), day(3), true)).hasSize(2)
                .first().isEqualTo(before.get(2));
        assertChained(ProofStage.TBANK);
    }

    @Test
    void daysOfWhichTheBankStatesNoBalanceSaySo() {
        stage.tbank.company().switches().balancesTold(false);
        stage.business(day(1));
        stage.morning(day(2));
        assertThat(stage.proven(ProofStage.TBANK)).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo("unprovable");
            assertThat(one.what()).first().asString().contains("банк не назвал остаток");
        });
        assertThat(stage.proven(ProofStage.TOCHKA)).singleElement().satisfies(
                one -> assertThat(one.state()).isEqualTo("proven"));
    }

    @Test
    void aRecordThatSomebodyAltersDeletesOrAddsIsNoticedOnItsDay() {
        for (int n = 1; n <= 4; n++) {
            stage.business(day(n));
            stage.morning(day(n + 1));
        }
        String second = "bank_account = '" + ProofStage.TOCHKA + "' and on_day = date '2026-10-02'";
        stage.jdbc.sql("update day_proof set moved = moved + 100, closing = closing + 100 where " + second).update();
        stage.books.prove();
        assertThat(stage.proofs.differing()).singleElement().satisfies(one -> {
            assertThat(one.account() + " " + one.date()).isEqualTo(ProofStage.TOCHKA + " 2026-10-02");
            assertThat(one.difference()).isEqualTo("0.00");
            assertThat(one.what()).singleElement().asString().contains("цепочка сверки нарушена", "№ 1 изменена");
        });
        stage.jdbc.sql("update day_proof set moved = moved - 100, closing = closing - 100 where version = 1 and " + second)
                .update();
        stage.books.prove();
        assertThat(stage.proofs.differing()).as("put back from a backup").isEmpty();
        assertChained(ProofStage.TOCHKA);
        stage.jdbc.sql("delete from day_proof where version = 2 and " + second).update();
        stage.books.prove();
        assertThat(stage.proofs.differing()).extracting(Shown::date).contains(day(2));
        assertThat(stage.proven(ProofStage.TBANK)).allSatisfy(one -> assertThat(one.state()).isEqualTo("proven"));
    }

    @Test
    void aPastThatChangesUnderOneBalanceIsNamedOnlyOnceItsFeedHasHadTimeToReadIt() {
        stage.business(day(1));
        stage.morning(day(2));
        stage.business(day(2));
        stage.morning(day(3));
        Instant read = stage.clock.instant();
        long closing = kopecks(stage.proofs.find(ProofStage.TBANK, day(2), day(2), false).get(0).closing());
        stage.clock.advance(Duration.ofMinutes(10));
        states(day(3), closing - 7_700);
        assertThat(stage.proofs.differing()).as("the day is not to blame, most likely").isEmpty();
        stage.clock.advance(Duration.ofMinutes(110));
        stage.books.prove();
        assertThat(stage.proofs.differing()).isEmpty();
        stage.clock.advance(Duration.ofMinutes(15));
        stage.books.prove();
        assertThat(differing()).containsExactly(ProofStage.TBANK + " " + day(2) + " -77.00");
        assertThat(stage.clock.instant()).isAfter(read.plus(Duration.ofHours(2)));
    }

    /** The bank says it anew. */
    private void states(LocalDate day, long kopecks) {
        stage.books.balances(Map.of("source", "tbank.main", "bankAccount", ProofStage.TBANK, "readAt",
                stage.clock.instant().toString(), "starts", List.of(Map.of("day", day.toString(), "amount", kopecks))));
        stage.books.prove();
    }

    @Test
    void aFaultyFirstDayIsNamedTheNextMorningAtBothBanks() {
        List<String> ids = stage.business(day(1));
        stage.tbank.company().switches().leavesOut(ids.get(0));
        stage.tochka.switches().leavesOut(ids.get(3));
        stage.morning(day(2));
        assertThat(differing()).containsExactlyInAnyOrder(ProofStage.TBANK + " 2026-10-01 1001.50",
                ProofStage.TOCHKA + " 2026-10-01 2001.10");
        long orders = stage.orders();
        stage.clock.advance(Duration.ofMinutes(6));
        stage.read();
        assertThat(stage.orders() - orders).as("what the halves said is not asked for at each reading")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void aFaultInsideTheFirstReadingIsNamedOnItsDayAtBothBanks() {
        List<String> ids = List.of();
        for (int n = 1; n <= 12; n++) {
            List<String> one = stage.business(day(n));
            ids = n == 5 ? one : ids;
        }
        stage.tbank.company().switches().leavesOut(ids.get(0));
        stage.tochka.switches().leavesOut(ids.get(3));
        stage.morning(day(13));
        assertThat(differing()).hasSize(2).anyMatch(one -> one.startsWith(ProofStage.TBANK + " 2026-10-05"))
                .anyMatch(one -> one.startsWith(ProofStage.TOCHKA + " 2026-10-05"));
    }

    @Test
    void aDayOfWhichTochkaStatesNoBalanceSaysSo() {
        stage.tochka.switches().balancesMissing(true);
        stage.business(day(1));
        stage.morning(day(2));
        assertThat(stage.proven(ProofStage.TOCHKA)).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo("unprovable");
            assertThat(one.difference()).isNull();
            assertThat(one.what()).containsExactly("банк не назвал остаток на начало 2026-10-01",
                    "банк не назвал остаток на конец 2026-10-01");
        });
        assertThat(stage.proofs.differing()).isEmpty();
    }

    @Test
    void whatIsOnItsWayInTheJournalIsNotMissing() {
        List<String> ids = stage.business(day(1));
        stage.tbank.company().switches().leavesOut(ids.get(0));
        long entry = stage.journal.accept(new Event("bank-operation", "bitrix24.main", "k", null, false,
                Map.of("bankAccount", ProofStage.TBANK), Map.of("SyncId", "x"), null));
        stage.morning(day(2));
        assertThat(stage.proven(ProofStage.TBANK)).isEmpty();
        assertThat(stage.proven(ProofStage.TOCHKA)).hasSize(1);
        stage.jdbc.sql("update entry set state = 'done', head_key = null, claim_at = null where id = ?").param(entry)
                .update();
        stage.books.prove();
        assertThat(differing()).containsExactly(ProofStage.TBANK + " 2026-10-01 1001.50");
        assertThat(stage.proven(ProofStage.TBANK).get(0).state()).isEqualTo("differs");
    }

    @Test
    void moneyInTwoBoxesOrAnotherSumOnThePortalDiffersThoughTheBalanceAgrees() {
        stage.business(day(1));
        stage.morning(day(2));
        assertThat(stage.proofs.differing()).isEmpty();
        stage.jdbc.sql("update bank_operation set box = 'allocated' where bank_account = ? and doc_number = '21'")
                .param(ProofStage.TBANK).update();
        stage.books.prove();
        assertThat(stage.proofs.differing()).singleElement().satisfies(one -> {
            assertThat(one.difference()).isEqualTo("0.00");
            assertThat(one.what()).singleElement().asString().contains("не в одной стопке");
        });
    }
}
