package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What the journal promises, one thing at a time, on either database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JournalContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private HikariDataSource dataSource;
    private SettableClock clock;
    private Bench bench;

    abstract HikariDataSource open();

    @BeforeAll
    void openTheStore() {
        dataSource = open();
    }

    @AfterAll
    void closeTheStore() {
        dataSource.close();
    }

    @BeforeEach
    void emptyTheStore() {
        clock = new SettableClock(Bench.START);
        bench = new Bench(dataSource, clock);
        bench.empty();
    }

    @Test
    void bodiesComeBackAsMapsOfPlainValues() {
        bench.melting("1", Map.of("amount", new BigDecimal("45000.00"), "round", new BigDecimal("45000"), "id", 7,
                "on", LocalDate.of(2026, 3, 2), "at", Bench.START, "list", List.of("a", true)));

        assertThat(bench.claimOne().payload()).isEqualTo(Map.of("amount", new BigDecimal("45000.00"),
                "round", new BigDecimal("45000.0"), "id", 7L, "on", "2026-03-02", "at", "2026-03-02T09:00:00Z",
                "list", List.of("a", true)));
    }

    @Test
    void newsOfAKeyMeltsWhileItWaitsAndTheNewestPayloadStays() {
        long first = bench.melting("1", "old");
        long second = bench.melting("1", "new");

        assertThat(second).isEqualTo(first);
        assertThat(bench.claimOne().payload()).isEqualTo("new");
        assertThat(bench.claims.claim("flow", 1)).isEmpty();
    }

    @Test
    void newsThatComesDuringTheWorkIsWorkedOnAfterItOnce() {
        bench.melting("1", "a");
        Work work = bench.claimOne();
        long behind = bench.melting("1", "b");

        assertThat(bench.melting("1", "c")).isEqualTo(behind).isNotEqualTo(work.id());
        assertThat(bench.claims.claim("flow", 10)).isEmpty();
        bench.done(work);
        assertThat(bench.claimOne().payload()).isEqualTo("c");
    }

    @Test
    void newsOfAnotherSourceNeverMeltsAlthoughTheKeyIsTheSame() {
        bench.melting("1", "ours");
        bench.journal.accept(new Event("flow", "bitrix24.main", "1", null, true, "theirs",
                Map.of("SyncAccount", "tochka.main", "SyncEntity", "operation"), null));

        Work first = bench.claimOne();
        bench.done(first);
        assertThat(List.of(first.payload(), bench.claimOne().payload())).isEqualTo(List.of("ours", "theirs"));
    }

    @Test
    void anOrderedFlowKeepsEveryEntryInOrder() {
        bench.ordered("1", "a");
        bench.ordered("1", "b");
        bench.ordered("1", "c");

        for (String expected : List.of("a", "b", "c")) {
            Work work = bench.claimOne();
            assertThat(work.payload()).isEqualTo(expected);
            assertThat(bench.claims.claim("flow", 10)).isEmpty();
            bench.done(work);
        }
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void aVersionThatWasAcceptedBeforeIsDropped() {
        long first = bench.journal.accept(Bench.event("1", "a", false, "op/1/v1/flow", null));

        assertThat(first).isPositive();
        assertThat(bench.journal.accept(Bench.event("1", "a", false, "op/1/v1/flow", null))).isZero();
        bench.done(bench.claimOne());
        assertThat(bench.journal.accept(Bench.event("1", "a", false, "op/1/v1/flow", null))).isZero();
        assertThat(bench.journal.accept(Bench.event("1", "b", false, "op/1/v2/flow", null))).isPositive();
    }

    @Test
    void whatChangesAndChangesBackIsNewsTwice() {
        for (String version : List.of("a", "b", "a")) {
            Event news = new Event("flow", "tbank.main", "7", new Event.Told("op/7", version), false, version,
                    Map.of(), null);
            assertThat(bench.journal.accept(news)).as(version).isPositive();
            assertThat(bench.journal.accept(news)).as(version + " again").isZero();
        }
    }

    @Test
    void aDroppedDuplicateAndAMeltLeaveTheCallersTransactionUsable() {
        bench.journal.accept(Bench.event("1", "a", true, "v1", null));

        bench.transaction.executeWithoutResult(status -> {
            assertThat(bench.journal.accept(Bench.event("1", "a", true, "v1", null))).isZero();
            bench.melting("1", "b");
            bench.melting("2", "c");
        });

        assertThat(bench.claims.claim("flow", 10)).extracting(Work::payload).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void aTransactionOfManyEntriesRegistersOnceForAll() {
        bench.transaction.executeWithoutResult(status -> {
            bench.melting("many 0", "x");
            int registered = TransactionSynchronizationManager.getSynchronizations().size();
            for (int n = 1; n < 100; n++) {
                bench.melting("many " + n, "x");
            }
            assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(registered);
        });
        assertThat(bench.claims.claim("flow", 200)).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void aRolledBackTransactionTakesItsNewsWithIt() {
        bench.transaction.executeWithoutResult(status -> {
            bench.journal.accept(Bench.event("1", "a", true, "v1", null));
            status.setRollbackOnly();
        });

        assertThat(bench.claims.claim("flow", 10)).isEmpty();
        assertThat(bench.journal.accept(Bench.event("1", "a", true, "v1", null))).isPositive();
        assertThat(bench.claimOne().payload()).isEqualTo("a");
    }

    @Test
    void newsWithADueTimeWaitsForItAndNewsWithoutOneBringsItForward() {
        bench.journal.accept(Bench.event("1", "later", true, null, Bench.START.plus(MINUTE)));
        bench.journal.accept(Bench.event("2", "later", true, null, Bench.START.plus(MINUTE)));
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 0, 2, 0));
        assertThat(bench.claims.claim("flow", 10)).isEmpty();

        bench.melting("2", "now");
        Work work = bench.claimOne();
        assertThat(work.payload()).isEqualTo("now");
        bench.done(work);

        clock.advance(MINUTE);
        assertThat(bench.claimOne().payload()).isEqualTo("later");
    }

    @Test
    void aLookAtALaterStateIsNotSwallowedByNewsOfTheMoment() {
        bench.melting("1", "now");
        bench.journal.accept(Bench.event("1", "later", true, null, Bench.START.plus(MINUTE)));

        bench.done(bench.claimOne());
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 0, 1, 0));
        clock.advance(MINUTE);
        assertThat(bench.claimOne().payload()).isEqualTo("later");
    }

    @Test
    void aRetryKeepsTheHeadOfItsKeyAndIsNotHurriedByNews() {
        bench.ordered("1", "a");
        bench.ordered("1", "b");
        bench.claims.complete(bench.claimOne(), later(MINUTE, true, "transient"));

        assertThat(bench.claims.claim("flow", 10)).isEmpty();
        assertThat(bench.journal.counts()).isEqualTo(new Counts(1, 0, 1, 0));
        clock.advance(MINUTE);
        Work again = bench.claimOne();
        assertThat(again.payload()).isEqualTo("a");
        assertThat(again.attempts()).isEqualTo(1);
        bench.done(again);
        assertThat(bench.journal.history(again.id())).extracting(EntryEvent::kind).containsExactly("later", "done");
    }

    @Test
    void newsMeltsIntoARetryWhosePauseStandsUnlessItOnlyWaitedForNews() {
        bench.melting("1", "a");
        bench.melting("2", "a");
        List<Work> work = bench.claims.claim("flow", 2);
        work.forEach(w -> bench.claims.complete(w,
                later(MINUTE, false, w.key().equals("1") ? "transient" : "not-yet")));

        bench.melting("1", "b");
        bench.melting("2", "b");

        Work woken = bench.claimOne();
        assertThat(woken.key()).isEqualTo("2");
        assertThat(woken.attempts()).isZero();
        assertThat(bench.claims.claim("flow", 1)).isEmpty();
        clock.advance(MINUTE);
        assertThat(bench.claims.claim("flow", 10)).extracting(Work::payload).contains("b");
    }

    @Test
    void aDeadEntryFreesItsKeyAndKeepsTheVendorsWords() {
        bench.ordered("1", "a");
        bench.ordered("1", "b");
        Work work = bench.claimOne();
        bench.claims.complete(work, new Outcome.Dead("refused", "Поле не найдено"));

        assertThat(bench.claimOne().payload()).isEqualTo("b");
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 1, 0, 1));
        assertThat(bench.journal.list("dead", 10)).containsExactly(new EntryView(work.id(), "flow", "1", "dead", 1,
                "refused", "Поле не найдено", Bench.START, null));
        assertThat(bench.journal.history(work.id())).containsExactly(
                new EntryEvent(Bench.START, "dead", 1, "refused", "Поле не найдено"));
    }

    @Test
    void aDeadEntryIsReplayedInItsKeysLineAndKeepsItsHistory() {
        bench.ordered("1", "a");
        Work dead = bench.claimOne();
        bench.claims.complete(dead, new Outcome.Dead("refused", "no"));
        bench.ordered("1", "b");
        Work running = bench.claimOne();

        assertThat(bench.journal.replay(dead.id())).isTrue();
        assertThat(bench.journal.replay(dead.id())).isFalse();
        assertThat(bench.claims.claim("flow", 10)).isEmpty();
        bench.done(running);
        Work again = bench.claimOne();
        assertThat(again.id()).isEqualTo(dead.id());
        assertThat(again.attempts()).isZero();
        assertThat(bench.journal.history(dead.id())).extracting(EntryEvent::kind).containsExactly("dead", "replayed");
    }

    @Test
    void aReplayOnAFreeKeyIsClaimableAtOnce() {
        bench.ordered("1", "a");
        Work dead = bench.claimOne();
        bench.claims.complete(dead, new Outcome.Dead("error", "no"));

        assertThat(bench.journal.replay(dead.id())).isTrue();
        assertThat(bench.claimOne().id()).isEqualTo(dead.id());
    }

    @Test
    void onlyDeadEntriesAreDismissed() {
        bench.ordered("1", "a");
        Work work = bench.claimOne();
        assertThat(bench.journal.dismiss(work.id())).isFalse();
        bench.claims.complete(work, new Outcome.Dead("refused", "no"));

        assertThat(bench.journal.dismiss(work.id())).isTrue();
        assertThat(bench.journal.dismiss(work.id())).isFalse();
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 0, 0, 0));
        assertThat(bench.journal.list(null, 10)).extracting(EntryView::state).containsExactly("dismissed");
    }

    @Test
    void aLostLeaseIsTakenOverAndTheFirstWorkersResultIsDropped() {
        bench.ordered("1", "a");
        Work lost = bench.claimOne();
        Bench other = new Bench(dataSource, clock);
        assertThat(other.claims.claim("flow", 1)).isEmpty();

        clock.advance(Bench.LEASE);
        assertThat(bench.journal.counts()).isEqualTo(new Counts(1, 0, 0, 0));
        Work taken = other.claimOne();
        assertThat(taken.id()).isEqualTo(lost.id());
        bench.claims.renew();
        assertThat(bench.done(lost)).isFalse();
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 1, 0, 0));
        assertThat(other.done(taken)).isTrue();
        assertThat(bench.journal.history(lost.id())).extracting(EntryEvent::kind).containsExactly("taken-over");
    }

    @Test
    void aWorkerOfTheSameProcessWhoseLeaseRanOutCannotCompleteEither() {
        bench.ordered("1", "a");
        Work lost = bench.claimOne();
        clock.advance(Bench.LEASE);
        Work taken = bench.claimOne();

        assertThat(bench.claims.complete(lost, new Outcome.Dead("error", "late"))).isFalse();
        assertThat(bench.done(taken)).isTrue();
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        bench.ordered("1", "a");
        Work work = bench.claimOne();
        clock.advance(Bench.LEASE.minusSeconds(1));
        bench.claims.renew();
        clock.advance(Bench.LEASE.minusSeconds(1));

        assertThat(new Bench(dataSource, clock).claims.claim("flow", 1)).isEmpty();
        assertThat(bench.done(work)).isTrue();
    }

    @Test
    void whatIsGivenBackIsDueAtOnce() {
        bench.ordered("1", "a");
        Work work = bench.claimOne();
        bench.claims.giveBack(work);

        assertThat(bench.done(work)).isFalse();
        assertThat(bench.claimOne().id()).isEqualTo(work.id());
    }

    @Test
    void aPausedAccountHoldsItsWorkBackAndNobodyElses() {
        bench.ordered("1", "a");
        bench.ordered("2", "a");
        Work work = bench.claimOne();
        bench.claims.complete(work, new Outcome.Pause("bitrix24.main", "throttled", Bench.START.plus(MINUTE),
                "transient", "QUERY_LIMIT_EXCEEDED"));
        bench.journal.accept(new Event("flow", "clickup.main", "3", null, false, "other", Map.of(), null));

        bench.done(bench.claimOne());
        assertThat(bench.claims.claim("flow", 10)).isEmpty();
        assertThat(bench.accounts.pausedUntil("bitrix24.main")).contains(Bench.START.plus(MINUTE));
        assertThat(bench.journal.counts()).isEqualTo(new Counts(1, 0, 1, 0));
        clock.advance(MINUTE);
        assertThat(bench.claims.claim("flow", 10)).extracting(Work::key).containsExactlyInAnyOrder("1", "2");
        assertThat(bench.journal.list(null, 10)).extracting(EntryView::attempts).containsOnly(0);
    }

    @Test
    void openBeforeSeesQueuedWorkingAndWaitingEntriesOnly() {
        Instant after = Bench.START.plusMillis(1);
        assertThat(bench.journal.openBefore("flow", after)).isFalse();
        bench.ordered("1", "a");
        assertThat(bench.journal.openBefore("flow", after)).isTrue();
        assertThat(bench.journal.openBefore("flow", Bench.START)).isFalse();
        assertThat(bench.journal.openBefore("another", after)).isFalse();
        Work work = bench.claimOne();
        assertThat(bench.journal.openBefore("flow", after)).isTrue();
        bench.claims.complete(work, new Outcome.Dead("refused", "no"));
        assertThat(bench.journal.openBefore("flow", after)).isFalse();
    }

    @Test
    void accountsKeepTheirStateAndASuccessClearsIt() {
        bench.accounts.declare("bitrix24.main", true);
        bench.accounts.declare("tochka.main", false);
        bench.accounts.down("bitrix24.main", "HTTP 502");
        clock.advance(MINUTE);
        bench.accounts.declare("bitrix24.main", true);
        assertThat(bench.accounts.all()).containsExactly(
                new AccountState("bitrix24.main", "down", Bench.START, null, null, "HTTP 502"),
                new AccountState("tochka.main", "off", Bench.START, null, null, null));

        bench.accounts.success("bitrix24.main");
        Instant since = Bench.START.plus(MINUTE);
        assertThat(bench.accounts.all().get(0))
                .isEqualTo(new AccountState("bitrix24.main", "up", since, since, null, null));
        clock.advance(Duration.ofMillis(500));
        bench.accounts.success("bitrix24.main");
        assertThat(bench.accounts.all().get(0).lastSuccess()).isEqualTo(since);
        bench.accounts.pause("bitrix24.main", "paused", since.plus(MINUTE), "токен отозван");
        bench.accounts.success("bitrix24.main");
        assertThat(bench.accounts.pausedUntil("bitrix24.main")).isEmpty();
    }

    /** So says every probe of a lost credential; asked every ten minutes for ever a vendor may cancel it for good. */
    private Instant probed() {
        bench.accounts.pause("tbank.main", "paused", clock.instant().plus(MINUTE.multipliedBy(10)), "токен отозван");
        return bench.accounts.pausedUntil("tbank.main").orElseThrow();
    }

    @Test
    void aCredentialThatStaysLostIsTriedLessAndLessOftenAndAtOnceAfterAStart() {
        bench.accounts.declare("tbank.main", true);
        List<Long> minutes = new ArrayList<>();
        for (int probe = 0; probe < 7; probe++) {
            Instant until = probed();
            minutes.add(Duration.between(clock.instant(), until).toMinutes());
            assertThat(probed()).as("told of one failure twice").isEqualTo(until);
            clock.advance(Duration.between(clock.instant(), until));
        }
        assertThat(minutes).containsExactly(10L, 10L, 20L, 40L, 60L, 60L, 60L);
        assertThat(bench.accounts.all()).extracting(AccountState::state, AccountState::since)
                .containsExactly(tuple("paused", Bench.START));

        probed();
        bench.accounts.declare("tbank.main", true);
        assertThat(bench.accounts.pausedUntil("tbank.main")).isEmpty();
        assertThat(Duration.between(clock.instant(), probed()).toMinutes()).isEqualTo(10);
    }

    @Test
    void whatWasUnderWayWhenAVendorAskedForARestDoesNotEndIt() {
        Instant until = Bench.START.plus(MINUTE);
        bench.accounts.pause("diadoc.main", "throttled", until, "HTTP 429");
        clock.advance(Duration.ofSeconds(2));
        bench.accounts.success("diadoc.main");
        bench.accounts.down("diadoc.main", "HTTP 502");
        assertThat(bench.accounts.all()).containsExactly(new AccountState("diadoc.main", "throttled", Bench.START,
                clock.instant(), until, "HTTP 429"));

        bench.accounts.pause("diadoc.main", "paused", until, "токен отозван");
        bench.accounts.down("diadoc.main", "HTTP 502");
        bench.accounts.pause("diadoc.main", "throttled", clock.instant().plusSeconds(1), "HTTP 429");
        assertThat(bench.accounts.pausedUntil("diadoc.main")).as("a person has to act, whatever else comes in")
                .contains(until);

        clock.advance(MINUTE);
        bench.accounts.down("diadoc.main", "HTTP 502");
        assertThat(bench.accounts.all()).extracting(AccountState::state).containsExactly("down");
    }

    @Test
    void aTooLongMessageIsClippedInsteadOfBlockingTheOutcome() {
        bench.ordered("1", "a");
        Work work = bench.claimOne();
        assertThat(bench.claims.complete(work, new Outcome.Dead("error", "ы".repeat(5000)))).isTrue();
        assertThat(bench.journal.list("dead", 1).get(0).message()).hasSize(2000).endsWith("…");
    }

    @Test
    void aFailingAcceptSaysSoInsteadOfLosingNews() {
        assertThatThrownBy(() -> bench.journal.accept(Bench.event("k".repeat(500), "a", true, null, null)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private Outcome later(Duration pause, boolean counted, String cause) {
        return new Outcome.Later(clock.instant().plus(pause), counted, cause, "try later");
    }
}
