package dev.sverka.sandbox.bitrix24;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The portal's outgoing webhook (bitrix24.md sections 8 and 14.6): a form with an id and a token, sent once and never
 * again, whatever the handler answers. Echoes of our own writes are sent too; a deal that moves to another pipeline
 * sends nothing (8.2).
 */
public final class OutgoingWebhook implements AutoCloseable {

    public static final String TOKEN = "sandbox-application-token";
    public static final String MEMBER = "5f0c1d2e3b4a59687766554433221100";
    private static final Duration USUAL_SPACING = Duration.ZERO;

    private final ExecutorService queue = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "outgoing-webhook");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Crm crm;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Random dice = new Random(7);
    private volatile String handler;
    private volatile double dropped;
    private volatile double doubled;
    private volatile double reordered;
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration spread = Duration.ZERO;
    private volatile boolean rawBrackets;
    private volatile boolean minimalAuth;
    private volatile boolean requisites;
    private volatile Duration patience = Duration.ofSeconds(5);
    private volatile Duration spacing = USUAL_SPACING;
    private Instant notBefore = Instant.EPOCH;
    private Map<String, String> held;

    public OutgoingWebhook(Crm crm) {
        this.crm = crm;
        crm.onChange(this::send);
        crm.onRowChange(this::sendRow);
    }

    /** Where events go; null for nowhere. */
    public OutgoingWebhook to(String url) {
        handler = url;
        return this;
    }

    /** Loses and doubles events with these probabilities (section 14.6, 26). */
    public OutgoingWebhook unreliable(double lose, double twice) {
        dropped = lose;
        doubled = twice;
        return this;
    }

    /** With this probability an event is held back until the next one has gone, 30 s at most (section 14.6, 26). */
    public OutgoingWebhook reordered(double probability) {
        reordered = probability;
        return this;
    }

    /**
     * Events go this much later by the portal's clock, and up to {@code more} on top by the dice (section 14.6, 26).
     */
    public OutgoingWebhook delayed(Duration by, Duration more) {
        delay = by;
        spread = more;
        return this;
    }

    /** Whether brackets go raw and not as {@code %5B} (section 8.3). */
    public OutgoingWebhook rawBrackets(boolean on) {
        rawBrackets = on;
        return this;
    }

    /** Whether only domain, member and token are told under {@code auth} (section 8.3). */
    public OutgoingWebhook minimalAuth(boolean on) {
        minimalAuth = on;
        return this;
    }

    /** Whether changes of requisites and bank details are ticked too; whether the list has them is not known (7.4). */
    public OutgoingWebhook requisites(boolean on) {
        requisites = on;
        return this;
    }

    /** A handler slower than this is called less and less often: each slow answer doubles the spacing (section 8.4). */
    public OutgoingWebhook patience(Duration time) {
        patience = time;
        return this;
    }

    /** The least time between two calls of a slow handler, zero for a fast one. */
    public Duration spacing() {
        return spacing;
    }

    /** Bodies sent so far, oldest first. */
    public List<String> sent() {
        return sent;
    }

    /** Sends the last body once more (section 14.6, 26: replay). */
    public void replay() {
        String last = sent.get(sent.size() - 1);
        queue.execute(() -> post(last));
    }

    /** Sends an event of an item with a token nobody gave (section 14.6, 26). */
    public void forged(int entityTypeId, int id) {
        deliver(with(form(crm.type(entityTypeId), id, "Update"), "auth[application_token]",
                "deadbeefdeadbeefdeadbeefdeadbeef"));
    }

    /** Sends an event of another portal (section 14.6, 26). */
    public void foreign(int entityTypeId, int id) {
        deliver(with(form(crm.type(entityTypeId), id, "Update"), "auth[member_id]",
                "00000000000000000000000000000000"));
    }

    /** Sends an event of any name and id: unknown, or of an item that is no longer there (section 14.6, 26). */
    public void arbitrary(String event, int entityTypeId, int id) {
        deliver(with(form(crm.type(entityTypeId), id, "Update"), "event", event));
    }

    /** Sends an update of an item so many times at once, as a mass change does (section 14.6, 26). */
    public void burst(int entityTypeId, int id, int times) {
        for (int i = 0; i < times; i++) {
            deliver(form(crm.type(entityTypeId), id, "Update"));
        }
    }

    private void send(Crm.Change change) {
        if (handler == null || change.kind().equals("MoveToCategory") || dice.nextDouble() < dropped) {
            return;
        }
        Map<String, String> form = form(change.type(), change.id(), change.kind());
        int times = dice.nextDouble() < doubled ? 2 : 1;
        for (int i = 0; i < times; i++) {
            schedule(form);
        }
    }

    private void sendRow(String event, int id) {
        if (handler != null && requisites) {
            schedule(with(form(crm.type(CrmType.COMPANY), id, "Update"), "event", event));
        }
    }

    private synchronized void schedule(Map<String, String> form) {
        if (held == null && dice.nextDouble() < reordered) {
            held = form;
            crm.clock.later(Duration.ofSeconds(30), this::release);
            return;
        }
        after(form);
        release();
    }

    private synchronized void release() {
        if (held != null) {
            after(held);
            held = null;
        }
    }

    private synchronized void after(Map<String, String> form) {
        Duration apart = spacing;
        Instant wanted = crm.clock.instant().plus(delay).plusMillis((long) (dice.nextDouble() * spread.toMillis()));
        Instant at = wanted.isAfter(notBefore) ? wanted : notBefore;
        notBefore = apart.isZero() ? Instant.EPOCH : at.plus(apart);
        if (at.isAfter(crm.clock.instant())) {
            crm.clock.later(Duration.between(crm.clock.instant(), at), () -> deliver(form));
        } else {
            deliver(form);
        }
    }

    /** Stamps the sending time, which is the queue's and not the change's (section 8.3), and posts. */
    private void deliver(Map<String, String> form) {
        String body = written(with(form, "ts", String.valueOf(crm.clock.instant().getEpochSecond())));
        queue.execute(() -> post(body));
    }

    private void post(String body) {
        String url = handler;
        if (url == null) {
            return;
        }
        sent.add(body);
        long began = System.nanoTime();
        try {
            http.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding());
        } catch (java.io.IOException lostForEver) {
            // the vendor does not repeat events
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        boolean slow = Duration.ofNanos(System.nanoTime() - began).compareTo(patience) > 0;
        spacing = !slow ? USUAL_SPACING : spacing.isZero() ? Duration.ofSeconds(1) : spacing.multipliedBy(2);
    }

    private Map<String, String> form(CrmType type, int id, String kind) {
        boolean dynamic = type.isDynamic();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("event", "ONCRM" + (dynamic ? "DYNAMICITEM" : type.code().toUpperCase(Locale.ROOT))
                + kind.toUpperCase(Locale.ROOT));
        form.put("event_handler_id", dynamic ? "72" : "71");
        form.put("data[FIELDS][ID]", String.valueOf(id));
        if (dynamic) {
            form.put("data[FIELDS][ENTITY_TYPE_ID]", String.valueOf(type.entityTypeId));
        }
        form.put("ts", "");
        form.put("auth[domain]", "sandbox.bitrix24.ru");
        if (!minimalAuth) {
            form.put("auth[client_endpoint]", "https://sandbox.bitrix24.ru/rest/");
            form.put("auth[server_endpoint]", "https://oauth.bitrix24.tech/rest/");
        }
        form.put("auth[member_id]", MEMBER);
        form.put("auth[application_token]", TOKEN);
        return form;
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(form);
        copy.put(name, value);
        return copy;
    }

    private String written(Map<String, String> form) {
        return form.entrySet().stream().map(one -> (rawBrackets ? one.getKey()
                : URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8)) + "="
                + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        queue.shutdownNow();
    }
}
