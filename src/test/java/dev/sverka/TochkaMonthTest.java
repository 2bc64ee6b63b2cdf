package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program beside the sandbox's second bank: from a statement that has to be made, and from a signed event. */
class TochkaMonthTest {

    private static String stage(Sandbox sandbox, String number) {
        return sandbox.portal().stage(sandbox.portal().items(Portal.PAYMENTS).stream()
                .filter(one -> number.equals(one.get("ufCrm12Number"))).findFirst().orElseThrow());
    }

    @Test
    void moneyAtTheSecondBankBringsItsPaymentsToPaid(@TempDir Path home) throws Exception {
        try (Sandbox sandbox = Sandbox.open(0, 0, Clock.systemUTC())) {
            Map<String, String> settings = new TreeMap<>(sandbox.settings());
            settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
            settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
            // once at the start: what comes later is heard of by its event
            settings.put("sverka.poll.bank", "10m");
            sandbox.tochka().switches().makingTakes(Duration.ofSeconds(2));
            try (Daemon daemon = Daemon.start(settings, home.resolve("log"))) {
                String address = daemon.ready().address();
                sandbox.tell(address);
                Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                    assertThat(stage(sandbox, "Т-501")).isEqualTo("Оплачен");
                    assertThat(daemon.isAtRest()).isTrue();
                });
                assertThat(daemon.api("/api/status").path("accounts").path("tochka.main").path("state").asString())
                        .isEqualTo("up");
                sandbox.later().get(sandbox.later().size() - 1).run();
                Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                    assertThat(stage(sandbox, "Т-502")).isEqualTo("Оплачен");
                    assertThat(daemon.isAtRest()).isTrue();
                });
                assertThat(sandbox.tochka().events().answers()).containsExactly(200);
                assertThat(sandbox.tochka().ordered()).as("the history and the event's days: the next poll is far")
                        .hasSize(3);
                assertThat(answer(address, "e30.e30.QUJD")).isEqualTo(401);
                assertThat(answer(address, "hello")).isEqualTo(400);
            }
        }
    }

    private static int answer(String address, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address + "/hooks/tochka"))
                .header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
