package dev.sverka.vendors.diadoc;

import dev.sverka.records.edo.EdoState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What only a docflow tells of a document (diadoc.md section 8): why it was refused, by whom and when it was signed,
 * and of more than two parties how many have.
 *
 * @param isDraft whether its message is no letter yet
 * @param rejection null where nobody refused
 * @param revocation why it should be annulled; null where nobody says
 * @param signer box of who signed last; null where nobody but the sender has
 * @param parties null where there are two or the docflow does not say
 */
record DiadocDocflow(boolean isDraft, @Nullable String rejection, @Nullable String revocation, @Nullable String signer,
        @Nullable Instant signedAt, boolean unqualified, @Nullable EdoState parties) {

    static final DiadocDocflow NONE = new DiadocDocflow(false, null, null, null, null, false, null);

    /** What stands at the head of V5's words, and may as well be left out (section 14). */
    private static final List<String> PREFIXES = List.of("titleauthorstatus", "titleparticipantresponsestatus",
            "wellknowntitleoperationresult", "deliverystatus");

    /** Reads V5 or V4. @param whole a document with its docflow */
    static DiadocDocflow read(JsonNode whole) {
        JsonNode info = whole.path("DocumentInfo");
        JsonNode docflow = whole.path("Docflow");
        String type = DiadocStates.word("MessageType", text(info, "MessageType"));
        List<JsonNode> answers = docflow.path("Titles").isArray() ? titleAnswers(docflow)
                : List.of(docflow.path("ProxyResponse"), docflow.path("RecipientResponse"));
        String rejection = null;
        String signer = null;
        Instant signedAt = null;
        boolean unqualified = false;
        for (JsonNode answer : answers) {
            rejection = rejection == null ? rejection(answer.path("Rejection")) : rejection;
            JsonNode signature = answer.path("Signature").isObject() ? answer.path("Signature")
                    : answer.path("Title").path("Signature");
            Instant at = signatureTime(answer, signature);
            if (signature.isObject() && (signedAt == null || at != null && !at.isBefore(signedAt))) {
                signer = text(signature, "SignerBoxId");
                signedAt = at;
                unqualified = text(signature.path("SignatureTypeInfo"), "SignatureType").equals("NonQualified");
            }
        }
        String revocation = text(docflow.path("Revocation").path("RevocationRequest"), "PlainText");
        return new DiadocDocflow(type.equals("draft") || type.equals("template"), rejection,
                revocation.isEmpty() ? null : revocation, signer, signedAt, unqualified, parties(info, docflow));
    }

    /** Answers of V5: a participant's signature or refusal, or a title of his own. */
    private static List<JsonNode> titleAnswers(JsonNode docflow) {
        List<JsonNode> answers = new ArrayList<>();
        for (JsonNode title : docflow.path("Titles").values()) {
            if (title.path("TitleIndex").asInt(0) > 0) {
                answers.add(title.path("AuthorSigning"));
            }
            title.path("ParticipantDocflows").values().forEach(one -> answers.add(one.path("Response")));
        }
        return answers;
    }

    /** A refusal that stands outside the docflow changes nothing (section 7). */
    private static @Nullable String rejection(JsonNode told) {
        boolean counts = told.isObject() && !told.path("UniversalMessage").path("MessageInfo").path("IsOutOfWorkflow")
                .asBoolean(false);
        return counts ? text(told, "PlainText") : null;
    }

    private static @Nullable Instant signatureTime(JsonNode answer, JsonNode signature) {
        Instant sent = DiadocTime.instant(answer.path("SentAt"));
        return sent != null ? sent : DiadocTime.instant(signature.path("Cms").path("CreationTimestamp"));
    }

    /** Rows 3 to 7 of section 10 for more than two parties. */
    private static @Nullable EdoState parties(JsonNode info, JsonNode docflow) {
        if (info.path("Participants").path("Participants").size() <= 2) {
            return null;
        }
        Set<String> told = new HashSet<>();
        boolean some = false;
        boolean all = true;
        for (JsonNode title : docflow.path("Titles").values()) {
            JsonNode author = title.path("AuthorSigning");
            String own = word(author, "Status");
            told.add(own);
            told.add(word(author.path("OperationResult"), "WellKnown"));
            all &= own.equals("signed");
            some |= own.equals("signed") && title.path("TitleIndex").asInt(0) > 0;
            for (JsonNode one : title.path("ParticipantDocflows").values()) {
                String status = word(one.path("Response"), "Status");
                told.add(status);
                told.add(word(one.path("TitleDelivery").path("Delivery"), "Status"));
                all &= status.equals("signed") || status.equals("notacceptable");
                some |= status.equals("signed");
            }
        }
        if (told.contains("invalidsignature") || told.contains("failed")) {
            return EdoState.ERROR;
        }
        if (told.contains("rejected") || told.contains("signaturerejected")) {
            return EdoState.REJECTED;
        }
        return !some ? null : all && !told.contains("partiallysigned") ? EdoState.SIGNED : EdoState.PARTLY_SIGNED;
    }

    private static String word(JsonNode node, String field) {
        String word = text(node, field).toLowerCase(Locale.ROOT);
        return PREFIXES.stream().filter(word::startsWith).findFirst().map(prefix -> word.substring(prefix.length()))
                .orElse(word);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").strip();
    }
}
