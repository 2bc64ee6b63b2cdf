package dev.sverka.sandbox.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Sandbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Containers and typings of the stand-in's answers against the sheet's samples (Annex C). */
class MethodsTest {

    private Sandbox sandbox;
    private Bitrix24StandIn portal;
    private Rest rest;

    @BeforeEach
    void open() {
        sandbox = Sandbox.open(Clock.systemUTC());
        portal = sandbox.bitrix24();
        portal.limited(false);
        rest = new Rest(portal.url());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private int any(int entityTypeId) {
        return (Integer) sandbox.portal().items(entityTypeId).get(0).get("id");
    }

    private static JsonNode sample(String name, Object... path) {
        JsonNode node = Rest.sample(name).path("result");
        for (Object step : path) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        return node;
    }

    private static void likeSample(JsonNode sample, JsonNode answer, String... besides) {
        assertThat(Rest.difference(sample, answer, besides)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "2;  crm_item_get_deal_response;    ufCrm_1771234567,ufCrm_1771234601,ufCrm_1771234650,ufCrm_1771234702,"
            + "parentId1046",
        "4;  crm_item_get_company_response; ufCrm_1771230001",
        "31; crm_item_get_invoice_response; none"})
    void anItemHasAllFieldsOfItsTypeAndTheirTypings(int entityTypeId, String sample, String besides) {
        int id = rest.result("crm.item.add", Map.of("entityTypeId", entityTypeId, "fields", Map.of("title", "Новый")))
                .path("item").path("id").asInt();
        JsonNode item = rest.result("crm.item.get", Map.of("entityTypeId", entityTypeId, "id", id)).path("item");
        likeSample(sample(sample, "item"), item, besides.split(","));
    }

    @Test
    void anEnvelopeOfAListTellsItsTotalAndNextAsThePageNeeds() {
        for (int n = 0; n < 60; n++) {
            portal.crm().add(3, Map.of("name", "Контакт " + n), Portal.PERSON);
        }
        JsonNode first = rest.call("crm.item.list", Map.of("entityTypeId", 3));
        assertThat(first.path("total").asInt()).isEqualTo(60);
        assertThat(first.path("next").asInt()).isEqualTo(50);
        JsonNode last = rest.call("crm.item.list", Map.of("entityTypeId", 3, "start", 50));
        assertThat(last.path("result").path("items").size()).isEqualTo(10);
        assertThat(last.has("next")).isFalse();
        JsonNode uncounted = rest.call("crm.item.list", Map.of("entityTypeId", 3, "start", -1, "order",
                Map.of("id", "DESC"), "select", List.of("id")));
        assertThat(uncounted.path("total").asInt(-1)).isZero();
        assertThat(uncounted.has("next")).isFalse();
        assertThat(uncounted.path("result").path("items").path(0).propertyNames()).containsExactly("id");
        likeSample(Rest.sample("crm_item_list_keyset_response").path("time"), uncounted.path("time"));
    }

    @Test
    void aDeletedItemLeavesAnEmptyListAndIsNotFound() {
        int id = any(Portal.PAYMENTS);
        Map<String, Object> item = Map.of("entityTypeId", Portal.PAYMENTS, "id", id);
        assertThat(rest.result("crm.item.delete", item)).isEqualTo(sample("crm_item_delete_response"));
        assertThat(rest.error("crm.item.get", item)).isEqualTo("400 NOT_FOUND");
        assertThat(portal.crm().restore(Portal.PAYMENTS, id, true)).isEqualTo(id);
        assertThat(rest.error("crm.item.get", item)).isEqualTo("200 none");
    }

    @Test
    void theFieldMapHasTheSamplesMarks() {
        JsonNode fields = rest.result("crm.item.fields", Map.of("entityTypeId", Portal.PAYMENTS)).path("fields");
        JsonNode sample = sample("crm_item_fields_dynamic_response", "fields");
        for (String name : List.of("id", "title", "xmlId", "companyId", "contactIds", "movedTime", "stageId",
                "parentId2",
                "previousStageId", "opportunity", "observers")) {
            assertThat(fields.path(name).path("type")).as(name).isEqualTo(sample.path(name).path("type"));
            assertThat(fields.path(name).path("upperName")).as(name).isEqualTo(sample.path(name).path("upperName"));
            assertThat(fields.path(name).path("isReadOnly")).as(name).isEqualTo(sample.path(name).path("isReadOnly"));
            assertThat(fields.path(name).path("isMultiple")).as(name).isEqualTo(sample.path(name).path("isMultiple"));
        }
        likeSample(sample.path("ufCrm12Direction"), fields.path("ufCrm12Vat"), "settings");
    }

    @Test
    void requisitesAndBankDetailsLiveAndDieByTheApi() {
        int company = any(4);
        int requisite = rest.result("crm.requisite.add", Map.of("fields", Map.of("ENTITY_TYPE_ID", 4, "ENTITY_ID",
                company,
                "PRESET_ID", 1, "NAME", "Филиал", "RQ_INN", "0012345673", "RQ_KPP", "002301002"))).asInt();
        int bank = rest.result("crm.requisite.bankdetail.add", Map.of("fields", Map.of("ENTITY_ID", requisite, "NAME",
                "Основной", "RQ_ACC_NUM", "40702810900000000001", "RQ_BIK", "040000001"))).asInt();
        JsonNode row = rest.result("crm.requisite.list", Map.of("filter", Map.of("RQ_INN", "0012345673",
                "ENTITY_TYPE_ID", 4), "start", -1)).path(0);
        likeSample(sample("crm_requisite_list_response", 0), row);
        assertThat(row.path("ENTITY_ID").asString()).isEqualTo(String.valueOf(company));
        likeSample(sample("crm_requisite_bankdetail_list_response", 0), rest.result("crm.requisite.bankdetail.list",
                Map.of("filter", Map.of("RQ_ACC_NUM", "40702810900000000001"))).path(0));
        assertThat(rest.result("crm.requisite.update", Map.of("id", requisite, "fields", Map.of("RQ_INN", "1")))
                .asBoolean())
                .isTrue();
        assertThat(rest.result("crm.requisite.get", Map.of("id", requisite)).path("RQ_INN").asString()).isEqualTo("1");
        assertThat(portal.requisiteChanges()).contains("ONCRMREQUISITEUPDATE " + requisite);
        portal.hidden(4, company, true);
        assertThat(rest.error("crm.requisite.get", Map.of("id", requisite))).isEqualTo("400 0");
        assertThat(rest.error("crm.requisite.bankdetail.get", Map.of("id", bank))).isEqualTo("400 0");
        portal.hidden(4, company, false);
        assertThat(rest.result("crm.requisite.delete", Map.of("id", requisite)).asBoolean()).isTrue();
        assertThat(rest.error("crm.requisite.bankdetail.get", Map.of("id", bank))).isEqualTo("400 ");
    }

    @Test
    void usersComeAsTheScopeAllowsAndDismissedOnesStay() {
        likeSample(sample("user_current_response"), rest.result("user.current", Map.of()));
        likeSample(sample("profile_response"), rest.result("profile", Map.of()));
        assertThat(rest.result("user.get", Map.of("FILTER", Map.of("ACTIVE", false))).path(0).path("ID").asString())
                .isEqualTo("31");
        assertThat(rest.result("user.search", Map.of("FILTER", Map.of("FIND", "примерова"))).path(0).path("ID")
                .asString())
                .isEqualTo("24");
        portal.usualWebhook(true, "crm", "user_brief");
        assertThat(rest.result("user.current", Map.of()).has("EMAIL")).isFalse();
    }

    @Test
    void commentsToDosAndNotificationsAreKept() {
        int payment = any(Portal.PAYMENTS);
        int comment = rest.result("crm.timeline.comment.add", Map.of("fields", Map.of("ENTITY_TYPE", "dynamic_1046",
                "ENTITY_ID", payment, "COMMENT", "Проведён [op:1]"))).asInt();
        JsonNode row = rest.result("crm.timeline.comment.list", Map.of("filter", Map.of("ENTITY_TYPE", "dynamic_1046",
                "ENTITY_ID", payment))).path(0);
        likeSample(sample("crm_timeline_comment_list_response", 0), row);
        assertThat(row.path("ID").asString()).isEqualTo(String.valueOf(comment));
        assertThat(rest.error("crm.timeline.comment.list", Map.of("filter", Map.of("ENTITY_ID", payment))))
                .isEqualTo("400 100");
        Map<String, Object> todo = Map.of("ownerTypeId", Portal.PAYMENTS, "ownerId", payment, "deadline",
                "2026-09-15T18:00:00+03:00", "title", "Проверить", "responsibleId", 24);
        assertThat(rest.result("crm.activity.todo.add", todo).path("id").isNumber()).isTrue();
        assertThat(portal.timeline().todos()).hasSize(1);
        Map<String, Object> late = new java.util.TreeMap<>(todo);
        late.put("deadline", "завтра");
        assertThat(rest.error("crm.activity.todo.add", late)).isEqualTo("400 WRONG_DATETIME_FORMAT");
        for (String text : List.of("один", "два")) {
            rest.result("im.notify.system.add", Map.of("USER_ID", 24, "MESSAGE", text, "TAG", "t", "CLIENT_ID",
                    "sverka"));
        }
        assertThat(portal.timeline().notices()).extracting(Timeline.Notice::text).containsExactly("два");
        assertThat(rest.error("im.notify.system.add", Map.of("USER_ID", 24))).isEqualTo("400 MESSAGE_EMPTY");
    }

    @Test
    void aSmartProcessIsMadeWithItsPipelineStagesAndFields() {
        JsonNode made = rest.result("crm.type.add", Map.of("fields", Map.of("title", "Заявки", "entityTypeId", 1048,
                "isCategoriesEnabled", "Y", "isClientEnabled", "Y", "relations", Map.of("parent", List.of(Map.of(
                        "entityTypeId", 2, "isChildrenListEnabled", "true")))))).path("type");
        likeSample(sample("crm_type_get_by_entity_type_id_response", "type"), made, "linkedUserFields");
        assertThat(made.path("relations").path("parent").size()).isEqualTo(3);
        likeSample(sample("crm_type_list_response", "types", 0), rest.result("crm.type.list", Map.of()).path("types")
                .path(0));
        JsonNode category = rest.result("crm.category.add", Map.of("entityTypeId", 1048, "fields",
                Map.of("name", "Возвраты"))).path("category");
        likeSample(sample("crm_category_add_response", "category"), category);
        String directory = "DYNAMIC_1048_STAGE_" + category.path("id").asInt();
        JsonNode stages = rest.result("crm.status.list", Map.of("filter", Map.of("ENTITY_ID", directory)));
        assertThat(stages.size()).isEqualTo(5);
        likeSample(sample("crm_status_list_dynamic_response", 0), stages.path(0));
        Map<String, Object> stage = Map.of("fields", Map.of("ENTITY_ID", directory, "STATUS_ID", "UC_1", "NAME",
                "Сверка"));
        assertThat(rest.result("crm.status.add", stage).isNumber()).isTrue();
        assertThat(rest.error("crm.status.add", stage)).isEqualTo("400 ERROR_CORE");
        int type = made.path("id").asInt();
        JsonNode field = rest.result("userfieldconfig.add", Map.of("moduleId", "crm", "field", Map.of("entityId",
                "CRM_" + type, "fieldName", "UF_CRM_" + type + "_DIRECTION", "userTypeId", "enumeration",
                    "editFormLabel",
                Map.of("ru", "Направление"), "enum", List.of(Map.of("value", "Приход", "def", "Y", "xmlId", "IN")))))
                .path("field");
        likeSample(sample("userfieldconfig_add_response", "field"), field, "listColumnLabel");
        assertThat(rest.result("crm.item.fields", Map.of("entityTypeId", 1048)).path("fields")
                .path("ufCrm" + type + "Direction").path("items").path(0).path("VALUE").asString()).isEqualTo("Приход");
        assertThat(rest.error("crm.type.add", Map.of("fields", Map.of("title", "x", "entityTypeId", 1049))))
                .isEqualTo("400 INVALID_ARG_VALUE");
        portal.smartProcessesAllowed(2);
        assertThat(rest.error("crm.type.add", Map.of("fields", Map.of("title", "x"))))
                .isEqualTo("400 CREATE_DYNAMIC_TYPE_RESTRICTED");
    }

    @Test
    void pipelinesOfDealsHaveFewerKeysInTheDefaultOne() {
        rest.result("crm.category.add", Map.of("entityTypeId", 2, "fields", Map.of("name", "Юг", "sort", 50)));
        JsonNode rows = rest.result("crm.category.list", Map.of("entityTypeId", 2)).path("categories");
        JsonNode sample = sample("crm_category_list_deal_response", "categories");
        assertThat(rows.path(0).propertyNames()).containsExactlyElementsOf(sample.path(0).propertyNames());
        assertThat(rows.path(1).propertyNames()).containsExactlyElementsOf(sample.path(1).propertyNames());
        assertThat(rows.path(1).path("id").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"UF_CRM_12_DIGIT, ufCrm12Digit", "UF_CRM_12_PAY_DATE, ufCrm12PayDate",
        "UF_CRM_12_1747309727, ufCrm12_1747309727", "UF_CRM_12_DIGIT10, ufCrm_12_DIGIT10",
        "UF_CRM_12_DIGIT_10, ufCrm_12_DIGIT_10"})
    void customFieldsAreNamedByTheirTails(String upper, String camel) {
        assertThat(UserFields.camel(portal.crm().type(Portal.PAYMENTS), upper)).isEqualTo(camel);
    }

    @Test
    void systemMethodsAnswerAsTheSamplesDo() {
        likeSample(sample("app_info_response"), rest.result("app.info", Map.of()));
        assertThat(rest.result("feature.get", Map.of("CODE", "rest_offline_extended")))
                .isEqualTo(sample("feature_get_response"));
        assertThat(rest.result("scope", Map.of()).values()).extracting(JsonNode::asString).contains("crm", "im",
                "user");
        JsonNode method = rest.result("method.get", Map.of("name", "event.bind.none"));
        assertThat(method.path("isExisting").asBoolean(true)).isFalse();
    }

    @Test
    void phonesAndMailsAreWrittenByKeyAndFoundByThem() {
        int company = any(4);
        rest.result("crm.item.update", Map.of("entityTypeId", 4, "id", company, "fields", Map.of("fm", Map.of("n0",
                Map.of("typeId", "PHONE", "valueType", "WORK", "value", "+7 000 000-00-01")))));
        JsonNode item = rest.result("crm.item.get", Map.of("entityTypeId", 4, "id", company)).path("item");
        likeSample(sample("crm_item_get_company_response", "item", "fm", 0), item.path("fm").path(0));
        assertThat(item.path("hasPhone").asString()).isEqualTo("Y");
        assertThat(rest.result("crm.duplicate.findbycomm", Map.of("type", "PHONE", "values", List.of("+70000000001")))
                .path("COMPANY").path(0).asInt()).isEqualTo(company);
        assertThat(rest.result("crm.duplicate.findbycomm", Map.of("type", "PHONE", "values", List.of("+7999")))
                .isArray()).isTrue();
    }

    @Test
    void stageMovesAreKeptWithTheirKinds() {
        int deal = any(2);
        rest.result("crm.item.update", Map.of("entityTypeId", 2, "id", deal, "fields", Map.of("stageId", "WON")));
        JsonNode moves = rest.result("crm.stagehistory.list", Map.of("entityTypeId", 2, "filter", Map.of("OWNER_ID",
                deal)))
                .path("items");
        likeSample(sample("crm_stagehistory_list_response", "items", 0), moves.path(0));
        assertThat(moves.values()).extracting(row -> row.path("TYPE_ID").asInt()).containsExactly(1, 3);
    }

    @Test
    void theOldMethodsSpeakInStrings() {
        JsonNode deal = rest.result("crm.deal.get", Map.of("id", any(2)));
        likeSample(sample("crm_deal_get_legacy_response"), deal, "UF_CRM_1771234567", "UF_CRM_1771234601",
                "UF_CRM_1771234702");
        assertThat(deal.path("OPPORTUNITY").asString()).matches("\\d+\\.\\d\\d");
    }

    @Test
    void filesAreReadByALinkThatRunsOutAndWantsABrowsersHeaders() throws Exception {
        int payment = any(Portal.PAYMENTS);
        rest.result("crm.item.update", Map.of("entityTypeId", Portal.PAYMENTS, "id", payment, "fields",
                Map.of("ufCrm12Invoicefile", List.of("a.txt", "0J/RgNC40LLQtdGC"))));
        String link = rest.result("crm.item.get", Map.of("entityTypeId", Portal.PAYMENTS, "id", payment)).path("item")
                .path("ufCrm12Invoicefile").path("urlMachine").asString();
        String[] browser = {"User-Agent", "sverka/1", "Accept", "*/*", "Accept-Language", "ru", "Referer",
                "https://x/"};
        assertThat(new String(Rest.get(link, browser).body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("Привет");
        assertThat(Rest.get(link).statusCode()).isEqualTo(404);
        portal.clock().advance(java.time.Duration.ofHours(2));
        assertThat(Rest.get(link, browser).statusCode()).isEqualTo(404);
        JsonNode disk = rest.result("disk.folder.uploadfile", Map.of("id", 896, "data", Map.of("NAME", "чек.txt"),
                "fileContent", List.of("чек.txt", "0J/RgNC40LLQtdGC")));
        likeSample(sample("disk_file_get_response"), rest.result("disk.file.get", Map.of("id", disk.path("ID")
                .asString())));
    }

    @ParameterizedTest
    @CsvSource({"placement.bind, 403 WRONG_AUTH_TYPE", "event.bind, 403 ACCESS_DENIED",
            "event.offline.get, 403 ACCESS_DENIED",
        "bizproc.robot.add, 403 ACCESS_DENIED", "no.such.method, 404 ERROR_METHOD_NOT_FOUND"})
    void aWebhookIsRefusedWhatNeedsAnApplication(String method, String error) {
        assertThat(rest.error(method, Map.of())).isEqualTo(error);
    }

    @Test
    void scopesAndRightsAreOfTheCredential() {
        portal.usualWebhook(false, "crm");
        assertThat(rest.error("user.get", Map.of())).isEqualTo("403 insufficient_scope");
        assertThat(rest.error("userfieldconfig.list", Map.of("moduleId", "crm"))).isEqualTo("403 insufficient_scope");
        assertThat(rest.error("crm.type.list", Map.of())).isEqualTo("400 ACCESS_DENIED");
        portal.usualWebhook(true, "userfieldconfig");
        assertThat(rest.call("userfieldconfig.list", Map.of("moduleId", "crm")).path("error_description").asString())
                .isEqualTo("The current method required more scopes. (crm)");
    }

    @Test
    void aUrlWithoutTheUserIsAnUnknownMethodAndAWrongSecretNoAuthorisation() {
        Rest noUser = new Rest(portal.url().replace("/17/", "/"));
        assertThat(noUser.error("server.time", Map.of())).isEqualTo("404 ERROR_METHOD_NOT_FOUND");
        Rest wrong = new Rest(portal.url().replace("/17/", "/18/"));
        assertThat(wrong.error("server.time", Map.of())).isEqualTo("401 NO_AUTH_FOUND");
        assertThat(rest.error("server.time.json", Map.of())).isEqualTo("200 none");
    }
}
