package dev.sverka.sandbox.tbank;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sverka.core.state.SettableClock;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-in bank says over HTTP what the sheet says of the real one. */
class TBankStandInTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ACCOUNT = "40702810200009990001";
    private static final Party PAYER = new Party("0099000127", "009901002", "ООО «Ромашка»", "40702810600000880012");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final String WEEK = "&from=2026-11-16T21:00:00Z&to=2026-11-23T21:00:00Z&operationStatus=All";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TBankStandIn bank = new TBankStandIn(0, clock, ACCOUNT);
    private HttpServer receiver;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int receiverSays = 200;

    @BeforeEach
    void receiver() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/", call -> {
            received.add(call.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            call.sendResponseHeaders(receiverSays, -1);
            call.close();
        });
        receiver.start();
        bank.company().notes().pause(Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        bank.close();
        receiver.stop(0);
    }

    private String hook() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks/tbank/secret";
    }

    private HttpResponse<String> call(String token, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Authorization", "Bearer " + token)
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> statement(String parameters) throws Exception {
        return call(TBankStandIn.TOKEN, "/api/v1/statement?accountNumber=" + ACCOUNT + parameters);
    }

    private JsonNode read(String parameters) throws Exception {
        return JSON.readTree(statement(parameters).body());
    }

    private List<String> pay(int times) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ids.add(bank.credit(DAY, new BigDecimal("100.50"), PAYER, "7", "Оплата"));
        }
        return ids;
    }

    /** Follows cursors. @return ids as they came */
    private List<String> pages(String parameters) throws Exception {
        List<String> ids = new ArrayList<>();
        JsonNode page = read(parameters);
        while (true) {
            page.path("operations").forEach(one -> ids.add(one.path("operationId").asString()));
            String next = page.path("nextCursor").asString("");
            if (next.isEmpty() || page.path("operations").isEmpty()) {
                return ids;
            }
            page = read(parameters + "&cursor=" + next);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "accountNumber=123&from=2026-11-16T21:00:00Z; 400",
        "accountNumber=40702810200009990001; 400",
        "accountNumber=40702810200009990001&from=2026-11-16; 400",
        "accountNumber=40702810200009990001&from=2026-11-16T21:00:00Z&operationStatus=transaction; 400",
        "accountNumber=40702810200009990001&from=2026-11-16T21:00:00Z&limit=5001; 400",
        "accountNumber=40702810200009990001&from=2026-11-16T21:00:00Z&limit=0; 400",
        "accountNumber=40702810200009990001&from=2026-11-16T21:00:00Z&cursor=nonsense; 400",
        "accountNumber=40702810900000000009&from=2026-11-16T21:00:00Z; 400",
        "accountNumber=40702810200009990001&from=2026-11-16T21:00:00Z&till=2026-11-17T21:00:00Z; 200"})
    void aBrokenContractIsRefusedAndAnUnknownParameterIsNot(String query, int status) throws Exception {
        assertThat(call(TBankStandIn.TOKEN, "/api/v1/statement?" + query).statusCode()).isEqualTo(status);
    }

    @Test
    void pagesHoldEachOperationOnceAndTheEndIsTheDayAfter() throws Exception {
        List<String> ids = pay(7);
        bank.credit(LocalDate.of(2026, 11, 10), BigDecimal.ONE, PAYER, "1", "раньше");
        assertThat(pages(WEEK + "&limit=3")).containsExactlyElementsOf(ids);
        Set<Boolean> ends = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            ends.add(read(WEEK).has("nextCursor"));
        }
        assertThat(ends).as("the end is told by null and by nothing").containsExactlyInAnyOrder(true, false);
        String moment = String.valueOf(bank.operations().get(0).get("operationDate"));
        assertThat(read("&from=2026-11-16T21:00:00Z&to=" + moment).path("operations")).as("to is exclusive").isEmpty();
        assertThat(read("&from=" + moment + "&limit=1").path("operations")).as("from is inclusive").hasSize(1);
    }

    @Test
    void balancesStandOnTheFirstPageOnlyAndAddUp() throws Exception {
        pay(3);
        bank.debit(DAY, new BigDecimal("0.5"), PAYER, "fee", null, "Плата");
        bank.company().hold(Instant.parse("2026-11-21T09:00:00Z"), new BigDecimal("1250"), "KAFE");
        assertThat(read(WEEK).has("balances")).isFalse();
        JsonNode page = read(WEEK + "&withBalances=true&limit=2");
        assertThat(page.path("balances").path("balanceEnd").decimalValue())
                .as("holds do not count").isEqualByComparingTo("5000301.00");
        assertThat(read(WEEK + "&withBalances=true&limit=2&cursor=" + page.path("nextCursor").asString())
                .has("balances")).isFalse();
        bank.company().switches().balancesOffBy(BigDecimal.ONE).balancesAsText(true);
        assertThat(read(WEEK + "&withBalances=true").path("balances").path("balanceEnd").asString())
                .isEqualTo("5000302.00");
    }

    @Test
    void cursorsGoWrongInEveryKnownWay() throws Exception {
        pay(3);
        String cursor = read(WEEK + "&limit=2").path("nextCursor").asString();
        assertThat(statement(WEEK + "&limit=1&cursor=" + cursor).statusCode()).as("other parameters").isEqualTo(400);
        clock.advance(Duration.ofMinutes(11));
        assertThat(statement(WEEK + "&limit=2&cursor=" + cursor).statusCode()).as("too old").isEqualTo(400);
        bank.company().switches().emptyPageWithCursor(true);
        JsonNode last = read(WEEK);
        JsonNode empty = read(WEEK + "&cursor=" + last.path("nextCursor").asString());
        assertThat(empty.path("operations")).isEmpty();
        assertThat(empty.path("nextCursor").asString("")).isNotEmpty();
        bank.company().switches().sameCursorForEver(true);
        assertThat(read(WEEK).path("nextCursor").asString()).isEqualTo("SAME");
        assertThat(read(WEEK + "&cursor=SAME").path("operations")).as("and the same page").hasSize(3);
    }

    @Test
    void anOperationMayComeBetweenTwoPages() throws Exception {
        pay(2);
        bank.company().switches().betweenPages(
                () -> bank.credit(DAY.minusDays(1), BigDecimal.TEN, PAYER, "8", "поздно"));
        assertThat(new HashSet<>(pages(WEEK + "&limit=1"))).as("it pushes one over the edge of a page").hasSize(2);
        assertThat(pages(WEEK + "&limit=1")).hasSize(3);
    }

    @Test
    void tokensDieInEveryKnownWay() throws Exception {
        assertThat(call("another", "/api/v4/bank-accounts").statusCode()).isEqualTo(401);
        TBankSwitches switches = bank.company().switches().scopesTaken(true);
        assertThat(call(TBankStandIn.TOKEN, "/api/v4/bank-accounts").body()).contains("FORBIDDEN", "скопы");
        switches.scopesTaken(false).addressRefused(true);
        assertThat(call(TBankStandIn.TOKEN, "/api/v4/bank-accounts").body()).contains("FORBIDDEN", "IP");
        switches.addressRefused(false).tokenCancelled(true);
        assertThat(statement(WEEK).statusCode()).isEqualTo(401);
        switches.tokenCancelled(false);
        clock.advance(Duration.ofDays(80));
        assertThat(statement(WEEK).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofDays(80));
        assertThat(statement(WEEK).statusCode()).as("each use renews it").isEqualTo(200);
        clock.advance(Duration.ofDays(91));
        assertThat(statement(WEEK).statusCode()).isEqualTo(401);
    }

    @Test
    void eachMethodHasItsRateAndEachCompanyItsOwn() throws Exception {
        bank.company("t.second", new Party("0099000230", "009901003", "ООО «Вторая»", "40702810500009990002"));
        List<Integer> accounts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            accounts.add(call(TBankStandIn.TOKEN, "/api/v4/bank-accounts").statusCode());
        }
        assertThat(accounts).startsWith(200, 200, 200, 200, 200, 200).endsWith(429);
        assertThat(statement(WEEK).statusCode()).isEqualTo(200);
        assertThat(call("t.second", "/api/v4/bank-accounts").body()).contains("40702810500009990002")
                .doesNotContain(ACCOUNT);
        bank.company().switches().throttle(1, 7);
        assertThat(statement(WEEK).headers().firstValue("Retry-After")).contains("7");
        bank.company().switches().throttle(1, null);
        assertThat(statement(WEEK).headers().firstValue("Retry-After")).isEmpty();
        bank.company().switches().tooManyAbove(0);
        pay(1);
        assertThat(statement(WEEK).statusCode()).isEqualTo(422);
    }

    @Test
    void anOperationLivesAsTheSheetSays() throws Exception {
        TBankCompany company = bank.company();
        String hold = company.hold(Instant.parse("2026-11-20T20:30:00Z"), new BigDecimal("1250"), "KAFE");
        assertThat(read(WEEK.replace("All", "Transaction")).path("operations")).isEmpty();
        assertThat(read(WEEK.replace("All", "Authorization")).path("operations").get(0).has("payPurpose")).isFalse();
        String posted = company.settle(hold, Instant.parse("2026-11-20T20:30:00Z"), false);
        assertThat(pages(WEEK)).containsExactly(posted).doesNotContain(hold);
        assertThat(company.driftOvernight()).containsOnlyKeys(posted);
        assertThat(pages(WEEK)).hasSize(1).doesNotContain(posted);
        String id = pages(WEEK).get(0);
        company.edit(id, "category", "otherOut");
        assertThat(read(WEEK).path("operations").get(0).path("category").asString()).isEqualTo("otherOut");
        company.reverse(id, Instant.parse("2026-11-21T09:00:00Z"));
        assertThat(read(WEEK).path("operations").get(1).path("typeOfOperation").asString()).isEqualTo("Credit");
        company.withdraw(id);
        assertThat(pages(WEEK)).hasSize(1);
    }

    @Test
    void theShapeVariesAndRepeatsItself() throws Exception {
        pay(20);
        assertThat(read(WEEK).path("operations").get(0).path("accountAmount").isNumber()).isTrue();
        bank.company().switches().sumsAsText(true).fractionsOfSeconds(true).shuffled(true).fieldsMissing(3);
        JsonNode page = read(WEEK);
        assertThat(read(WEEK).path("operations")).as("the same at each reading").isEqualTo(page.path("operations"));
        assertThat(page.path("operations").get(0).path("accountAmount").asString()).isEqualTo("100.50");
        assertThat(page.path("operations").valueStream().filter(one -> one.has("payPurpose")).count())
                .isBetween(1L, 19L);
        assertThat(page.path("operations").valueStream().allMatch(one -> one.has("accountAmount"))).isTrue();
        bank.company().switches().richAccounts(true);
        assertThat(call(TBankStandIn.TOKEN, "/api/v4/bank-accounts").body()).contains("\"status\":\"NORM\"", "realOtb");
    }

    @Test
    void gatewaysAnswerInstead() throws Exception {
        for (Faults.Kind kind : List.of(Faults.Kind.HTML_200, Faults.Kind.BAD_GATEWAY)) {
            bank.faults().next("statement", kind);
            assertThat(statement(WEEK).body()).startsWith("<html>");
        }
        bank.faults().next("statement", Faults.Kind.TRUNCATED);
        assertThat(statement(WEEK).body()).doesNotEndWith("}");
    }

    @Test
    void aNoteIsFlatAndTriedFiveTimes() throws Exception {
        receiverSays = 503;
        bank.company().notes().to(hook(), "Bearer hush");
        pay(1);
        Awaitility.await().until(() -> bank.company().notes().answers().size() == 5);
        assertThat(received).hasSize(5).allSatisfy(note -> assertThat(note).startsWith("Bearer hush {")
                .contains("\"operationStatus\":\"transaction\"", "\"accountAmount\":\"100.50\"", "\"VO\":\"01\"",
                        "\"priority\":\"5\"", "\"corrAccount\"").doesNotContain("operationDate", "\"vo\"", "\"acct\""));
        receiverSays = 200;
        bank.company().notes().repeated(true).withOtherIds(true);
        String id = pay(1).get(0);
        Awaitility.await().until(() -> received.size() == 7);
        assertThat(received.get(6)).doesNotContain(id);
        bank.company().notes().repeated(false).lost(true);
        pay(1);
        bank.company().notes().lost(false).held(true);
        bank.company().hold(Instant.parse("2026-11-20T20:30:00Z"), BigDecimal.TEN, "KAFE");
        pay(1);
        bank.company().notes().held(false);
        Awaitility.await().until(() -> received.size() == 9);
        assertThat(received.get(8)).as("the last one first").contains("\"operationStatus\":\"Active\"");
        assertThat(bank.company().notes().forged(hook(), "Bearer wrong", Map.of("accountNumber", ACCOUNT)))
                .isEqualTo(200);
    }

    @Test
    void aWebhookIsMadeAndTakenBack() throws Exception {
        String body = "{\"hasSignature\":false,\"authType\":\"Bearer\",\"authSecret\":\"hush\","
                + "\"email\":\"ops@example.ru\","
                + "\"url\":\"" + hook() + "\"}";
        assertThat(webhook(body.replace("ops@example.ru", "")).statusCode()).as("an address is required")
                .isEqualTo(400);
        String id = JSON.readTree(webhook(body).body()).path("id").asString();
        pay(1);
        Awaitility.await().until(() -> received.size() == 1);
        assertThat(received.get(0)).startsWith("Bearer hush");
        assertThat(delete(id)).isEqualTo(200);
        assertThat(delete(id)).as("it is gone").isEqualTo(422);
    }

    private HttpResponse<String> webhook(String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(bank.url()
                + "/api/v1/webhook?eventType=oper-feed-operation"))
                .header("Authorization", "Bearer " + TBankStandIn.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int delete(String id) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(bank.url() + "/api/v1/webhook?id=" + id)).DELETE()
                .header("Authorization", "Bearer " + TBankStandIn.TOKEN).build(),
                HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void theBanksOwnSandboxAnswersAlwaysTheSame() throws Exception {
        assertThat(call(TBankStandIn.TOKEN, "/sandbox/api/v4/bank-accounts").statusCode()).isEqualTo(401);
        String query = "/sandbox/api/v1/statement?accountNumber=" + ACCOUNT + WEEK;
        String answer = call(TBankStandIn.SANDBOX_TOKEN, query).body();
        assertThat(call(TBankStandIn.SANDBOX_TOKEN, query + "&cursor=SAME").body()).isEqualTo(answer).contains("SAME");
    }
}
