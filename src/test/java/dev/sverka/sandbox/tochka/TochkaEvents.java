package dev.sverka.sandbox.tochka;

import dev.sverka.sandbox.tochka.TochkaCompany.Party;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Notes of payments (tochka.md section 7): signed text, thirty attempts, then lost. */
public final class TochkaEvents {

    public static final List<String> TYPES = List.of("incomingPayment", "outgoingPayment", "incomingSbpPayment",
            "incomingSbpB2BPayment", "acquiringInternetPayment");

    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final int ATTEMPTS = 30;
    private static final Duration WAIT = Duration.ofSeconds(10);
    /** Of every bank of this process until it turns its key: making one takes seconds. */
    private static final KeyPair FIRST = pair();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tochka-events");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private volatile KeyPair published = FIRST;
    private volatile KeyPair signing = published;
    private volatile Duration pause = Duration.ofMillis(100);
    private volatile String type = "text/plain";
    private volatile boolean lost;
    private volatile boolean repeated;

    record Subscription(List<String> types, String url) {
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Between two attempts; 10 s at the bank. */
    public TochkaEvents pause(Duration between) {
        pause = between;
        return this;
    }

    /** The Content-Type of events. */
    public TochkaEvents type(String told) {
        type = told;
        return this;
    }

    /** Events never leave the bank. */
    public TochkaEvents lost(boolean on) {
        lost = on;
        return this;
    }

    /** Every event is sent twice. */
    public TochkaEvents repeated(boolean on) {
        repeated = on;
        return this;
    }

    /** Another key is published and signs. */
    public TochkaEvents rotate() {
        published = pair();
        signing = published;
        return this;
    }

    /** Another key is published, and the one before still signs. */
    public TochkaEvents publishNext() {
        published = pair();
        return this;
    }

    /** What receivers answered, oldest first. */
    public List<Integer> answers() {
        return answers;
    }

    /** The key as the bank publishes it: one JWK without further words. */
    Map<String, String> jwk() {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        byte[] n = key.getModulus().toByteArray();
        byte[] unsigned = n[0] == 0 ? Arrays.copyOfRange(n, 1, n.length) : n;
        return Map.of("kty", "RSA", "e", "AQAB", "n", URL.encodeToString(unsigned));
    }

    /** The bank's public key as text, for those who would forge with it. */
    public byte[] publicKeyText() {
        return JSON.writeValueAsString(jwk()).getBytes(StandardCharsets.UTF_8);
    }

    /** An event as it goes out. */
    public String signed(Map<String, Object> payload) {
        return signed(payload, "RS256", "SHA256withRSA");
    }

    /** An event that the bank's own key signs in a way the bank never does. */
    public String signed(Map<String, Object> payload, String algorithm, String way) {
        String header = "{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\"}";
        try {
            String text = URL.encodeToString(header.getBytes(StandardCharsets.US_ASCII)) + "."
                    + URL.encodeToString(JSON.writeValueAsString(payload).getBytes(StandardCharsets.UTF_8));
            Signature signature = Signature.getInstance(way);
            signature.initSign(signing.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Subscription subscription(String clientId) {
        return subscriptions.get(clientId);
    }

    void put(String clientId, Subscription made) {
        subscriptions.put(clientId, made);
    }

    void drop(String clientId) {
        subscriptions.remove(clientId);
    }

    /** One test event of each type; any answer but 200 and nothing is subscribed. @return whether it was */
    boolean subscribe(String clientId, Subscription wanted) {
        for (String one : wanted.types()) {
            if (send(wanted.url(), signed(invented(one))) != 200) {
                return false;
            }
        }
        subscriptions.put(clientId, wanted);
        return true;
    }

    /** A test event's data (section 7.1). */
    public static Map<String, Object> invented(String type) {
        Party nobody = new Party("000000000000", "000000000", "ООО \"Тест\"", "00000000000000000000");
        Map<String, Object> payload = type.endsWith("goingPayment") || type.equals("incomingPayment")
                ? payment(type, nobody, nobody, "1.0", "2026-01-01", "Тестовое назначение", "1", "test-1")
                : new LinkedHashMap<>(Map.of("webhookType", type, "amount", "1.0", "purpose", "Тест"));
        payload.put("customerCode", "300123123");
        return payload;
    }

    private static Map<String, Object> payment(String type, Party payer, Party recipient, String amount, String day,
            String purpose, String number, String paymentId) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("SidePayer", side(payer, amount));
        payload.put("SideRecipient", side(recipient, amount));
        payload.put("purpose", purpose);
        payload.put("documentNumber", number);
        payload.put("paymentId", paymentId);
        payload.put("date", day);
        payload.put("webhookType", type);
        return payload;
    }

    private static Map<String, Object> side(Party party, String amount) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("bankCode", TochkaCompany.BIC);
        side.put("bankName", "ООО \"Банк Точка\"");
        side.put("bankCorrespondentAccount", "30101810745374525104");
        side.put("account", party.account());
        side.put("name", party.name());
        side.put("amount", amount);
        side.put("currency", "RUB");
        side.put("inn", party.inn() == null ? "" : party.inn());
        side.put("kpp", party.kpp() == null ? "" : party.kpp());
        return side;
    }

    /** Tells whoever subscribed; the keys of several companies tell alike. */
    void tell(TochkaCompany company, String account, Map<String, Object> posting) {
        boolean incoming = "Credit".equals(posting.get("creditDebitIndicator"));
        Map<?, ?> names = (Map<?, ?>) posting.getOrDefault((incoming ? "Debtor" : "Creditor") + "Party", Map.of());
        Map<?, ?> far = (Map<?, ?>) posting.getOrDefault((incoming ? "Debtor" : "Creditor") + "Account", Map.of());
        Party other = new Party((String) names.get("inn"), (String) names.get("kpp"), (String) names.get("name"),
                (String) far.get("identification"));
        Party own = new Party(company.self().inn(), company.self().kpp(), company.self().name(), account);
        String amount = ((Map<?, ?>) posting.get("Amount")).get("amount").toString();
        Map<String, Object> payload = payment(incoming ? "incomingPayment" : "outgoingPayment", incoming ? other : own,
                incoming ? own : other, amount.contains(".") ? amount : amount + ".0",
                String.valueOf(posting.get("documentProcessDate")), String.valueOf(posting.get("description")),
                String.valueOf(posting.get("documentNumber")), String.valueOf(posting.get("paymentId")));
        payload.put("customerCode", company.code());
        subscriptions.values().stream().filter(one -> one.types().contains(payload.get("webhookType")))
                .forEach(one -> {
                    later(one.url(), signed(payload), 1, 0);
                    if (repeated) {
                        later(one.url(), signed(payload), 1, 0);
                    }
                });
    }

    private void later(String url, String body, int attempt, long wait) {
        if (lost || attempt > ATTEMPTS) {
            return;
        }
        try {
            sender.schedule(() -> {
                if (send(url, body) != 200) {
                    later(url, body, attempt + 1, pause.toMillis());
                }
            }, wait, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            answers.add(-1);
        }
    }

    /** @return the answer's status, 0 for none */
    private int send(String url, String body) {
        int status;
        try {
            status = http.send(HttpRequest.newBuilder(URI.create(url)).timeout(WAIT).header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException unreachable) {
            status = 0;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            status = 0;
        }
        answers.add(status);
        return status;
    }

    void close() {
        sender.shutdownNow();
    }
}
