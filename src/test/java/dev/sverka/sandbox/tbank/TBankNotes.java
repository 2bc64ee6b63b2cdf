package dev.sverka.sandbox.tbank;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notes of operations (tbank.md section 7): a flat body that differs from the statement, five attempts, then lost. How
 * they go astray stands in plain switches, all off at first.
 */
public final class TBankNotes {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ATTEMPTS = 5;
    private static final List<String> SUMS = List.of("operationAmount", "accountAmount", "rubleAmount");
    private static final Map<String, String> SIDES = Map.of("acct", "account", "bicRu", "bic", "corAcct",
            "corrAccount");
    private static final Map<String, String> TAXES = Map.of("evidence", "taxEvidence", "period", "taxPeriod",
            "docNumber", "taxDocNumber", "docDate", "taxDocDate");
    private static final List<String> LATER = List.of("rubleAmount", "payVo", "VO", "drawDate", "docDate", "payer",
            "receiver", "payPurpose", "trxnPostDate", "chargeDate", "documentNumber", "counterParty");

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tbank-notes");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private volatile Subscription subscription;
    private volatile Duration pause = Duration.ofMillis(100);
    private volatile boolean lost;
    private volatile boolean repeated;
    private volatile boolean otherIds;
    private volatile List<Runnable> held;

    /** Where notes go. @param authorization header, null for none */
    private record Subscription(String id, String url, String authorization) {
    }

    /** As by a letter to the bank. @param url null for nowhere @param authorization header, null for none */
    public TBankNotes to(String url, String authorization) {
        subscription = url == null ? null : new Subscription(UUID.randomUUID().toString(), url, authorization);
        return this;
    }

    /** As by the API. @return the id to delete it by */
    String subscribe(String url, String authorization) {
        to(url, authorization);
        return subscription.id();
    }

    /** Where notes go; null for nowhere. */
    String address() {
        return subscription == null ? null : subscription.url();
    }

    boolean unsubscribe(String id) {
        boolean known = subscription != null && subscription.id().equals(id);
        subscription = known ? null : subscription;
        return known;
    }

    /** Between two attempts; 30 s to 10 min at the bank. */
    public TBankNotes pause(Duration between) {
        pause = between;
        return this;
    }

    /** Notes never leave the bank. */
    public TBankNotes lost(boolean on) {
        lost = on;
        return this;
    }

    /** Each note comes twice. */
    public TBankNotes repeated(boolean on) {
        repeated = on;
        return this;
    }

    /** Notes carry another id than the statement. */
    public TBankNotes withOtherIds(boolean on) {
        otherIds = on;
        return this;
    }

    /** Notes are held back from now on, or those held go out, the last one first. */
    public synchronized TBankNotes held(boolean on) {
        List<Runnable> waiting = held;
        held = on ? new ArrayList<>() : null;
        if (waiting != null) {
            for (int i = waiting.size() - 1; i >= 0; i--) {
                waiting.get(i).run();
            }
        }
        return this;
    }

    /** What the receiver answered so far, 0 for no answer. */
    public List<Integer> answers() {
        return answers;
    }

    /** A note of an operation. */
    void tell(Map<String, Object> operation) {
        send(flat(operation));
    }

    /** The early note of a card purchase: much is missing yet. */
    void tellEarly(Map<String, Object> operation) {
        Map<String, Object> body = flat(operation);
        body.put("operationStatus", "Active");
        body.keySet().removeAll(LATER);
        send(body);
    }

    /** Sends whatever to the receiver as the bank would. */
    public void sendRaw(Object body) {
        send(body);
    }

    /** Somebody who does not know the secret sends a note. @return what the receiver answered */
    public int forged(String url, String authorization, Map<String, Object> body) {
        return post(new Subscription("", url, authorization), JSON.writeValueAsString(body));
    }

    private synchronized void send(Object body) {
        Subscription to = subscription;
        if (to == null || lost) {
            return;
        }
        String json = JSON.writeValueAsString(body);
        Runnable sending = () -> attempt(to, json, 1);
        if (held != null) {
            held.add(sending);
            return;
        }
        for (int i = 0; i < (repeated ? 2 : 1); i++) {
            sending.run();
        }
    }

    private void attempt(Subscription to, String json, int attempt) {
        try {
            sender.schedule(() -> {
                int status = post(to, json);
                answers.add(status);
                if (status / 100 != 2 && attempt < ATTEMPTS) {
                    attempt(to, json, attempt + 1);
                }
            }, attempt == 1 ? 0 : pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // the bank has closed
        }
    }

    private int post(Subscription to, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url())).timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
        if (to.authorization() != null) {
            request.header("Authorization", to.authorization());
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Section 7.3, row by row. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> flat(Map<String, Object> operation) {
        Map<String, Object> body = new LinkedHashMap<>(operation);
        body.remove("operationDate");
        body.computeIfPresent("operationStatus", (name, value) -> value.toString().toLowerCase());
        SUMS.forEach(name -> body.computeIfPresent(name,
                (same, value) -> new BigDecimal(value.toString()).setScale(2).toPlainString()));
        List.of("priority", "ucid").forEach(name -> body.computeIfPresent(name, (same, value) -> value.toString()));
        if (body.containsKey("vo")) {
            body.put("VO", body.remove("vo"));
        }
        List.of("payer", "receiver").forEach(name -> body.computeIfPresent(name,
                (same, side) -> renamed((Map<String, Object>) side, SIDES)));
        if (body.remove("tax") instanceof Map<?, ?> tax) {
            body.putAll(renamed((Map<String, Object>) tax, TAXES));
        }
        if (body.get("merch") instanceof Map<?, ?> shop) {
            Map<String, Object> merch = new LinkedHashMap<>((Map<String, Object>) shop);
            merch.put("id", "000000000000777");
            body.put("merch", merch);
        }
        if (otherIds) {
            body.put("operationId", UUID.randomUUID().toString());
        }
        return body;
    }

    private static Map<String, Object> renamed(Map<String, Object> map, Map<String, String> names) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        map.forEach((name, value) -> renamed.put(names.getOrDefault(name, name), value));
        return renamed;
    }

    void close() {
        sender.shutdownNow();
    }
}
