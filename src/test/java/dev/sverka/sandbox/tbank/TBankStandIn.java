package dev.sverka.sandbox.tbank;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** T-Bank's accounts, statements and notes of operations (tbank.md sections 3, 4, 7 and 10). */
public final class TBankStandIn extends StandIn {

    public static final String TOKEN = "t.sandbox-token";
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    private final Clock clock;
    private final String account;
    private final List<Map<String, Object>> operations = new ArrayList<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ExecutorService notes = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "tbank-notes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String handler;
    private volatile boolean authorised = true;
    private int sequence;

    public TBankStandIn(int port, Clock clock, String account) {
        super(port);
        this.clock = clock;
        this.account = account;
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/openapi";
    }

    /** Where notes of operations go; null for nowhere. */
    public TBankStandIn notesTo(String url) {
        handler = url;
        return this;
    }

    /** Cancels the token, or renews it. */
    public void authorised(boolean on) {
        authorised = on;
    }

    /** Who pays. */
    public record Party(String inn, String kpp, String name, String account) {
    }

    /** Posts money that came. @return the operation's id */
    public String credit(LocalDate day, BigDecimal amount, Party payer, String number, String purpose) {
        return post("Credit", "contragentIncome", day, amount, payer, number, purpose);
    }

    /** Posts money that went. @return the operation's id */
    public String debit(LocalDate day, BigDecimal amount, Party receiver, String category, String number, String purpose) {
        return post("Debit", category, day, amount, receiver, number, purpose);
    }

    private synchronized String post(String type, String category, LocalDate day, BigDecimal amount, Party party,
            String number, String purpose) {
        sequence++;
        String id = new UUID(0x9f3c1a7e00015a10L, 0x8c440d1e2f3a0000L + sequence).toString();
        Instant now = clock.instant();
        Instant at = day.equals(LocalDate.ofInstant(now, MOSCOW)) ? now
                : day.atTime(10, sequence % 60).atZone(MOSCOW).toInstant();
        String moment = at.truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("operationDate", moment);
        one.put("operationId", id);
        one.put("operationStatus", "Transaction");
        one.put("accountNumber", account);
        one.put("bic", "044525974");
        one.put("typeOfOperation", type);
        one.put("category", category);
        one.put("trxnPostDate", moment);
        one.put("authorizationDate", moment);
        one.put("docDate", day.minusDays(1) + "T21:00:00Z");
        if (number != null) {
            one.put("documentNumber", number);
        }
        one.put("operationAmount", amount.stripTrailingZeros());
        one.put("operationCurrencyDigitalCode", "643");
        one.put("accountAmount", amount.stripTrailingZeros());
        one.put("accountCurrencyDigitalCode", "643");
        one.put("rubleAmount", amount.stripTrailingZeros());
        one.put("description", purpose);
        one.put("payPurpose", purpose);
        if (party != null) {
            Map<String, Object> counterparty = new LinkedHashMap<>();
            counterparty.put("account", party.account());
            counterparty.put("inn", party.inn() == null ? "" : party.inn());
            counterparty.put("kpp", party.kpp() == null ? "0" : party.kpp());
            counterparty.put("name", party.name());
            one.put("counterParty", counterparty);
        }
        operations.add(one);
        note(one);
        return id;
    }

    /** The bank edits an operation. */
    public synchronized void edit(String id, String field, Object value) {
        find(id).put(field, value);
    }

    /** The bank takes an operation back without a word. */
    public synchronized void withdraw(String id) {
        operations.remove(find(id));
    }

    private Map<String, Object> find(String id) {
        return operations.stream().filter(one -> one.get("operationId").equals(id)).findFirst().orElseThrow();
    }

    /** Everything posted, oldest first. */
    public synchronized List<Map<String, Object>> operations() {
        return operations.stream().map(one -> (Map<String, Object>) new LinkedHashMap<>(one)).toList();
    }

    @Override
    protected String name(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return false;
    }

    @Override
    protected Reply answer(String name, Request request) {
        String token = request.getHeader("Authorization");
        if (!authorised || !("Bearer " + TOKEN).equals(token)) {
            return error(401, "AUTH_REQUIRED", "Требуется авторизация");
        }
        return switch (name) {
            case "bank-accounts" -> Reply.json(200, List.of(Map.of("accountNumber", account, "name", "Основной счёт",
                    "currency", "643", "bankBik", "044525974", "accountType", "Current", "activationDate", "2023-06-01",
                    "balance", Map.of("otb", 100000, "authorized", 0, "pendingPayments", 0, "pendingRequisitions", 0))));
            case "statement" -> statement(request);
            default -> error(404, "NOT_FOUND", "Нет такого метода");
        };
    }

    private synchronized Reply statement(Request request) {
        String number = parameter(request, "accountNumber");
        if (number == null || !number.matches("\\d{20}") || !number.equals(account)) {
            return error(400, "INVALID_DATA", "accountNumber должен соответствовать ^(\\d{20})$");
        }
        Instant from;
        Instant to;
        try {
            from = Instant.parse(String.valueOf(parameter(request, "from")));
            to = parameter(request, "to") == null ? clock.instant() : Instant.parse(parameter(request, "to"));
        } catch (DateTimeParseException broken) {
            return error(400, "INVALID_DATA", "from и to должны быть date-time");
        }
        String status = parameter(request, "operationStatus");
        List<Map<String, Object>> found = operations.stream().filter(one -> {
            Instant at = Instant.parse(String.valueOf(one.get("operationDate")));
            return !at.isBefore(from) && at.isBefore(to) && (status == null || status.equals("All")
                    || status.equals(one.get("operationStatus")));
        }).toList();
        int limit = Math.min(5000, parameter(request, "limit") == null ? 50 : Integer.parseInt(parameter(request, "limit")));
        int start = parameter(request, "cursor") == null ? 0 : Integer.parseInt(parameter(request, "cursor").substring(2));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("operations", found.stream().skip(start).limit(limit).toList());
        body.put("nextCursor", start + limit < found.size() ? "c-" + (start + limit) : null);
        return Reply.json(200, body);
    }

    private static String parameter(Request request, String name) {
        return request.queryParameter(name).isPresent() ? request.queryParameter(name).firstValue() : null;
    }

    private static Reply error(int status, String code, String message) {
        return Reply.json(status, Map.of("errorId", "a1b2c3d4e5", "errorMessage", message, "errorCode", code,
                "errorDetails", Map.of()));
    }

    /** The flat body of an event: amounts are strings, the status is in small letters (section 7.3). */
    private void note(Map<String, Object> operation) {
        String url = handler;
        if (url == null) {
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>(operation);
        body.remove("operationDate");
        body.put("operationStatus", "transaction");
        List.of("operationAmount", "accountAmount", "rubleAmount").forEach(name ->
                body.put(name, new BigDecimal(String.valueOf(body.get(name))).setScale(2).toPlainString()));
        notes.execute(() -> send(url, JSON.writeValueAsString(body)));
    }

    private void send(String url, String body) {
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                int status = http.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5))
                        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(), HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status / 100 == 2) {
                    return;
                }
            } catch (java.io.IOException again) {
                // tried again, five times at most
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        notes.shutdownNow();
        super.close();
    }
}
