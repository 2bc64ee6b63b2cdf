package dev.sverka.flows.paperwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.paperwork.PaperMove.Agreed;
import dev.sverka.flows.paperwork.PaperMove.Standing;
import dev.sverka.records.edo.EdoState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of states, and what it may move. */
class PaperMoveTest {

    @ParameterizedTest
    @EnumSource(EdoState.class)
    void everyStateHasAWordOfThePortalsList(EdoState state) {
        assertThat(PaperStage.of(state).word()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SENT,,sent,sent", "DELIVERED,,delivered,sent", "PARTLY_SIGNED,,delivered,sent", "SIGNED,,signed,signed",
        "REJECTED,,declined,declined", "REVOKED,,revoked,revoked", "ERROR,,,", "REVOCATION_REQUESTED,,,",
        "REVOCATION_REQUESTED,SIGNED,signed,signed", "REVOCATION_REQUESTED,DELIVERED,delivered,sent"})
    void aStateGivesAStage(EdoState state, EdoState underlying, String document, String act) {
        assertThat(PaperStage.stage(PaperStage.DOCUMENT, state, underlying)).isEqualTo(document);
        assertThat(PaperStage.stage(PaperStage.ACT, state, underlying)).isEqualTo(act);
    }

    /** Columns: wanted, state now; item's stage, moved by a machine; agreed stage and state; what is written, or «?». */
    @ParameterizedTest
    @CsvSource({
        // nobody moved it since: the provider leads, forth and back
        "signed,SIGNED,sent,false,sent,SENT,signed",
        "declined,REJECTED,signed,true,signed,SIGNED,declined",
        "delivered,DELIVERED,declined,false,declined,REJECTED,delivered",
        // a person moved it: on goes on, back and aside is asked, the same again is no news
        "signed,SIGNED,delivered,false,sent,SENT,signed",
        "sent,SENT,delivered,false,draft,DRAFT,?",
        "declined,REJECTED,signed,false,sent,SENT,?",
        "delivered,DELIVERED,draft,false,delivered,DELIVERED,?",
        // a robot moved it
        "delivered,DELIVERED,draft,true,sent,SENT,delivered",
        // at first sight
        "signed,SIGNED,draft,false,,,signed",
        "draft,DRAFT,sent,false,,,",
        "declined,REJECTED,signed,false,,,?",
        // as it should be
        "signed,SIGNED,signed,false,sent,SENT,"})
    void aPersonsStageIsNotUndone(String wanted, EdoState now, String stage, boolean machine, String agreedStage,
            EdoState agreedState, String expected) {
        PaperMove move = PaperMove.of(wanted, now, new Standing(stage, machine), new Agreed(agreedStage, agreedState, null,
                false));
        assertThat(move.contradicts() ? "?" : move.stage()).isEqualTo(expected);
    }

    @Test
    void whatAPersonLetStayStaysUntilTheProviderSaysSomethingElse() {
        Standing signed = new Standing("signed", false);
        assertThat(PaperMove.of("declined", EdoState.REJECTED, signed, new Agreed("sent", EdoState.SENT, EdoState.REJECTED,
                false))).isEqualTo(new PaperMove(null, false));
        assertThat(PaperMove.of("revoked", EdoState.REVOKED, signed, new Agreed("sent", EdoState.REJECTED,
                EdoState.REJECTED, false)).contradicts()).isTrue();
        assertThat(PaperMove.of("declined", EdoState.REJECTED, signed, new Agreed("sent", EdoState.SENT, null, true))
                .stage()).isEqualTo("declined");
    }
}
