package dev.sverka.sandbox.bitrix24;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP to a webhook, as any client would send it, and the sheet's samples to hold answers against. */
final class Rest {

    private static final HttpClient HTTP = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String webhook;

    Rest(String webhook) {
        this.webhook = webhook;
    }

    /** The whole body of an answer, whatever its status. */
    JsonNode call(String method, Map<String, ?> parameters) {
        return JSON.readTree(send(method, JSON.writeValueAsString(parameters), "application/json").body());
    }

    JsonNode result(String method, Map<String, ?> parameters) {
        JsonNode body = call(method, parameters);
        if (body.has("error")) {
            throw new AssertionError(method + ": " + body);
        }
        return body.path("result");
    }

    /** {@code status code} of a refused call. */
    String error(String method, Map<String, ?> parameters) {
        HttpResponse<String> answer = send(method, JSON.writeValueAsString(parameters), "application/json");
        return answer.statusCode() + " " + JSON.readTree(answer.body()).path("error").asString("none");
    }

    JsonNode form(String method, String body) {
        return JSON.readTree(send(method, body, "application/x-www-form-urlencoded").body());
    }

    HttpResponse<String> send(String method, String body, String type) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(webhook + method)).header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    static HttpResponse<byte[]> get(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    static JsonNode sample(String name) {
        return JSON.readTree(text(name + ".json"));
    }

    static String text(String name) {
        try (var stream = Rest.class.getResourceAsStream("/vendors/bitrix24/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Says how an answer differs from a sample in names and kinds of values; empty when it does not. */
    static String difference(JsonNode sample, JsonNode answer, String... besides) {
        StringBuilder said = new StringBuilder();
        sample.properties().forEach(one -> {
            if (java.util.List.of(besides).contains(one.getKey())) {
                return;
            }
            JsonNode there = answer.path(one.getKey());
            boolean same = there.getNodeType() == one.getValue().getNodeType();
            if (there.isMissingNode() || !same && !there.isNull() && !one.getValue().isNull()) {
                said.append(one.getKey()).append(": ").append(one.getValue().getNodeType()).append(" in the sample, ")
                        .append(there.getNodeType()).append(" here\n");
            }
        });
        return said.toString();
    }
}
