package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.SandboxPage;
import dev.sverka.sandbox.ShippedFolders;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The real program beside the sandbox, looked at from outside. */
class SkeletonTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String EVENT = "event=ONCRMDYNAMICITEMUPDATE&data%5BFIELDS%5D%5BID%5D=1"
            + "&data%5BFIELDS%5D%5BENTITY_TYPE_ID%5D=1046&auth%5Bmember_id%5D=" + OutgoingWebhook.MEMBER
            + "&auth%5Bapplication_token%5D=" + OutgoingWebhook.TOKEN;

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Daemon daemon;
    private static SandboxPage page;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.open(Clock.systemUTC());
        page = new SandboxPage(sandbox, 0);
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
        ShippedFolders.copyTo(home);
        settings.put("sverka.home", home.toString());
        settings.put("logging.level.dev.sverka", "DEBUG");
        daemon = Daemon.start(settings, home.resolve("log"));
        sandbox.tell(daemon.ready().address());
    }

    @AfterAll
    static void stop() throws Exception {
        daemon.close();
        page.close();
        sandbox.close();
    }

    @Test
    void withinAMinutePaymentsArePaidWholeAndInPart() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(stageOf("МК-12")).isEqualTo("Оплачен");
            assertThat(stageOf("МК-13")).isEqualTo("Частично оплачен");
            assertThat(stageOf("А-5512")).isEqualTo("Оплачен");
            assertThat(stageOf("МК-21")).as("its surplus is asked").isEqualTo("Оплачен");
        });
        assertThat(stageOf("МК-23")).as("a stranger's money is asked").isEqualTo("Счёт выставлен");
    }

    @Test
    void theNewcomerLetsAClientPayHalfOfInvoice17() throws Exception {
        int id = (Integer) payment("17").get("id");
        HttpResponse<String> played = HTTP.send(HttpRequest.newBuilder(URI.create(page.address() + "pay"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("payment=" + id + "&how=half")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(played.statusCode()).isEqualTo(303);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(shown(id))
                .contains("45\u00a0000,00\u00a0₽").contains("Частично оплачен").contains("оплачен частично"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(daemon
                .api("/api/explain?entity=payment&id=" + id).path("writes").toString())
                .contains("\"field\":\"paid\"").contains("\"to\":\"45000.00\"").contains("tbank.main operation"));
    }

    private static String shown(int payment) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(page.address() + "payment/" + payment)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void whatIsNotClearWaitsForAPersonWithItsEvidence() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var reviews = daemon.api("/api/reviews");
            assertThat(reviews.toString()).contains("\"kind\":\"operation\"").contains("\"amount\":\"80000.00\"")
                    .contains("свободный остаток");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "/hooks/bitrix24;            genuine;     200",
        "/hooks/bitrix24;            unknown;     200",
        "/hooks/bitrix24;            forged;      401",
        "/hooks/bitrix24;            foreign;     401",
        "/hooks/bitrix24;            eventless;   400",
        "/hooks/bitrix24;            huge;        413",
        "/hooks/tbank/wrong;         {};          401",
        "/hooks/tbank/RIGHT;         nonsense;    400",
        "/hooks/tbank/RIGHT;         [];          400",
        "/hooks/tbank/RIGHT;         huge;        413",
        "/hooks/tbank/RIGHT;         {\"accountNumber\": \"40702810000000000009\"}; 200",
        "/hooks/nobody;              {};          404"})
    void eachHookAnswersAsItShould(String path, String call, int status) throws Exception {
        String body = switch (call) {
            case "genuine" -> EVENT;
            case "unknown" -> EVENT.replace("ONCRMDYNAMICITEMUPDATE", "ONTASKADD");
            case "forged" -> EVENT.replace(OutgoingWebhook.TOKEN, "forged");
            case "foreign" -> EVENT.replace(OutgoingWebhook.MEMBER, "another");
            case "eventless" -> EVENT.replace("event=ONCRMDYNAMICITEMUPDATE&", "");
            case "huge" -> "x".repeat(300 * 1024);
            default -> call;
        };
        if (call.equals("foreign")) {
            assertThat(post("/hooks/bitrix24", EVENT)).as("the portal is pinned at its first event").isEqualTo(200);
        }
        assertThat(post(path.replace("RIGHT", Sandbox.BANK_SECRET), body)).isEqualTo(status);
    }

    private static int post(String path, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + path))
                .header("Content-Type", body.startsWith("event=") || body.contains("&")
                        ? "application/x-www-form-urlencoded" : "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void noSecretStandsInTheLogOrInAnAnswer() throws Exception {
        withinAMinutePaymentsArePaidWholeAndInPart();
        post("/hooks/tbank/" + Sandbox.BANK_SECRET, "nonsense");
        String said = Files.readString(home.resolve("log")) + daemon.api("/api/status") + daemon.api("/api/journal")
                + daemon.api("/api/reviews");
        assertThat(said).contains("bitrix24.main crm.item.update");
        for (String secret : List.of(Bitrix24StandIn.SECRET, OutgoingWebhook.TOKEN, TBankStandIn.TOKEN,
                Sandbox.BANK_SECRET)) {
            assertThat(said).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "routes/payments.yaml;  uri: bitrix24:company/changed; uri: bitrix24:company/chnaged; unknown verb 'chnaged'",
        "mappings/portal.yaml;  relations: [deal];             relatons: [deal];              unknown key 'relatons'"})
    void aBadEditIsToldWithinFiveSecondsAndForgottenOnceItIsMended(String file, String good, String bad, String problem)
            throws Exception {
        String text = Files.readString(home.resolve(file));
        Files.writeString(home.resolve(file), text.replace(good, bad));
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            JsonNode refused = daemon.api("/api/status").path("refused").path(0);
            assertThat(refused.path("file").asString("")).isEqualTo(file);
            assertThat(refused.path("line").asInt()).isEqualTo(lineOf(text, good));
            assertThat(refused.path("problem").asString("")).contains(problem);
            assertThat(refused.path("cure").asString("")).isNotBlank();
        });
        Files.writeString(home.resolve(file), text);
        Awaitility.await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(daemon.api("/api/status").path("refused")).isEmpty());
    }

    /** Held calls are let go only after the edit is in force: whoever waits for a vendor never sees it. */
    @Test
    void anEditIsTakenWhileEveryVendorHangsAndNoWorkIsLostByIt() throws Exception {
        withinAMinutePaymentsArePaidWholeAndInPart();
        int id = (Integer) payment("18/26").get("id");
        sandbox.bitrix24().faults().hold("*");
        sandbox.tbank().faults().hold("*");
        int bitrix24 = sandbox.bitrix24().calls().size();
        int tbank = sandbox.tbank().calls().size();
        try {
            HTTP.send(HttpRequest.newBuilder(URI.create(page.address() + "pay"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("payment=" + id + "&how=rest")).build(),
                    HttpResponse.BodyHandlers.discarding());
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.bitrix24().calls().size() > bitrix24
                    && sandbox.tbank().calls().size() > tbank);
            long before = takenEdits();
            for (String file : List.of("routes/bank.yaml", "routes/payments.yaml")) {
                Files.writeString(home.resolve(file), Files.readString(home.resolve(file)) + "# edited\n");
            }
            Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> takenEdits() > before);
        } finally {
            sandbox.bitrix24().faults().none();
            sandbox.tbank().faults().none();
        }
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(sandbox.portal().stage(payment("18/26"))).isEqualTo("Оплачен");
            assertThat(daemon.isAtRest()).isTrue();
        });
        assertThat(daemon.api("/api/journal?state=dead&limit=10")).isEmpty();
        assertThat(sandbox.portal().comments(Portal.PAYMENTS, id)).hasSize(1);
    }

    @Test
    void whereTheRouteSaysSoTheResponsiblePersonHasAToDoOnWhatIsLeftToDecide() throws Exception {
        withinAMinutePaymentsArePaidWholeAndInPart();
        Path file = home.resolve("routes/payments.yaml");
        String text = Files.readString(file);
        String on = text.replace("constant: {expression: \"false\"}", "constant: {expression: \"true\"}");
        assertThat(on).isNotEqualTo(text);
        int id = (Integer) payment("МК-15").get("id");
        long before = takenEdits();
        Files.writeString(file, on);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> takenEdits() > before);
            assertThat(sandbox.bitrix24().timeline().todos()).as("shipped off").isEmpty();
            HTTP.send(HttpRequest.newBuilder(URI.create(page.address() + "pay/custom"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("payment=" + id + "&sum=625100.00&purpose="
                            + URLEncoder.encode("Оплата по счету № МК-15", StandardCharsets.UTF_8))).build(),
                    HttpResponse.BodyHandlers.discarding());
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() ->
                    assertThat(sandbox.bitrix24().timeline().todos()).singleElement().satisfies(todo -> {
                        assertThat(todo.ownerTypeId()).isEqualTo(Portal.PAYMENTS);
                        assertThat(todo.ownerId()).isEqualTo(id);
                        assertThat(todo.title()).contains("100,00");
                    }));
        } finally {
            Files.writeString(file, text);
            Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> takenEdits() > before + 1);
        }
    }

    private static long takenEdits() throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("log"))) {
            return lines.filter(line -> line.contains("routes and mappings in force")).count();
        }
    }

    private static int lineOf(String text, String part) {
        return (int) text.substring(0, text.indexOf(part) + 1).lines().count();
    }

    @Test
    void theStatusIsAsTheContractSays() throws Exception {
        var status = daemon.api("/api/status");
        assertThat(status.propertyNames()).contains("queued", "working", "waiting", "dead", "accounts", "refused");
        assertThat(status.path("accounts").propertyNames()).contains("bitrix24.main", "tbank.main");
        assertThat(status.path("accounts").path("tbank.main").propertyNames()).contains("state", "since", "lastSuccess");
        assertThat(status.path("refused")).isEmpty();
    }

    private static Map<String, Object> payment(String number) {
        return sandbox.portal().items(Portal.PAYMENTS).stream()
                .filter(one -> number.equals(one.get("ufCrm12Number"))).findFirst().orElseThrow();
    }

    private static String stageOf(String number) {
        return sandbox.portal().stage(payment(number));
    }
}
