package dev.sverka.vendors.saby;

import static java.util.Map.entry;

import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table from a state's code to our word for it, by side (saby.md sections 7 and 8). */
final class SabyStates {

    /** What a code means. */
    record Meaning(EdoState state, Set<EdoFlag> flags) {

        private static Meaning of(EdoState state, EdoFlag... flags) {
            return new Meaning(state, Set.of(flags));
        }
    }

    static final String SIGNED = "7";
    static final String REVOCATION_REQUESTED = "27";

    private static final Map<String, Meaning> OUTGOING = Map.ofEntries(
            entry("0", Meaning.of(EdoState.DRAFT)),
            entry("1", Meaning.of(EdoState.DRAFT)),
            entry("2", Meaning.of(EdoState.SENT, EdoFlag.COUNTERPARTY_NOT_CONNECTED)),
            entry("3", Meaning.of(EdoState.SENT)),
            entry("4", Meaning.of(EdoState.DELIVERED)),
            entry("6", Meaning.of(EdoState.ERROR)),
            entry(SIGNED, Meaning.of(EdoState.SIGNED)),
            entry("9", Meaning.of(EdoState.REJECTED)),
            entry("10", Meaning.of(EdoState.DELIVERED)),
            entry("19", Meaning.of(EdoState.REVOKED, EdoFlag.WITHDRAWN_BY_US)),
            entry("20", Meaning.of(EdoState.REVOKED, EdoFlag.DELETED_BY_COUNTERPARTY)),
            entry("22", Meaning.of(EdoState.REVOKED)),
            entry("23", Meaning.of(EdoState.DRAFT, EdoFlag.OUR_SIGNATURE_DUE)),
            entry(REVOCATION_REQUESTED, Meaning.of(EdoState.REVOCATION_REQUESTED)));

    /** Where the other side sent it, these differ. */
    private static final Map<String, Meaning> INCOMING = Map.of(
            "1", Meaning.of(EdoState.DELIVERED, EdoFlag.OUR_ANSWER_DUE),
            "4", Meaning.of(EdoState.DELIVERED, EdoFlag.OUR_ANSWER_DUE),
            "10", Meaning.of(EdoState.DELIVERED, EdoFlag.OUR_ANSWER_DUE),
            "19", Meaning.of(EdoState.REVOKED, EdoFlag.DELETED_BY_US),
            "23", Meaning.of(EdoState.DELIVERED, EdoFlag.OUR_ANSWER_DUE));

    private SabyStates() {
    }

    /** Null for a code that is not known: what was known of the document stays. */
    static @Nullable Meaning of(String code, boolean incoming) {
        Meaning own = incoming ? INCOMING.get(code) : null;
        return own != null ? own : OUTGOING.get(code);
    }
}
