package dev.sverka.sandbox.diadoc;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is let in: OIDC with a refresh token that may die by its use, and the older password (diadoc.md section 3). */
public final class DiadocLogins {

    public static final String CLIENT_ID = "sandbox-client";
    public static final String CLIENT_SECRET = "sandbox-client-secret";
    public static final String REFRESH_TOKEN = "sandbox-refresh-token-1";
    public static final String API_CLIENT_ID = "Sandbox-0000-key";
    public static final String LOGIN = "robot@example.test";
    public static final String PASSWORD = "sandbox-password";

    private static final Duration DAY = Duration.ofHours(24);

    private final DiadocSwitches switches;
    private final Clock clock;
    private final Map<String, Instant> accepted = new HashMap<>();
    private String refreshToken = REFRESH_TOKEN;
    private int number = 1;

    DiadocLogins(DiadocSwitches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    /** The one that is good now. */
    public synchronized String refreshToken() {
        return refreshToken;
    }

    /** A person consents anew. */
    public synchronized void consent(String token) {
        refreshToken = token;
    }

    /** Whatever was given out is good no more. */
    public synchronized void forget() {
        accepted.clear();
    }

    synchronized boolean isAccepted(String header) {
        Instant until = accepted.get(String.valueOf(header));
        return until != null && clock.instant().isBefore(until);
    }

    synchronized Reply token(Request request) {
        Map<String, String> form = form(request.getBodyAsString());
        if (!String.valueOf(request.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded")
                || !"refresh_token".equals(form.get("grant_type"))) {
            return Reply.json(400, Map.of("error", "unsupported_grant_type"));
        }
        if (!CLIENT_ID.equals(form.get("client_id")) || !CLIENT_SECRET.equals(form.get("client_secret"))) {
            return Reply.json(400, Map.of("error", "invalid_client"));
        }
        if (!refreshToken.equals(form.get("refresh_token"))) {
            return Reply.json(400, Map.of("error", "invalid_grant"));
        }
        number++;
        String access = "sandbox.access.token-" + number;
        accepted.put("Bearer " + access, clock.instant().plus(switches.lives));
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("access_token", access, "token_type", "Bearer",
                "expires_in", switches.lives.toSeconds(), "id_token", "sandbox.id.token"));
        if (switches.rotates) {
            refreshToken = "sandbox-refresh-token-" + number;
            answer.put("refresh_token", refreshToken);
        }
        return Reply.json(200, answer);
    }

    synchronized Reply authenticate(Request request) {
        JsonNode body;
        try {
            body = JsonMapper.builder().build().readTree(request.getBodyAsString());
        } catch (JacksonException broken) {
            return DiadocStandIn.text(400, "bad request");
        }
        boolean genuine = ("DiadocAuth ddauth_api_client_id=" + API_CLIENT_ID).equals(request.getHeader(
                "Authorization"))
                && DiadocStandIn.parameter(request, "type").equals("password")
                && body.path("login").asString("").equals(LOGIN) && body.path("password").asString("").equals(PASSWORD);
        if (!genuine) {
            return DiadocStandIn.text(401, "wrong login or password");
        }
        number++;
        String token = "sandboxtoken" + number + "==";
        accepted.put("DiadocAuth ddauth_api_client_id=" + API_CLIENT_ID + ",ddauth_token=" + token,
                clock.instant().plus(DAY));
        return new Reply(200, "text/plain; charset=utf-8", token, Map.of());
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
