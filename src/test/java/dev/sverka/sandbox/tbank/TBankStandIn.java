package dev.sverka.sandbox.tbank;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import dev.sverka.sandbox.StandIn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** T-Bank's accounts, statements, webhooks and their faults, for several companies (tbank.md section 10). */
public final class TBankStandIn extends StandIn {

    public static final String TOKEN = "t.sandbox-token";
    /** The token of the bank's own sandbox (section 9). */
    public static final String SANDBOX_TOKEN = "TBankSandboxToken";

    /** Calls a second, by method (section 8). */
    private static final Map<String, Integer> RATES = Map.of("statement", 20, "bank-statement", 10,
            "account-operations", 3, "bank-accounts", 6, "webhook", 10);

    private final Clock clock;
    private final Map<String, TBankCompany> companies = new LinkedHashMap<>();
    private final Map<String, TBankStatement> statements = new ConcurrentHashMap<>();
    private final Map<String, Deque<Long>> recent = new ConcurrentHashMap<>();
    private final TBankCompany first;

    /** One of the two sides of a payment. */
    public record Party(String inn, String kpp, String name, String account) {
    }

    /** With one company that has one account. */
    public TBankStandIn(int port, Clock clock, String account) {
        super(port);
        this.clock = clock;
        this.first = company(TOKEN, new Party("0099000014", "009901001", "ООО «Северный маяк»", account));
    }

    /** Another company, with a token of its own. @param self it and its first account */
    public synchronized TBankCompany company(String token, Party self) {
        TBankCompany company = new TBankCompany(token, self, clock, companies.size(), new TBankNotes());
        companies.put(token, company);
        statements.put(token, new TBankStatement(company, clock));
        return company;
    }

    /** The company that is always there. */
    public TBankCompany company() {
        return first;
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/openapi";
    }

    /** Where notes of the first company's operations go; null for nowhere. */
    public TBankStandIn notesTo(String url) {
        first.notes().to(url, null);
        return this;
    }

    /** Cancels the first company's token, or renews it. */
    public void authorised(boolean on) {
        first.switches().tokenCancelled(!on);
    }

    /** See {@link TBankCompany#credit}, of the first company. */
    public String credit(LocalDate day, BigDecimal amount, Party payer, String number, String purpose) {
        return first.credit(day, amount, payer, number, purpose);
    }

    /** See {@link TBankCompany#debit}, of the first company. */
    public String debit(LocalDate day, BigDecimal amount, Party receiver, String category, String number,
            String purpose) {
        return first.debit(day, amount, receiver, category, number, purpose);
    }

    /** See {@link TBankCompany#edit}, of the first company. */
    public void edit(String id, String field, Object value) {
        first.edit(id, field, value);
    }

    /** See {@link TBankCompany#withdraw}, of the first company. */
    public void withdraw(String id) {
        first.withdraw(id);
    }

    /** Everything there is of all companies. */
    public synchronized List<Map<String, Object>> operations() {
        return companies.values().stream().flatMap(company -> company.operations().stream()).toList();
    }

    @Override
    protected String name(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return !request.getMethod().equals(RequestMethod.GET);
    }

    @Override
    protected Reply answer(String name, Request request) {
        String bearer = String.valueOf(request.getHeader("Authorization"));
        if (request.getUrl().startsWith("/openapi/sandbox/")) {
            return bearer.equals("Bearer " + SANDBOX_TOKEN) ? constant(name, request) : unauthorised();
        }
        TBankCompany company = company(bearer.replaceFirst("^Bearer ", ""));
        if (company == null || !company.use()) {
            return unauthorised();
        }
        TBankSwitches switches = company.switches();
        if (switches.scopesTaken) {
            return error(403, "FORBIDDEN", "Неподходящие скопы", "");
        }
        if (switches.addressRefused) {
            return error(403, "FORBIDDEN", "IP-адрес не входит в список разрешённых для токена", "");
        }
        if (isThrottled(company, name)) {
            Reply many = error(429, "TOO_MANY_REQUESTS", "Слишком много запросов", "");
            return switches.retryAfter == null ? many : new Reply(429, many.type(), many.body(),
                    Map.of("Retry-After", switches.retryAfter.toString()));
        }
        if (switches.constant) {
            return constant(name, request);
        }
        return switch (request.getUrl().replaceFirst("\\?.*", "")) {
            case "/openapi/api/v4/bank-accounts" -> Reply.json(200, accounts(company));
            case "/openapi/api/v1/statement" -> statements.get(company.token()).answer(request);
            case "/openapi/api/v1/webhook" -> webhook(company, request);
            default -> error(404, "NOT_FOUND", "Нет такого метода", "");
        };
    }

    private synchronized TBankCompany company(String token) {
        return companies.get(token);
    }

    private static Reply unauthorised() {
        return error(401, "AUTH_REQUIRED", "Требуется авторизация", "");
    }

    private boolean isThrottled(TBankCompany company, String name) {
        TBankSwitches switches = company.switches();
        if (switches.throttledCalls > 0) {
            switches.throttledCalls--;
            return true;
        }
        long now = System.nanoTime();
        Deque<Long> calls = recent.computeIfAbsent(company.token() + " " + name, absent -> new ArrayDeque<>());
        synchronized (calls) {
            calls.removeIf(call -> now - call > TimeUnit.SECONDS.toNanos(1));
            calls.add(now);
            return switches.limited && calls.size() > RATES.getOrDefault(name, 10);
        }
    }

    private List<Map<String, Object>> accounts(TBankCompany company) {
        List<Map<String, Object>> told = new ArrayList<>();
        company.accounts().values().stream().filter(account -> !account.closed()).forEach(account -> {
            Map<String, Object> balance = new LinkedHashMap<>(Map.of("otb", account.opening(), "authorized", 0,
                    "pendingPayments", 0, "pendingRequisitions", 0));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("accountNumber", account.number());
            one.put("name", account.name());
            one.put("currency", account.currency());
            one.put("bankBik", TBankCompany.BIC);
            one.put("accountType", account.type());
            one.put("activationDate", "2023-06-01");
            one.put("balance", balance);
            if (company.switches().richAccounts) {
                one.putAll(Map.of("status", "NORM", "tariffName", "Учебный", "tariffCode", "EDU", "createdOn",
                        "2023-06-01", "mainFlag", told.isEmpty() ? "Y" : "N"));
                balance.putAll(Map.of("balance", account.opening(), "realOtb", account.opening()));
            }
            told.add(one);
        });
        return told;
    }

    /** Section 7.1. */
    private Reply webhook(TBankCompany company, Request request) {
        if (request.getMethod().equals(RequestMethod.DELETE)) {
            return company.notes().unsubscribe(String.valueOf(parameter(request, "id"))) ? Reply.json(200, Map.of())
                    : error(422, "INVALID_DATA", "Нет такого вебхука", "");
        }
        if (request.getMethod().equals(RequestMethod.GET)) {
            // its shape is not documented: one of those it may have
            String to = company.notes().address();
            return company.switches().webhooksUnlisted ? error(404, "NOT_FOUND", "Нет такого метода", "")
                    : Reply.json(200, Map.of("webhooks", to == null ? List.of()
                    : List.of(Map.of("id", "1", "eventType", "oper-feed-operation", "url", to))));
        }
        JsonNode body;
        try {
            body = JSON.readTree(request.getBodyAsString());
        } catch (JacksonException broken) {
            return error(400, "INVALID_DATA", "Тело должно быть JSON", "");
        }
        String url = body.path("url").asString("");
        String type = body.path("authType").asString("Bearer");
        boolean good = request.getMethod().equals(RequestMethod.POST)
                && "oper-feed-operation".equals(parameter(request, "eventType"))
                && body.path("hasSignature").isBoolean()
                && List.of("Basic", "Bearer").contains(type) && body.path("authSecret").asString("").length() <= 256
                && body.path("email").asString("").matches("\\S+@\\S+") && url.startsWith("http")
                && url.length() <= 2048;
        if (!good) {
            return error(400, "INVALID_DATA", "Неверные входные параметры запроса", "hasSignature, email, url");
        }
        String secret = body.path("authSecret").asString("");
        String proof = type.equals("Bearer") ? secret
                : Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return Reply.json(200, Map.of("id", company.notes().subscribe(url, secret.isEmpty() ? null
                : type + " " + proof)));
    }

    /** Any request that satisfies the contract gets the same answer. */
    private static Reply constant(String name, Request request) {
        if (name.equals("bank-accounts")) {
            return Reply.json(200, List.of(Map.of("accountNumber", "40802678901234567890", "name", "Пример", "currency",
                    "643", "bankBik", TBankCompany.BIC, "accountType", "Current", "activationDate", "2023-06-01",
                    "balance", Map.of("otb", 1, "authorized", 0, "pendingPayments", 0, "pendingRequisitions", 0))));
        }
        if (!name.equals("statement") || parameter(request, "accountNumber") == null
                || parameter(request, "from") == null) {
            return error(400, "INVALID_DATA", "Неверные входные параметры запроса", "");
        }
        return Reply.json(200, Map.of("operations", List.of(Map.of("operationDate", "2026-11-16T07:14:05Z",
                "operationId", "00000000-0000-0000-0000-000000000001", "operationStatus", "Transaction",
                "accountNumber", String.valueOf(parameter(request, "accountNumber")), "typeOfOperation", "Credit",
                "accountAmount", 100, "operationAmount", 100, "accountCurrencyDigitalCode", "643",
                "payPurpose", "Пример")), "nextCursor", "SAME"));
    }

    static String parameter(Request request, String name) {
        return request.queryParameter(name).isPresent() ? request.queryParameter(name).firstValue() : null;
    }

    static Reply error(int status, String code, String message, String detail) {
        return Reply.json(status, Map.of("errorId", "a1b2c3d4e5", "errorMessage", message, "errorCode", code,
                "errorDetails", detail.isEmpty() ? Map.of() : Map.of("value", detail)));
    }

    @Override
    public void close() {
        companies.values().forEach(company -> company.notes().close());
        super.close();
    }
}
