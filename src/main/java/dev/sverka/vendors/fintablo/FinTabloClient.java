package dev.sverka.vendors.fintablo;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.OneShotBody;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls one company's FinTablo. Every failure leaves as a {@link VendorException}. */
final class FinTabloClient {

    private static final Logger LOG = LoggerFactory.getLogger(FinTabloClient.class);
    private static final MediaType TYPE = MediaType.get("application/json");
    /** Section 4: more at once brought refusals. */
    private static final int IN_FLIGHT = 4;
    /** Section 5: a page shorter than asked for is the last one; one of so many hundreds may be a smaller limit. */
    private static final int STEP = 50;
    private static final int MOST_PAGES = 1000;
    private static final int MOST_WALKS = 3;
    /** A success that does not show what was asked for. */
    static final String UNSEEN = "unseen";

    private final Door door;
    private final HttpUrl base;
    private final String token;
    private final Clock clock;
    private final FinTabloRest rest;
    private final FinTabloErrors errors;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT, true);
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    FinTabloClient(Door door, HttpUrl base, String token, Clock clock) {
        this.door = door;
        this.base = base;
        this.token = token;
        this.clock = clock;
        this.rest = new FinTabloRest(door.account(), clock);
        this.errors = new FinTabloErrors(door.account(), rest::begin);
    }

    String account() {
        return door.account();
    }

    /**
     * {@code GET /v1/<resource>} (sections 5 and 7), all pages where there are pages.
     *
     * @param filter the vendor's own names and spelling
     */
    List<Map<String, Object>> list(FinTabloEntity entity, Map<String, String> filter) {
        Map<Object, Map<String, Object>> items = new LinkedHashMap<>();
        for (int walk = 0; walk < MOST_WALKS && !walk(entity, filter, items); walk++) {
            LOG.debug("{}: the list of {} moved while it was read", account(), entity.name());
        }
        return List.copyOf(items.values());
    }

    /** @return whether it stood still: a row that came twice has pushed another over the edge of a page */
    private boolean walk(FinTabloEntity entity, Map<String, String> filter, Map<Object, Map<String, Object>> items) {
        Set<Object> seen = new HashSet<>();
        boolean still = true;
        int before = 0;
        for (int page = 1; page <= MOST_PAGES; page++) {
            HttpUrl.Builder url = url(entity);
            filter.forEach(url::addQueryParameter);
            if (entity.page() > 0) {
                url.addQueryParameter("page", Integer.toString(page));
            }
            if (entity.name().equals(FinTabloEntity.TRANSACTION)) {
                url.addQueryParameter("pageSize", Integer.toString(entity.page()));
            }
            List<Map<String, Object>> rows = items(entity, read("list " + entity.name(), url.build()));
            List<Map<String, Object>> fresh = rows.stream().filter(row -> seen.add(row.get("id"))).toList();
            fresh.forEach(row -> items.put(row.get("id"), row));
            // a whole page once more is how a list without pages looks
            still &= fresh.size() == rows.size() || fresh.isEmpty() && rows.size() == before;
            before = rows.size();
            boolean isShort = rows.size() < entity.page() && rows.size() % STEP != 0;
            if (entity.page() == 0 || isShort || fresh.isEmpty()) {
                return still || entity.page() == 0;
            }
        }
        throw new VendorException.Refused(account(), 200, "", account() + " list " + entity.name() + ": more than "
                + MOST_PAGES + " pages; ask for less with filter:");
    }

    /**
     * {@code GET /v1/<resource>/<id>} (section 7).
     *
     * @return empty where FinTablo says that it does not exist: a success that does not show it says nothing
     */
    Optional<Map<String, Object>> item(FinTabloEntity entity, long id) {
        String what = "get " + entity.name() + " " + id;
        try {
            return Optional.of(items(entity, read(what, url(entity).addPathSegment(Long.toString(id)).build())).stream()
                    .filter(item -> Long.valueOf(id).equals(item.get("id"))).findFirst()
                    .orElseThrow(() -> new VendorException.Transient(account(), 200, UNSEEN, account() + " " + what
                            + ": FinTablo says yes and does not show it; it is asked again", null, null)));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals(FinTabloErrors.GONE)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** {@code POST /v1/<resource>} (section 7), sent once. @return the new object with its id */
    Map<String, Object> create(FinTabloEntity entity, Map<String, Object> fields) {
        String what = "create " + entity.name();
        List<Map<String, Object>> items = items(entity, write(what, request("POST", url(entity).build(), fields),
                false));
        return items.stream().filter(item -> item.get("id") instanceof Long).findFirst()
                .orElseThrow(() -> unknown(what));
    }

    /** {@code PUT /v1/<resource>/<id>} with some fields (section 7). @return the object; empty where none came back */
    Optional<Map<String, Object>> update(FinTabloEntity entity, long id, Map<String, Object> fields) {
        HttpUrl url = url(entity).addPathSegment(Long.toString(id)).build();
        return items(entity, write("update " + entity.name() + " " + id, request("PUT", url, fields), true)).stream()
                .filter(item -> Long.valueOf(id).equals(item.get("id"))).findFirst();
    }

    /** {@code DELETE /v1/<resource>/<id>} (section 7). What is not there is deleted. */
    void delete(FinTabloEntity entity, long id) {
        try {
            write("delete " + entity.name() + " " + id, new Request.Builder()
                    .url(url(entity).addPathSegment(Long.toString(id)).build()).delete(), true);
        } catch (VendorException.Refused refused) {
            if (!refused.code().equals(FinTabloErrors.GONE)) {
                throw refused;
            }
        }
    }

    /**
     * {@code POST /v1/<resource>/<id>/<action>} (sections 8.6 and 8.7), sent once.
     *
     * @param action such as {@code confirm} or {@code merge/17}
     * @param body null for none
     * @return the objects that the answer shows
     */
    List<Map<String, Object>> act(FinTabloEntity entity, long id, String action, @Nullable Object body) {
        HttpUrl url = url(entity).addPathSegment(Long.toString(id)).addPathSegments(action).build();
        return items(entity, write(action + " " + entity.name() + " " + id, request("POST", url, body), false));
    }

    private HttpUrl.Builder url(FinTabloEntity entity) {
        return base.newBuilder().addPathSegment("v1").addPathSegment(entity.name());
    }

    private Request.Builder request(String method, HttpUrl url, @Nullable Object body) {
        return new Request.Builder().url(url).method(method,
                new OneShotBody(TYPE, body == null ? new byte[0] : json.writeValueAsBytes(body)));
    }

    private List<Map<String, Object>> items(FinTabloEntity entity, JsonNode body) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (JsonNode item : body.path("items").values()) {
            if (item.isObject()) {
                items.add(entity.read(json.treeToValue(item, Map.class)));
            }
        }
        return items;
    }

    private VendorException.Unclear unknown(String what) {
        return new VendorException.Unclear(account(), 200, "", account() + " " + what
                + ": FinTablo says yes and does not show the object; it is looked for", null);
    }

    private JsonNode read(String what, HttpUrl url) {
        try {
            return call(what, new Request.Builder().url(url), false, true);
        } catch (NoAnswer lost) {
            throw new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
        }
    }

    private JsonNode write(String what, Request.Builder request, boolean repeatably) {
        try {
            return call(what, request, true, repeatably);
        } catch (NoAnswer lost) {
            String message = account() + " " + lost.getMessage();
            throw lost.mayHaveArrived() ? new VendorException.Unclear(account(), 0, "", message, lost)
                    : new VendorException.Transient(account(), 0, "", message, null, lost);
        }
    }

    private JsonNode call(String what, Request.Builder unsigned, boolean write, boolean repeatably) throws NoAnswer {
        Request request = unsigned.header("Authorization", "Bearer " + token).header("Accept", "application/json")
                .build();
        Answer answer = send(what, request, repeatably);
        String requestId = Objects.toString(answer.headers().get("X-Request-Id"), "");
        LOG.debug("{} {} -> {}, X-Request-Id {}", account(), what, answer.status(), requestId);
        JsonNode body = parse(answer);
        if (FinTabloErrors.isGood(answer, body)) {
            rest.end();
            return body;
        }
        throw errors.verdict(what, write, answer, body, requestId, clock.instant());
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
            return repeatably ? door.repeatably(what, request) : door.once(what, request);
        } finally {
            inFlight.release();
        }
    }

    private @Nullable JsonNode parse(Answer answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            return body != null && body.isObject() ? body : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
