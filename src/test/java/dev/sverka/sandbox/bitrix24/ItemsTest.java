package dev.sverka.sandbox.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How the stand-in takes writes and lists items, against sections 4, 6.5, 6.6 and 14.2 of the sheet. */
class ItemsTest {

    private static final int TYPE = Portal.PAYMENTS;

    private Bitrix24StandIn bitrix24;
    private Portal portal;
    private Rest rest;
    private final List<Crm.Change> changes = new ArrayList<>();
    private int company;
    private int deal;
    private int payment;

    @BeforeEach
    void open() {
        bitrix24 = new Bitrix24StandIn(0, Clock.fixed(Instant.parse("2026-09-14T07:00:00Z"), ZoneOffset.UTC));
        bitrix24.limited(false);
        rest = new Rest(bitrix24.url());
        portal = Portal.of(bitrix24.crm());
        company = portal.company("ООО «Пример»", "0012345673", "001201001", false);
        deal = portal.deal("Сделка", company, BigDecimal.TEN);
        payment = portal.payment(Portal.IN, "1", LocalDate.of(2026, 9, 1), new BigDecimal("184500.50"), company,
                company,
                deal);
        bitrix24.crm().onChange(changes::add);
        bitrix24.clock().advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        bitrix24.close();
    }

    private JsonNode update(Map<String, ?> fields) {
        return rest.result("crm.item.update", Map.of("entityTypeId", TYPE, "id", payment, "fields", fields))
                .path("item");
    }

    private String refusal(Map<String, ?> fields) {
        return rest.error("crm.item.update", Map.of("entityTypeId", TYPE, "id", payment, "fields", fields));
    }

    private JsonNode get() {
        return rest.result("crm.item.get", Map.of("entityTypeId", TYPE, "id", payment)).path("item");
    }

    private List<Integer> ids(Map<String, ?> filter) {
        return rest.result("crm.item.list", Map.of("entityTypeId", TYPE, "filter", filter, "start", -1, "order",
                Map.of("id", "ASC"))).path("items").values().stream().map(row -> row.path("id").asInt()).toList();
    }

    @Test
    void aSaveWithoutADifferenceSavesNothingAndTellsNobody() {
        String before = get().toString();
        assertThat(update(Map.of("title", "Счёт № 1", "opportunity", "184500.5", "noSuchField", 1, "updatedBy", 99))
                .toString()).isEqualTo(before);
        assertThat(changes).isEmpty();
        JsonNode changed = update(Map.of("title", "Счёт № 1а"));
        assertThat(changed.path("updatedTime").asString()).isEqualTo("2026-09-14T10:00:10+03:00");
        assertThat(changed.path("updatedBy").asInt()).isEqualTo(Bitrix24StandIn.USER);
        assertThat(changes).extracting(Crm.Change::kind).containsExactly("Update");
    }

    @Test
    void valuesReadBackInTheTypingsOfTheSheet() {
        update(Map.of("ufCrm12Paid", "150000.50|RUB", "ufCrm12Paiddate", "2026-09-14", "ufCrm12Overdue", "1",
                "ufCrm12Actnumbers", List.of("1", "2"), "opportunity", "190000", "ufCrm12Vat", "3401"));
        JsonNode item = get();
        assertThat(item.path("ufCrm12Paid").asString()).isEqualTo("150000.5|RUB");
        assertThat(item.path("ufCrm12Paiddate").asString()).isEqualTo("2026-09-14T03:00:00+03:00");
        assertThat(item.path("ufCrm12Overdue").asString()).isEqualTo("Y");
        assertThat(item.path("opportunity").toString()).isEqualTo("190000");
        assertThat(item.path("ufCrm12Vat").isNumber()).isTrue();
        bitrix24.clock().offset(ZoneOffset.ofHours(2));
        assertThat(get().path("ufCrm12Paiddate").asString()).isEqualTo("2026-09-14T02:00:00+02:00");
        bitrix24.datesAtLocalMidnight(true);
        assertThat(get().path("ufCrm12Paiddate").asString()).isEqualTo("2026-09-14T00:00:00+02:00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ufCrm12Paiddate;   завтра;           400 CRM_FIELD_ERROR_VALUE_NOT_VALID",
        "ufCrm12Vat;        9999;             400 CRM_FIELD_ERROR_VALUE_NOT_VALID",
        "opportunity;       сто;              400 CRM_FIELD_ERROR_VALUE_NOT_VALID",
        "stageId;           DT1046_33:CLIENT; 400 CRM_FIELD_ERROR_VALUE_NOT_VALID",
        "ufCrm12Actnumbers; 1;                400 100"})
    void aValueThatDoesNotFitIsRefused(String field, String value, String error) {
        assertThat(refusal(Map.of(field, value))).isEqualTo(error);
        assertThat(changes).isEmpty();
    }

    @Test
    void mandatoryFieldsAreAskedForOnlyWhenTheStageChangesInsideThePipeline() {
        bitrix24.mandatory(TYPE, "ufCrm12Contractnumber", true);
        bitrix24.mandatoryOnStage(TYPE, "DT1046_31:SUCCESS", "ufCrm12Paid");
        update(Map.of("title", "без номера договора"));
        assertThat(refusal(Map.of("stageId", "DT1046_31:UC_9KZ1Q7"))).isEqualTo("400 CRM_FIELD_ERROR_REQUIRED");
        assertThat(refusal(Map.of("stageId", "DT1046_31:SUCCESS", "ufCrm12Contractnumber", "7")))
                .isEqualTo("400 CRM_FIELD_ERROR_REQUIRED");
        assertThat(get().path("ufCrm12Contractnumber").isNull()).as("nothing of it was saved").isTrue();
        update(Map.of("categoryId", 33, "stageId", "DT1046_33:CLIENT"));
        assertThat(get().path("previousStageId").asString()).isEqualTo("DT1046_31:PREPARATION");
    }

    @Test
    void aMoveToAnotherPipelineWithoutAStageLandsOnItsFirst() {
        assertThat(update(Map.of("categoryId", 33)).path("stageId").asString()).isEqualTo("DT1046_33:NEW");
    }

    @Test
    void aRobotChangesTheItemLaterAsAnotherUserAndRaisesAnEventOfItsOwn() {
        bitrix24.crm().robot(new Crm.Robot(TYPE, item -> "DT1046_31:SUCCESS".equals(item.get("stageId")),
                Map.of("ufCrm12Article", "робот"), 1, Duration.ofSeconds(3)));
        JsonNode reply = update(Map.of("stageId", "DT1046_31:SUCCESS"));
        assertThat(reply.path("ufCrm12Article").isNull()).as("the reply shows the state before robots").isTrue();
        bitrix24.clock().advance(Duration.ofSeconds(2));
        assertThat(get().path("ufCrm12Article").isNull()).isTrue();
        bitrix24.clock().advance(Duration.ofSeconds(1));
        JsonNode item = get();
        assertThat(item.path("ufCrm12Article").asString()).isEqualTo("робот");
        assertThat(item.path("updatedBy").asInt()).isEqualTo(1);
        assertThat(changes).hasSize(2);
    }

    @Test
    void whatIsHiddenIsAbsentAndItsReadingRefusedAsSwitched() {
        bitrix24.hidden(TYPE, payment, true);
        assertThat(ids(Map.of())).isEmpty();
        assertThat(rest.error("crm.item.get", Map.of("entityTypeId", TYPE, "id", payment))).isEqualTo("400 NOT_FOUND");
        bitrix24.hiddenIsDenied(true);
        assertThat(refusal(Map.of("title", "x"))).isEqualTo("400 ACCESS_DENIED");
        bitrix24.hidden(TYPE, payment, false);
        bitrix24.readOnly(TYPE, true);
        assertThat(ids(Map.of())).containsExactly(payment);
        assertThat(refusal(Map.of("title", "x"))).isEqualTo("400 ACCESS_DENIED");
        bitrix24.readOnly(TYPE, false);
        bitrix24.barred("DT1046_31:SUCCESS");
        assertThat(refusal(Map.of("stageId", "DT1046_31:SUCCESS"))).isEqualTo("400 -");
    }

    @Test
    void aMultipleListIsNotClearedThoughTheReplySaysSo() {
        bitrix24.crm().type(TYPE).custom("TAGS", "enumeration", "Метки", true, Map.of(1, "опт", 2, "розница"));
        update(Map.of("ufCrm12Tags", List.of(1, 2)));
        bitrix24.clearingFails(true);
        assertThat(update(Map.of("ufCrm12Tags", List.of())).path("ufCrm12Tags").isNull()).isTrue();
        assertThat(get().path("ufCrm12Tags").size()).isEqualTo(2);
        bitrix24.clearingFails(false);
        update(Map.of("ufCrm12Tags", List.of()));
        assertThat(get().path("ufCrm12Tags").size()).isZero();
    }

    @Test
    void observersAreClearedByAnEmptyTextAndNotByAnEmptyList() {
        update(Map.of("observers", List.of(24)));
        assertThat(update(Map.of("observers", List.of())).path("observers").size()).isEqualTo(1);
        assertThat(update(Map.of("observers", "")).path("observers").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"OFFSET_HONOURED, 2026-09-14T09:00:05+02:00, true", "OFFSET_HONOURED, 2026-09-14T10:00:05+02:00, false",
        "OFFSET_IGNORED, 2026-09-14T10:00:05+02:00, true", "OFFSET_IGNORED, 2026-09-14T09:00:05+02:00, true",
        "OFFSET_IGNORED, 2026-09-14T10:00:11Z, false", "SPACE_FORM_ONLY, 2026-09-14 10:00:11, false",
        "SPACE_FORM_ONLY, 2026-09-14T10:00:11+03:00, true"})
    void datesInFiltersAreReadAsSwitched(FilterDates reading, String from, boolean found) {
        update(Map.of("title", "сейчас"));
        bitrix24.filterDates(reading);
        assertThat(ids(Map.of(">=updatedTime", from))).hasSize(found ? 1 : 0);
    }

    @Test
    void filtersNestWithOrAndKnowTheirPrefixes() {
        int second = portal.payment(Portal.OUT, "2", LocalDate.of(2026, 9, 2), BigDecimal.ONE, company, company, deal);
        assertThat(ids(Map.of("0", Map.of("logic", "OR", "0", Map.of("ufCrm12Number", "1"), "1",
                Map.of("categoryId", Portal.OUT))))).containsExactly(payment, second);
        assertThat(rest.result("crm.item.list", Map.of("entityTypeId", TYPE, "filter",
                List.of(Map.of("logic", "OR", "0",
                Map.of("ufCrm12Number", "1"), "1", Map.of("ufCrm12Number", "9"))))).path("items").size()).isEqualTo(1);
        assertThat(rest.form("crm.item.list", "entityTypeId=1046&filter[0][logic]=OR&filter[0][0][ufCrm12Number]=2"
                + "&filter[0][1][ufCrm12Number]=9").path("result").path("items").path(0).path("id").asInt())
                .isEqualTo(second);
        assertThat(ids(Map.of("@id", List.of(payment, 999)))).containsExactly(payment);
        assertThat(ids(Map.of("!@id", List.of(payment)))).containsExactly(second);
        assertThat(ids(Map.of("%title", "№ 2"))).containsExactly(second);
        assertThat(ids(Map.of("=%title", "Счёт%"))).containsExactly(payment, second);
        assertThat(ids(Map.of("=%title", "чёт%"))).isEmpty();
        assertThat(ids(Map.of(">opportunity", 1))).containsExactly(payment);
        update(Map.of("ufCrm12Overdue", "Y"));
        assertThat(ids(Map.of("ufCrm12Overdue", 1))).containsExactly(payment);
        assertThat(ids(Map.of("ufCrm12Overdue", "Y"))).as("custom flags are filtered by 1 and 0").isEmpty();
        for (Map<String, Object> bad : List.of(Map.<String, Object>of("filter", Map.of("fm", 1)),
                Map.<String, Object>of("order", Map.of("nope", "ASC")))) {
            Map<String, Object> call = new java.util.TreeMap<>(bad);
            call.put("entityTypeId", 4);
            assertThat(rest.error("crm.item.list", call)).isEqualTo("400 INVALID_ARG_VALUE");
        }
    }

    @Test
    void aListMayLagBehindSoThatAnEventComesFirst() {
        bitrix24.listLags(Duration.ofSeconds(5));
        update(Map.of("title", "новое"));
        assertThat(changes).hasSize(1);
        assertThat(ids(Map.of("title", "новое"))).isEmpty();
        assertThat(get().path("title").asString()).isEqualTo("новое");
        bitrix24.clock().advance(Duration.ofSeconds(5));
        assertThat(ids(Map.of("title", "новое"))).containsExactly(payment);
    }

    @Test
    void anImportSetsItsOwnTimesAndTellsNeitherRobotsNorEvents() {
        bitrix24.crm().robot(new Crm.Robot(TYPE, item -> true, Map.of("ufCrm12Article", "робот"), 1, Duration.ZERO));
        bitrix24.clock().advance(Duration.ofHours(1));
        JsonNode items = rest.result("crm.item.batchImport", Map.of("entityTypeId", TYPE, "data", List.of(
                Map.of("title", "Старый", "createdTime", "2026-09-14T10:30:00+03:00", "updatedTime",
                        "2026-09-14T10:31:00+03:00", "movedTime", "2026-09-14T10:30:00+03:00"),
                Map.of("title", "Завтрашний", "createdTime", "2026-09-15T10:30:00+03:00")))).path("items");
        assertThat(items.path(1).path("error").asString()).isEqualTo("CRM_FIELD_ERROR_VALUE_NOT_VALID");
        JsonNode item = rest.result("crm.item.get", Map.of("entityTypeId", TYPE, "id",
                items.path(0).path("item").path("id").asInt())).path("item");
        assertThat(item.path("updatedTime").asString()).isEqualTo("2026-09-14T10:31:00+03:00");
        assertThat(item.path("ufCrm12Article").isNull()).isTrue();
        assertThat(changes).isEmpty();
        assertThat(rest.error("crm.item.batchImport", Map.of("entityTypeId", TYPE, "data",
                java.util.Collections.nCopies(21, Map.of("title", "x")))))
                    .isEqualTo("400 MAX_IMPORT_BATCH_SIZE_EXCEEDED");
    }

    @Test
    void aSumIsCalculatedFromProductRowsUnlessItIsKeptByHand() {
        update(Map.of("isManualOpportunity", "N"));
        Map<String, Object> rows = Map.of("ownerType", "T416", "ownerId", payment, "productRows",
                List.of(Map.of("productName", "Сайт", "price", "100.50", "quantity", 2)));
        rest.result("crm.item.productrow.set", rows);
        assertThat(get().path("opportunity").asDecimal()).isEqualByComparingTo("201");
        update(Map.of("opportunity", 5));
        assertThat(get().path("opportunity").asDecimal()).isEqualByComparingTo("201");
        update(Map.of("opportunity", 5, "isManualOpportunity", "Y"));
        assertThat(get().path("opportunity").asDecimal()).isEqualByComparingTo("5");
        assertThat(rest.result("crm.item.productrow.list", Map.of("filter", Map.of("=ownerType", "T416", "=ownerId",
                payment))).path("productRows").size()).isEqualTo(1);
        assertThat(rest.error("crm.item.productrow.set", Map.of("ownerType", "D", "ownerId", 999_999)))
                .isEqualTo("400 OWNER_NOT_FOUND");
    }

    @Test
    void originalNamesLoseTheirColumnsWhereASelectIsGiven() {
        Map<String, Object> plain = Map.of("entityTypeId", TYPE, "useOriginalUfNames", "Y");
        assertThat(rest.result("crm.item.list", plain).path("items").path(0).has("UF_CRM_12_NUMBER")).isTrue();
        Map<String, Object> selected = Map.of("entityTypeId", TYPE, "useOriginalUfNames", "Y", "select",
                List.of("id", "UF_CRM_12_NUMBER"));
        assertThat(rest.result("crm.item.list", selected).path("items").path(0).isArray()).isTrue();
    }

    @Test
    void aStarMayLeaveCustomFieldsOut() {
        Map<String, Object> call = Map.of("entityTypeId", TYPE, "select", List.of("*"));
        assertThat(rest.result("crm.item.list", call).path("items").path(0).has("ufCrm12Number")).isTrue();
        bitrix24.starOmitsCustomFields(true);
        assertThat(rest.result("crm.item.list", call).path("items").path(0).has("ufCrm12Number")).isFalse();
    }

    @Test
    void aPersonEditsBetweenOurReadAndOurWriteAndTheLastWriteWinsByField() {
        bitrix24.people().before("crm.item.update", () -> bitrix24.crm().update(TYPE, payment,
                Map.of("title", "человек", "ufCrm12Article", "аренда"), Portal.PERSON));
        JsonNode item = update(Map.of("title", "программа"));
        assertThat(item.path("title").asString()).isEqualTo("программа");
        assertThat(item.path("ufCrm12Article").asString()).isEqualTo("аренда");
        assertThat(changes).hasSize(2);
    }

    @Test
    void aRestoredItemMayComeBackUnderANewIdWithoutAnEvent() {
        bitrix24.crm().delete(TYPE, payment);
        int restored = bitrix24.crm().restore(TYPE, payment, false);
        assertThat(restored).isNotEqualTo(payment);
        assertThat(ids(Map.of("ufCrm12Number", "1"))).containsExactly(restored);
        assertThat(changes).extracting(Crm.Change::kind).containsExactly("Delete");
    }

    @Test
    void administratorsChangeTheSchemaAndMergeCompaniesUnderOurHands() {
        Administrator administrator = new Administrator(bitrix24.crm());
        administrator.renameStage(TYPE, "DT1046_31:SUCCESS", "Закрыт");
        administrator.dropField(TYPE, "ufCrm12Article");
        administrator.dropOption(TYPE, "ufCrm12Vat", 3401);
        administrator.dropStage(TYPE, "DT1046_31:PREPARATION");
        int other = portal.company("ООО «Другое»", "0012345673", null, false);
        administrator.mergeCompanies(company, other);
        administrator.changeInn(other, " 001234 5673 ");
        assertThat(rest.result("crm.status.list", Map.of("filter", Map.of("STATUS_ID", "DT1046_31:SUCCESS"))).path(0)
                .path("NAME").asString()).isEqualTo("Закрыт");
        assertThat(get().has("ufCrm12Article")).isFalse();
        assertThat(refusal(Map.of("ufCrm12Vat", 3401))).isEqualTo("400 CRM_FIELD_ERROR_VALUE_NOT_VALID");
        assertThat(get().path("stageId").asString()).isEqualTo("DT1046_31:NEW");
        assertThat(get().path("companyId").asInt()).isEqualTo(other);
        assertThat(rest.result("crm.requisite.list", Map.of("filter", Map.of("ENTITY_ID", other))).values())
                .extracting(row -> row.path("RQ_INN").asString(), row -> row.path("RQ_KPP").asString())
                .contains(tuple(" 001234 5673 ", "001201001"));
        administrator.dropType(TYPE);
        assertThat(rest.error("crm.item.get", Map.of("entityTypeId", TYPE, "id", payment))).isEqualTo("400 NOT_FOUND");
    }
}
