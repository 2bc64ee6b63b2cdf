package dev.sverka.sandbox.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Limits of the stand-in against sections 3 and 14.3 of the sheet, on a clock that stands. */
class LimitsTest {

    private static final Instant START = Instant.parse("2026-09-14T07:00:00Z");

    private Bitrix24StandIn portal;
    private Rest rest;
    private int item;

    @BeforeEach
    void open() {
        portal = new Bitrix24StandIn(0, Clock.fixed(START, ZoneOffset.UTC));
        rest = new Rest(portal.url());
        item = Portal.of(portal.crm()).deal("Сделка", 1, BigDecimal.TEN);
    }

    @AfterEach
    void close() {
        portal.close();
    }

    private String update(String title) {
        return rest.error("crm.item.update", Map.of("entityTypeId", 2, "id", item, "fields", Map.of("title", title)));
    }

    private JsonNode time() {
        return rest.call("crm.item.update", Map.of("entityTypeId", 2, "id", item, "fields", Map.of("title", "x")))
                .path("time");
    }

    @ParameterizedTest
    @CsvSource({"false, 50, 2", "true, 250, 5"})
    void theBucketHoldsWhatThePlanSaysAndDrainsByTheSecond(boolean enterprise, int threshold, int perSecond) {
        portal.enterprise(enterprise);
        for (int n = 0; n < threshold; n++) {
            assertThat(rest.error("server.time", Map.of())).isEqualTo("200 none");
        }
        assertThat(rest.error("server.time", Map.of())).isEqualTo("503 QUERY_LIMIT_EXCEEDED");
        portal.clock().advance(Duration.ofSeconds(2));
        for (int n = 0; n < 2 * perSecond - 1; n++) {
            assertThat(rest.error("server.time", Map.of())).isEqualTo("200 none");
        }
        assertThat(rest.error("server.time", Map.of())).as("the refused one counted too")
                .isEqualTo("503 QUERY_LIMIT_EXCEEDED");
    }

    @Test
    void aBatchIsOneRequest() {
        for (int n = 0; n < 50; n++) {
            assertThat(rest.call("batch", Map.of("cmd", Map.of("a", "server.time", "b", "server.time"))).has("error"))
                    .isFalse();
        }
        assertThat(rest.error("batch", Map.of("cmd", Map.of()))).isEqualTo("503 QUERY_LIMIT_EXCEEDED");
    }

    @Test
    void theCallThatCrossesTheCeilingCompletesAndTheNextIsRefusedForThisMethodAlone() {
        portal.operatingCeiling(new BigDecimal("1.0"));
        assertThat(time().path("operating").asDecimal()).isEqualByComparingTo("0.48");
        portal.clock().advance(Duration.ofMinutes(2));
        time();
        assertThat(time().path("operating").asDecimal()).isEqualByComparingTo("1.44");
        HttpResponse<String> refused = rest.send("crm.item.update", "{\"entityTypeId\":2,\"id\":" + item
                + ",\"fields\":{}}",
                "application/json");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("OPERATION_TIME_LIMIT");
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        assertThat(rest.error("crm.item.get", Map.of("entityTypeId", 2, "id", item))).isEqualTo("200 none");
    }

    @Test
    void theOldestBasketDropsOutTenMinutesAfterItsFirstCall() {
        portal.operatingCeiling(new BigDecimal("0.9"));
        time();
        portal.clock().advance(Duration.ofSeconds(90));
        JsonNode second = time();
        assertThat(second.path("operating_reset_at").asLong()).isEqualTo(START.getEpochSecond() + 600);
        portal.clock().advance(Duration.ofSeconds(509));
        assertThat(update("a")).isEqualTo("429 OPERATION_TIME_LIMIT");
        portal.clock().advance(Duration.ofSeconds(1));
        assertThat(time().path("operating").asDecimal()).as("the second basket is still there")
                .isEqualByComparingTo("0.96");
    }

    @Test
    void shortCallsAreFreeUnlessSwitched() {
        Map<String, Object> get = Map.of("entityTypeId", 2, "id", item);
        assertThat(rest.call("crm.item.get", get).path("time").path("operating").asDecimal()).isEqualByComparingTo("0");
        portal.shortCallsFree(false);
        assertThat(rest.call("crm.item.get", get).path("time").path("operating").asDecimal())
                .isEqualByComparingTo("0.03");
    }

    @Test
    void theBudgetIsOfACredentialUnlessItIsShared() {
        Rest other = new Rest(portal.webhook(Portal.PERSON, "another-secret", true, "crm"));
        Map<String, Object> write = Map.of("entityTypeId", 2, "id", item, "fields", Map.of("title", "y"));
        portal.operatingCeiling(new BigDecimal("0.4"));
        time();
        assertThat(other.error("crm.item.update", write)).isEqualTo("200 none");
        portal.operatingShared(true);
        assertThat(other.error("crm.item.update", write)).isEqualTo("200 none");
        assertThat(update("z")).isEqualTo("429 OPERATION_TIME_LIMIT");
    }

    @Test
    void a429ComesInTheMiddleOfABatch() {
        portal.operatingCeiling(new BigDecimal("0.9"));
        String line = "crm.item.update?entityTypeId=2&id=" + item + "&fields[title]=";
        JsonNode result = rest.result("batch", Map.of("cmd", new java.util.TreeMap<>(Map.of("u0", line + "0", "u1",
                line + "1",
                "u2", line + "2", "u3", line + "3"))));
        assertThat(result.path("result").propertyNames()).containsExactly("u0", "u1");
        assertThat(result.path("result_error").propertyNames()).containsExactly("u2", "u3");
        assertThat(result.path("result_error").path("u2")).isEqualTo(
                Rest.sample("batch_operating_limit_response").path("result").path("result_error").path("u2"));
    }

    @Test
    void aBatchMayBeBookedAsAWhole() {
        portal.operatingBookedOnBatch(true);
        portal.operatingCeiling(new BigDecimal("0.9"));
        String line = "crm.item.update?entityTypeId=2&id=" + item + "&fields[title]=";
        Map<String, Object> batch = Map.of("cmd", Map.of("a", line + "1", "b", line + "2"));
        assertThat(rest.call("batch", batch).path("time").path("operating").asDecimal()).isEqualByComparingTo("0.96");
        assertThat(rest.error("batch", batch)).isEqualTo("429 OPERATION_TIME_LIMIT");
        assertThat(update("single calls go on")).isEqualTo("200 none");
    }

    @Test
    void anOverloadedPortalStaysShutUntilItIsOpenedByHand() {
        portal.overloaded(true);
        portal.clock().advance(Duration.ofDays(1));
        assertThat(rest.error("server.time", Map.of())).isEqualTo("503 OVERLOAD_LIMIT");
        portal.overloaded(false);
        assertThat(rest.error("server.time", Map.of())).isEqualTo("200 none");
    }

    @Test
    void theClockOfThePortalMayBeSkewedAndItsOffsetChanged() {
        portal.clock().skew(Duration.ofMinutes(-7));
        portal.clock().offset(ZoneOffset.ofHours(2));
        assertThat(rest.result("server.time", Map.of()).asString()).isEqualTo("2026-09-14T08:53:00+02:00");
        assertThat(rest.call("server.time", Map.of()).path("time").path("date_start").asString())
                .isEqualTo("2026-09-14T08:53:00+02:00");
    }
}
