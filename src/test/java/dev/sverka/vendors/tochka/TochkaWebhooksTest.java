package dev.sverka.vendors.tochka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subscription as the bank gives it, with its test events answered by the room's own hook; and what check says. */
class TochkaWebhooksTest {

    private final TochkaStage stage = new TochkaStage();
    private TochkaReceiver receiver;

    @BeforeEach
    void open() throws Exception {
        stage.bank.switches().anyAddress(true);
        receiver = new TochkaReceiver(new TochkaHook(Map.of("main", stage.account(TochkaStandIn.TOKEN,
                TochkaStandIn.CLIENT_ID, TochkaStandIn.CUSTOMER, List.of())), name -> stage.connector.keys(name)));
        start(TochkaStandIn.TOKEN, TochkaStandIn.CLIENT_ID, receiver.url().replace("/hooks/tochka", ""));
    }

    private void start(String token, String clientId, String publicUrl) {
        stage.start(stage.account(token, clientId, TochkaStandIn.CUSTOMER, List.of()), publicUrl);
    }

    @AfterEach
    void close() {
        receiver.close();
        stage.close();
    }

    private Optional<Operation.Effect> upsert(Map<String, Object> body) {
        return ((Operation.Write) stage.connector.operations("webhook").get("upsert").step())
                .prepare(new Operation.Request("main", "webhook", body));
    }

    private Object list() {
        return stage.ask("webhook", "list", Map.of());
    }

    @Test
    void aSubscriptionIsMadeOnceAndItsTestEventsBecomeNoWork() {
        Map<String, Object> wanted = Map.of("url", receiver.url(), "types",
                List.of("incomingPayment", "outgoingPayment"));
        assertThat(list()).isEqualTo(List.of());
        assertThat(upsert(Map.of()).orElseThrow().send().get()).isEqualTo(wanted);
        assertThat(receiver.answered).containsExactly(200, 200);
        assertThat(receiver.told).isEmpty();
        assertThat(list()).isEqualTo(List.of(wanted));
        assertThat(upsert(Map.of())).as("what is there is adopted").isEmpty();
    }

    @Test
    void furtherTypesAreAddedAndNoneIsTakenAway() {
        upsert(Map.of("types", List.of("incomingSbpPayment"))).orElseThrow().send().get();
        upsert(Map.of()).orElseThrow().send().get();
        assertThat(list()).isEqualTo(List.of(Map.of("url", receiver.url(), "types",
                List.of("incomingPayment", "incomingSbpPayment", "outgoingPayment"))));
    }

    @Test
    void somebodyElsesAddressIsReplacedOnlyWhenThatIsAskedFor() {
        upsert(Map.of("types", List.of("incomingPayment"))).orElseThrow().send().get();
        assertThat(findings()).singleElement().asString().contains("does not tell this daemon of outgoingPayment");
        stage.bank.tells("https://books.example.org/tochka");
        assertThatThrownBy(() -> upsert(Map.of())).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("books.example.org").hasMessageContaining("replace: true");
        upsert(Map.of("replace", true)).orElseThrow().send().get();
        assertThat(list().toString()).contains(receiver.url());
    }

    @Test
    void aHookThatDoesNotAnswer200GetsNoSubscription() {
        receiver.broken = true;
        Operation.Effect effect = upsert(Map.of()).orElseThrow();
        assertThatThrownBy(() -> effect.send().get()).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("did not answer 200").hasMessageContaining("port 443");
        assertThat(list()).isEqualTo(List.of());
    }

    @Test
    void theBankTakesHttpsOnItsPortOnly() {
        stage.bank.switches().anyAddress(false);
        Operation.Effect effect = upsert(Map.of()).orElseThrow();
        assertThatThrownBy(() -> effect.send().get()).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("must be https on port 443");
    }

    @Test
    void aLostAnswerIsSettledByALook() {
        stage.bank.faults().next("webhook", Faults.Kind.NONE).next("webhook", Faults.Kind.LOST_ANSWER);
        Operation.Effect effect = upsert(Map.of()).orElseThrow();
        assertThatThrownBy(() -> effect.send().get()).isInstanceOf(VendorException.Unclear.class);
        assertThat(effect.find().get()).hasValueSatisfying(found -> assertThat(found).containsEntry("url",
                receiver.url()));
    }

    @Test
    void whatIsNotConfiguredIsSaid() {
        start(TochkaStandIn.TOKEN, null, "https://sync.example.org");
        assertThatThrownBy(() -> upsert(Map.of())).hasMessageContaining("client-id is not set");
        start(TochkaStandIn.TOKEN, TochkaStandIn.CLIENT_ID, null);
        assertThatThrownBy(() -> upsert(Map.of())).hasMessageContaining("public-url is not set");
    }

    private List<String> findings() {
        return stage.connector.check("main").stream().map(Problem::toString).toList();
    }

    @Test
    void checkTellsOfASubscriptionThatIsGoneAndOfOneThatIsAnothers() {
        assertThat(findings()).singleElement().asString().contains("tells nobody of payments", "webhook/upsert");
        upsert(Map.of()).orElseThrow().send().get();
        assertThat(findings()).isEmpty();
        stage.bank.reissue(TochkaStandIn.TOKEN + "x", "second-client");
        start(TochkaStandIn.TOKEN + "x", "second-client", "https://sync.example.org");
        assertThat(findings()).as("a new key has no subscription").singleElement().asString().contains("tells nobody");
        stage.bank.tells("https://books.example.org/tochka");
        assertThat(findings()).singleElement().asString().contains("books.example.org");
    }

    @Test
    void checkTellsOfAccountsAndCompaniesTheKeyDoesNotSee() {
        stage.start(stage.account(TochkaStandIn.TOKEN, null, "300999999", List.of("40702810900000000009")), null);
        assertThat(findings()).hasSize(2).anyMatch(one -> one.contains("40702810900000000009"))
                .anyMatch(one -> one.contains("300999999"));
    }

    private static String jwt(String claims) {
        return "eyJhbGciOiJSUzI1NiJ9." + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2FuZGJveA";
    }

    @Test
    void checkTellsOfAKeyThatEndsSoonAndOfConsentsThatDied() {
        long soon = Instant.parse("2026-12-04T09:00:00Z").getEpochSecond();
        long late = Instant.parse("2027-12-04T09:00:00Z").getEpochSecond();
        for (String token : List.of(jwt("{\"exp\":" + soon + "}"), jwt("{\"exp\":" + late + "}"), "opaque")) {
            stage.bank.reissue(token, "c");
            start(token, null, null);
            if (token.equals("opaque")) {
                stage.bank.consent("c1", "Authorised", List.of("ReadAccountsBasic", "ReadAccountsDetail",
                        "ReadBalances", "ReadStatements", "ReadCustomerData"));
                assertThat(findings()).isEmpty();
                stage.bank.consent("c2", "Revoked", List.of("ReadStatements"));
                assertThat(findings()).singleElement().asString().contains("c2", "Revoked", "ReadBalances");
            } else {
                assertThat(findings()).hasSize(token.equals(jwt("{\"exp\":" + soon + "}")) ? 1 : 0)
                        .allMatch(one -> one.contains("2026-12-04T09:00:00Z"));
            }
        }
    }
}
