package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.records.edo.EdoDocument.Counterparty;
import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoKind;
import dev.sverka.records.edo.EdoState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The table of states on every sample. */
class DiadocStatesTest {

    private static final JsonNode CASES = DiadocStage.sample("documents_by_state").path("cases");
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Map<String, EdoState> NAMES = Map.of("draft", EdoState.DRAFT, "sent", EdoState.SENT,
            "delivered",
            EdoState.DELIVERED, "partially-signed", EdoState.PARTLY_SIGNED, "signed", EdoState.SIGNED, "rejected",
            EdoState.REJECTED, "revocation-requested", EdoState.REVOCATION_REQUESTED, "revoked", EdoState.REVOKED,
            "error", EdoState.ERROR);

    static Stream<String> cases() {
        return CASES.properties().stream().map(Map.Entry::getKey);
    }

    private static EdoDocument read(JsonNode flat, DiadocDocflow docflow) {
        return DiadocDocuments.read("diadoc.main", DiadocId.of("11111111222243338444555555555501", flat), flat, docflow,
                new DiadocDocuments.Parties("0000123404", new Counterparty("0000567801", "000001001", "Покупатель"),
                        docflow.signer() == null ? null : "Покупатель", false), NOW);
    }

    private static EdoDocument read(String name) {
        return read(CASES.path(name).path("document"), DiadocDocflow.NONE);
    }

    /** A sample document with one field changed. */
    private static EdoDocument changed(String name, String field, String value) {
        ObjectNode flat = (ObjectNode) JsonMapper.builder().build()
                .readTree(CASES.path(name).path("document").toString());
        flat.put(field, value);
        return read(flat, DiadocDocflow.NONE);
    }

    private static DiadocDocflow docflow(String sample, int event) {
        return DiadocDocflow.read(DiadocStage.sample(sample).path("Events").path(event).path("Document"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everySampleHasTheStateOfTheSheet(String name) {
        assertThat(read(name).state()).isEqualTo(NAMES.get(CASES.path(name).path("expected_common_state").asString()));
        assertThat(read(name).providerState()).isNotBlank();
    }

    @Test
    void everyStateOfTheSheetIsAmongTheSamples() {
        assertThat(cases().map(name -> CASES.path(name).path("expected_common_state").asString()))
                .containsAll(NAMES.keySet()).contains("keep-previous");
    }

    @Test
    void whatADocumentIsIsReadFromItsMetadata() {
        EdoDocument contract = read("signed");
        assertThat(contract.kind()).isEqualTo(EdoKind.CONTRACT);
        assertThat(contract.number()).isEqualTo("45-К");
        assertThat(contract.date()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(contract.amount()).isEqualTo(12_000_000L);
        assertThat(contract.ours()).isEqualTo("crm-item-7001");
        assertThat(contract.direction()).isEqualTo(Direction.OUTGOING);
        assertThat(contract.counterparty().inn()).isEqualTo("0000567801");
        assertThat(contract.flags()).containsExactly(EdoFlag.TEST);
        assertThat(contract.changedAt()).isEqualTo(Instant.parse("2026-11-17T07:15:00Z"));
        assertThat(contract.id()).isEqualTo("11111111222243338444555555555501/d0000000-0000-4000-8000-000000000001/"
                + "c0000000-0000-4000-8000-000000000010");
        assertThat(read("one_sided_delivered").kind()).isEqualTo(EdoKind.VAT_INVOICE);
        assertThat(read("rejected").kind()).isEqualTo(EdoKind.ACT);
        assertThat(changed("signed", "TypeNamedId", "OurOwnType").kind()).isEqualTo(EdoKind.OTHER);
    }

    @Test
    void flagsSayWhatTheStateDoesNot() {
        assertThat(read("revocation_requested_by_me").flags()).contains(EdoFlag.REVOCATION_BY_US);
        assertThat(read("revocation_requested_by_me").underlying()).isEqualTo(EdoState.SIGNED);
        assertThat(read("revocation_requested_by_counteragent").flags()).doesNotContain(EdoFlag.REVOCATION_BY_US);
        assertThat(read("signed_with_discrepancies").flags()).contains(EdoFlag.WITH_DISCREPANCIES);
        assertThat(read("one_sided_delivered").flags()).contains(EdoFlag.NO_ANSWER_DUE);
        assertThat(read("deleted_from_box").flags()).contains(EdoFlag.DELETED_LOCALLY);
        assertThat(changed("delivered_waiting", "DocumentDirection", "Inbound").flags())
                .contains(EdoFlag.OUR_ANSWER_DUE);
        assertThat(read("delivered_waiting").flags()).doesNotContain(EdoFlag.OUR_ANSWER_DUE);
    }

    @ParameterizedTest
    @CsvSource({"delivered_waiting,ProxySignatureStatus,WithProxySignature,PARTLY_SIGNED",
        "signed,ProxySignatureStatus,WaitingForProxySignature,PARTLY_SIGNED",
        "signed,ProxySignatureStatus,WithProxySignature,SIGNED",
        "delivered_waiting,ProxySignatureStatus,InvalidProxySignature,ERROR",
        "delivered_waiting,RecipientResponseStatus,InvalidRecipientSignature,ERROR",
        "delivered_waiting,SenderSignatureStatus,SomethingNew,", "sent_not_delivered,RecipientResponseStatus,New2027,",
        "rejected,RevocationStatus,SomethingNew,REJECTED", "signed,ProxySignatureStatus,SomethingNew,",
        "delivered_waiting,RoamingNotificationStatus,Error,ERROR", "signed,ProxySignatureStatus,None,SIGNED",
        "delivered_waiting,RecipientResponseStatus,NotAcceptable,DELIVERED",
        "delivered_waiting,RecipientResponseStatus,RECIPIENTRESPONSESTATUSNOTACCEPTABLE,DELIVERED",
        "signed,RevocationStatus,revocationAccepted,REVOKED"})
    void fieldsBesideTheSamplesFollowTheTable(String name, String field, String value, EdoState expected) {
        assertThat(changed(name, field, value).state()).isEqualTo(expected);
    }

    @Test
    void aReasonAndASignerComeFromTheDocflowOfEitherVersion() {
        assertThat(read(CASES.path("rejected").path("document"), docflow("get_docflow_events_v4_response", 1)).reason())
                .isEqualTo("Сумма не соответствует заявке");
        EdoDocument signed = read(CASES.path("signed").path("document"), docflow("get_docflow_events_v4_response", 0));
        assertThat(signed.signedBy()).isEqualTo("Покупатель");
        assertThat(signed.signedAt()).isEqualTo(Instant.parse("2026-11-17T07:15:00Z"));
        DiadocDocflow v5 = docflow("get_docflow_events_v5_response", 0);
        assertThat(v5.signer()).startsWith("aaaaaaaa");
        assertThat(v5.signedAt()).isEqualTo(DiadocTime.instant(639305808000000000L));
        assertThat(v5.parties()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"TitleParticipantResponseStatusInvalidSignature,DeliveryStatusDelivered,,ERROR",
        "Signed,DeliveryStatusFailed,,ERROR", "SIGNED,Delivered,,SIGNED", "Waiting,Delivered,,PARTLY_SIGNED",
        "Signed,Delivered,WellKnownTitleOperationResultPartiallySigned,PARTLY_SIGNED",
        "SignatureRejected,Delivered,,REJECTED", "Signed,Delivered,Rejected,REJECTED"})
    void ofMoreThanTwoPartiesTheWorstIsTold(String answer, String delivery, String result, EdoState expected) {
        JsonNode whole = JsonMapper.builder().build().readTree("""
                {"DocumentInfo":{"Participants":{"Participants":[{},{},{}]}},"Docflow":{"Titles":[{"TitleIndex":0,
                "AuthorSigning":{"Status":"TitleAuthorStatusSigned","OperationResult":{"WellKnown":"%s"}},
                "ParticipantDocflows":[{"Response":{"Status":"TitleParticipantResponseStatusSigned"}},
                {"TitleDelivery":{"Delivery":{"Status":"%s"}},"Response":{"Status":"%s"}}]}]}}""".formatted(
                result == null ? "" : result, delivery, answer));
        assertThat(DiadocDocflow.read(whole).parties()).isEqualTo(expected);
        assertThat(read(CASES.path("delivered_waiting").path("document"), DiadocDocflow.read(whole)).state())
                .isEqualTo(expected);
    }

    @Test
    void aSignatureAfterARejectionCarriesNoReason() {
        DiadocDocflow late = docflow("fault_late_signature_after_rejection_v4", 0);
        assertThat(late.rejection()).isNull();
        assertThat(late.signedAt()).isEqualTo(DiadocTime.instant(639309348000000000L));
    }

    @Test
    void everyChangeMakesAnotherVersionAndTheSameReadingNone() {
        assertThat(read("signed").version()).isEqualTo(read("signed").version());
        assertThat(cases().filter(name -> CASES.path(name).path("document").path("TypeNamedId").asString()
                .equals("Contract")).map(name -> read(name).version()).distinct().count())
                .as("unchecked and checked signatures read alike").isEqualTo(cases().filter(name -> CASES.path(name)
                        .path("document").path("TypeNamedId").asString().equals("Contract")).count() - 1);
    }

    @Test
    void ticksAndBoxesAreReadAsTheSheetSays() {
        assertThat(DiadocTime.instant(639304128000000000L)).isEqualTo(Instant.parse("2026-11-16T08:00:00Z"));
        assertThat(DiadocTime.ticks(Instant.parse("2026-11-16T08:00:00.0000001Z"))).isEqualTo(639304128000000001L);
        assertThat(DiadocId.box("AAAAAAAABBBB4CCC8DDDEEEEEEEEEE01@diadoc.ru"))
                .isEqualTo(DiadocId.box("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee01"));
        assertThat(DiadocId.guid("aaaaaaaabbbb4ccc8dddeeeeeeeeee01"))
                .isEqualTo("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee01");
    }

    @ParameterizedTest
    @CsvSource({"Inbound,INCOMING", "INBOUND,INCOMING", "DocumentDirectionInbound,INCOMING", "Internal,INTERNAL",
        "outbound,OUTGOING"})
    void aDirectionIsReadInAnySpelling(String told, Direction expected) {
        assertThat(changed("delivered_waiting", "DocumentDirection", told).direction()).isEqualTo(expected);
        assertThat(changed("delivered_waiting", "DocumentDirection", told).flags().contains(EdoFlag.OUR_ANSWER_DUE))
                .isEqualTo(expected == Direction.INCOMING);
    }

    /** What is not there may be told as null. */
    @Test
    void nullsAreNothing() {
        DiadocDocflow read = DiadocDocflow.read(JsonMapper.builder().build().readTree("""
                {"DocumentInfo":{"MessageType":"MessageTypeDraft"},"Docflow":{"Titles":null,"ProxyResponse":null,
                "RecipientResponse":{"Signature":null,"Rejection":null,"Title":{"Signature":{"SignerBoxId":"b"}},
                "SentAt":{"Ticks":639304128000000000}},"Revocation":null}}"""));
        assertThat(read).isEqualTo(new DiadocDocflow(true, null, null, "b", Instant.parse("2026-11-16T08:00:00Z"), false,
                null));
    }
}
