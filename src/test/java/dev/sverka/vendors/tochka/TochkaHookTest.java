package dev.sverka.vendors.tochka;

import static dev.sverka.vendors.tochka.TochkaStage.ACCOUNT;
import static dev.sverka.vendors.tochka.TochkaStage.PAYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.connector.Hook;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.tochka.TochkaEvents;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Events as the bank signs them, keys as it publishes them, and what forgers try. */
class TochkaHookTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final Hook.Pushed TOLD = new Hook.Pushed("main", "operation", ACCOUNT,
            Map.of("bankAccount", ACCOUNT, "day", LocalDate.of(2026, 11, 16)));

    private final TochkaStage stage = new TochkaStage();
    private TochkaHook hook;

    @BeforeEach
    void open() {
        open(TochkaStandIn.CUSTOMER, List.of());
    }

    private void open(String customerCode, List<String> accounts) {
        TochkaProperties.Account account = stage.account(TochkaStandIn.TOKEN, TochkaStandIn.CLIENT_ID, customerCode,
                accounts);
        stage.start(account, null);
        hook = new TochkaHook(Map.of("main", account), stage.connector::keys);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private List<Hook.Pushed> told(String body) throws Hook.Refused {
        return hook.receive(new Hook.Request("", Map.of("content-type", "text/plain"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private int refusal(String body) {
        return catchThrowableOfType(Hook.Refused.class, () -> told(body)).status();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sample(String name) {
        return JSON.readValue(TochkaStage.bytes("webhook-payload-" + name), LinkedHashMap.class);
    }

    private String signed(String name) {
        return stage.bank.events().signed(sample(name));
    }

    private long keysFetched() {
        return stage.bank.calls().stream().filter("public"::equals).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"incomingPayment", "outgoingPayment"})
    void aPaymentIsAHintWithItsAccountAndDay(String name) throws Exception {
        assertThat(told(signed(name))).containsExactly(TOLD);
        assertThat(told("\r\n " + signed(name) + " \n")).as("white space around it").containsExactly(TOLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"incomingSbpPayment", "incomingSbpB2BPayment", "acquiring-card", "acquiring-sbp",
        "acquiring-dolyame"})
    void whatAnnouncesMoneyThatTheStatementShowsAgainMeansNothing(String name) throws Exception {
        assertThat(told(signed(name))).isEmpty();
    }

    @Test
    void anUnknownTypeAForeignCompanyAndAForeignAccountMeanNothing() throws Exception {
        Map<String, Object> event = sample("incomingPayment");
        event.put("webhookType", "somethingNew");
        assertThat(told(stage.bank.events().signed(event))).isEmpty();
        event = sample("incomingPayment");
        event.put("customerCode", "300999999");
        assertThat(told(stage.bank.events().signed(event))).isEmpty();
        open(TochkaStandIn.CUSTOMER, List.of("40702810600009990077/044525104"));
        assertThat(told(signed("incomingPayment"))).isEmpty();
        open(null, List.of(ACCOUNT + "/044525104"));
        assertThat(told(signed("incomingPayment"))).containsExactly(TOLD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void testEventsAreTakenAndMeanNothing(boolean named) throws Exception {
        open(named ? TochkaStandIn.CUSTOMER : null, List.of());
        for (String type : TochkaEvents.TYPES) {
            assertThat(told(stage.bank.events().signed(TochkaEvents.invented(type)))).isEmpty();
        }
        Map<String, Object> zeros = sample("incomingPayment");
        @SuppressWarnings("unchecked") Map<String, Object> side = (Map<String, Object>) zeros.get("SideRecipient");
        side.put("inn", "0000000000");
        assertThat(told(stage.bank.events().signed(zeros))).as("an ИНН of zeros with our code").isEmpty();
    }

    @Test
    void theKnownKeyIsUsedAndTheBankIsNotAsked() throws Exception {
        stage.connector.keys("main").fetch().get();
        stage.bank.faults().next("public", Faults.Kind.ERROR_500);
        for (int i = 0; i < 20; i++) {
            assertThat(told(signed("incomingPayment"))).hasSize(1);
            stage.clock.advance(Duration.ofMinutes(2));
        }
        assertThat(keysFetched()).isEqualTo(1);
    }

    @Test
    void aNewKeyIsFetchedWhenItsFirstSignatureComesAndTheOldOneStaysGood() throws Exception {
        String before = signed("incomingPayment");
        assertThat(told(before)).hasSize(1);
        stage.clock.advance(Duration.ofMinutes(2));
        stage.bank.events().rotate();
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        assertThat(told(before)).as("signed before the change").hasSize(1);
        assertThat(keysFetched()).isEqualTo(2);
    }

    @Test
    void aKeyPublishedBeforeItSignsChangesNothing() throws Exception {
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        stage.bank.events().publishNext();
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        assertThat(keysFetched()).isEqualTo(1);
    }

    @Test
    void badSignaturesLetTheKeyBeFetchedOnceAMinute() throws Exception {
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        stage.bank.events().rotate();
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(signed("incomingPayment"))).as("fetched within this minute").isEqualTo(401);
        }
        assertThat(keysFetched()).isEqualTo(1);
        stage.clock.advance(Duration.ofSeconds(61));
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        assertThat(keysFetched()).isEqualTo(2);
    }

    @Test
    void whileTheKeyIsOutOfReachKnownOnesGoOnAndWithNoneTheBankIsAskedToRepeat() throws Exception {
        stage.bank.faults().next("public", Faults.Kind.HTML_200);
        assertThat(refusal(signed("incomingPayment"))).as("nothing to judge by").isEqualTo(503);
        stage.clock.advance(Duration.ofSeconds(61));
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        stage.clock.advance(Duration.ofSeconds(61));
        stage.bank.faults().next("public", Faults.Kind.RESET_BEFORE);
        String good = signed("incomingPayment");
        stage.bank.events().rotate();
        assertThat(refusal(signed("incomingPayment"))).isEqualTo(401);
        assertThat(told(good)).hasSize(1);
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"none,''", "None,''", "none,QUJD"})
    void anUnsignedTextIsRefused(String algorithm, String signature) {
        String payload = signed("incomingPayment").split("\\.")[1];
        assertThat(refusal(part("{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\"}") + "." + payload + "."
                + signature)).isEqualTo(401);
    }

    @Test
    void anotherAlgorithmIsRefusedEvenFromTheBanksOwnKey() throws Exception {
        assertThat(told(signed("incomingPayment"))).hasSize(1);
        assertThat(refusal(stage.bank.events().signed(sample("incomingPayment"), "RS512", "SHA512withRSA")))
                .isEqualTo(401);
    }

    @Test
    void aSignatureMadeWithThePublicKeyAsSecretIsRefused() throws Exception {
        assertThat(told(signed("incomingPayment"))).as("the key is known").hasSize(1);
        String text = part("{\"typ\":\"JWT\",\"alg\":\"HS256\"}") + "." + signed("incomingPayment").split("\\.")[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(stage.bank.events().publicKeyText(), "HmacSHA256"));
        assertThat(refusal(text + "." + URL.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwk", "jku", "x5u", "kid"})
    void keysInTheHeaderAreNotLookedAt(String header) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair forger = generator.generateKeyPair();
        String n = URL.encodeToString(((RSAPublicKey) forger.getPublic()).getModulus()
                .toByteArray());
        String value = header.equals("jwk") ? "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + n + "\"}"
                : "\"" + stage.bank.url() + "/forged\"";
        String text = part("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"" + header + "\":" + value + "}") + "."
                + signed("incomingPayment").split("\\.")[1];
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(forger.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal(text + "." + URL.encodeToString(signature.sign()))).isEqualTo(401);
        assertThat(stage.bank.calls()).containsOnly("public");
    }

    @Test
    void aPayloadAlteredAfterSigningIsRefused() {
        String[] parts = signed("incomingPayment").split("\\.");
        Map<String, Object> altered = sample("incomingPayment");
        altered.put("documentNumber", "118");
        assertThat(refusal(parts[0] + "." + part(JSON.writeValueAsString(altered)) + "." + parts[2])).isEqualTo(401);
    }

    @Test
    void whatIsNotThreePartsOfTheRightAlphabetIsMalformed() {
        String good = signed("incomingPayment");
        String[] parts = good.split("\\.");
        for (String bad : List.of("", "{}", parts[0] + "." + parts[1], good + ".QUJD", good + "==", good + "+/",
                "Bearer " + good, parts[0] + "..QUJD")) {
            assertThat(refusal(bad)).as(bad).isEqualTo(400);
        }
    }

    @Test
    void theBankRepeatsUntilItIsToldExactly200AndEachDeliveryIsTheSameHint() throws Exception {
        try (TochkaReceiver receiver = new TochkaReceiver(hook)) {
            stage.bank.events().pause(Duration.ofMillis(20)).type("text/plain; charset=utf-8").repeated(true);
            stage.bank.tells(receiver.url());
            receiver.broken = true;
            stage.company.credit(LocalDate.of(2026, 11, 16), new BigDecimal("48200.5"), PAYER, "117", "Оплата");
            Awaitility.await().until(() -> receiver.answered.size() >= 4);
            receiver.broken = false;
            Awaitility.await().until(() -> receiver.told.size() == 2);
            assertThat(receiver.told).containsOnly(TOLD);
            assertThat(receiver.answered).endsWith(200).contains(503);
        }
    }
}
