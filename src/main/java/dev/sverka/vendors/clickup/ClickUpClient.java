package dev.sverka.vendors.clickup;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.OneShotBody;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with ClickUp for one token. Every failure leaves as a {@link VendorException}. */
final class ClickUpClient {

    private static final MediaType TYPE = MediaType.get("application/json; charset=utf-8");
    /** Section 3: clients use three to six. */
    private static final int IN_FLIGHT = 4;

    private final Door door;
    private final HttpUrl base;
    private final String authorization;
    private final ClickUpRest rest;
    private final ClickUpErrors errors;
    private final Clock clock;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT, true);
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    /** @param token section 2: a personal one goes bare, one of OAuth as a bearer */
    ClickUpClient(Door door, HttpUrl base, String token, Clock clock) {
        this.door = door;
        this.base = base;
        String bare = token.startsWith("Bearer ") ? token.substring("Bearer ".length()).strip() : token;
        this.authorization = bare.startsWith("pk_") ? bare : "Bearer " + bare;
        this.clock = clock;
        this.rest = new ClickUpRest(door.account(), clock);
        this.errors = new ClickUpErrors(door.account(), answer -> rest.begin(heard(answer)));
    }

    String account() {
        return door.account();
    }

    /** ClickUp's clock (section 5). */
    Instant serverTime() {
        return rest.serverTime();
    }

    /** How many requests a minute the plan gives; 0 while no answer has told. */
    int limit() {
        return rest.limit();
    }

    /**
     * Asks; may be repeated.
     *
     * @param path such as {@code v2/list/7}
     * @param query a collection repeats its key, one of maps goes as JSON
     */
    Map<String, Object> read(String what, String path, Map<String, ?> query) {
        try {
            return call(what, request(path, query), false, true);
        } catch (NoAnswer lost) {
            throw new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
        }
    }

    /**
     * Writes.
     *
     * @param repeatably whether two of it leave what one leaves
     * @return what came back; empty for nothing
     */
    Map<String, Object> write(String what, String method, String path, Map<String, ?> query,
            @Nullable Map<String, ?> body, boolean repeatably) {
        byte[] bytes = body == null ? new byte[0] : json.writeValueAsBytes(body);
        Request.Builder request = request(path, query).method(method, new OneShotBody(TYPE, bytes));
        try {
            return call(what, request, true, repeatably);
        } catch (NoAnswer lost) {
            String message = account() + " " + lost.getMessage();
            throw lost.mayHaveArrived() ? new VendorException.Unclear(account(), 0, "", message, lost)
                    : new VendorException.Transient(account(), 0, "", message, null, lost);
        }
    }

    private Request.Builder request(String path, Map<String, ?> query) {
        HttpUrl.Builder url = base.newBuilder();
        for (String segment : path.split("/")) {
            url.addPathSegment(segment);
        }
        query.forEach((key, value) -> {
            for (Object one : value instanceof Collection<?> many && !isJson(many) ? many : List.of(value)) {
                url.addQueryParameter(key, one instanceof Collection<?> list ? json.writeValueAsString(list)
                        : one.toString());
            }
        });
        return new Request.Builder().url(url.build()).header("Authorization", authorization)
                .header("Accept", "application/json");
    }

    /** A list of conditions goes as one text (section 10.3). */
    private static boolean isJson(Collection<?> values) {
        return values.stream().anyMatch(Map.class::isInstance);
    }

    private Map<String, Object> call(String what, Request.Builder request, boolean write, boolean repeatably)
            throws NoAnswer {
        Answer answer = send(what, request.build(), repeatably);
        Map<String, Object> body = parse(answer);
        if (ClickUpErrors.isGood(answer, body)) {
            return body;
        }
        throw errors.verdict(what, write, answer, body, () -> what.equals("get user") ? answer.status() : probe());
    }

    private Answer send(String what, Request request, boolean repeatably) throws NoAnswer {
        try {
            inFlight.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new VendorException.Transient(account(), 0, "", account() + " " + what
                    + ": stopped before it was sent", null, stopping);
        }
        try {
            rest.pass();
            try {
                Answer answer = repeatably ? door.repeatably(what, request) : door.once(what, request);
                rest.heard(heard(answer));
                return answer;
            } catch (NoAnswer | RuntimeException lost) {
                rest.lost();
                throw lost;
            }
        } finally {
            inFlight.release();
        }
    }

    /** Section 3. */
    private ClickUpRest.Heard heard(Answer answer) {
        return new ClickUpRest.Heard(answer.headers().get("X-RateLimit-Limit"),
                answer.headers().get("X-RateLimit-Remaining"), answer.headers().get("X-RateLimit-Reset"),
                answer.headers().get("Date"), answer.retryAfter(clock.instant()));
    }

    /** Section 4.2. @return the status of {@code GET /user}; 0 for no answer */
    private int probe() {
        try {
            return send("probe the token", request("v2/user", Map.of()).build(), true).status();
        } catch (NoAnswer lost) {
            return 0;
        }
    }

    /** @return empty for no body, as some writes are answered (section 1); null for what is no JSON object */
    private @Nullable Map<String, Object> parse(Answer answer) {
        if (answer.text().isBlank()) {
            return answer.status() / 100 == 2 ? Map.of() : null;
        }
        try {
            return json.readValue(answer.body(), new TypeReference<LinkedHashMap<String, Object>>() { });
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
