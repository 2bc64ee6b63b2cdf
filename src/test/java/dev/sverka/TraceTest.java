package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program with its log as JSON: every line can be read by a machine, and tells to which news it belongs. */
class TraceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOKEN = "dGhpcy1pcy1hLWNhbGVuZGFyLXRva2VuLTEyMzQ1Njc";

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.open(Clock.systemUTC());
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
        settings.put("sverka.home", home.toString());
        settings.put("logging.structured.format.console", "ecs");
        settings.put("logging.level.dev.sverka", "DEBUG");
        daemon = Daemon.start(settings, home.resolve("log"));
        sandbox.tell(daemon.ready().address());
    }

    @AfterAll
    static void stop() throws Exception {
        daemon.close();
        sandbox.close();
    }

    private static List<JsonNode> log() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        List<String> lines = Files.readAllLines(home.resolve("log"));
        // the last one may be half written
        for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
            if (line.startsWith("{")) {
                all.add(JSON.readTree(line));
            } else {
                assertThat(line).as("only the JVM itself, before the log is set up, writes otherwise")
                        .doesNotContain("INFO", "WARN", "ERROR", "DEBUG");
            }
        }
        return all;
    }

    private static String message(JsonNode line) {
        return line.path("message").asString("");
    }

    private static String trace(JsonNode line) {
        return line.path("traceId").asString("");
    }

    @Test
    void fromTheWebhookToTheCallOfTheVendorAllLinesBearOneTrace() throws Exception {
        // one that we never write: after a write its answer serves, and nobody calls
        Object id = sandbox.portal().items(Portal.PAYMENTS).stream().filter(one -> "МК-23".equals(one.get("ufCrm12Number")))
                .findFirst().orElseThrow().get("id");
        HttpResponse<Void> answer = HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + "/hooks/bitrix24"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(
                        "event=ONCRMDYNAMICITEMUPDATE&data%5BFIELDS%5D%5BID%5D=" + id
                        + "&data%5BFIELDS%5D%5BENTITY_TYPE_ID%5D=" + Portal.PAYMENTS + "&auth%5Bmember_id%5D="
                        + OutgoingWebhook.MEMBER + "&auth%5Bapplication_token%5D=" + OutgoingWebhook.TOKEN)).build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            List<JsonNode> log = log();
            List<String> told = log.stream().filter(line -> message(line).startsWith("bitrix24: a call told 1 news"))
                    .map(TraceTest::trace).toList();
            assertThat(told).isNotEmpty().allMatch(trace -> trace.matches("[0-9a-f]{16}")).doesNotHaveDuplicates();
            assertThat(log).as("a call of the vendor that a webhook gave rise to").anyMatch(line ->
                    told.contains(trace(line)) && message(line).startsWith("bitrix24.main crm.")
                            && !line.path("entry").isMissingNode() && !line.path("flow").isMissingNode());
        });
    }

    @Test
    void whatWasWrittenIsExplainedWithItsTraceAndTheLogHasTheCall() throws Exception {
        Object id = sandbox.portal().items(Portal.PAYMENTS).stream().filter(one -> "МК-12".equals(one.get("ufCrm12Number")))
                .findFirst().orElseThrow().get("id");
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            JsonNode writes = daemon.api("/api/explain?entity=payment&id=" + id).path("writes");
            assertThat(writes).isNotEmpty();
            for (JsonNode write : writes) {
                String trace = write.path("trace").asString("");
                assertThat(trace).matches("[0-9a-f]{16}");
                assertThat(log()).as("the call").anyMatch(line -> trace(line).equals(trace)
                        && message(line).startsWith("bitrix24.main crm.item.update")
                        && line.path("entry").asString("").equals(write.path("entry").asString()));
            }
        });
    }

    @Test
    void noSecretStandsInALogOfJson() throws Exception {
        HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + "/hooks/tbank/" + Sandbox.BANK_SECRET))
                .POST(HttpRequest.BodyPublishers.ofString("nonsense")).build(), HttpResponse.BodyHandlers.discarding());
        HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + "/calendar/" + TOKEN + ".ics")).build(),
                HttpResponse.BodyHandlers.discarding());
        whatWasWrittenIsExplainedWithItsTraceAndTheLogHasTheCall();
        String said = Files.readString(home.resolve("log"));
        for (String secret : List.of(Bitrix24StandIn.SECRET, OutgoingWebhook.TOKEN, TBankStandIn.TOKEN,
                Sandbox.BANK_SECRET, TOKEN)) {
            assertThat(said).doesNotContain(secret);
        }
    }
}
