package dev.sverka.sandbox.bitrix24;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The portal's outgoing webhook (bitrix24.md section 8): a form with an id and a token, sent once and never again,
 * whatever the handler answers. Echoes of our own writes are sent too.
 */
public final class OutgoingWebhook implements AutoCloseable {

    public static final String TOKEN = "sandbox-application-token";
    public static final String MEMBER = "5f0c1d2e3b4a59687766554433221100";

    private final ExecutorService queue = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "outgoing-webhook");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Clock clock;
    private final Random dice = new Random(7);
    private volatile String handler;
    private volatile double dropped;
    private volatile double doubled;

    public OutgoingWebhook(Crm crm, Clock clock) {
        this.clock = clock;
        crm.onChange(this::send);
    }

    /** Where events go; null for nowhere. */
    public OutgoingWebhook to(String url) {
        handler = url;
        return this;
    }

    /** Loses and doubles events with these probabilities. */
    public OutgoingWebhook unreliable(double lose, double twice) {
        dropped = lose;
        doubled = twice;
        return this;
    }

    private void send(Crm.Change change) {
        if (handler == null || dice.nextDouble() < dropped) {
            return;
        }
        String body = body(change);
        int times = dice.nextDouble() < doubled ? 2 : 1;
        for (int i = 0; i < times; i++) {
            queue.execute(() -> post(body));
        }
    }

    private void post(String body) {
        try {
            http.send(HttpRequest.newBuilder(URI.create(handler)).timeout(Duration.ofSeconds(5))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding());
        } catch (java.io.IOException lostForEver) {
            // the vendor does not repeat events
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String body(Crm.Change change) {
        boolean smart = change.type().isSmartProcess();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("event", "ONCRM" + (smart ? "DYNAMICITEM" : change.type().code().toUpperCase(Locale.ROOT))
                + change.kind().toUpperCase(Locale.ROOT));
        form.put("event_handler_id", "72");
        form.put("data[FIELDS][ID]", String.valueOf(change.id()));
        if (smart) {
            form.put("data[FIELDS][ENTITY_TYPE_ID]", String.valueOf(change.type().entityTypeId));
        }
        form.put("ts", String.valueOf(clock.instant().getEpochSecond()));
        form.put("auth[domain]", "sandbox.bitrix24.ru");
        form.put("auth[member_id]", MEMBER);
        form.put("auth[application_token]", TOKEN);
        return form.entrySet().stream().map(one -> URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        queue.shutdownNow();
    }
}
