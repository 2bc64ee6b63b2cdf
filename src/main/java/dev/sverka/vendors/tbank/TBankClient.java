package dev.sverka.vendors.tbank;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import dev.sverka.core.http.VendorException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one company's statements. Every failure leaves as a {@link VendorException}. */
final class TBankClient {

    /** Section 11, row 2: the most a page may hold is not sure; where 1000 is refused, 100 is asked for. */
    private static final int PAGE = 1000;
    private static final int SMALL_PAGE = 100;

    private final Door door;
    private final HttpUrl base;
    private final String token;
    private final Clock clock;
    private final TBankErrors errors;
    private volatile int page = PAGE;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    TBankClient(Door door, HttpUrl base, String token, Clock clock) {
        this.door = door;
        this.base = base;
        this.token = token;
        this.clock = clock;
        this.errors = new TBankErrors(door.account());
    }

    String account() {
        return door.account();
    }

    /** {@code GET /api/v4/bank-accounts} (section 3): 20-digit numbers. */
    List<String> bankAccounts() {
        JsonNode body = get("bank-accounts", base.newBuilder().addPathSegments("api/v4/bank-accounts").build());
        List<String> numbers = new ArrayList<>();
        for (JsonNode account : body.values()) {
            String number = account.path("accountNumber").asString("");
            if (!number.isEmpty()) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /**
     * One page.
     *
     * @param next the cursor of the page after it; null where there is none to ask for
     * @param ended whether the bank said that it is the last one; else an empty page or its own cursor ended it
     * @param balances what the account held around the whole period; null on all pages but the first
     */
    record Statement(List<JsonNode> operations, @Nullable String next, boolean ended, @Nullable Balances balances) {
    }

    /** In the account's currency. */
    record Balances(BigDecimal begin, BigDecimal end) {
    }

    /**
     * {@code GET /api/v1/statement} (section 4), posted operations only.
     *
     * @param from inclusive
     * @param to included to the second; the bank takes it as exclusive, in whole seconds
     * @param cursor of the page before; null for the first
     */
    Statement statement(String bankAccount, Instant from, Instant to, @Nullable String cursor) {
        try {
            return statement(bankAccount, from, to, cursor, page);
        } catch (VendorException.Refused refused) {
            if (refused.status() != 400 || cursor != null || page == SMALL_PAGE) {
                throw refused;
            }
            Statement smaller = statement(bankAccount, from, to, null, SMALL_PAGE);
            page = SMALL_PAGE;
            return smaller;
        }
    }

    private Statement statement(String bankAccount, Instant from, Instant to, @Nullable String cursor, int limit) {
        HttpUrl.Builder url = base.newBuilder().addPathSegments("api/v1/statement")
                .addQueryParameter("accountNumber", bankAccount)
                .addQueryParameter("from", from.toString())
                .addQueryParameter("to", to.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).toString())
                .addQueryParameter("operationStatus", "Transaction")
                .addQueryParameter("limit", Integer.toString(limit));
        if (cursor == null) {
            url.addQueryParameter("withBalances", "true");
        } else {
            url.addQueryParameter("cursor", cursor);
        }
        JsonNode body = get("statement", url.build());
        if (!body.path("operations").isArray()) {
            // an answer that lacks its list is no empty one: that would call all that is known withdrawn
            throw errors.verdict("statement", 200, body, null);
        }
        List<JsonNode> operations = new ArrayList<>(body.path("operations").values());
        String next = body.path("nextCursor").asString("");
        // an empty page, or a cursor that comes back, ends a window (section 4.2)
        boolean goesOn = !next.isEmpty() && !next.equals(cursor) && !operations.isEmpty();
        return new Statement(operations, goesOn ? next : null, next.isEmpty(), balances(body.path("balances")));
    }

    /** Two clients only have seen them (section 11, row 4): what is not there or no number is not there. */
    private static @Nullable Balances balances(JsonNode raw) {
        try {
            return new Balances(new BigDecimal(raw.path("balanceBegin").asString("")),
                    new BigDecimal(raw.path("balanceEnd").asString("")));
        } catch (NumberFormatException absent) {
            return null;
        }
    }

    /** {@code GET /api/v1/webhook} (section 7.1): what comes is not documented, so all texts of it are given. */
    List<String> subscriptions() {
        Answer answer;
        try {
            answer = door.repeatably("webhook list", authorised(new Request.Builder().url(webhook())));
        } catch (NoAnswer lost) {
            throw new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
        }
        JsonNode body = parse(answer);
        if (answer.status() != 200 || body == null) {
            throw errors.verdict("webhook list", answer.status(), body, answer.retryAfter(clock.instant()));
        }
        List<String> texts = new ArrayList<>();
        texts(body, texts);
        return texts;
    }

    private static void texts(JsonNode node, List<String> texts) {
        if (node.isString()) {
            texts.add(node.asString(""));
        }
        node.values().forEach(one -> texts(one, texts));
    }

    /** {@code POST /api/v1/webhook} (section 7.1), sent once: a second one would be a second subscription. */
    void subscribe(Map<String, Object> body) {
        Answer answer;
        try {
            answer = door.once("webhook", authorised(new Request.Builder().url(webhook())
                    .post(RequestBody.create(json.writeValueAsBytes(body), MediaType.get("application/json")))));
        } catch (NoAnswer lost) {
            String message = account() + " " + lost.getMessage();
            throw lost.mayHaveArrived() ? new VendorException.Unclear(account(), 0, "", message, lost)
                    : new VendorException.Transient(account(), 0, "", message, null, lost);
        }
        if (answer.status() / 100 != 2) {
            throw errors.verdict("webhook", answer.status(), parse(answer), answer.retryAfter(clock.instant()));
        }
    }

    private HttpUrl webhook() {
        return base.newBuilder().addPathSegments("api/v1/webhook")
                .addQueryParameter("eventType", "oper-feed-operation").build();
    }

    private Request authorised(Request.Builder request) {
        return request.header("Authorization", "Bearer " + token).header("Accept", "application/json")
                .header("X-Request-Id", UUID.randomUUID().toString()).build();
    }

    private JsonNode get(String method, HttpUrl url) {
        Request request = authorised(new Request.Builder().url(url));
        Answer answer;
        try {
            answer = door.repeatably(method, request);
        } catch (NoAnswer lost) {
            throw new VendorException.Transient(account(), 0, "", account() + " " + lost.getMessage(), null, lost);
        }
        JsonNode body = parse(answer);
        if (answer.status() == 200 && body != null && (body.isArray() || body.has("operations"))) {
            return body;
        }
        throw errors.verdict(method, answer.status(), body, answer.retryAfter(clock.instant()));
    }

    private @Nullable JsonNode parse(Answer answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
