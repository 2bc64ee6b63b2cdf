package dev.sverka.sandbox.tochka;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.tochka.TochkaCompany.Party;
import dev.sverka.sandbox.tochka.TochkaEvents.Subscription;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Tochka's accounts, statements, subscriptions and faults; several companies under one key (tochka.md section 11). */
public final class TochkaStandIn extends StandIn {

    /** A key with a name only and no end: its form is a JWT's. */
    public static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzYW5kYm94In0.c2FuZGJveA";
    public static final String CLIENT_ID = "sandbox-client";
    public static final String CUSTOMER = "300000991";

    private static final Pattern OF_ACCOUNT = Pattern.compile(
            "/uapi/open-banking/v1\\.0/accounts/(\\d{20})(/|%2F)(\\d{9})/statements/([^/]+)");
    private static final String WEBHOOK = "/uapi/webhook/v1.0/";

    private final Clock clock;
    private final TochkaSwitches switches = new TochkaSwitches();
    private final TochkaEvents events = new TochkaEvents();
    private final TochkaStatements statements;
    private final Map<String, TochkaCompany> companies = new LinkedHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final List<Map<String, Object>> consents = new ArrayList<>();
    private volatile String token = TOKEN;
    private volatile String clientId = CLIENT_ID;

    /** With one company that has one account. */
    public TochkaStandIn(int port, Clock clock, Party self) {
        super(port);
        this.clock = clock;
        this.statements = new TochkaStatements(clock, switches);
        company(CUSTOMER, self);
    }

    /** Another company under the same key. */
    public synchronized TochkaCompany company(String code, Party self) {
        TochkaCompany company = new TochkaCompany(code, self, clock, events);
        companies.put(code, company);
        return company;
    }

    /** The company that is always there. */
    public synchronized TochkaCompany company() {
        return companies.get(CUSTOMER);
    }

    public TochkaSwitches switches() {
        return switches;
    }

    public TochkaEvents events() {
        return events;
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/uapi";
    }

    /** The periods of the statements ordered so far, as {@code account from to}. */
    public List<String> ordered() {
        return statements.ordered();
    }

    /** How many days the longest statement had. */
    public long longest() {
        return statements.longest();
    }

    /** Subscribes as if it had been done long ago. @param url null for nowhere */
    public TochkaStandIn tells(String url) {
        events.drop(clientId);
        if (url != null) {
            events.put(clientId, new Subscription(List.of("incomingPayment", "outgoingPayment"), url));
        }
        return this;
    }

    /** A permission is taken from the key, for one company. */
    public void deny(String customerCode, String permission) {
        denied.add(customerCode + " " + permission);
    }

    /** The key is deleted: 403 from now on. */
    public void deleteKey() {
        dead.add(token);
    }

    /** Another key and client id; those before are gone, and with them the subscription. */
    public void reissue(String newToken, String newClientId) {
        deleteKey();
        events.drop(clientId);
        token = newToken;
        clientId = newClientId;
    }

    /** A consent that is listed. */
    public void consent(String id, String status, List<String> permissions) {
        consents.add(Map.of("consentId", id, "status", status, "customerCode", CUSTOMER, "permissions", permissions,
                "applicationName", "feed", "clientId", clientId));
    }

    @Override
    protected String name(Request request) {
        String path = path(request);
        if (path.contains("/webhook/")) {
            return path.endsWith("/test_send") ? "test_send" : "webhook";
        }
        if (OF_ACCOUNT.matcher(path).matches()) {
            return "statement";
        }
        String last = path.replaceFirst(".*/", "");
        return last.equals("statements") && request.getMethod().equals(RequestMethod.POST) ? "order" : last;
    }

    private static String path(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "");
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return !request.getMethod().equals(RequestMethod.GET);
    }

    @Override
    protected Reply answer(String name, Request request) {
        String path = path(request);
        if (path.equals("/doc/openapi/static/keys/public")) {
            return Reply.json(200, events.jwk());
        }
        String bearer = String.valueOf(request.getHeader("Authorization")).replaceFirst("^Bearer ", "");
        if (dead.contains(bearer)) {
            return error(switches, 403, "HTTPForbidden", "token was deleted");
        }
        if (!bearer.equals(token)) {
            return error(switches, 401, "HTTPUnauthorized", "invalid token");
        }
        Matcher ofAccount = OF_ACCOUNT.matcher(path);
        if (ofAccount.matches()) {
            return statement(ofAccount);
        }
        if (path.startsWith(WEBHOOK)) {
            return webhook(path.substring(WEBHOOK.length()), request);
        }
        String consentsAt = switches.consentsAtGuidesPath ? "/uapi/v1.0/consents" : "/uapi/consent/v1.0/consents";
        if (path.equals(consentsAt)) {
            return data(Map.of("Consent", consents));
        }
        return switch (path) {
            case "/uapi/open-banking/v1.0/customers" -> data(Map.of("Customer", customers()));
            case "/uapi/open-banking/v1.0/accounts" -> data(Map.of("Account", accounts()));
            case "/uapi/open-banking/v1.0/balances" -> data(Map.of("Balance", balances()));
            case "/uapi/open-banking/v1.0/statements" -> name.equals("order") ? order(request)
                    : statements.list(readable(), limit(request));
            default -> error(switches, 404, "HTTPNotFound", "no such method");
        };
    }

    private static int limit(Request request) {
        return request.queryParameter("limit").isPresent()
                ? Integer.parseInt(request.queryParameter("limit").firstValue()) : 5;
    }

    private synchronized List<TochkaCompany> seen(String permission) {
        return companies.values().stream().filter(one -> !denied.contains(one.code() + " " + permission)).toList();
    }

    private List<String> readable() {
        return seen("ReadStatements").stream().flatMap(one -> one.accounts().keySet().stream()).toList();
    }

    private synchronized Optional<TochkaCompany> owner(String number) {
        return companies.values().stream().filter(one -> one.accounts().containsKey(number)).findFirst();
    }

    private Reply order(Request request) {
        String id = TochkaStatements.account(request).orElse("");
        if (!id.matches("\\d{20}/\\d{9}")) {
            return error(switches, 400, "Validation Error", "field required: Data.Statement.accountId");
        }
        String number = id.substring(0, 20);
        Optional<TochkaCompany> owner = owner(number);
        if (owner.isEmpty()) {
            return error(switches, 400, "Validation Error", "unknown account: Data.Statement.accountId");
        }
        return denied.contains(owner.get().code() + " ReadStatements") ? forbidden()
                : statements.order(owner.get(), number, request);
    }

    private Reply statement(Matcher asked) {
        boolean raw = asked.group(2).equals("/");
        if (switches.slash == TochkaSwitches.Slash.RAW && !raw
                || switches.slash == TochkaSwitches.Slash.ESCAPED && raw) {
            return error(switches, 404, "HTTPNotFound", "no such method");
        }
        Optional<TochkaCompany> owner = owner(asked.group(1));
        if (owner.isEmpty() || denied.contains(owner.get().code() + " ReadStatements")) {
            return forbidden();
        }
        return statements.read(asked.group(1), asked.group(4));
    }

    private Reply forbidden() {
        return error(switches, 403, "HTTPForbidden", "forbidden by consent");
    }

    private List<Map<String, Object>> customers() {
        return seen("ReadCustomerData").stream().map(one -> {
            Map<String, Object> told = new LinkedHashMap<>(Map.of("customerCode", one.code(), "customerType",
                    "Business", "isResident", true, "fullName", one.self().name()));
            told.put("taxCode", one.self().inn());
            return told;
        }).toList();
    }

    private List<Map<String, Object>> accounts() {
        List<Map<String, Object>> told = new ArrayList<>();
        seen("ReadAccountsBasic").forEach(company -> company.accounts().values().forEach(one -> told.add(
                new LinkedHashMap<>(Map.of("customerCode", company.code(), "accountId",
                        one.number() + "/" + TochkaCompany.BIC, "status", one.status(), "statusUpdateDateTime",
                        "2026-11-01T06:06:06.364+00:00", "currency", one.currency(), "accountType", one.type(),
                        "accountSubType", "CurrentAccount", "registrationDate", "2024-03-12")))));
        return told;
    }

    private List<Map<String, Object>> balances() {
        List<Map<String, Object>> told = new ArrayList<>();
        LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), TochkaCompany.MOSCOW).plusDays(1);
        seen("ReadBalances").forEach(company -> company.accounts().values().forEach(one -> {
            BigDecimal free = company.balance(one.number(), tomorrow);
            told.add(balance(one, "OpeningAvailable", free, "Credit"));
            told.add(balance(one, "ClosingAvailable", free, switches.overdrawn ? "Debit" : "Credit"));
            told.add(balance(one, "Expected", BigDecimal.ZERO, "Credit"));
            if (switches.overdrawn) {
                told.add(balance(one, "OverdraftAvailable", new BigDecimal("100000"), "Credit"));
            }
        }));
        return told;
    }

    private Map<String, Object> balance(TochkaCompany.Account one, String type, BigDecimal amount, String side) {
        return Map.of("accountId", switches.bicMissing ? one.number() : one.number() + "/" + TochkaCompany.BIC,
                "creditDebitIndicator", side, "type", type, "dateTime", "2026-11-18T05:00:00.000+00:00", "Amount",
                Map.of("amount", amount, "currency", one.currency()));
    }

    /** Section 7.1: the body is not wrapped. */
    private Reply webhook(String rest, Request request) {
        if (!rest.equals(clientId)) {
            return error(switches, 403, "HTTPForbidden", "unknown client_id");
        }
        if (seen("ManageWebhookData").isEmpty()) {
            return forbidden();
        }
        Subscription before = events.subscription(clientId);
        boolean makes = request.getMethod().equals(RequestMethod.PUT);
        if (request.getMethod().equals(RequestMethod.GET)) {
            return before == null ? error(switches, 404, "HTTPNotFound", "no webhook") : told(before);
        }
        if (request.getMethod().equals(RequestMethod.DELETE)) {
            events.drop(clientId);
            return data(Map.of("result", before != null));
        }
        if (makes == (before != null)) {
            return error(switches, makes ? 400 : 404, "Validation Error", makes ? "webhook exists" : "no webhook");
        }
        return subscribe(request);
    }

    private Reply subscribe(Request request) {
        JsonNode body;
        try {
            body = JSON.readTree(request.getBodyAsString());
        } catch (JacksonException broken) {
            return error(switches, 400, "Validation Error", "body");
        }
        Set<String> types = new LinkedHashSet<>();
        body.path("webhooksList").values().forEach(type -> types.add(type.asString("")));
        String url = body.path("url").asString("");
        if (types.isEmpty() || !TochkaEvents.TYPES.containsAll(types) || url.length() > 2083 || !isAllowed(url)) {
            return error(switches, 400, "Validation Error", "webhooksList, url: https, port 443");
        }
        Subscription wanted = new Subscription(List.copyOf(types), url);
        return events.subscribe(clientId, wanted) ? told(wanted)
                : error(switches, 400, "Webhook Error", "the url did not answer 200 to a test event");
    }

    private boolean isAllowed(String url) {
        URI address = URI.create(url);
        return switches.anyAddress || "https".equals(address.getScheme())
                && (address.getPort() == -1 || address.getPort() == 443);
    }

    private static Reply told(Subscription one) {
        return data(Map.of("webhooksList", one.types(), "url", one.url()));
    }

    /** Section 3. */
    static Reply data(Object content) {
        return Reply.json(200, Map.of("Data", content, "Links", Map.of("self", "https://enter.tochka.com/uapi"), "Meta",
                Map.of("totalPages", 1)));
    }

    static Reply error(TochkaSwitches switches, int status, String code, String message) {
        Object told = switches.numericCodes ? (Object) status : Integer.toString(status);
        return Reply.json(status, Map.of("code", told, "id", "c397b21a-0000-4000-8000-000000000040", "message",
                "Что-то пошло не так", "Errors", List.of(Map.of("errorCode", code, "message", message, "url",
                        "http://enter.tochka.com/open-banking/docs"))));
    }

    @Override
    public void close() {
        events.close();
        super.close();
    }
}
