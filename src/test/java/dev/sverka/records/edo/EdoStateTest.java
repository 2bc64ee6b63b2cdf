package dev.sverka.records.edo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The transition table against the lives that the providers' sheets name. */
class EdoStateTest {

    @ParameterizedTest
    @CsvSource({"DRAFT SENT DELIVERED SIGNED", "DRAFT DELIVERED REJECTED SIGNED", "SENT ERROR SENT DELIVERED SIGNED",
        "DELIVERED SIGNED REVOCATION_REQUESTED REVOKED", "DELIVERED SIGNED REVOCATION_REQUESTED SIGNED",
        "DELIVERED REJECTED SENT DELIVERED SIGNED", "SENT REVOKED", "DELIVERED PARTLY_SIGNED SIGNED",
        "DELIVERED ERROR SIGNED", "SENT REVOCATION_REQUESTED DELIVERED"})
    void theLivesOfDocumentsAreUsual(String life) {
        EdoState[] states = Stream.of(life.split(" ")).map(EdoState::valueOf).toArray(EdoState[]::new);
        for (int i = 1; i < states.length; i++) {
            assertThat(states[i - 1].followers()).as(life).contains(states[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(EdoState.class)
    void nothingFollowsItselfNorGoesBackToADraft(EdoState state) {
        assertThat(state.followers()).doesNotContain(state, EdoState.DRAFT);
    }

    @ParameterizedTest
    @CsvSource({"SIGNED,REJECTED", "SIGNED,SENT", "REVOKED,SIGNED", "DELIVERED,SENT"})
    void otherStepsDeserveAWord(EdoState from, EdoState to) {
        assertThat(from.followers()).doesNotContain(to);
    }
}
