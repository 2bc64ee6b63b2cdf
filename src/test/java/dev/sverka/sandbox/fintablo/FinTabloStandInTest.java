package dev.sverka.sandbox.fintablo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.SettableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-in refuses what the vendor refuses, in its words. */
class FinTabloStandInTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final FinTabloStandIn vendor = new FinTabloStandIn(0, clock);
    private HttpResponse<String> last;

    @AfterEach
    void close() {
        vendor.close();
    }

    private JsonNode call(String token, String method, String path, String body) {
        try {
            last = HTTP.send(HttpRequest.newBuilder(URI.create(vendor.url() + path))
                    .header("Authorization", "Bearer " + token)
                    .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(last.body());
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private JsonNode call(String method, String path, String body) {
        return call(FinTabloStandIn.TOKEN, method, path, body.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET|/v1/invoice||400|Unknown method
            GET|/v1/deal/x||400|Unknown method
            PUT|/v1/deal|{'name':'x'}|400|ID is required
            POST|/v1/partner|{'inn':'1'}|400|Required fields not exist
            POST|/v1/deal||400|The request data is empty
            POST|/v1/category|{'name':'x','group':'investing'}|400|Invalid group
            POST|/v1/category|{'name':'x','group':'income','type':'investing'}|400|Invalid type
            PUT|/v1/category/1701210|{'type':'investing'}|422|Invalid type
            PUT|/v1/category/1701001|{'name':'x'}|422|The item is built in
            POST|/v1/category|{'name':'x','group':'income','parentId':1701001}|422|The item cannot be child of built in
            POST|/v1/direction|{'name':'x','parentId':148702}|422|The item cannot be child of child item
            POST|/v1/partner|{'name':'x','groupId':7}|422|The groupId is not found
            POST|/v1/deal|{'name':'x','directionId':7}|422|The directionId is not found
            POST|/v1/deal|{'name':'x','startDate':'31.02.2026'}|422|Date format need is dd.mm.YYYY
            POST|/v1/deal|{'name':'x','startDate':'2026-02-01'}|422|Date format need is dd.mm.YYYY
            POST|/v1/deal|{'name':'x','amount':'много'}|400|Invalid cost value
            GET|/v1/deal/7||422|No item found
            DELETE|/v1/deal/7||422|No item found
            POST|/v1/transaction/7/confirm|{'date':'01.01.2026'}|422|No item found
            DELETE|/v1/direction/148701||422|The item is related to others and cannot be removed
            GET|/v1/transaction?dateFrom=2026-01-01||400|Required date format is dd.mm.YYYY
            POST|/v1/transaction|{'value':5,'moneybagId':90211,'group':'income'}|422|Timestamp or date is reaquired
            POST|/v1/transaction|{'value':-5,'moneybagId':90211,'group':'income','date':'01.01.2026'}|400|Invalid cost value
            POST|/v1/transaction|{'value':5,'moneybagId':90211,'group':'transfer','date':'01.01.2026'}|422|The moneybag2Id is not found
            """)
    void whatTheVendorRefusesIsRefusedInItsWords(String method, String path, String body, int status, String words) {
        JsonNode answer = call(method, path, body == null ? "" : body);
        assertThat(answer.path("statusText").asString("")).isEqualTo(words);
        assertThat(last.statusCode()).isEqualTo(status).isEqualTo(answer.path("status").asInt());
        assertThat(last.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void aTokenSeesItsOwnCompanyAlone() {
        vendor.company("other");
        call("POST", "/v1/partner", "{'name':'ООО'}");
        assertThat(call("other", "GET", "/v1/partner", "").path("items").size()).isZero();
        assertThat(call("wrong", "GET", "/v1/partner", "").path("status").asInt()).isEqualTo(401);
    }

    @Test
    void aMinuteHoldsThreeHundredRequestsAndOthersMayUseSome() {
        vendor.company().switches().othersUse(295).throttle(0, 7);
        for (int n = 0; n < 5; n++) {
            assertThat(call("GET", "/v1/job", "").path("status").asInt()).isEqualTo(200);
        }
        assertThat(call("GET", "/v1/job", "").path("statusText").asString("")).isEqualTo("Too many requests");
        assertThat(last.headers().firstValue("Retry-After")).hasValue("7");
        clock.advance(Duration.ofMinutes(1));
        assertThat(call("GET", "/v1/job", "").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void pagesAreTheVendorsAndUnpagedListsIgnoreThem() {
        for (int n = 0; n < 60; n++) {
            vendor.company().bank(90211, LocalDate.of(2026, 11, 16), BigDecimal.ONE, "income", "x", null);
        }
        assertThat(call("GET", "/v1/transaction?page=1", "").path("items").size()).isEqualTo(50);
        assertThat(call("GET", "/v1/transaction?page=2", "").path("items").size()).isEqualTo(10);
        assertThat(call("GET", "/v1/transaction?page=3", "").path("items").size()).isZero();
        assertThat(call("GET", "/v1/direction?page=9", "").path("items").size()).isEqualTo(2);
        vendor.company().switches().largePagesRefused(true);
        assertThat(call("GET", "/v1/transaction?pageSize=1001", "").path("status").asInt()).isEqualTo(400);
    }

    @Test
    void onlyFactsMoveABalanceAndOnlyOnce() {
        BigDecimal before = balance();
        call("POST", "/v1/transaction",
                "{'value':100,'moneybagId':90211,'group':'income','date':'01.12.2026','isPlan':1}");
        assertThat(balance()).isEqualByComparingTo(before);
        String id = JSON.readTree(last.body()).path("items").get(0).path("id").asString("");
        call("POST", "/v1/transaction/" + id + "/confirm", "{'date':'02.12.2026'}");
        assertThat(balance()).isEqualByComparingTo(before.add(new BigDecimal("100")));
        call("DELETE", "/v1/transaction/" + id, "");
        assertThat(balance()).isEqualByComparingTo(before);
    }

    private BigDecimal balance() {
        return (BigDecimal) vendor.company().one("moneybag", 90211).get("balance");
    }

    @Test
    void stagesCannotBeChangedUnlessSwitchedOn() {
        call("POST", "/v1/deal", "{'name':'x','stages':[{'name':'Этап'}]}");
        JsonNode deal = JSON.readTree(last.body()).path("items").get(0);
        String step = deal.path("stages").get(0).path("id").asString("");
        assertThat(call("PUT", "/v1/deal/" + step, "{'comment':'y'}").path("status").asInt()).isEqualTo(422);
        vendor.company().switches().stagesEditable(true);
        assertThat(call("PUT", "/v1/deal/" + step, "{'comment':'y'}").path("items").get(0).path("comment")
                .asString("")).isEqualTo("y");
        assertThat(call("PUT", "/v1/deal/" + deal.path("id").asString(""), "{'stages':[]}").path("items").get(0)
                .path("stages").size()).as("ignored without a word").isEqualTo(1);
    }
}
