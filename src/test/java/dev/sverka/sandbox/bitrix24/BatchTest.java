package dev.sverka.sandbox.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Sandbox;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Batches of the stand-in against sections 5 and 14.4 of the sheet. */
class BatchTest {

    private Sandbox sandbox;
    private Rest rest;
    private int deal;

    @BeforeEach
    void open() {
        sandbox = Sandbox.open(Clock.systemUTC());
        rest = new Rest(sandbox.bitrix24().url());
        deal = (Integer) sandbox.portal().items(2).get(0).get("id");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private JsonNode batch(int halt, Object commands) {
        return rest.result("batch", Map.of("halt", halt, "cmd", commands));
    }

    private static Map<String, String> commands(String... keysAndLines) {
        Map<String, String> commands = new LinkedHashMap<>();
        for (int i = 0; i < keysAndLines.length; i += 2) {
            commands.put(keysAndLines[i], keysAndLines[i + 1]);
        }
        return commands;
    }

    @Test
    void aBatchWhoseEveryCommandFailedIsAnsweredWith200AndEmptyLists() {
        HttpResponse<String> answer = rest.send("batch", "{\"halt\":0,\"cmd\":{\"a1\":\"no.such.method\","
                + "\"a2\":\"crm.item.get?entityTypeId=2&id=999999\"}}", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode result = batch(0, commands("a1", "no.such.method", "a2", "crm.item.get?entityTypeId=2&id=999999"));
        assertThat(result).isEqualTo(Rest.sample("batch_all_failed_response").path("result"));
    }

    @Test
    void haltLeavesTheCommandsAfterTheFirstFailureInNoMap() {
        JsonNode result = batch(1, commands("c0", "server.time", "c1", "no.such.method", "c2", "server.time"));
        assertThat(result.path("result").propertyNames()).containsExactly("c0");
        assertThat(result.path("result_error").propertyNames()).containsExactly("c1");
        assertThat(result.path("result_time").propertyNames()).containsExactly("c0");
        assertThat(batch(0, commands("c1", "no.such.method", "c2", "server.time")).path("result").propertyNames())
                .containsExactly("c2");
    }

    @Test
    void theFiftyFirstCommandIsRefusedAndTheFiftyAreDone() {
        List<String> lines = java.util.Collections.nCopies(52, "server.time");
        JsonNode result = batch(0, lines);
        assertThat(result.path("result").isArray()).as("keys 0 to 49 come as an array").isTrue();
        assertThat(result.path("result").size()).isEqualTo(50);
        assertThat(result.path("result_error").propertyNames()).containsExactly("50", "51");
        assertThat(result.path("result_error").path("50").path("error").asString())
                .isEqualTo("ERROR_BATCH_LENGTH_EXCEEDED");
    }

    @Test
    void batchesAndFilesHaveNoPlaceInABatch() {
        JsonNode errors = batch(0, commands("a", "batch?cmd[x]=server.time", "b",
                "disk.folder.uploadfile?id=896&data[NAME]=a.txt")).path("result_error");
        for (String key : List.of("a", "b")) {
            assertThat(errors.path(key).path("error").asString()).isEqualTo("ERROR_BATCH_METHOD_NOT_ALLOWED");
        }
    }

    @Test
    void aReferenceStandsRawOrEncodedAndSurvivesAmpersands() {
        sandbox.bitrix24().crm().update(2, deal, Map.of("title", "Бумага & картон + 5%"), Portal.PERSON);
        JsonNode result = batch(0, commands("d", "crm.item.get?entityTypeId=2&id=" + deal,
                "raw", "crm.item.list?entityTypeId=2&start=-1&filter[title]=$result[d][item][title]",
                "encoded", "crm.item.list?entityTypeId=2&start=-1"
                        + "&filter%5Btitle%5D=%24result%5Bd%5D%5Bitem%5D%5Btitle%5D"))
                .path("result");
        assertThat(result.path("raw").path("items").path(0).path("id").asInt()).isEqualTo(deal);
        assertThat(result.path("encoded").path("items").path(0).path("id").asInt()).isEqualTo(deal);
    }

    @Test
    void aMissingReferenceIsEmptySoThatAChainStartsAgainFromItsFirstPage() {
        int first = (Integer) sandbox.portal().items(4).get(0).get("id");
        JsonNode result = batch(1, commands(
                "p0", "crm.item.list?entityTypeId=4&start=-1&order[id]=ASC&filter[>id]=0&select[0]=id",
                "p1", "crm.item.list?entityTypeId=4&start=-1&order[id]=ASC"
                        + "&filter[>id]=$result[p0][items][49][id]&select[0]=id"))
                .path("result");
        assertThat(result.path("p0").path("items").size()).isLessThan(50);
        assertThat(result.path("p1").path("items").path(0).path("id").asInt()).isEqualTo(first);
    }

    @Test
    void aBatchInAFormIsEncodedTwice() {
        String body = Rest.text("batch_update_body_form.txt").replace("5102", String.valueOf(deal));
        JsonNode result = rest.form("batch", body).path("result");
        assertThat(result.path("result").path("d" + deal).path("item").path("title").asString())
                .isEqualTo("Бумага & картон");
    }

    @Test
    void eachCommandThatSucceededHasItsOwnTimeTotalAndNext() {
        JsonNode result = batch(0, commands("u", "crm.item.update?entityTypeId=2&id=" + deal + "&fields[title]=A",
                "l", "crm.item.list?entityTypeId=4"));
        JsonNode sample = Rest.sample("batch_update_mixed_response").path("result").path("result_time").path("d5101");
        assertThat(Rest.difference(sample, result.path("result_time").path("u"))).isEmpty();
        assertThat(result.path("result_total").propertyNames()).containsExactly("l");
        assertThat(result.path("result_time").path("u").path("duration").asDecimal()).isEqualByComparingTo("0.48");
    }

    @Test
    void aBatchOverSixtySecondsIsCutAndWhatWasDoneBeforeStaysDone() {
        sandbox.bitrix24().cost("crm.item.update", "24.9", "0");
        Map<String, String> commands = new LinkedHashMap<>();
        List<Integer> deals = sandbox.portal().items(2).stream().map(item -> (Integer) item.get("id")).limit(4)
                .toList();
        deals.forEach(id -> commands.put("u" + id, "crm.item.update?entityTypeId=2&id=" + id + "&fields[title]=cut"));
        HttpResponse<String> answer = rest.send("batch", tools.jackson.databind.json.JsonMapper.builder().build()
                .writeValueAsString(Map.of("cmd", commands)), "application/json");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).startsWith("<html>");
        assertThat(deals).map(id -> sandbox.portal().item(2, id).get("title").equals("cut"))
                .as("two whole, the third in the middle of the cut").containsExactly(true, true, true, false);
    }

    @Test
    void peopleEditBetweenTwoCommands() {
        sandbox.bitrix24().people().before("crm.item.update", () -> sandbox.bitrix24().crm()
                .update(2, deal, Map.of("title", "человек"), Portal.PERSON));
        JsonNode result = batch(0, commands("g", "crm.item.get?entityTypeId=2&id=" + deal,
                "u", "crm.item.update?entityTypeId=2&id=" + deal + "&fields[comments]=x")).path("result");
        assertThat(result.path("g").path("item").path("title").asString()).isNotEqualTo("человек");
        assertThat(result.path("u").path("item").path("title").asString()).isEqualTo("человек");
    }
}
