package dev.sverka.sandbox.diadoc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document in a box as it is at one moment: flat fields, and the docflow made of them (diadoc.md sections 8,
 * 9.1).
 */
public final class DiadocPaper {

    static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final long EPOCH = 621_355_968_000_000_000L;

    private final String box;
    private final Map<String, Object> flat;
    String rejection;
    String revocation;
    Instant signedAt;
    String signer;
    String signatureType = "Qualified";
    boolean outOfWorkflow;
    String messageType = "Letter";
    /** Boxes of further parties, with whether they have signed; only V5 tells of them. */
    final Map<String, Boolean> others = new LinkedHashMap<>();

    private DiadocPaper(String box, Map<String, Object> flat) {
        this.box = box;
        this.flat = flat;
    }

    /** What a document is. @param sum with a dot */
    public record Content(String type, String function, String number, LocalDate date, String sum) {
    }

    static DiadocPaper of(String box, String message, String entity, String direction, String counterparty,
            Content content) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flat.put("MessageId", message);
        flat.put("EntityId", entity);
        flat.put("CounteragentBoxId", counterparty.replace("-", "") + "@diadoc.ru");
        flat.put("DocumentType", content.type());
        flat.put("FileName", content.type() + ".xml");
        flat.put("IsDeleted", false);
        flat.put("IsTest", true);
        flat.put("CustomDocumentId", "");
        flat.put("RevocationStatus", "RevocationStatusNone");
        flat.put("SendTimestampTicks", 0L);
        flat.put("DeliveryTimestampTicks", 0L);
        flat.put("RoamingNotificationStatus", "RoamingNotificationStatusNone");
        flat.put("DocumentDirection", direction);
        flat.put("LastModificationTimestampTicks", 0L);
        flat.put("SenderSignatureStatus", "WaitingForSenderSignature");
        flat.put("ProxySignatureStatus", "ProxySignatureStatusNone");
        flat.put("TypeNamedId", content.type());
        flat.put("Function", content.function());
        String sum = content.type().equals("Contract") ? "ContractPrice" : "TotalSum";
        flat.put("Metadata", List.of(pair("DocumentNumber", content.number()), pair("DocumentDate",
                DateTimeFormatter.ofPattern("dd.MM.yyyy").format(content.date())), pair(sum, content.sum())));
        flat.put("RecipientResponseStatus", content.function().equals("СЧФ") ? "RecipientResponseStatusNotAcceptable"
                : "WaitingForRecipientSignature");
        flat.put("SomethingNewOf2027", Map.of("Value", 1));
        return new DiadocPaper(box, flat);
    }

    private static Map<String, Object> pair(String key, String value) {
        return Map.of("Key", key, "Value", value);
    }

    static long ticks(Instant at) {
        return EPOCH + at.getEpochSecond() * 10_000_000L + at.getNano() / 100;
    }

    DiadocPaper copy() {
        DiadocPaper copy = new DiadocPaper(box, new LinkedHashMap<>(flat));
        copy.rejection = rejection;
        copy.revocation = revocation;
        copy.signedAt = signedAt;
        copy.signer = signer;
        copy.signatureType = signatureType;
        copy.outOfWorkflow = outOfWorkflow;
        copy.messageType = messageType;
        copy.others.putAll(others);
        return copy;
    }

    /** A field as it is told. */
    public Object get(String field) {
        return flat.get(field);
    }

    void set(String field, Object value) {
        flat.put(field, value);
    }

    public String message() {
        return (String) flat.get("MessageId");
    }

    public String entity() {
        return (String) flat.get("EntityId");
    }

    public String counterparty() {
        return (String) flat.get("CounteragentBoxId");
    }

    /** As routes name it. */
    public String id() {
        return box.replace("-", "") + "/" + message() + "/" + entity();
    }

    Map<String, Object> documentId() {
        return Map.of("MessageId", message(), "EntityId", entity());
    }

    Map<String, Object> flat() {
        return flat;
    }

    /** @param version V4 or V5 */
    Map<String, Object> withDocflow(String version, String event, Instant at) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("FullVersion", Map.of("TypeNamedId", get("TypeNamedId"), "Function", get("Function"), "Version",
                "v1"));
        info.put("MessageType", messageType);
        info.put("DocumentDirection", get("DocumentDirection"));
        info.put("Metadata", get("Metadata"));
        if (version.equals("V5")) {
            List<Object> parties = new ArrayList<>(List.of(party(box, "Sender"), party(counterparty(), "Recipient")));
            others.keySet().forEach(one -> parties.add(party(one, "Recipient")));
            info.put("Participants", Map.of("Participants", parties));
        } else {
            info.put("Participants", Map.of("Sender", Map.of("BoxId", box), "Recipient", Map.of("BoxId",
                    counterparty())));
        }
        return new LinkedHashMap<>(Map.of("DocumentId", documentId(), "LastEvent", Map.of("EventId", event, "Timestamp",
                Map.of("Ticks", ticks(at))), "DocumentInfo", info, "Docflow",
                version.equals("V5") ? v5() : v4()));
    }

    private static Map<String, Object> party(String box, String type) {
        return Map.of("BoxId", box, "Type", type);
    }

    private Map<String, Object> signature() {
        return Map.of("Cms", Map.of("EntityId", NOBODY, "CreationTimestamp", Map.of("Ticks", ticks(signedAt))),
                "SignerBoxId", signer, "IsValid", true, "SignatureTypeInfo", Map.of("SignatureType", signatureType));
    }

    private Map<String, Object> refusal() {
        return Map.of("IsFormal", true, "PlainText", rejection, "UniversalMessage", Map.of("MessageInfo",
                Map.of("CodeGroup", "Rejection", "IsOutOfWorkflow", outOfWorkflow)));
    }

    private Map<String, Object> revoking() {
        return Map.of("IsFinished", false, "RevocationRequest", Map.of("PlainText", revocation), "RevocationStatus",
                get("RevocationStatus"));
    }

    private Map<String, Object> v4() {
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("IsFinished", signedAt != null || rejection != null,
                "ResponseStatus", get("RecipientResponseStatus")));
        if (signedAt != null) {
            answer.put("Signature", signature());
            answer.put("SentAt", Map.of("Ticks", ticks(signedAt)));
        } else if (rejection != null) {
            answer.put("Rejection", refusal());
        }
        Map<String, Object> docflow = new LinkedHashMap<>(Map.of("SenderTitle", Map.of("IsFinished", true,
                "SenderSignatureStatus", get("SenderSignatureStatus")), "RecipientResponse", answer));
        if (revocation != null) {
            docflow.put("Revocation", revoking());
        }
        return docflow;
    }

    private Map<String, Object> v5() {
        List<Object> flows = new ArrayList<>();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("Status", "TitleParticipantResponseStatus" + (signedAt != null ? "Signed"
                : rejection != null && !outOfWorkflow ? "SignatureRejected" : "Waiting"));
        if (signedAt != null) {
            answer.put("Signature", signature());
        } else if (rejection != null) {
            answer.put("Rejection", refusal());
        }
        flows.add(Map.of("Participant", party(counterparty(), "Recipient"), "Response", answer));
        others.forEach((other, signed) -> flows.add(Map.of("Participant", party(other, "Recipient"), "Response",
                Map.of("Status", "TitleParticipantResponseStatus" + (signed ? "Signed" : "Waiting")))));
        Map<String, Object> docflow = new LinkedHashMap<>(Map.of("Titles", List.of(Map.of("TitleIndex", 0,
                "AuthorSigning", Map.of("IsFinished", true, "Status", "TitleAuthorStatusSigned"),
                "ParticipantDocflows", flows))));
        if (revocation != null) {
            docflow.put("Revocation", revoking());
        }
        return docflow;
    }
}
