package dev.sverka.vendors.tochka;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.VendorException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the companies of one key and keeps their subscription. Every failure leaves as a {@link VendorException}. */
final class TochkaClient {

    /** The bank's own BIC since it has a licence (section 10), for an account that is not told with one. */
    private static final String BIC = "044525104";
    private static final MediaType TYPE = MediaType.get("application/json; charset=utf-8");

    /** Section 3: no limit is published; so many at once are kind. */
    private static final int IN_FLIGHT = 2;

    private final Door door;
    private final HttpUrl base;
    private final String token;
    private final Clock clock;
    private final TochkaErrors errors;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT, true);
    private volatile boolean escaped;
    private volatile boolean proven;
    private volatile Duration behind = Duration.ZERO;

    TochkaClient(Door door, HttpUrl base, String token, Clock clock) {
        this.door = door;
        this.base = base;
        this.token = token;
        this.clock = clock;
        this.errors = new TochkaErrors(door.account());
    }

    String account() {
        return door.account();
    }

    /** The 20 digits of an account's id, with or without a BIC behind them. */
    static String number(String accountId) {
        return accountId.strip().replaceFirst("/.*", "");
    }

    /** The id as paths and orders want it. */
    static String accountId(String told) {
        return told.contains("/") ? told.strip() : told.strip() + "/" + BIC;
    }

    /** A company or person behind the key. */
    record Customer(String code, String inn, String name) {
    }

    /** {@code GET /open-banking/v1.0/customers} (section 4). */
    List<Customer> customers() {
        return listed("customers", path("open-banking/v1.0/customers"), "Customer").stream()
                .map(one -> new Customer(text(one, "customerCode"), text(one, "taxCode"), text(one, "fullName")))
                .toList();
    }

    /** An account. @param id with its BIC @param open whether money can move on it */
    record Account(String id, String customerCode, boolean open, boolean personal) {
    }

    /** {@code GET /open-banking/v1.0/accounts} (section 4). */
    List<Account> accounts() {
        return listed("accounts", path("open-banking/v1.0/accounts"), "Account").stream()
                .filter(one -> number(text(one, "accountId")).matches("\\d{20}"))
                .map(one -> new Account(accountId(text(one, "accountId")), text(one, "customerCode"),
                        List.of("Enabled", "Disabled").contains(text(one, "status")),
                        text(one, "accountType").equals("Personal"))).toList();
    }

    /** A sum of an account. @param type in the bank's words, such as {@code ClosingAvailable} @param amount with sign */
    record Balance(String bankAccount, String type, BigDecimal amount, String currency, Instant at) {
    }

    /** {@code GET /open-banking/v1.0/balances} (section 5), of all accounts; a row that cannot be read is left out. */
    List<Balance> balances() {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode one : listed("balances", path("open-banking/v1.0/balances"), "Balance")) {
            BigDecimal amount = sum(one.path("Amount").path("amount"));
            Instant at = instant(text(one, "dateTime"));
            if (amount != null && at != null) {
                balances.add(new Balance(number(text(one, "accountId")), text(one, "type"),
                        text(one, "creditDebitIndicator").equals("Debit") ? amount.negate() : amount,
                        text(one.path("Amount"), "currency"), at));
            }
        }
        return balances;
    }

    /** A statement that was ordered. @param created null where the bank does not say */
    record Ordered(String id, String bankAccount, String from, String to, String status, @Nullable Instant created) {
    }

    /**
     * A statement that the bank took an order for.
     *
     * @param id empty where the bank did not tell it, though it made the statement
     * @param created by the bank's clock; null where it does not say
     */
    record Placed(Optional<String> id, @Nullable Instant created) {
    }

    /** How far the bank's clock was behind ours when it took an order last; below zero where it was ahead. */
    Duration behind() {
        return behind;
    }

    /** {@code POST /open-banking/v1.0/statements} (section 6.1). Not repeatable: after a lost answer look in the list. */
    Placed order(String accountId, LocalDate from, LocalDate to) {
        Request.Builder order = new Request.Builder().url(path("open-banking/v1.0/statements"))
                .post(body(Map.of("Data", Map.of("Statement", Map.of("accountId", accountId, "startDateTime",
                        from.toString(), "endDateTime", to.toString())))));
        JsonNode told;
        try {
            // a statement that was ordered changes nothing of anybody's
            told = data("statement order", inTurn(() -> door.once("statement order",
                    authorised(Door.asking(order))))).path("Statement");
        } catch (NoAnswer lost) {
            throw lost(lost);
        }
        Instant created = instant(text(told, "creationDateTime"));
        if (created != null) {
            behind = Duration.between(created, clock.instant());
        }
        return new Placed(Optional.of(text(told, "statementId")).filter(id -> !id.isEmpty()), created);
    }

    /** {@code GET /open-banking/v1.0/statements} (section 6.1): the latest ones. */
    List<Ordered> ordered(int limit) {
        JsonNode told = get("statements", path("open-banking/v1.0/statements").newBuilder()
                .addQueryParameter("limit", Integer.toString(limit)).build()).path("Statement");
        return (told.isArray() ? told.values() : List.of(told)).stream()
                .map(one -> new Ordered(text(one, "statementId"), number(text(one, "accountId")),
                        text(one, "startDateTime"), text(one, "endDateTime"), text(one, "status"),
                        instant(text(one, "creationDateTime")))).toList();
    }

    /**
     * A statement.
     *
     * @param status {@code Created}, {@code Processing}, {@code Ready} or {@code Error}
     * @param opening what the account held before; null where it is not told, {@code closing} likewise
     */
    record Statement(String status, @Nullable BigDecimal opening, @Nullable BigDecimal closing, List<JsonNode> rows) {
    }

    /** {@code GET /open-banking/v1.0/accounts/{accountId}/statements/{statementId}} (section 6.1): an array of one. */
    Statement statement(String accountId, String id) {
        JsonNode data = getOfAccount("statement", accountId,
                url -> url.addPathSegment("statements").addPathSegment(id));
        JsonNode told = data.path("Statement");
        JsonNode one = told.isArray() ? told.path(0) : told;
        if (!one.isObject() || text(one, "status").isEmpty()) {
            throw errors.verdict("statement", 200, data, null);
        }
        return new Statement(text(one, "status"), sum(one.path("startDateBalance")), sum(one.path("endDateBalance")),
                List.copyOf(one.path("Transaction").values()));
    }

    /** What the bank tells and where. */
    record Subscription(List<String> types, String url) {
    }

    /** {@code GET /webhook/v1.0/{client_id}} (section 7.1); empty where there is none. */
    Optional<Subscription> subscription(String clientId) {
        try {
            JsonNode data = get("webhook", webhook(clientId));
            return text(data, "url").isEmpty() ? Optional.empty() : Optional.of(subscription(data));
        } catch (VendorException.Refused none) {
            if (none.status() == 404) {
                return Optional.empty();
            }
            throw none;
        }
    }

    /** {@code PUT} makes, {@code POST} changes it (section 7.1); the bank tries the address before it agrees. */
    Subscription subscribe(String clientId, Subscription wanted, boolean exists) {
        RequestBody body = body(Map.of("webhooksList", wanted.types(), "url", wanted.url()));
        Request.Builder request = new Request.Builder().url(webhook(clientId));
        try {
            return subscription(data("webhook", inTurn(() -> door.once("webhook",
                    authorised(exists ? request.post(body) : request.put(body))))));
        } catch (NoAnswer lost) {
            throw lost.mayHaveArrived() ? new VendorException.Unclear(account(), 0, "", account() + " "
                    + lost.getMessage(), lost) : lost(lost);
        }
    }

    private static Subscription subscription(JsonNode data) {
        TreeSet<String> types = new TreeSet<>();
        data.path("webhooksList").values().forEach(type -> types.add(type.asString("")));
        return new Subscription(List.copyOf(types), text(data, "url"));
    }

    /** A company's agreement that an application may read for it. */
    record Consent(String id, String status, String customerCode, List<String> permissions) {
    }

    /** {@code GET /consent/v1.0/consents}, as the guide has it {@code /v1.0/consents} (section 12, row 13). */
    List<Consent> consents() {
        JsonNode data;
        try {
            data = get("consents", path("consent/v1.0/consents"));
        } catch (VendorException.Refused absent) {
            if (absent.status() != 404) {
                throw absent;
            }
            data = get("consents", path("v1.0/consents"));
        }
        JsonNode told = data.has("Consent") ? data.path("Consent") : data;
        return (told.isArray() ? told.values() : List.of(told)).stream()
                .filter(one -> !text(one, "consentId").isEmpty())
                .map(one -> new Consent(text(one, "consentId"), text(one, "status"), text(one, "customerCode"),
                        one.path("permissions").values().stream().map(right -> right.asString("")).toList())).toList();
    }

    private HttpUrl path(String segments) {
        return base.newBuilder().addPathSegments(segments).build();
    }

    private HttpUrl webhook(String clientId) {
        return path("webhook/v1.0").newBuilder().addPathSegment(clientId).build();
    }

    /** Raw first, escaped at a 404; what worked once is kept to (section 4). */
    private JsonNode getOfAccount(String method, String accountId, Function<HttpUrl.Builder, HttpUrl.Builder> rest) {
        Answer answer = ask(method, ofAccount(accountId, escaped, rest));
        if (answer.status() == 404 && !proven) {
            Answer other = ask(method, ofAccount(accountId, !escaped, rest));
            if (other.status() != 404) {
                escaped = !escaped;
                answer = other;
            }
        }
        proven |= answer.status() == 200;
        return data(method, answer);
    }

    private HttpUrl ofAccount(String accountId, boolean escape, Function<HttpUrl.Builder, HttpUrl.Builder> rest) {
        HttpUrl.Builder url = path("open-banking/v1.0/accounts").newBuilder();
        return rest.apply(escape ? url.addPathSegment(accountId) : url.addPathSegments(accountId)).build();
    }

    private JsonNode get(String method, HttpUrl url) {
        return data(method, ask(method, url));
    }

    /** An answer that lacks its list says nothing: it is no empty one. */
    private Collection<JsonNode> listed(String method, HttpUrl url, String field) {
        JsonNode data = get(method, url);
        if (!data.path(field).isArray()) {
            throw errors.verdict(method, 200, data, null);
        }
        return data.path(field).values();
    }

    private Answer ask(String method, HttpUrl url) {
        try {
            return inTurn(() -> door.repeatably(method, authorised(new Request.Builder().url(url))));
        } catch (NoAnswer lost) {
            throw lost(lost);
        }
    }

    private interface Call {
        Answer send() throws NoAnswer;
    }

    private Answer inTurn(Call call) throws NoAnswer {
        inFlight.acquireUninterruptibly();
        try {
            return call.send();
        } finally {
            inFlight.release();
        }
    }

    private VendorException lost(NoAnswer lost) {
        return new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
    }

    private Request authorised(Request.Builder request) {
        return request.header("Authorization", "Bearer " + token).header("Accept", "application/json").build();
    }

    private RequestBody body(Object content) {
        return RequestBody.create(json.writeValueAsBytes(content), TYPE);
    }

    private JsonNode data(String method, Answer answer) {
        JsonNode body;
        try {
            body = json.readTree(answer.body());
        } catch (JacksonException notJson) {
            body = null;
        }
        if (answer.status() == 200 && body != null && (body.path("Data").isObject() || body.path("Data").isArray())) {
            return body.path("Data");
        }
        throw errors.verdict(method, answer.status(), body, answer.retryAfter(clock.instant()));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").strip();
    }

    private static @Nullable BigDecimal sum(JsonNode told) {
        try {
            return new BigDecimal(told.asString(""));
        } catch (NumberFormatException absent) {
            return null;
        }
    }

    private static @Nullable Instant instant(String told) {
        try {
            return OffsetDateTime.parse(told).toInstant();
        } catch (DateTimeException absent) {
            return null;
        }
    }
}
