package dev.sverka.records.edo;

/** What a state alone does not say. */
public enum EdoFlag {

    /** We owe an answer: it is for us to sign or to refuse. */
    OUR_ANSWER_DUE,
    /** A draft of ours waits for our own signature. */
    OUR_SIGNATURE_DUE,
    /** Nobody will sign it: delivered is its end, as with a VAT invoice. */
    NO_ANSWER_DUE,
    /** Signed, but with discrepancies or a protocol of disagreement. */
    WITH_DISCREPANCIES,
    /** Some of several have signed, others have not. */
    OTHERS_DUE,
    /** The counterparty has been invited and is not with any provider yet. */
    COUNTERPARTY_NOT_CONNECTED,
    /** The proposal to annul is ours; without it, theirs. */
    REVOCATION_BY_US,
    /** Taken back by us before it was signed. */
    WITHDRAWN_BY_US,
    /** Deleted by us while the other side waited. */
    DELETED_BY_US,
    /** Deleted by the other side while we waited. */
    DELETED_BY_COUNTERPARTY,
    /** Gone from our own lists, which changes nothing between the parties. */
    DELETED_LOCALLY,
    /** Signed with a signature that is not qualified: a person should look. */
    UNQUALIFIED_SIGNATURE,
    /** A test document among real ones: it binds nobody. On a test stand, where all are, none is marked. */
    TEST
}
