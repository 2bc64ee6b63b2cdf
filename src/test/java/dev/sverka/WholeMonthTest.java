package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real program beside the whole sandbox: two companies with a token each, and a bank that misbehaves. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeMonthTest {

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.open(0, 0, Clock.systemUTC());
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
        settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
        settings.put("sverka.poll.bank", "1s");
        settings.put("sverka.reread.bank", "3s");
        daemon = Daemon.start(settings, home.resolve("log"));
        sandbox.tell(daemon.ready().address());
    }

    @AfterAll
    static void stop() throws Exception {
        daemon.close();
        sandbox.close();
    }

    private static String stage(String number) {
        return sandbox.portal().stage(sandbox.portal().items(Portal.PAYMENTS).stream()
                .filter(one -> number.equals(one.get("ufCrm12Number"))).findFirst().orElseThrow());
    }

    private static JsonNode state(String account) throws IOException, InterruptedException {
        return daemon.api("/api/status").path("accounts").path(account).path("state");
    }

    @Test
    @Order(1)
    void theShippedRoutesReadEveryCompanyThatHasAToken() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(stage("МК-31")).isEqualTo("Оплачен");
            assertThat(stage("П-201")).as("the support company's own").isEqualTo("Оплачен");
            assertThat(stage("Л-7820")).as("and what it pays").isEqualTo("Оплачен");
            assertThat(daemon.isAtRest()).isTrue();
        });
        assertThat(stage("П-203")).as("no number, but the only open one of this sum").isEqualTo("Оплачен");
    }

    @Test
    @Order(2)
    void aNoteAboutTheSecondCompanyIsHeardAtOnce() throws Exception {
        Map<String, Object> payment = sandbox.portal().items(Portal.PAYMENTS).stream()
                .filter(one -> "П-212".equals(one.get("ufCrm12Number"))).findFirst().orElseThrow();
        int before = sandbox.company(((Number) payment.get("mycompanyId")).intValue()).notes().answers().size();
        sandbox.later().forEach(Runnable::run);
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(stage("П-212")).isEqualTo("Оплачен");
            assertThat(stage("МК-34")).as("told four days late").isEqualTo("Оплачен");
            assertThat(daemon.isAtRest()).isTrue();
        });
        assertThat(sandbox.company(((Number) payment.get("mycompanyId")).intValue()).notes().answers())
                .hasSizeGreaterThan(before).containsOnly(200);
    }

    @Test
    @Order(3)
    void aRowNobodyCanReadWaitsForAPersonWithTheBanksWords() {
        sandbox.tbank().edit(sandbox.tbank().company().post(sandbox.tbank().company().operations().get(0)
                .get("accountNumber").toString(), "Debit", "fee", sandbox.tbank().company().now(), BigDecimal.TEN, null,
                null, "Плата за выписку на бумаге", Map.of()), "typeOfOperation", "Сторно");
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                daemon.api("/api/journal?state=dead&limit=10").toString()).contains("bank-trouble", "Сторно",
                "Плата за выписку на бумаге"));
    }

    @Test
    @Order(4)
    void aTokenThatDiesStopsItsOwnCompanyOnly() {
        sandbox.tbank().authorised(false);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(state("tbank.main").asString()).isEqualTo("paused");
            assertThat(state("tbank.support").asString()).isEqualTo("up");
        });
    }
}
