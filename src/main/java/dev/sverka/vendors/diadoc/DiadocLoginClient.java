package dev.sverka.vendors.diadoc;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.VendorException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs in, in either way. Each call is sent once: a refresh token may die by being used. */
final class DiadocLoginClient {

    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
    /** Where the answer does not say, a token is taken to live so long. */
    private static final int USUAL_SECONDS = 600;

    private final Door door;
    private final HttpUrl base;
    private final Clock clock;
    private final DiadocErrors errors;
    private final JsonMapper json = JsonMapper.builder().build();

    /** @param base the identity provider's address; Diadoc's own for the older way */
    DiadocLoginClient(Door door, HttpUrl base, Clock clock) {
        this.door = door;
        this.base = base;
        this.clock = clock;
        this.errors = new DiadocErrors(door.account());
    }

    /** @param refreshToken the next one to refresh with; null where the one used stays good */
    record Granted(String accessToken, Duration lives, @Nullable String refreshToken) {

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Granted[lives=" + lives + "]";
        }
    }

    /** {@code POST /connect/token} (section 3.1). Not only asked: the old refresh token may die of it. */
    Granted refresh(String clientId, String clientSecret, String refreshToken) {
        Answer answer = send(new Request.Builder().url(base.newBuilder().addPathSegments("connect/token").build())
                .header("Accept", "application/json")
                .post(new FormBody.Builder().add("grant_type", "refresh_token").add("client_id", clientId)
                        .add("client_secret", clientSecret).add("refresh_token", refreshToken).build()).build());
        JsonNode body = parse(answer);
        String token = body == null ? "" : body.path("access_token").asString("");
        if (answer.status() != 200 || body == null || token.isEmpty()) {
            throw errors.loginVerdict(answer.status(), body == null ? "" : body.path("error").asString(""),
                    answer.retryAfter(clock.instant()));
        }
        String next = body.path("refresh_token").asString("");
        return new Granted(token, Duration.ofSeconds(body.path("expires_in").asInt(USUAL_SECONDS)),
                next.isEmpty() ? null : next);
    }

    /** {@code POST /V3/Authenticate?type=password} (section 3.2): the answer is the token and nothing else. */
    String token(String apiClientId, String login, String password) {
        HttpUrl url = base.newBuilder().addPathSegments("V3/Authenticate").addQueryParameter("type", "password")
                .build();
        byte[] body = json.writeValueAsBytes(Map.of("login", login, "password", password));
        Answer answer = send(Door.asking(new Request.Builder().url(url)
                .header("Authorization", "DiadocAuth ddauth_api_client_id=" + apiClientId)
                .post(RequestBody.create(body, JSON_TYPE))).build());
        String token = new String(answer.body(), StandardCharsets.UTF_8).strip();
        if (answer.status() != 200 || token.isEmpty() || token.startsWith("<")) {
            throw errors.loginVerdict(answer.status(), "", answer.retryAfter(clock.instant()));
        }
        return token;
    }

    private Answer send(Request request) {
        try {
            return door.once("log-in", request);
        } catch (NoAnswer lost) {
            throw new VendorException.Transient(door.account(), 0, "", door.account() + " " + lost.getMessage(), null,
                    lost);
        }
    }

    private @Nullable JsonNode parse(Answer answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
