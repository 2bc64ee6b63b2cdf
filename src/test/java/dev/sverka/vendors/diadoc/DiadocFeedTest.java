package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.diadoc.DiadocBox;
import dev.sverka.sandbox.diadoc.DiadocLogins;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feed tells, whatever Diadoc does to its events. */
class DiadocFeedTest {

    private static final String OTHER = "33333333-2222-4333-8444-555555555503";

    private final DiadocStage stage = new DiadocStage();

    /** The account has been read for the first time; what is done from now on comes by events. */
    @BeforeEach
    void installed() {
        stage.poll();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private EdoState state(DiadocPaper paper) {
        EdoDocument known = stage.known.get(paper.id());
        return known == null ? null : known.state();
    }

    private int calls(String name) {
        return Collections.frequency(stage.vendor.calls(), name);
    }

    private void minutes(int minutes) {
        stage.clock.advance(Duration.ofMinutes(minutes));
    }

    @Test
    void aDocumentIsFollowedFromDraftToSignature() {
        DiadocPaper contract = stage.box().draft("Outbound", DiadocStandIn.COUNTERPARTY, DiadocStage.CONTRACT);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.DRAFT);
        stage.box().send(contract);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.SENT);
        minutes(3);
        stage.box().deliver(contract);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.DELIVERED);
        minutes(5);
        stage.box().sign(contract);
        EdoDocument signed = stage.poll().get(0);
        assertThat(signed.state()).isEqualTo(EdoState.SIGNED);
        assertThat(signed.signedBy()).isEqualTo("ООО \"Вымысел-Покупатель\"");
        assertThat(signed.signedAt()).isEqualTo(Instant.parse("2026-11-23T09:08:00Z"));
        assertThat(signed.counterparty().inn()).isEqualTo(DiadocStandIn.COUNTERPARTY_INN);
        assertThat(signed.counterparty().kpp()).isEqualTo("000001001");
        assertThat(signed.ownInn()).isEqualTo(DiadocStandIn.OWN_INN);
        assertThat(signed.amount()).isEqualTo(12_000_000L);
        assertThat(signed.source()).isEqualTo("diadoc.main");
        assertThat(stage.poll()).isEmpty();
        assertThat(stage.present).isTrue();
    }

    @Test
    void aRejectionHasItsReasonAndALateSignatureEndsIt() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().deliver(act);
        stage.box().reject(act, "Сумма не соответствует заявке");
        stage.poll();
        assertThat(stage.known.get(act.id()).reason()).isEqualTo("Сумма не соответствует заявке");
        assertThat(state(act)).isEqualTo(EdoState.REJECTED);
        minutes(60);
        stage.box().sign(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SIGNED);
        assertThat(stage.known.get(act.id()).reason()).isNull();
    }

    @Test
    void aRevocationIsAskedForDeclinedAskedForAgainAndAccepted() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().deliver(act);
        stage.box().sign(act);
        stage.box().revocation(act, "RequestsMyRevocation", "Ошибка в сумме");
        stage.poll();
        EdoDocument asked = stage.known.get(act.id());
        assertThat(asked.state()).isEqualTo(EdoState.REVOCATION_REQUESTED);
        assertThat(asked.underlying()).isEqualTo(EdoState.SIGNED);
        assertThat(asked.reason()).isEqualTo("Ошибка в сумме");
        minutes(5);
        stage.box().revocation(act, "RevocationRejected", null);
        stage.poll();
        assertThat(state(act)).as("the way back is news, though it was told once before").isEqualTo(EdoState.SIGNED);
        minutes(5);
        stage.box().revocation(act, "RevocationIsRequestedByMe", "Ещё раз");
        stage.poll();
        assertThat(stage.known.get(act.id()).flags()).contains(EdoFlag.REVOCATION_BY_US);
        stage.box().revocation(act, "RevocationAccepted", null);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.REVOKED);
    }

    @Test
    void whatIsNoAnswerChangesNoState() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().deliver(act);
        stage.box().approve(act);
        stage.box().grumble(act, "Уточните, пожалуйста");
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.DELIVERED);
        assertThat(stage.known.get(act.id()).reason()).isNull();
    }

    @Test
    void ofThreePartiesAllHaveToSign() {
        stage.vendor.stranger(OTHER, "0000777701", "ООО \"Третий\"");
        DiadocPaper contract = stage.sent(DiadocStage.CONTRACT);
        stage.box().deliver(contract);
        stage.box().party(contract, OTHER, false);
        stage.box().sign(contract);
        stage.poll();
        assertThat(state(contract)).isEqualTo(EdoState.PARTLY_SIGNED);
        assertThat(stage.known.get(contract.id()).flags()).contains(EdoFlag.OTHERS_DUE);
        stage.box().party(contract, OTHER, true);
        stage.poll();
        assertThat(state(contract)).isEqualTo(EdoState.SIGNED);
        assertThat(stage.known.get(contract.id()).flags()).doesNotContain(EdoFlag.OTHERS_DUE);
    }

    @Test
    void anUnknownStateIsToldWithoutOne() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().deliver(act);
        stage.poll();
        stage.box().set(act, "RecipientResponseStatus", "SignedByMindReading2028");
        assertThat(stage.poll()).singleElement().satisfies(told -> {
            assertThat(told.state()).isNull();
            assertThat(told.providerState()).contains("SignedByMindReading2028");
        });
    }

    @Test
    void aNewInstallationReadsItsHistoryAndNothingBefore() {
        stage.position.clear();
        DiadocPaper old = stage.sent(DiadocStage.ACT);
        stage.clock.advance(Duration.ofDays(31));
        DiadocPaper recent = stage.sent(DiadocStage.CONTRACT);
        stage.clock.advance(Duration.ofDays(29));
        assertThat(stage.poll()).extracting(EdoDocument::id).containsExactly(recent.id());
        stage.box().sign(old);
        assertThat(stage.poll()).as("an old one that moves is told").extracting(EdoDocument::id)
                .containsExactly(old.id());
    }

    @Test
    void aPollThatBringsNothingAsksOnce() {
        stage.sent(DiadocStage.ACT);
        stage.poll();
        minutes(1);
        int before = stage.vendor.calls().size();
        stage.poll();
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size()))
                .containsExactly("GetDocflowEvents");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void shortPagesEndNothing(int events) {
        stage.vendor.switches().pagesOf(events).manyCounted(true);
        List<DiadocPaper> papers = IntStream.range(0, 7).mapToObj(n -> stage.sent(DiadocStage.ACT)).toList();
        stage.poll();
        assertThat(stage.known.keySet()).containsExactlyInAnyOrderElementsOf(papers.stream().map(DiadocPaper::id)
                .toList());
    }

    @Test
    void oneChangeOfTwoDocumentsThatShareTheirKeyAtAPagesBorderLosesNeither() {
        DiadocPaper first = stage.sent(DiadocStage.ACT);
        DiadocPaper second = stage.sent(DiadocStage.CONTRACT);
        stage.poll();
        minutes(1);
        stage.vendor.switches().pagesOf(1);
        stage.box().atOnce(() -> {
            stage.box().deliver(first);
            stage.box().deliver(second);
        });
        stage.poll();
        assertThat(List.of(state(first), state(second))).as("the cursor passes over one")
                .containsExactlyInAnyOrder(EdoState.DELIVERED, EdoState.SENT);
        stage.vendor.switches().pagesOf(100);
        minutes(10);
        stage.poll();
        assertThat(List.of(state(first), state(second))).containsExactly(EdoState.DELIVERED, EdoState.DELIVERED);
    }

    @Test
    void moreThanAPageOfOneMomentIsReadWhole() {
        List<DiadocPaper> papers = IntStream.range(0, 130).mapToObj(n -> stage.box().draft("Outbound",
                DiadocStandIn.COUNTERPARTY, DiadocStage.ACT)).toList();
        papers.forEach(stage.box()::send);
        stage.poll();
        assertThat(papers).allSatisfy(paper -> assertThat(state(paper)).isEqualTo(EdoState.SENT));
    }

    @Test
    void anEventThatComesAgainIsToldOnceAndStopsNothing() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.poll();
        minutes(1);
        stage.vendor.switches().repeatsOldEvent(50);
        assertThat(stage.poll()).isEmpty();
        stage.box().deliver(act);
        stage.box().sign(act);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.SIGNED);
        assertThat(stage.present).isTrue();
    }

    @Test
    void anEventWrittenLateIsFoundWhenTheLatestAreReadAgain() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.poll();
        minutes(9);
        DiadocPaper other = stage.sent(DiadocStage.CONTRACT);
        stage.poll();
        stage.box().written(Duration.ofMinutes(4), () -> stage.box().deliver(act));
        stage.poll();
        assertThat(state(act)).as("the cursor is past it").isEqualTo(EdoState.SENT);
        minutes(1);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.DELIVERED);
        assertThat(state(other)).isEqualTo(EdoState.SENT);
    }

    @Test
    void anEventWrittenDaysLateAndOneThatNeverCameAreFoundAtNight() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        DiadocPaper contract = stage.sent(DiadocStage.CONTRACT);
        stage.poll();
        stage.clock.advance(Duration.ofHours(8));
        stage.sent(DiadocStage.ACT);
        stage.poll();
        stage.box().written(Duration.ofHours(5), () -> stage.box().deliver(act));
        stage.box().silently(() -> stage.box().reject(contract, "Не та сумма"));
        minutes(15);
        stage.poll();
        assertThat(List.of(state(act), state(contract))).containsExactly(EdoState.SENT, EdoState.SENT);
        stage.clock.advance(Duration.ofHours(12));
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.DELIVERED);
        assertThat(state(contract)).isEqualTo(EdoState.REJECTED);
        assertThat(stage.known.get(contract.id()).reason()).isEqualTo("Не та сумма");
    }

    @Test
    void anInvalidSignatureIsNoEndAndVerificationWithoutAnEventIsFound() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().deliver(act);
        stage.poll();
        stage.box().signInvalidly(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.ERROR);
        stage.box().sign(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SIGNED);
        DiadocPaper contract = stage.sent(DiadocStage.CONTRACT);
        stage.poll();
        stage.box().verified(contract, false);
        minutes(10);
        stage.poll();
        assertThat(state(contract)).isEqualTo(EdoState.ERROR);
    }

    @Test
    void aCursorThatIsRefusedIsGivenUpForADayOfEvents() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.poll();
        minutes(5);
        stage.box().deliver(act);
        stage.vendor.switches().cursorsLost(true);
        stage.poll();
        assertThat(state(act)).as("no cursor works at all").isEqualTo(EdoState.DELIVERED);
        assertThat(stage.present).isTrue();
        stage.vendor.switches().cursorsLost(false);
        stage.box().sign(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SIGNED);
        assertThat(stage.present).isTrue();
    }

    @Test
    void aConflictIsWaitedForAndAfterHalfAnHourGoneRound() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.poll();
        stage.vendor.switches().conflict(1);
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.Transient.class)
                .hasMessageContaining("DiadocApi.Conflict");
        String cursor = stage.position.toString();
        minutes(31);
        stage.vendor.switches().conflict(1);
        stage.box().deliver(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.DELIVERED);
        assertThat(stage.position.toString()).isNotEqualTo(cursor);
        assertThat(stage.present).isTrue();
    }

    @Test
    void aThrottledPageLeavesThePositionAndIsAskedForAgain() {
        stage.vendor.switches().pagesOf(2);
        IntStream.range(0, 5).forEach(n -> stage.sent(DiadocStage.ACT));
        stage.read(stage.open(), 1);
        String position = stage.position.toString();
        stage.vendor.faults().answer("GetDocflowEvents", DiadocStandIn.throttled(null));
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.Transient.class);
        assertThat(stage.position).hasToString(position);
        stage.poll();
        assertThat(stage.known).hasSize(5);
    }

    @Test
    void aLogInThatEndsBetweenPagesStopsNothing() {
        stage.vendor.switches().pagesOf(1);
        IntStream.range(0, 4).forEach(n -> stage.sent(DiadocStage.ACT));
        Feed.Pages pages = stage.open();
        stage.read(pages, 2);
        stage.vendor.logins().forget();
        stage.read(pages, 100);
        assertThat(stage.known).hasSize(4);
        assertThat(calls("token")).isEqualTo(2);
    }

    @Test
    void aProcessThatDiesBetweenPagesLosesNothing() {
        stage.vendor.switches().pagesOf(1);
        IntStream.range(0, 4).forEach(n -> stage.sent(DiadocStage.ACT));
        for (int n = 0; n < 12; n++) {
            stage.read(stage.open(), 1);
            stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, null));
        }
        stage.poll();
        assertThat(stage.known).hasSize(4);
    }

    @Test
    void whereV5IsGoneV4IsUsedAndKeptTo() {
        stage.vendor.switches().removed("V5");
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().reject(act, "Нет");
        stage.poll();
        assertThat(stage.known.get(act.id()).reason()).isEqualTo("Нет");
        int before = calls("GetDocflowEvents");
        minutes(1);
        stage.poll();
        assertThat(calls("GetDocflowEvents")).isEqualTo(before + 1);
        stage.vendor.switches().removed("V4");
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.Refused.class).hasMessageContaining("update");
    }

    @Test
    void aBoxThatIsRefusedStopsNoOther() {
        DiadocBox other = stage.vendor.box(OTHER, "0000777701", "ООО \"Вторая\"");
        stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, null));
        DiadocPaper first = stage.sent(DiadocStage.ACT);
        stage.vendor.switches().refused(DiadocStandIn.BOX, 402);
        DiadocPaper second = other.sent("Outbound", DiadocStandIn.COUNTERPARTY, DiadocStage.CONTRACT);
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.AuthLost.class).hasMessageContaining("402");
        assertThat(state(second)).isEqualTo(EdoState.SENT);
        assertThat(state(first)).isNull();
        stage.vendor.switches().refused(DiadocStandIn.BOX, 0);
        other.deliver(second);
        stage.poll();
        assertThat(state(second)).isEqualTo(EdoState.DELIVERED);
        assertThat(state(first)).as("it is left alone for a while").isNull();
        stage.clock.advance(Duration.ofHours(6));
        stage.poll();
        assertThat(state(first)).isEqualTo(EdoState.SENT);
    }

    @Test
    void theOneBoxThatIsReadStopsTheAccount() {
        stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, DiadocStandIn.BOX));
        int before = stage.vendor.calls().size();
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.vendor.switches().refused(DiadocStandIn.BOX, 403);
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.AuthLost.class);
        stage.vendor.switches().refused(DiadocStandIn.BOX, 0);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SENT);
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size()))
                .doesNotContain("GetMyOrganizations");
    }

    @Test
    void aDocumentThatIsGoneKeepsItsLastState() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.poll();
        stage.box().deliver(act);
        stage.box().purge(act);
        assertThat(stage.poll()).isEmpty();
        assertThat(state(act)).isEqualTo(EdoState.SENT);
        assertThat(stage.present).isTrue();
    }

    @Test
    void deletingAndRestoringChangeNoState() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.box().deliver(act);
        stage.box().sign(act);
        stage.box().delete(act, true);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SIGNED);
        assertThat(stage.known.get(act.id()).flags()).contains(EdoFlag.DELETED_LOCALLY);
        stage.box().delete(act, false);
        stage.poll();
        assertThat(stage.known.get(act.id()).flags()).doesNotContain(EdoFlag.DELETED_LOCALLY);
    }

    @Test
    void theSamplesOfBothVersionsAreReadOffTheWire() {
        for (String sample : List.of("get_docflow_events_v4_response", "get_docflow_events_v5_response",
                "get_docflow_events_v4_same_event_id")) {
            stage.vendor.faults().answer("GetDocflowEvents", StandIn.Reply.json(200, DiadocStage.sample(sample)));
            List<DiadocClient.Event> events = stage.client().events(DiadocStandIn.BOX, stage.clock.instant(), null);
            assertThat(events).hasSize(DiadocStage.sample(sample).path("Events").size());
            assertThat(events).extracting(DiadocClient.Event::key).as(sample).doesNotHaveDuplicates();
        }
    }

    /** On a stand of test organisations every document is a test, and is to be worked on as any other would be. */
    @Test
    void testDocumentsAreMarkedWhereABoxIsReadThatIsNoTest() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        stage.poll();
        assertThat(stage.known.get(act.id()).flags()).doesNotContain(EdoFlag.TEST);
        stage.vendor.box(OTHER, "0000777701", "ООО \"Вымысел-Второй\"");
        stage.vendor.switches().genuine(OTHER);
        stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, null));
        DiadocPaper another = stage.sent(DiadocStage.ACT);
        stage.poll();
        assertThat(stage.known.get(another.id()).flags()).contains(EdoFlag.TEST);
    }

    @Test
    void aLetterThatIsNeverReadableHoldsUpNothingForEver() {
        stage.sent(DiadocStage.ACT);
        stage.poll();
        DiadocPaper letter = stage.sent(DiadocStage.CONTRACT);
        stage.vendor.switches().unreadable(letter.id());
        DiadocPaper behind = stage.sent(DiadocStage.ACT);
        for (int n = 0; n < 3; n++) {
            assertThatThrownBy(stage::poll).hasMessageContaining("DiadocApi.Conflict");
            minutes(n == 0 ? 1 : 31);
        }
        stage.poll();
        assertThat(state(behind)).isEqualTo(EdoState.SENT);
        assertThat(state(letter)).isEqualTo(EdoState.SENT);
        minutes(1);
        stage.box().deliver(behind);
        stage.poll();
        assertThat(state(behind)).isEqualTo(EdoState.DELIVERED);
        assertThat(stage.present).isTrue();
        stage.clock.advance(Duration.ofDays(1));
        stage.box().sign(behind);
        stage.poll();
        assertThat(state(behind)).isEqualTo(EdoState.SIGNED);
        assertThat(stage.present).as("nor does it at night").isTrue();
    }

    @Test
    void aLogInWithoutABoxIsNoQuietAccount() {
        stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, null));
        stage.vendor.faults().answer("GetMyOrganizations", StandIn.Reply.json(200, Map.of("Organizations", List.of())));
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.Refused.class).hasMessageContaining("no box");
        stage.poll();
        assertThat(stage.present).isTrue();
    }
}
