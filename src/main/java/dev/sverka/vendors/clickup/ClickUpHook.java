package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Hook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * ClickUp's events (clickup.md section 13): signed over the bytes as they came. A hint: it says what to read, and by
 * which moment ClickUp must show it. Never answered 401 or 410, which would suspend the webhook at once: one mistake of
 * a proxy would silence it.
 */
final class ClickUpHook implements Hook {

    private static final String SIGNATURE = "x-signature";
    private static final int LONGEST = 40;
    private static final String ID = "[A-Za-z0-9_-]{1,64}";

    private final Map<String, ClickUpProperties.Account> configured;
    private final ClickUpSecrets secrets;
    private final JsonMapper json = JsonMapper.builder().build();

    ClickUpHook(Map<String, ClickUpProperties.Account> configured, ClickUpSecrets secrets) {
        this.configured = configured;
        this.secrets = secrets;
    }

    @Override
    public String scheme() {
        return "clickup";
    }

    @Override
    public List<Pushed> receive(Request request) throws Refused {
        List<String> genuine = genuine(request);
        JsonNode event;
        try {
            event = json.readTree(request.body());
        } catch (JacksonException broken) {
            throw new Refused(400, "the body is no JSON");
        }
        if (!event.isObject()) {
            throw new Refused(400, "the body is no JSON object");
        }
        return genuine.stream().flatMap(account -> told(account, event).stream()).toList();
    }

    /** The accounts whose webhook signed it; every secret is tried, so that the time tells nothing. */
    private List<String> genuine(Request request) throws Refused {
        byte[] given = request.headers().getOrDefault(SIGNATURE, "").strip().getBytes(StandardCharsets.UTF_8);
        List<String> genuine = new ArrayList<>();
        boolean keyless = true;
        for (Map.Entry<String, ClickUpProperties.Account> one : configured.entrySet()) {
            Set<String> known = one.getValue().isOn() ? secrets.of(one.getKey()) : Set.of();
            keyless &= known.isEmpty();
            boolean signed = false;
            for (String secret : known) {
                signed |= MessageDigest.isEqual(signature(secret, request.body()), given);
            }
            if (signed) {
                genuine.add(one.getKey());
            }
        }
        if (genuine.isEmpty()) {
            throw keyless ? new Refused(503, "no secret is known yet: the webhook has not been registered or adopted")
                    : new Refused(400, "the signature does not fit the body");
        }
        return genuine;
    }

    /** Section 13.4: lower-case hex. */
    private static byte[] signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Unknown events mean nothing to us. In payloads a folder's own id is called as elsewhere (section 13.2). */
    private static List<Pushed> told(String account, JsonNode event) {
        String name = event.path("event").asString("");
        List<Pushed> told = new ArrayList<>();
        if (name.startsWith("task")) {
            add(told, account, ClickUpOperations.TASK, name, event.path("task_id"), event);
        } else if (name.startsWith("list")) {
            add(told, account, ClickUpPlaces.LIST, name, event.path("list_id"), event);
        } else if (name.startsWith("folder")) {
            add(told, account, ClickUpPlaces.FOLDER, name, event.path("folder_id"), event);
        }
        if (name.equals("taskTimeTrackedUpdated")) {
            add(told, account, ClickUpOperations.TIME, name, event.path("data").path("interval_id"), event);
        }
        return told;
    }

    private static void add(List<Pushed> told, String account, String entity, String name, JsonNode id,
            JsonNode event) {
        String text = id.asString("");
        if (!text.matches(ID)) {
            return;
        }
        Map<String, Object> hint = new LinkedHashMap<>(Map.of("id", text, "event", name));
        Instant date = date(event);
        if (date != null) {
            hint.put("date", date);
        }
        String what = event.path("data").path("description").asString("");
        if (!what.isEmpty() && what.length() <= LONGEST) {
            hint.put("what", what);
        }
        told.add(new Pushed(account, entity, text, hint));
    }

    /** Of the newest history item; deletions have none. */
    private static @Nullable Instant date(JsonNode event) {
        return event.path("history_items").values().stream()
                .map(item -> ClickUpDates.moment(item.path("date").asString("")))
                .filter(Objects::nonNull).max(Instant::compareTo).orElse(null);
    }
}
