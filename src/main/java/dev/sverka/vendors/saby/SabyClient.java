package dev.sverka.vendors.saby;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads changes and documents over JSON-RPC. Every failure leaves as a {@link VendorException}. */
final class SabyClient {

    /** Without the charset a body is read as windows-1251 (section 2). */
    private static final MediaType RPC = MediaType.get("application/json-rpc;charset=utf-8");
    private static final MediaType PLAIN = MediaType.get("application/json;charset=utf-8");
    private static final int CHANGES = 50;
    private static final int LISTED = 200;
    private static final int HOPS = 4;
    /** A session is renewed so long after its log-in (section 3.3). */
    private static final Duration SESSION = Duration.ofHours(12);

    /** While the provider is under maintenance (section 4). */
    private static final Duration MAINTENANCE = Duration.ofMinutes(1);
    private static final int GATEWAY_TIMEOUT = 504;

    private final Door door;
    private final SabyHostClient hosts;
    private final SabyProperties.Account configured;
    private final Clock clock;
    private final SabyErrors errors;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    /** Five are taken at once; two are enough (section 4). */
    private final Semaphore turns = new Semaphore(2, true);
    private final AtomicLong number = new AtomicLong();
    private @Nullable Session session;
    private Instant sessionUntil = Instant.MIN;
    private volatile boolean colons;

    SabyClient(Door door, SabyHostClient hosts, SabyProperties.Account configured, Clock clock) {
        this.door = door;
        this.hosts = hosts;
        this.configured = configured;
        this.clock = clock;
        this.errors = new SabyErrors(door.account());
    }

    /** What a call shows: a session, or an application's token where no session came with it (section 3.1). */
    private record Session(String header, String value) {
    }

    String account() {
        return door.account();
    }

    /** A page. @param more whether others follow */
    record Page(List<JsonNode> rows, boolean more) {
    }

    /** {@code СБИС.СписокИзменений} (section 5), after an event. */
    Page changesAfter(String event) {
        return changes(Map.of("ИдентификаторСобытия", event));
    }

    /** The same from a moment on. Which sign parts its hours is not agreed on: what worked is kept to (section 2). */
    Page changesSince(Instant since) {
        try {
            return changes(Map.of("ДатаВремяС", SabyTime.text(since, colons)));
        } catch (VendorException.Refused refused) {
            if (!isBusiness(refused)) {
                throw refused;
            }
            Page page = changes(Map.of("ДатаВремяС", SabyTime.text(since, !colons)));
            colons = !colons;
            return page;
        }
    }

    static boolean isBusiness(VendorException refused) {
        return refused.code().equals(Integer.toString(SabyErrors.BUSINESS));
    }

    private Page changes(Map<String, Object> where) {
        Map<String, Object> filter = new LinkedHashMap<>(where);
        filter.put("ПолныйСертификатЭП", "Нет");
        filter.put("Навигация", Map.of("РазмерСтраницы", Integer.toString(CHANGES)));
        return page(call("СБИС.СписокИзменений", Map.of("Фильтр", filter)), "Документ", CHANGES);
    }

    /** {@code СБИС.ПрочитатьДокумент} (section 5). */
    JsonNode document(String id) {
        return call("СБИС.ПрочитатьДокумент", Map.of("Документ", Map.of("Идентификатор", id, "ДопПоля", "")));
    }

    /**
     * The bytes behind a link of a document (sections 4 and 6), which may lead on to another.
     *
     * @param name of the file: a page in its place, such as one to log in at, is none
     */
    byte[] file(String name, String link) {
        Session used = session();
        Answer answer = fetch(link, used);
        if (answer.status() == 401) {
            forget(used);
            answer = fetch(link, session());
        }
        String type = String.valueOf(answer.headers().get("Content-Type"));
        JsonNode error = type.contains("json") ? error(parse(answer)) : null;
        boolean isPage = type.contains("html") && !name.toLowerCase(Locale.ROOT).matches(".*\\.html?");
        if (answer.status() == 200 && error == null && !isPage && answer.headers().get("X-ExceptionType") == null) {
            return answer.body();
        }
        throw errors.verdict("file", answer.status(), error, until(answer));
    }

    private Answer fetch(String link, Session session) {
        String next = link;
        for (int hop = 0; hop < HOPS; hop++) {
            HttpUrl url = hosts.own(next);
            if (url == null) {
                throw new VendorException.Refused(account(), 0, "link", account() + " file: the link leads elsewhere, and"
                        + " is not followed");
            }
            Answer answer = inTurn(() -> door.repeatably("file", new Request.Builder().url(url).header(session.header(),
                    session.value()).build(), this::isGatewayFault));
            String location = answer.headers().get("Location");
            HttpUrl led = answer.status() != 302 || location == null ? null : url.resolve(location);
            if (led == null) {
                return answer;
            }
            next = led.toString();
        }
        throw new VendorException.Refused(account(), 302, "link", account() + " file: the link leads in circles");
    }

    /** {@code СБИС.СписокДокументов} (section 5). @param filter with the provider's names @param number from 0 */
    Page documents(Map<String, Object> filter, int number) {
        return page(call("СБИС.СписокДокументов", Map.of("Фильтр", paged(filter, number))), "Документ", LISTED);
    }

    /** {@code СБИС.СписокДокументовПоСобытиям} (section 5). @param register {@code Входящие} or {@code Исходящие} */
    Page register(String register, LocalDate from, LocalDate to, int number) {
        return page(call("СБИС.СписокДокументовПоСобытиям", Map.of("Фильтр", paged(Map.of("ДатаС",
                SabyTime.text(from), "ДатаПо", SabyTime.text(to), "ТипРеестра", register), number))), "Реестр", LISTED);
    }

    private static Map<String, Object> paged(Map<String, Object> filter, int number) {
        Map<String, Object> paged = new LinkedHashMap<>(filter);
        paged.put("Навигация", Map.of("РазмерСтраницы", Integer.toString(LISTED), "Страница",
                Integer.toString(number)));
        return paged;
    }

    /** {@code СБИС.ИнформацияОВерсии} (section 2): what their clock says; ours where it does not tell. */
    Instant theirTime() {
        Instant told = SabyTime.instant(call("СБИС.ИнформацияОВерсии", Map.of("Параметр", Map.of()))
                .path("ВнешнийИнтерфейс").path("ДатаВремяЗапроса").asString(""));
        return told == null ? clock.instant() : told;
    }

    /** An answer that lacks its list says nothing: it is no empty one. Where nothing is said of further pages, a full one has more. */
    private Page page(JsonNode result, String rows, int size) {
        if (!result.path(rows).isArray()) {
            throw new VendorException.Transient(account(), 200, "", account() + ": an answer without " + rows
                    + "; it is asked again", null, null);
        }
        List<JsonNode> told = List.copyOf(result.path(rows).values());
        String more = result.path("Навигация").path("ЕстьЕще").asString("");
        return new Page(told, more.isEmpty() ? told.size() >= size : more.equals("Да"));
    }

    /** A lost session is renewed once and the call made once more (section 3.3). */
    private JsonNode call(String method, Map<String, Object> params) {
        Session used = session();
        Answer answer = post(method, params, used);
        JsonNode body = parse(answer);
        if (SabyErrors.isSessionLost(answer.status(), error(body))) {
            forget(used);
            answer = post(method, params, session());
            body = parse(answer);
        }
        // an error comes with any status, so it is looked for first (section 1)
        if (answer.status() == 200 && body != null && error(body) == null && body.path("result").isObject()) {
            return body.path("result");
        }
        throw errors.verdict(method, answer.status(), error(body), until(answer));
    }

    private @Nullable Instant until(Answer answer) {
        Instant now = clock.instant();
        Instant told = answer.retryAfter(now);
        return told == null && answer.status() == GATEWAY_TIMEOUT ? now.plus(MAINTENANCE) : told;
    }

    private static @Nullable JsonNode error(@Nullable JsonNode body) {
        return body == null || !body.path("error").isObject() ? null : body.path("error");
    }

    private Answer post(String method, Map<String, Object> params, Session session) {
        byte[] content = rpc(method, params);
        // everything that this room calls asks only
        return inTurn(() -> hosts.reach(base -> door.repeatably(method, Door.asking(new Request.Builder().url(
                base.newBuilder().addPathSegments("service/").addQueryParameter("srv", "1").build())
                .header(session.header(), session.value()).post(RequestBody.create(content, RPC))).build(),
                this::isGatewayFault)));
    }

    /** A call. */
    private interface Turn {
        Answer take() throws NoAnswer;
    }

    private Answer inTurn(Turn turn) {
        turns.acquireUninterruptibly();
        try {
            return turn.take();
        } catch (NoAnswer lost) {
            throw lost(lost);
        } finally {
            turns.release();
        }
    }

    /** An error of the method comes with 500 too, and is never asked for blindly again (section 4). */
    private boolean isGatewayFault(Answer answer) {
        return answer.status() >= 500 && answer.status() != 503 && answer.status() != GATEWAY_TIMEOUT
                && error(parse(answer)) == null;
    }

    private byte[] rpc(String method, Map<String, Object> params) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("jsonrpc", "2.0");
        envelope.put("method", method);
        envelope.put("params", params);
        envelope.put("id", number.incrementAndGet());
        return json.writeValueAsBytes(envelope);
    }

    private synchronized Session session() {
        if (session == null || !clock.instant().isBefore(sessionUntil)) {
            session = configured.isApplication() ? applicationSession() : passwordSession();
            sessionUntil = clock.instant().plus(SESSION);
        }
        return session;
    }

    private synchronized void forget(Session used) {
        if (used.equals(session)) {
            session = null;
        }
    }

    /** {@code POST /oauth/service/} (section 3.1): plain JSON. */
    private Session applicationSession() {
        byte[] body = json.writeValueAsBytes(Map.of("app_client_id", Objects.requireNonNull(configured.appClientId()),
                "app_secret", Objects.requireNonNull(configured.appSecret()), "secret_key",
                Objects.requireNonNull(configured.secretKey())));
        return login("oauth/service/", body, List.of("sid", "token", "access_token"));
    }

    /** {@code СБИС.Аутентифицировать} (section 3.2): the result itself is the session. */
    private Session passwordSession() {
        return login("auth/service/", rpc("СБИС.Аутентифицировать", Map.of("Параметр", Map.of("Логин",
                Objects.requireNonNull(configured.login()), "Пароль", Objects.requireNonNull(configured.password())))),
                List.of("result"));
    }

    /** @param fields the first that is there is what calls show */
    private Session login(String path, byte[] content, List<String> fields) {
        Answer answer;
        try {
            answer = hosts.reach(base -> door.once("log-in", Door.asking(new Request.Builder().url(base.newBuilder()
                    .addPathSegments(path).build()).post(RequestBody.create(content, PLAIN))).build()));
        } catch (NoAnswer lost) {
            throw lost(lost);
        }
        JsonNode body = parse(answer);
        for (String field : answer.status() != 200 || body == null || error(body) != null ? List.<String>of() : fields) {
            String given = body.path(field).asString("");
            if (!given.isEmpty()) {
                return new Session(field.endsWith("token") ? "X-SBISAccessToken" : "X-SBISSessionID", given);
            }
        }
        throw errors.loginVerdict(answer.status(), error(body), until(answer));
    }

    private VendorException lost(NoAnswer lost) {
        return new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
    }

    private @Nullable JsonNode parse(Answer answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
