package dev.sverka.vendors.saby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoKind;
import dev.sverka.records.edo.EdoState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of states on every code of the sheet, and what else is read of a document. */
class SabyDocumentsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Map<String, EdoState> NAMES = Map.of("draft", EdoState.DRAFT, "sent", EdoState.SENT,
            "delivered",
            EdoState.DELIVERED, "signed", EdoState.SIGNED, "rejected", EdoState.REJECTED, "revocation-requested",
            EdoState.REVOCATION_REQUESTED, "revoked", EdoState.REVOKED, "error", EdoState.ERROR);

    static Stream<JsonNode> states() {
        return SabyStage.sample("states").path("cases").valueStream();
    }

    private static EdoDocument read(JsonNode document) {
        return SabyDocuments.read("saby.main", document, NOW);
    }

    private static ObjectNode sample() {
        return (ObjectNode) JsonMapper.builder().build().readTree(SabyStage.sample("read_document_response").path(
                "result")
                .toString());
    }

    private static EdoDocument withCode(String code, String direction) {
        ObjectNode document = sample();
        document.put("Направление", direction);
        ((ObjectNode) document.path("Состояние")).put("Код", code);
        document.set("Событие", document.arrayNode());
        return read(document);
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyCodeHasTheStateOfTheSheetOnBothSides(JsonNode one) {
        String code = one.path("code").asString();
        assertThat(withCode(code, "Исходящий").state())
                .isEqualTo(NAMES.get(one.path("expected_common_state_outgoing").asString()));
        assertThat(withCode(code, "Входящий").state())
                .isEqualTo(NAMES.get(one.path("expected_common_state_incoming").asString()));
    }

    @Test
    void aDocumentIsReadWhole() {
        EdoDocument upd = read(sample());
        assertThat(upd.id()).isEqualTo("a0000000-0000-4000-8000-000000000002");
        assertThat(upd.ours()).isEqualTo("crm-item-7002");
        assertThat(upd.revision()).isEqualTo("d0000000-0000-4000-8000-000000000021");
        assertThat(upd.kind()).isEqualTo(EdoKind.UPD);
        assertThat(upd.number()).isEqualTo("118");
        assertThat(upd.date()).isEqualTo(LocalDate.of(2026, 11, 17));
        assertThat(upd.amount()).isEqualTo(6_000_000L);
        assertThat(upd.ownInn()).isEqualTo("0000123404");
        assertThat(upd.counterparty().inn()).isEqualTo("0000567801");
        assertThat(upd.direction()).isEqualTo(Direction.OUTGOING);
        assertThat(upd.state()).isEqualTo(EdoState.SIGNED);
        assertThat(upd.signedBy()).isEqualTo("Вымышленный Подписант");
        assertThat(upd.signedAt()).isEqualTo(Instant.parse("2026-11-18T06:40:00Z"));
        assertThat(upd.link()).startsWith("https://online.sbis.ru/opendoc.html");
        assertThat(upd.providerState()).isEqualTo("7 Выполнение завершено успешно");
    }

    @Test
    void flagsSayWhatTheStateDoesNot() {
        assertThat(withCode("2", "Исходящий").flags()).containsExactly(EdoFlag.COUNTERPARTY_NOT_CONNECTED);
        assertThat(withCode("23", "Исходящий").flags()).containsExactly(EdoFlag.OUR_SIGNATURE_DUE);
        assertThat(withCode("4", "Исходящий").flags()).isEmpty();
        assertThat(withCode("4", "Входящий").flags()).containsExactly(EdoFlag.OUR_ANSWER_DUE);
        assertThat(withCode("19", "Исходящий").flags()).containsExactly(EdoFlag.WITHDRAWN_BY_US);
        assertThat(withCode("19", "Входящий").flags()).containsExactly(EdoFlag.DELETED_BY_US);
        assertThat(withCode("20", "Исходящий").flags()).containsExactly(EdoFlag.DELETED_BY_COUNTERPARTY);
        assertThat(withCode("27", "Исходящий").underlying()).isEqualTo(EdoState.SIGNED);
        ObjectNode invoice = sample();
        invoice.put("Тип", "ФактураИсх");
        ((ObjectNode) invoice.path("Состояние")).put("Код", "4");
        assertThat(read(invoice).flags()).containsExactly(EdoFlag.NO_ANSWER_DUE);
        assertThat(read(invoice).kind()).isEqualTo(EdoKind.VAT_INVOICE);
    }

    @Test
    void aRefusalAfterTheAcceptanceAsksAPersonAndOneBeforeItDoesNot() {
        ObjectNode document = sample();
        ObjectNode refusal = document.objectNode();
        refusal.put("Идентификатор", "e1").put("Название", "Уведомление об уточнении").put("ДатаВремя",
                "18.11.2026 10.00.00");
        ((ArrayNode) document.path("Событие")).add(refusal);
        assertThat(read(document).state()).isEqualTo(EdoState.PARTLY_SIGNED);
        assertThat(read(document).flags()).containsExactly(EdoFlag.WITH_DISCREPANCIES);
        ObjectNode before = sample();
        ((ArrayNode) before.path("Событие")).insert(0, refusal);
        assertThat(read(before).state()).isEqualTo(EdoState.SIGNED);
    }

    @Test
    void eventsOfAnOlderRevisionSayNothingOfThePresentOne() {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode document = sample();
        ((ObjectNode) document.path("Состояние")).put("Код", "9").put("Примечание", "Нет печати");
        document.set("Редакция", json.readTree("[{\"Идентификатор\":\"d1\",\"Актуален\":\"Нет\",\"ДатаВремя\":"
                + "\"17.11.2026 09.00.00\"},{\"Идентификатор\":\"d2\",\"Актуален\":\"Да\",\"ДатаВремя\":"
                + "\"19.11.2026 09.00.00\"}]"));
        document.set("Событие", json.readTree("[{\"Идентификатор\":\"e1\",\"Название\":\"Уведомление об уточнении\","
                + "\"ДатаВремя\":\"18.11.2026 09.00.00\",\"Комментарий\":\"Не та сумма\"}]"));
        assertThat(read(document).reason()).isEqualTo("Нет печати");
        ((ObjectNode) document.path("Состояние")).put("Код", "7");
        assertThat(read(document).state()).isEqualTo(EdoState.SIGNED);
        assertThat(read(document).signedAt()).isNull();
    }

    @Test
    void papersBundledInADocumentKeepTheirOwnNumbers() {
        ObjectNode document = sample();
        ((ObjectNode) document.path("Вложение").path(0)).put("Номер", "А-7").put("Сумма", "100.00");
        ((ObjectNode) document.path("Вложение").path(1)).put("Номер", "9").put("Служебный", "Да");
        assertThat(read(document).labels()).containsExactly(new EdoDocument.Label("А-7", LocalDate.of(2026, 11, 17),
                10_000L));
    }

    @Test
    void recordsOfTheFeedsSamplesAreRead() {
        List<EdoDocument> read = Stream.of("list_changes_response_page1", "list_changes_response_page2",
                        "list_changes_response_no_event_ids", "fault_duplicate_and_old_event",
                        "fault_late_signature_after_rejection")
                .flatMap(name -> SabyStage.sample(name).path("result").path("Документ").valueStream())
                .map(SabyDocumentsTest::read).toList();
        assertThat(read).hasSize(16).allSatisfy(one -> {
            assertThat(one.state()).isNotNull();
            assertThat(one.amount()).isPositive();
            assertThat(one.counterparty().inn()).isEqualTo("0000567801");
        });
        assertThat(read).filteredOn(one -> one.state() == EdoState.REJECTED).extracting(EdoDocument::reason)
                .containsOnly("Сумма не соответствует заявке");
        assertThat(read).filteredOn(one -> one.state() == EdoState.REVOCATION_REQUESTED).singleElement()
                .satisfies(one -> assertThat(one.reason()).isEqualTo("Ошибка в реквизитах"))
                .satisfies(one -> assertThat(one.flags()).doesNotContain(EdoFlag.REVOCATION_BY_US));
        JsonNode late = SabyStage.sample("fault_late_signature_after_rejection").path("result").path("Документ").path(
                1);
        assertThat(read(late).revision()).as("the current one counts").endsWith("032");
    }

    @Test
    void aPersonAsCounterpartyAndMissingValuesAreRead() {
        ObjectNode document = sample();
        document.set("Контрагент", JsonMapper.builder().build().readTree(
                "{\"СвФЛ\":{\"ИНН\":\"000000000000\",\"Фамилия\":\"Иванов\",\"Имя\":\"Иван\",\"Отчество\":\"\"}}"));
        document.put("Сумма", "").put("Номер", "").put("Дата", "");
        EdoDocument read = read(document);
        assertThat(read.counterparty().name()).isEqualTo("Иванов Иван");
        assertThat(read.amount()).isNull();
        assertThat(read.number()).isNull();
        assertThat(read.date()).isNull();
    }

    @Test
    void timesAreMoscowsInEitherSpelling() {
        assertThat(SabyTime.instant("16.11.2026 11.00.20")).isEqualTo(Instant.parse("2026-11-16T08:00:20Z"));
        assertThat(SabyTime.instant("16.11.2026 11:00:20")).isEqualTo(Instant.parse("2026-11-16T08:00:20Z"));
        assertThat(SabyTime.text(Instant.parse("2026-11-16T08:00:20Z"), true)).isEqualTo("16.11.2026 11:00:20");
    }
}
