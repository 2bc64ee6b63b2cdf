package dev.sverka.sandbox.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the stand-in against section 14.5 of the sheet. */
class FaultsTest {

    private Bitrix24StandIn bitrix24;
    private Portal portal;
    private Rest rest;
    private int deal;

    @BeforeEach
    void open() {
        bitrix24 = new Bitrix24StandIn(0, Clock.systemUTC());
        portal = Portal.of(bitrix24.crm());
        rest = new Rest(bitrix24.url());
        deal = portal.deal("Сделка", 1, BigDecimal.TEN);
    }

    @AfterEach
    void close() {
        bitrix24.close();
    }

    private HttpResponse<String> update(String title) {
        return rest.send("crm.item.update", "{\"entityTypeId\":2,\"id\":" + deal + ",\"fields\":{\"title\":\"" + title
                + "\"}}", "application/json");
    }

    private Object title() {
        return portal.item(2, deal).get("title");
    }

    @ParameterizedTest
    @CsvSource({"ERROR_500, 500, Сделка", "BAD_GATEWAY, 502, Сделка", "TIMEOUT_504, 504, Сделка",
            "HTML_200, 200, Сделка"})
    void pagesOfHtmlComeInsteadOfAnAnswerAndNothingIsDone(Faults.Kind kind, int status, String title) {
        bitrix24.faults().next("crm.item.update", kind);
        HttpResponse<String> answer = update("x");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).startsWith("<html>");
        assertThat(title()).isEqualTo(title);
    }

    @Test
    void anAnswerIsCutShortOrLostAfterTheWorkIsDoneOrTheConnectionBreaksBefore() {
        bitrix24.faults().next("crm.item.update", Faults.Kind.TRUNCATED);
        assertThat(update("a").body()).startsWith("{").doesNotEndWith("}");
        bitrix24.faults().next("crm.item.update", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(() -> update("b")).isInstanceOf(UncheckedIOException.class);
        assertThat(title()).isEqualTo("b");
        bitrix24.faults().next("crm.item.update", Faults.Kind.RESET_BEFORE);
        assertThatThrownBy(() -> update("c")).isInstanceOf(UncheckedIOException.class);
        assertThat(title()).isEqualTo("b");
    }

    @Test
    void anErrorOfTheCatalogueIsPlayedOnce() {
        bitrix24.faults().answer("crm.item.update", StandIn.Reply.json(500,
                Map.of("error", "INTERNAL_SERVER_ERROR", "error_description", "Internal server error")));
        assertThat(update("a").statusCode()).isEqualTo(500);
        assertThat(title()).isEqualTo("Сделка");
        assertThat(update("a").statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerComesLate() {
        bitrix24.faults().slow("server.time", Duration.ofMillis(300));
        long began = System.nanoTime();
        rest.result("server.time", Map.of());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aRenamedPortalSendsAwayFromItsOldName() {
        bitrix24.renamedTo("localhost:" + bitrix24.port());
        HttpResponse<String> away = update("x");
        assertThat(away.statusCode()).isEqualTo(302);
        String there = away.headers().firstValue("Location").orElseThrow();
        assertThat(there).isEqualTo(bitrix24.url().replace("127.0.0.1", "localhost") + "crm.item.update");
        assertThat(title()).isEqualTo("Сделка");
        assertThat(new Rest(bitrix24.url().replace("127.0.0.1", "localhost")).error("server.time", Map.of()))
                .isEqualTo("200 none");
    }

    @Test
    void authorisationIsLostInMidRunInItsSeveralWays() {
        String renewed = bitrix24.secretRegenerated();
        assertThat(rest.error("server.time", Map.of())).isEqualTo("401 NO_AUTH_FOUND");
        Rest again = new Rest(renewed);
        assertThat(again.error("server.time", Map.of())).isEqualTo("200 none");
        bitrix24.ownerDismissed();
        assertThat(again.error("server.time", Map.of())).isEqualTo("401 AUTHORIZATION_ERROR");
        bitrix24.subscriptionEnded();
        assertThat(again.error("server.time", Map.of())).isEqualTo("401 PAYMENT_REQUIRED");
        bitrix24.planEnded();
        assertThat(again.error("server.time", Map.of())).isEqualTo("403 ACCESS_DENIED");
        bitrix24.authorised(true);
        assertThat(again.error("server.time", Map.of())).isEqualTo("200 none");
    }

    @Test
    void plainHttpIsRefusedWhereThatIsAsked() {
        bitrix24.plainHttpRefused(true);
        assertThat(rest.error("server.time", Map.of())).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void aCallOverSixtySecondsIsCutAfterItsWorkIsDone() {
        bitrix24.cost("crm.item.update", "70", "0");
        assertThat(update("a").statusCode()).isEqualTo(504);
        bitrix24.cutsByReset(true);
        assertThatThrownBy(() -> update("b")).isInstanceOf(UncheckedIOException.class);
        assertThat(title()).isEqualTo("b");
    }

    @Test
    void theEnvelopeMayLackOperatingAndEscapeItsLetters() {
        bitrix24.tellsOperating(false);
        bitrix24.wholeSecondsInTime(true);
        bitrix24.escapesJson(true);
        String body = update("Счёт 1/2").body();
        assertThat(body).doesNotContain("operating").contains("\\u0421\\u0447\\u0451\\u0442 1\\/2");
        assertThat(rest.call("server.time", Map.of()).path("time").path("start").isIntegralNumber()).isTrue();
    }
}
