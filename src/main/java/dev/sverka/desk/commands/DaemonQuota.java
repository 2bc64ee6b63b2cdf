package dev.sverka.desk.commands;

import dev.sverka.core.http.Quota;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vendor's requests out of the budget of the daemon that runs beside this command; out of an own one where none runs or
 * answers.
 */
final class DaemonQuota implements Quota {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final RunningDaemon daemon;
    private final Quota own;
    private final JsonMapper json;
    private volatile boolean alone;

    DaemonQuota(RunningDaemon daemon, Quota own, JsonMapper json) {
        this.daemon = daemon;
        this.own = own;
        this.json = json;
    }

    /** What {@code POST /api/limits} is asked. */
    record Asked(String bucket, int capacity, double perSecond) {
    }

    @Override
    public Duration take(String bucket, int capacity, double perSecond) {
        if (alone) {
            return own.take(bucket, capacity, perSecond);
        }
        HttpRequest request = daemon.ask("/api/limits", PATIENCE).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(new Asked(bucket, capacity, perSecond))))
                .build();
        try {
            HttpResponse<String> answer = daemon.client().send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode wait = answer.statusCode() == OK ? json.readTree(answer.body()).path("waitMillis") : null;
            if (wait != null && wait.isIntegralNumber()) {
                return Duration.ofMillis(wait.longValue());
            }
        } catch (IOException noDaemon) {
            // none runs here: the whole budget is this command's
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        alone = true;
        return own.take(bucket, capacity, perSecond);
    }
}
