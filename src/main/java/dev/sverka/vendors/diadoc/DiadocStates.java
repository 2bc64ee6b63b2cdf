package dev.sverka.vendors.diadoc;

import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The table from the flat fields of a document to its state (diadoc.md section 10). Never the texts for people: they
 * change, and depend on who looks.
 */
final class DiadocStates {

    private static final String REVOCATION = "RevocationStatus";
    private static final String SENDER = "SenderSignatureStatus";
    private static final String ANSWER = "RecipientResponseStatus";
    private static final String PROXY = "ProxySignatureStatus";
    private static final String ROAMING = "RoamingNotificationStatus";
    private static final String DIRECTION = "DocumentDirection";

    private static final String WAITING = "WaitingForRecipientSignature";
    private static final String NO_ANSWER = "RecipientResponseStatusNotAcceptable";

    /** A row: the first one that holds counts. @param number of the sheet's table @param when field to values */
    private record Row(int number, Map<String, Set<String>> when, EdoState state, Set<EdoFlag> flags) {

        Row(int number, String field, String value, EdoState state, EdoFlag... flags) {
            this(number, Map.of(field, Set.of(value)), state, Set.of(flags));
        }

        boolean holds(JsonNode document) {
            return when.entrySet().stream().allMatch(one -> one.getValue().stream()
                    .anyMatch(value -> word(one.getKey(), value).equals(word(one.getKey(), text(document,
                            one.getKey())))));
        }
    }

    private static final List<Row> REVOCATIONS = List.of(
            new Row(1, REVOCATION, "RevocationAccepted", EdoState.REVOKED),
            new Row(2, REVOCATION, "RevocationIsRequestedByMe", EdoState.REVOCATION_REQUESTED,
                    EdoFlag.REVOCATION_BY_US),
            new Row(2, REVOCATION, "RequestsMyRevocation", EdoState.REVOCATION_REQUESTED));

    private static final List<Row> ANSWERS = List.of(
            new Row(3, SENDER, "SenderSignatureCheckedAndInvalid", EdoState.ERROR),
            new Row(3, ANSWER, "InvalidRecipientSignature", EdoState.ERROR),
            new Row(3, PROXY, "InvalidProxySignature", EdoState.ERROR),
            new Row(3, ROAMING, "RoamingNotificationStatusError", EdoState.ERROR),
            new Row(4, ANSWER, "RecipientSignatureRequestRejected", EdoState.REJECTED),
            new Row(4, PROXY, "ProxySignatureRejected", EdoState.REJECTED),
            new Row(5, ANSWER, "WithRecipientPartiallySignature", EdoState.PARTLY_SIGNED,
                    EdoFlag.WITH_DISCREPANCIES),
            new Row(6, Map.of(ANSWER, Set.of("WithRecipientSignature"),
                    PROXY, Set.of("", "ProxySignatureStatusNone", "WithProxySignature")), EdoState.SIGNED, Set.of()),
            new Row(7, Map.of(ANSWER, Set.of("WithRecipientSignature"), PROXY, Set.of("WaitingForProxySignature")),
                    EdoState.PARTLY_SIGNED, Set.of(EdoFlag.OTHERS_DUE)),
            new Row(7, Map.of(ANSWER, Set.of(WAITING), PROXY, Set.of("WithProxySignature")), EdoState.PARTLY_SIGNED,
                    Set.of(EdoFlag.OTHERS_DUE)),
            new Row(8, SENDER, "WaitingForSenderSignature", EdoState.DRAFT, EdoFlag.OUR_SIGNATURE_DUE));

    /** Row 11: what the rows below may be applied to; anything else is not known. */
    private static final Set<String> KNOWN_SENDER = Set.of("SenderSignatureUnchecked",
            "SenderSignatureCheckedAndValid");
    private static final Set<String> KNOWN_ANSWER = Set.of(WAITING, NO_ANSWER);

    /**
     * What a document's fields say.
     *
     * @param state null where they say something unknown
     * @param underlying without a proposal to annul; null where there is none
     * @param words the fields that were looked at
     */
    record Read(@Nullable EdoState state, @Nullable EdoState underlying, Set<EdoFlag> flags, String words) {
    }

    private DiadocStates() {
    }

    /** @param isDraft whether its message is known to be a draft or a template (row 8) */
    static Read read(JsonNode document, boolean isDraft) {
        Set<EdoFlag> flags = EnumSet.noneOf(EdoFlag.class);
        EdoState base = base(document, isDraft, flags);
        EdoState state = base;
        EdoState underlying = null;
        for (Row row : REVOCATIONS) {
            if (row.holds(document)) {
                state = row.state();
                underlying = state == EdoState.REVOCATION_REQUESTED ? base : null;
                flags.addAll(row.flags());
                break;
            }
        }
        return new Read(state, underlying, flags, words(document));
    }

    private static @Nullable EdoState base(JsonNode document, boolean isDraft, Set<EdoFlag> flags) {
        for (Row row : ANSWERS) {
            if (row.holds(document)) {
                flags.addAll(row.flags());
                if (row.state() == EdoState.DRAFT && !isOutgoing(document)) {
                    flags.remove(EdoFlag.OUR_SIGNATURE_DUE);
                }
                return row.state();
            }
        }
        String answer = text(document, ANSWER);
        if (isDraft) {
            return EdoState.DRAFT;
        }
        if (!isAmong(KNOWN_SENDER, SENDER, document) || !isAmong(KNOWN_ANSWER, ANSWER, document)) {
            return null;
        }
        if (document.path("DeliveryTimestampTicks").asLong(0) <= 0) {
            return EdoState.SENT;
        }
        if (word(ANSWER, answer).equals(word(ANSWER, NO_ANSWER))) {
            flags.add(EdoFlag.NO_ANSWER_DUE);
        } else if (!isOutgoing(document)) {
            flags.add(EdoFlag.OUR_ANSWER_DUE);
        }
        return EdoState.DELIVERED;
    }

    private static boolean isOutgoing(JsonNode document) {
        return !word(DIRECTION, text(document, DIRECTION)).equals("inbound");
    }

    private static String words(JsonNode document) {
        Set<String> words = new TreeSet<>();
        for (String field : List.of(REVOCATION, SENDER, ANSWER, PROXY, ROAMING)) {
            String value = text(document, field);
            if (!value.isEmpty() && !word(field, value).equals("none")) {
                words.add(value);
            }
        }
        return String.join(", ", words);
    }

    private static boolean isAmong(Set<String> values, String field, JsonNode document) {
        return values.stream().anyMatch(value -> word(field, value).equals(word(field, text(document, field))));
    }

    /** Names are told with their enum's name at the head or without, and in any case (section 14). */
    static String word(String field, String value) {
        String word = value.toLowerCase(Locale.ROOT);
        String head = field.toLowerCase(Locale.ROOT);
        return word.startsWith(head) ? word.substring(head.length()) : word;
    }

    private static String text(JsonNode document, String field) {
        return document.path(field).asString("");
    }
}
