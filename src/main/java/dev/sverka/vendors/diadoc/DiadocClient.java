package dev.sverka.vendors.diadoc;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads boxes, events and documents. Every failure leaves as a {@link VendorException}. */
final class DiadocClient {

    /** The most a page may hold (section 4). */
    static final int PAGE = 100;
    /** How many documents are asked for at once; no page tells how many may be. */
    static final int BATCH = 50;

    private static final Logger LOG = LoggerFactory.getLogger(DiadocClient.class);
    private static final MediaType TYPE = MediaType.get("application/json; charset=utf-8");
    private static final Set<Integer> NO_SUCH_VERSION = Set.of(404, 405, 410);
    /** The sheet asks for two calls side by side at most (section 4). */
    private static final int TOGETHER = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(15);

    private final Door door;
    private final HttpUrl base;
    private final DiadocLogin login;
    private final Clock clock;
    private final DiadocErrors errors;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final Semaphore turns = new Semaphore(TOGETHER, true);
    private final AtomicInteger throttled = new AtomicInteger();
    private final Map<String, String> sunsets = new ConcurrentHashMap<>();
    private volatile String version = "V5";

    DiadocClient(Door door, HttpUrl base, DiadocLogin login, Clock clock) {
        this.door = door;
        this.base = base;
        this.login = login;
        this.clock = clock;
        this.errors = new DiadocErrors(door.account());
    }

    String account() {
        return door.account();
    }

    /** Methods that Kontur has announced to remove, with the date it told. */
    Map<String, String> sunsets() {
        return Map.copyOf(sunsets);
    }

    /** {@code GET /GetMyOrganizations} (section 6). Never registers: the default would file a request. */
    JsonNode organizations() {
        return get("GetMyOrganizations", url -> url.addPathSegment("GetMyOrganizations")
                .addQueryParameter("autoRegister", "false"), "Organizations").path("Organizations");
    }

    /** {@code GET /GetMyEmployee} (section 6): how much of the box the user sees, such as {@code AllDocuments}. */
    String accessLevel(String box) {
        return get("GetMyEmployee", url -> ofBox(url.addPathSegment("GetMyEmployee"), box))
                .path("Permissions").path("DocumentAccessLevel").asString("");
    }

    /** {@code GET /GetBox} (section 6); empty for a box nobody has. */
    Optional<JsonNode> box(String box) {
        return found(() -> get("GetBox", url -> ofBox(url.addPathSegment("GetBox"), box)));
    }

    /**
     * One event.
     *
     * @param key what tells it from others: one change of a message may touch several documents under one id
     * @param indexKey where to go on after it; two events may share it
     * @param docflow the document's docflow as of it
     */
    record Event(String key, Instant at, String indexKey, DiadocId document, DiadocDocflow docflow) {
    }

    /**
     * {@code POST /V5/GetDocflowEvents} (section 8), or V4 where there is no V5: at most {@link #PAGE}, oldest first.
     *
     * @param from inclusive; the same for all pages that follow each other by {@code after}
     * @param after the index key of the last event handled; null for none
     */
    List<Event> events(String box, Instant from, @Nullable String after) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("Filter", Map.of("FromTimestamp",
                Map.of("Ticks", DiadocTime.ticks(from)), "SortDirection", "Ascending"), "PopulateDocuments", true,
                "PopulatePreviousDocumentStates", false, "InjectEntityContent", false, "Limit", PAGE));
        if (after != null) {
            body.put("AfterIndexKey", after);
        }
        JsonNode told = versioned("GetDocflowEvents", box, body, "Events");
        List<Event> events = new ArrayList<>();
        for (JsonNode one : told.path("Events").values()) {
            Instant at = DiadocTime.instant(one.path("Timestamp"));
            DiadocId document = DiadocId.of(box, one.path("DocumentId"));
            events.add(new Event(one.path("EventId").asString("") + "/" + document, at == null ? from : at,
                    one.path("IndexKey").asString(""), document, DiadocDocflow.read(one.path("Document"))));
        }
        return events;
    }

    /**
     * {@code POST /V5/GetDocflows} or V4 (section 8): the present docflow of each document, by its id. Its answer is
     * not described, and it only adds to what a document says of itself: what is not there is left out.
     *
     * @param documents at most {@link #BATCH} of one box
     */
    Map<DiadocId, DiadocDocflow> docflows(String box, List<DiadocId> documents) {
        List<Map<String, Object>> requests = documents.stream().map(one -> Map.<String, Object>of("DocumentId",
                Map.of("MessageId", one.message(), "EntityId", one.entity()), "InjectEntityContent", false)).toList();
        Map<DiadocId, DiadocDocflow> docflows = new LinkedHashMap<>();
        try {
            for (JsonNode one : versioned("GetDocflows", box, Map.of("Requests", requests), "Documents")
                    .path("Documents").values()) {
                JsonNode whole = one.path("Document").isObject() ? one.path("Document") : one;
                docflows.put(DiadocId.of(box, whole.path("DocumentId")), DiadocDocflow.read(whole));
            }
        } catch (VendorException.Refused unknown) {
            // one unknown id spoils the whole batch (section 8)
            if (unknown.status() == 404 && documents.size() > 1) {
                documents.forEach(one -> docflows.putAll(docflows(box, List.of(one))));
            } else {
                LOG.debug("no docflows: {}", unknown.getMessage());
            }
        }
        return docflows;
    }

    /** {@code GET /V3/GetDocument} (section 9) without its content; empty where the box has it no more. */
    Optional<JsonNode> document(DiadocId id) {
        return found(() -> get("GetDocument", url -> ofBox(url.addPathSegments("V3/GetDocument"), id.box())
                .addQueryParameter("messageId", id.message()).addQueryParameter("entityId", id.entity())
                .addQueryParameter("injectEntityContent", "false")));
    }

    /** A page of a list. @param next where to go on; null at its end */
    record Listed(List<JsonNode> documents, @Nullable String next) {
    }

    /**
     * {@code GET /V3/GetDocuments} (section 9).
     *
     * @param category such as {@code Any.Outbound}
     * @param filter further parameters, the same for all pages
     * @param after where the page before ended; null for the first
     */
    Listed documents(String box, String category, Map<String, String> filter, @Nullable String after) {
        JsonNode told = get("GetDocuments", url -> {
            ofBox(url.addPathSegments("V3/GetDocuments"), box).addQueryParameter("filterCategory", category)
                    .addQueryParameter("count", Integer.toString(PAGE));
            filter.forEach(url::addQueryParameter);
            // base64: an unescaped + arrives as a space (section 12)
            return after == null ? url : url.addEncodedQueryParameter("afterIndexKey", after.replace("+", "%2B")
                    .replace("/", "%2F").replace("=", "%3D"));
        }, "Documents");
        List<JsonNode> documents = List.copyOf(told.path("Documents").values());
        String last = documents.isEmpty() ? "" : documents.get(documents.size() - 1).path("IndexKey").asString("");
        boolean goesOn = told.path("HasMoreResults").asBoolean(documents.size() == PAGE) && !last.isEmpty()
                && !last.equals(after);
        return new Listed(documents, goesOn ? last : null);
    }

    /** {@code GET /V4/GetEntityContent} (section 9): the file as it was signed. */
    byte[] content(DiadocId id) {
        Answer answer = send("GetEntityContent", new Request.Builder().url(ofBox(base.newBuilder()
                .addPathSegments("V4/GetEntityContent"), id.box()).addQueryParameter("messageId", id.message())
                .addQueryParameter("entityId", id.entity()).build()));
        if (answer.status() != 200) {
            throw verdict("GetEntityContent", answer);
        }
        return answer.body();
    }

    private static HttpUrl.Builder ofBox(HttpUrl.Builder url, String box) {
        return url.addQueryParameter("boxId", DiadocId.guid(box));
    }

    private static Optional<JsonNode> found(Supplier<JsonNode> call) {
        try {
            return Optional.of(call.get());
        } catch (VendorException.Refused absent) {
            if (absent.status() == 404) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    /** V5 first; where there is none, V4 is kept to (section 14). */
    private JsonNode versioned(String method, String box, Map<String, Object> body, String expected) {
        String asked = version;
        Answer answer = post(asked, method, box, body);
        if (NO_SUCH_VERSION.contains(answer.status()) && asked.equals("V5")) {
            Answer older = post("V4", method, box, body);
            if (older.status() == 200) {
                LOG.info("{}: there is no V5 of {} any more or yet, V4 is used", account(), method);
                version = "V4";
                answer = older;
            }
        }
        JsonNode told = body(method, answer);
        // a list without anything in it may be left out
        if (!told.has(expected) && !told.has("TotalCount")) {
            throw verdict(method, answer);
        }
        return told;
    }

    private Answer post(String asked, String method, String box, Map<String, Object> body) {
        return send(asked + " " + method, Door.asking(new Request.Builder().url(ofBox(base.newBuilder()
                .addPathSegment(asked).addPathSegment(method), box).build())
                .post(RequestBody.create(json.writeValueAsBytes(body), TYPE))));
    }

    private JsonNode get(String method, Function<HttpUrl.Builder, HttpUrl.Builder> path) {
        return body(method, send(method, new Request.Builder().url(path.apply(base.newBuilder()).build())));
    }

    /** @param expected without which an answer says nothing: it is no empty list */
    private JsonNode get(String method, Function<HttpUrl.Builder, HttpUrl.Builder> path, String expected) {
        Answer answer = send(method, new Request.Builder().url(path.apply(base.newBuilder()).build()));
        JsonNode told = body(method, answer);
        if (!told.has(expected)) {
            throw verdict(method, answer);
        }
        return told;
    }

    private JsonNode body(String method, Answer answer) {
        if (answer.status() == 200) {
            try {
                JsonNode told = json.readTree(answer.body());
                if (told.isObject()) {
                    return told;
                }
            } catch (JacksonException notJson) {
                LOG.debug("{} {}: no JSON", account(), method);
            }
        }
        throw verdict(method, answer);
    }

    /** A lost log-in is renewed once and the call made once more (section 5). */
    private Answer send(String method, Request.Builder request) {
        String header = login.header();
        Answer answer = sendAs(header, method, request);
        if (answer.status() == 401) {
            login.refused(header);
            answer = sendAs(login.header(), method, request);
        }
        String sunset = answer.headers().get("Sunset");
        if (sunset != null && sunsets.put(method, sunset) == null) {
            LOG.warn("{}: Kontur removes {} on {}: update Sverka before that day", account(), method, sunset);
        }
        return answer;
    }

    private Answer sendAs(String header, String method, Request.Builder request) {
        turns.acquireUninterruptibly();
        try {
            Answer answer = door.repeatably(method, request.header("Authorization", header)
                    .header("Accept", "application/json").header("X-Solution-Info", "Sverka").build());
            if (answer.status() != 429) {
                throttled.set(0);
            }
            return answer;
        } catch (NoAnswer lost) {
            throw new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
        } finally {
            turns.release();
        }
    }

    private VendorException verdict(String method, Answer answer) {
        Instant now = clock.instant();
        Instant until = answer.retryAfter(now);
        if (until != null && until.isAfter(now.plus(LONGEST_ASKED_FOR))) {
            until = now.plus(LONGEST_ASKED_FOR);
        }
        if (until == null && answer.status() == 429) {
            until = now.plus(pause(throttled.getAndIncrement()));
        }
        return errors.verdict(method, answer.status(), new DiadocErrors.Told(header(answer, "X-Diadoc-ErrorCode"),
                header(answer, "X-Kontur-Trace-Id"), answer.status() == 200 ? "" : answer.text()), until);
    }

    /** 5 s to 5 min, doubling, with up to a quarter more by chance: the whole account waits (section 4). */
    private static Duration pause(int times) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times, 6));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4));
    }

    private static String header(Answer answer, String name) {
        String value = answer.headers().get(name);
        return value == null ? "" : value;
    }
}
