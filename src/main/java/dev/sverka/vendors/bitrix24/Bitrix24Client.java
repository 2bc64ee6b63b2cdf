package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.VendorException;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls one portal through its incoming webhook (bitrix24.md section 2), each request when {@link Bitrix24Governor}
 * lets it. Every failure leaves as a {@link VendorException}. Safe for use by many threads.
 */
final class Bitrix24Client {

    /** Rows of one page, and commands of one batch; the vendor fixes both (sections 4.1, 5.1). */
    static final int PAGE = 50;

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    /** Counting a table of millions takes the portal most of the minute it has (section 3.4). */
    private static final Duration UNCOUNTED = Duration.ofHours(1);

    private final Door door;
    private final Bitrix24Address address;
    private final Bitrix24Governor governor;
    private final Bitrix24Time time;
    private final Clock clock;
    private final Lane lane;
    private final Bitrix24Errors errors;
    private final Map<String, Instant> uncountedUntil;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    Bitrix24Client(Door door, Bitrix24Address address, Bitrix24Governor governor, Clock clock) {
        this(door, address, governor, new Bitrix24Time(clock), clock, Lane.PEOPLE, new ConcurrentHashMap<>());
    }

    private Bitrix24Client(Door door, Bitrix24Address address, Bitrix24Governor governor, Bitrix24Time time,
            Clock clock, Lane lane, Map<String, Instant> uncountedUntil) {
        this.door = door;
        this.address = address;
        this.governor = governor;
        this.time = time;
        this.clock = clock;
        this.lane = lane;
        this.uncountedUntil = uncountedUntil;
        this.errors = new Bitrix24Errors(door.account());
    }

    /** The same portal, for work that lets people's changes go first. */
    Bitrix24Client inBackground() {
        return new Bitrix24Client(door, address, governor, time, clock, Lane.BACKFILL, uncountedUntil);
    }

    String account() {
        return door.account();
    }

    Bitrix24Time time() {
        return time;
    }

    Bitrix24Governor governor() {
        return governor;
    }

    Bitrix24Address address() {
        return address;
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

    /** A file. @param content null where it is larger than any answer that is read */
    record Content(String name, byte @Nullable [] content) {
    }

    /** A plain GET of {@code urlMachine} (section 10): opaque, and served to what asks like a browser. */
    Content file(String link) {
        if (!link.startsWith(address.page(""))) {
            throw new VendorException.Refused(account(), 0, "link", account() + " file: the link leads elsewhere, and is"
                    + " not followed");
        }
        Bitrix24Governor.Turn turn = governor.enter(lane, Map.of("file", 1), false);
        try {
            Answer answer = door.once("file", new Request.Builder().url(link).header("User-Agent", "sverka/0.1")
                    .header("Accept", "*/*").header("Accept-Language", "ru").header("Referer", address.page(""))
                    .build());
            if (answer.status() != 200) {
                throw errors.verdict("file", false, answer.status(), null, "", clock.instant());
            }
            return new Content(Bitrix24Files.name(answer.headers().get("Content-Disposition")), answer.body());
        } catch (NoAnswer lost) {
            if (lost.getCause() instanceof Door.TooLarge) {
                return new Content("file", null);
            }
            throw new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
        } finally {
            turn.notSent(); // its time is booked nowhere
        }
    }

    /** One page of {@code crm.item.list} by keyset: ids above {@code after}, uncounted (section 4.1). */
    List<JsonNode> items(int entityTypeId, List<String> select, Map<String, Object> filter, long after) {
        Bitrix24Listing listing = Bitrix24Listing.items(entityTypeId, select, filter);
        return listing.rows(read(listing.method(), listing.from(after).parameters()));
    }

    /** {@code crm.item.update}: the item after the update, before the portal's robots. */
    JsonNode update(int entityTypeId, long id, Map<String, Object> fields) {
        return write("crm.item.update", Map.of("entityTypeId", entityTypeId, "id", id, "fields", fields))
                .path("item");
    }

    /** {@code crm.timeline.comment.list}: the id of the comment that holds a text, newest first. */
    Optional<Long> findComment(String entityType, long id, String text) {
        for (int start = 0; start < 40 * PAGE; start += PAGE) {
            List<JsonNode> page = rows(read("crm.timeline.comment.list", Map.of(
                    "filter", Map.of("ENTITY_ID", id, "ENTITY_TYPE", entityType),
                    "order", Map.of("ID", "DESC"), "select", List.of("ID", "COMMENT"), "start", start)));
            for (JsonNode row : page) {
                if (Bitrix24Marker.isIn(row.path("COMMENT").asString(""), text)) {
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

    /** A page of a list, and how many rows there are from it on. */
    record Counted(List<JsonNode> rows, int total) {
    }

    /**
     * The first page above an id, counted (section 4.1): sent once. Empty where the portal did not answer, perhaps
     * because counting took it too long; then it is not asked to count this list for an hour.
     */
    Optional<Counted> counted(Bitrix24Listing listing, long after) {
        String key = listing.method() + listing.parameters().get("entityTypeId");
        if (clock.instant().isBefore(uncountedUntil.getOrDefault(key, Instant.MIN))) {
            return Optional.empty();
        }
        Bitrix24Command page = listing.counted(after);
        try {
            JsonNode body = tried(page.method(), 1, false, Map.of("", page));
            return Optional.of(new Counted(listing.rows(body.path("result")), body.path("total").asInt(0)));
        } catch (VendorException.Transient slow) {
            if (slow.until() != null) {
                throw slow;
            }
            uncountedUntil.put(key, clock.instant().plus(UNCOUNTED));
            return Optional.empty();
        }
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
    Map<String, JsonNode> readAll(Map<String, Bitrix24Command> commands) {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        outcomes(commands, TRIES, false).forEach((name, outcome) -> answers.put(name, outcome.orElseThrow()));
        return answers;
    }

    /** What became of one command of a batch: an answer or a verdict. */
    record Outcome(@Nullable JsonNode answer, @Nullable VendorException failure) {

        JsonNode orElseThrow() {
            if (answer == null) {
                throw failure == null ? new IllegalStateException("neither answer nor failure") : failure;
            }
            return answer;
        }
    }

    /**
     * One {@code batch}, at most 50 commands, carried out in order; a failure stops none (section 5). Judged by its
     * body: a batch all of whose commands failed comes with HTTP 200.
     *
     * @param write whether any of them changes something, so that it is sent once
     * @return by the commands' names; one that was refused for its method's operating time is {@code NotYet}
     */
    Map<String, Outcome> batch(Map<String, Bitrix24Command> commands, boolean write) {
        return outcomes(commands, 1, write);
    }

    private Map<String, Outcome> outcomes(Map<String, Bitrix24Command> commands, int tries, boolean write) {
        boolean mayGoAlone = commands.values().stream().noneMatch(Bitrix24Command::refersToAnother);
        if (mayGoAlone && governor.isBlocked(Bitrix24Governor.BATCH)) {
            return oneByOne(commands, tries, write);
        }
        JsonNode body;
        try {
            body = tried("batch", tries, write, commands);
        } catch (VendorException.NotYet blocked) {
            if (mayGoAlone && governor.isBlocked(Bitrix24Governor.BATCH)) {
                return oneByOne(commands, tries, write);
            }
            throw blocked;
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        commands.forEach((name, command) -> outcomes.put(name, outcome(command, name, body.path("result"))));
        return outcomes;
    }

    /** Where the portal has blocked batches: their time is booked apart from the methods' (section 3.2, conflict 2). */
    private Map<String, Outcome> oneByOne(Map<String, Bitrix24Command> commands, int tries, boolean write) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        VendorException lasting = null;
        for (Map.Entry<String, Bitrix24Command> one : commands.entrySet()) {
            try {
                outcomes.put(one.getKey(), lasting != null ? new Outcome(null, lasting) : new Outcome(
                        tried(one.getValue().method(), tries, write, Map.of("", one.getValue())).path("result"), null));
            } catch (VendorException failure) {
                outcomes.put(one.getKey(), new Outcome(null, failure));
                boolean isItsOwn = failure instanceof VendorException.Refused
                        || failure instanceof VendorException.Unclear;
                lasting = isItsOwn ? null : failure;
            }
        }
        return outcomes;
    }

    private Outcome outcome(Bitrix24Command command, String name, JsonNode result) {
        JsonNode error = result.path("result_error").path(name);
        boolean write = command.isWrite();
        if (!error.isMissingNode()) {
            return new Outcome(null, errors.verdict(command.method(), write, 200, error.path("error").asString(""),
                    error.path("error_description").asString(""), clock.instant()));
        }
        JsonNode answer = result.path("result").path(name);
        return answer.isMissingNode()
                ? new Outcome(null, errors.verdict(command.method(), write, 200, null, "no answer in the batch",
                        clock.instant()))
                : new Outcome(answer, null);
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
        return tried(method, write ? 1 : TRIES, write, Map.of("", new Bitrix24Command(method, parameters)));
    }

    /** A read that got no answer or a gateway's fault is sent again; a write never. */
    private JsonNode tried(String method, int tries, boolean write, Map<String, Bitrix24Command> commands) {
        for (int attempt = 1;; attempt++) {
            try {
                return once(method, write, commands);
            } catch (VendorException.Transient passing) {
                boolean again = passing.until() == null && (passing.status() == 0 || passing.status() >= 500);
                if (!again || attempt == tries) {
                    throw passing;
                }
                governor.rest(BETWEEN_TRIES.multipliedBy(attempt));
            }
        }
    }

    /** One request: a command alone, or {@code batch} with several. */
    private JsonNode once(String method, boolean write, Map<String, Bitrix24Command> commands) {
        Map<String, Integer> calls = new LinkedHashMap<>();
        commands.values().forEach(command -> calls.merge(command.method(), 1, Integer::sum));
        boolean batch = method.equals(Bitrix24Governor.BATCH);
        Bitrix24Governor.Turn turn = governor.enter(lane, calls, batch);
        String asked = address.host();
        Answer answer = send(method, batch ? Bitrix24Command.batch(commands) : commands.values().iterator().next().parameters(), write,
                turn);
        String location = answer.headers().get("Location");
        if (answer.status() / 100 == 3 && location != null && address.follow(location, asked)) {
            turn.notSent();
            return once(method, write, commands);
        }
        JsonNode body = parse(answer);
        if (body != null && !body.has("error") && body.has("result")) {
            time.learn(body.path("time"));
            answered(turn, body, batch ? commands : null);
            return body;
        }
        String code = body == null || !body.has("error") ? null : body.path("error").asString("");
        failed(turn, method, answer.status(), code);
        throw errors.verdict(method, write, answer.status(), code,
                body == null ? "" : body.path("error_description").asString(""), clock.instant());
    }

    private Answer send(String method, Map<String, ?> parameters, boolean write, Bitrix24Governor.Turn turn) {
        Request.Builder request = new Request.Builder().url(address.of(method))
                .header("Accept", "application/json")
                .header("User-Agent", "sverka/0.1")
                .post(RequestBody.create(json.writeValueAsBytes(parameters), JSON));
        try {
            return door.once(method, (write ? request : Door.asking(request)).build());
        } catch (NoAnswer lost) {
            turn.lost();
            String message = account() + " " + lost.getMessage();
            throw write && lost.mayHaveArrived()
                    ? new VendorException.Unclear(account(), 0, "", message, lost)
                    : new VendorException.Transient(account(), 0, "", message, null, lost);
        }
    }

    private static void answered(Bitrix24Governor.Turn turn, JsonNode body,
            @Nullable Map<String, Bitrix24Command> batch) {
        if (batch == null) {
            turn.answered(body.path("time"));
            return;
        }
        Map<String, List<JsonNode>> inner = new LinkedHashMap<>();
        List<String> blocked = new ArrayList<>();
        JsonNode result = body.path("result");
        batch.forEach((name, command) -> {
            JsonNode spent = result.path("result_time").path(name);
            if (!spent.isMissingNode()) {
                inner.computeIfAbsent(command.method(), method -> new ArrayList<>()).add(spent);
            }
            if (result.path("result_error").path(name).path("error").asString("")
                    .equalsIgnoreCase(Bitrix24Errors.OPERATION_TIME_LIMIT) && !blocked.contains(command.method())) {
                blocked.add(command.method());
            }
        });
        turn.answered(body.path("time"), inner, blocked);
    }

    private static void failed(Bitrix24Governor.Turn turn, String method, int status, @Nullable String code) {
        if (Bitrix24Errors.OPERATION_TIME_LIMIT.equalsIgnoreCase(code)) {
            turn.blocked(method);
        } else if ("QUERY_LIMIT_EXCEEDED".equalsIgnoreCase(code)) {
            turn.tooMany();
        } else if (code == null || status >= 500) {
            turn.lost();
        } else {
            turn.notSent();
        }
    }

    private @Nullable JsonNode parse(Answer answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            return body.isObject() ? body : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
