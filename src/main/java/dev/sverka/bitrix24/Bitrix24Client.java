package dev.sverka.bitrix24;

import dev.sverka.http.Answer;
import dev.sverka.http.Door;
import dev.sverka.http.NoAnswer;
import dev.sverka.http.VendorException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls one portal through its incoming webhook (bitrix24.md section 2). Every failure leaves as a {@link
 * VendorException}. Safe for use by many threads.
 */
final class Bitrix24Client {

    /** Rows of one page; the vendor fixes it (section 4.1). */
    static final int PAGE = 50;

    private static final MediaType JSON = MediaType.get("application/json");

    private final Door door;
    private final HttpUrl base;
    private final Clock clock;
    private final Bitrix24Errors errors;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private volatile ZoneOffset offset = ZoneOffset.ofHours(3);
    private volatile @Nullable Instant lastHeard;

    /** @param base {@code https://PORTAL/rest/USER/SECRET/} */
    Bitrix24Client(Door door, HttpUrl base, Clock clock) {
        this.door = door;
        this.base = base;
        this.clock = clock;
        this.errors = new Bitrix24Errors(door.account());
    }

    String account() {
        return door.account();
    }

    /** The offset the portal speaks in, learnt from its replies (section 12). */
    ZoneOffset offset() {
        return offset;
    }

    /** An instant as filters want it: in the portal's own offset (section 4.3). */
    String inPortalTime(Instant instant) {
        return instant.atOffset(offset).withNano(0).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** The portal's clock at its latest reply, by which windows are cut (section 4.4); ours where a box leaves it out. */
    Instant portalTime() {
        Instant heard = lastHeard;
        return heard == null ? clock.instant() : heard;
    }

    /** {@code crm.item.get} (section 6.6). Empty when the portal says NOT_FOUND. */
    Optional<JsonNode> item(int entityTypeId, long id) {
        try {
            return Optional.of(read("crm.item.get", Map.of("entityTypeId", entityTypeId, "id", id)).path("item"));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals("NOT_FOUND")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** One page of {@code crm.item.list} by keyset: ids above {@code after}, uncounted (section 4.1). */
    List<JsonNode> items(int entityTypeId, List<String> select, Map<String, Object> filter, long after) {
        Map<String, Object> keyset = new LinkedHashMap<>(filter);
        keyset.put(">id", after);
        return rows(read("crm.item.list", Map.of("entityTypeId", entityTypeId, "select", select, "filter", keyset,
                "order", Map.of("id", "ASC"), "start", -1)).path("items"));
    }

    /** {@code crm.item.add}: the new item. Not repeatable: give it a marker in {@code xmlId}. */
    JsonNode add(int entityTypeId, Map<String, Object> fields) {
        return write("crm.item.add", Map.of("entityTypeId", entityTypeId, "fields", fields)).path("item");
    }

    /** {@code crm.item.update}: the item after the update, before the portal's robots. */
    JsonNode update(int entityTypeId, long id, Map<String, Object> fields) {
        return write("crm.item.update", Map.of("entityTypeId", entityTypeId, "id", id, "fields", fields))
                .path("item");
    }

    /** {@code crm.timeline.comment.add} (section 9.1): the comment's id. */
    long comment(String entityType, long id, String text) {
        return write("crm.timeline.comment.add", Map.of("fields",
                Map.of("ENTITY_ID", id, "ENTITY_TYPE", entityType, "COMMENT", text))).asLong();
    }

    /** {@code crm.timeline.comment.list}: the id of the comment that holds a text, newest first. */
    Optional<Long> findComment(String entityType, long id, String text) {
        for (int start = 0; start < 40 * PAGE; start += PAGE) {
            List<JsonNode> page = rows(read("crm.timeline.comment.list", Map.of(
                    "filter", Map.of("ENTITY_ID", id, "ENTITY_TYPE", entityType),
                    "order", Map.of("ID", "DESC"), "select", List.of("ID", "COMMENT"), "start", start)));
            for (JsonNode row : page) {
                if (row.path("COMMENT").asString("").contains(text)) {
                    return Optional.of(row.path("ID").asLong());
                }
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        return Optional.empty();
    }

    /** A call that only asks. @return what stands under {@code result} */
    JsonNode read(String method, Map<String, ?> parameters) {
        return call(method, parameters, false).path("result");
    }

    /** A call that changes something: sent once. @return what stands under {@code result} */
    JsonNode write(String method, Map<String, ?> parameters) {
        return call(method, parameters, true).path("result");
    }

    /**
     * {@code batch} of reads (section 5): each answer by its name.
     *
     * @throws VendorException the verdict on the first command that failed
     */
    Map<String, JsonNode> readAll(Map<String, Command> commands) {
        Map<String, String> lines = new LinkedHashMap<>();
        commands.forEach((name, command) -> lines.put(name, command.line()));
        JsonNode result = read("batch", Map.of("halt", 0, "cmd", lines));
        for (String name : commands.keySet()) {
            JsonNode error = result.path("result_error").path(name);
            if (!error.isMissingNode()) {
                throw errors.verdict(commands.get(name).method(), false, 200, error.path("error").asString(""),
                        error.path("error_description").asString(""), clock.instant());
            }
        }
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        commands.keySet().forEach(name -> answers.put(name, result.path("result").path(name)));
        return answers;
    }

    /** One command of a batch; values are encoded once, as a query (section 5.1). */
    record Command(String method, Map<String, ?> parameters) {

        String line() {
            List<String> query = new ArrayList<>();
            parameters.forEach((name, value) -> flatten(name, value, query));
            return method + "?" + String.join("&", query);
        }

        private static void flatten(String name, @Nullable Object value, List<String> query) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, inner) -> flatten(name + "[" + key + "]", inner, query));
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    flatten(name + "[" + i + "]", list.get(i), query);
                }
            } else {
                query.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(value == null ? "" : value.toString(), StandardCharsets.UTF_8));
            }
        }
    }

    /** Rows of a list; an empty map is serialised as {@code []} and a one-row list may be a map (section 2.2). */
    static List<JsonNode> rows(JsonNode list) {
        List<JsonNode> rows = new ArrayList<>();
        for (Iterator<JsonNode> values = list.values().iterator(); values.hasNext();) {
            rows.add(values.next());
        }
        return rows;
    }

    private JsonNode call(String method, Map<String, ?> parameters, boolean write) {
        Request request = new Request.Builder()
                .url(base.newBuilder().addPathSegment(method).build())
                .header("Accept", "application/json")
                .header("User-Agent", "sverka/0.1")
                .post(RequestBody.create(json.writeValueAsBytes(parameters), JSON))
                .build();
        Answer answer;
        try {
            answer = write ? door.once(method, request) : door.repeatably(method, request);
        } catch (NoAnswer lost) {
            String message = account() + " " + lost.getMessage();
            throw write && lost.mayHaveArrived()
                    ? new VendorException.Unclear(account(), 0, "", message, lost)
                    : new VendorException.Transient(account(), 0, "", message, null, lost);
        }
        JsonNode body = parse(answer);
        if (body == null || body.has("error") || !body.has("result")) {
            throw errors.verdict(method, write, answer.status(),
                    body == null || !body.has("error") ? null : body.path("error").asString(""),
                    body == null ? "" : body.path("error_description").asString(""), clock.instant());
        }
        learnTime(body.path("time").path("date_start").asString(""));
        return body;
    }

    private @Nullable JsonNode parse(Answer answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            return body.isObject() ? body : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private void learnTime(String dateStart) {
        try {
            OffsetDateTime heard = OffsetDateTime.parse(dateStart);
            offset = heard.getOffset();
            lastHeard = heard.toInstant();
        } catch (DateTimeParseException absent) {
            // an older box leaves it out: the last one known stays
        }
    }
}
