package dev.sverka.records.edo;

import java.util.EnumSet;
import java.util.Set;

/** Where a document stands, whatever its provider calls it. None is the end for ever: providers reopen papers. */
public enum EdoState {

    /** Not sent, also while our own signature is awaited. */
    DRAFT,
    /** Signed by its sender and on its way. */
    SENT,
    /** With its recipient, who owes an answer unless it is {@link EdoFlag#NO_ANSWER_DUE}. */
    DELIVERED,
    /** Signed with discrepancies, or by some of several; the flags say which. */
    PARTLY_SIGNED,
    /** By everyone who had to. */
    SIGNED,
    /** The recipient refused; a signature may still come, most often under a new revision. */
    REJECTED,
    /** One side proposes to annul it; {@link EdoDocument#underlying} says what it is until the other agrees. */
    REVOCATION_REQUESTED,
    /** Annulled by both, withdrawn, or deleted before it was signed. */
    REVOKED,
    /** A signature is not valid or the delivery failed; most are mended and go on. */
    ERROR;

    /**
     * The transition table: what usually follows, seen by somebody who looks only now and then. REJECTED to SIGNED is
     * among it, being real, though it deserves a notice; going back to DRAFT or out of REVOKED is not.
     */
    public Set<EdoState> followers() {
        return switch (this) {
            case DRAFT -> EnumSet.complementOf(EnumSet.of(DRAFT));
            case SENT -> EnumSet.complementOf(EnumSet.of(DRAFT, SENT));
            case DELIVERED -> EnumSet.complementOf(EnumSet.of(DRAFT, SENT, DELIVERED));
            case PARTLY_SIGNED -> EnumSet.of(SIGNED, REJECTED, REVOCATION_REQUESTED, REVOKED, ERROR);
            case SIGNED -> EnumSet.of(REVOCATION_REQUESTED, REVOKED, ERROR);
            case REJECTED -> EnumSet.complementOf(EnumSet.of(DRAFT, REJECTED));
            case REVOCATION_REQUESTED -> EnumSet.complementOf(EnumSet.of(DRAFT, REVOCATION_REQUESTED));
            case REVOKED -> EnumSet.noneOf(EdoState.class);
            case ERROR -> EnumSet.complementOf(EnumSet.of(DRAFT, ERROR));
        };
    }
}
