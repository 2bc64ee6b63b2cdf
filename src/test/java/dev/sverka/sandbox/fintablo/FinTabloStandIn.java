package dev.sverka.sandbox.fintablo;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import dev.sverka.sandbox.StandIn;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** FinTablo on loopback, as strict as its document and its clients' experience (fintablo.md section 17). */
public final class FinTabloStandIn extends StandIn {

    /** The first company's. */
    public static final String TOKEN = "sandbox-fintablo-token";
    private static final Pattern PATH = Pattern.compile("/v1/([a-z-]+)(?:/([^/]+)(?:/([a-z-]+)(?:/([^/]+))?)?)?");

    private final Clock clock;
    private final Map<String, FinTabloCompany> companies = new ConcurrentHashMap<>();
    private final Map<String, Deque<Long>> recent = new HashMap<>();
    private volatile int refusals;

    public FinTabloStandIn(int port, Clock clock) {
        super(port);
        this.clock = clock;
        company(TOKEN);
    }

    /** The company of a token; another token, another company. */
    public FinTabloCompany company(String token) {
        return companies.computeIfAbsent(token, absent -> new FinTabloCompany(clock, companies.size()));
    }

    /** The company that is always there. */
    public FinTabloCompany company() {
        return company(TOKEN);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** How many calls were too many. */
    public int refusals() {
        return refusals;
    }

    @Override
    protected String name(Request request) {
        Matcher path = PATH.matcher(request.getUrl().replaceFirst("\\?.*", ""));
        if (!path.matches()) {
            return "unknown";
        }
        String verb = path.group(3) != null ? path.group(3) : request.getMethod().equals(RequestMethod.POST) ? "create"
                : request.getMethod().equals(RequestMethod.PUT) ? "update"
                : request.getMethod().equals(RequestMethod.DELETE) ? "delete"
                : path.group(2) == null ? "list" : "get";
        return verb + " " + path.group(1);
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return !request.getMethod().equals(RequestMethod.GET);
    }

    @Override
    protected Reply answer(String name, Request request) {
        FinTabloCompany company = companies.get(String.valueOf(request.getHeader("Authorization"))
                .replaceFirst("^Bearer ", ""));
        if (company == null || company.switches().tokenReplaced) {
            return error(company, 401, "Your request was made with invalid credentials.");
        }
        if (isThrottled(company, request.getHeader("Authorization"))) {
            refusals++;
            return error(company, 429, "Too many requests");
        }
        FinTabloSwitches.Held held = company.switches().held.remove(name);
        try {
            if (held != null) {
                held.pass();
            }
            return done(name, request, company);
        } catch (FinTabloRefusal refusal) {
            return error(company, refusal.status, refusal.getMessage());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Reply.broken();
        } finally {
            if (held != null) {
                held.finished();
            }
        }
    }

    private Reply done(String name, Request request, FinTabloCompany company) {
        FinTabloSwitches switches = company.switches();
        if (switches.goneThoughRefused.remove(name)) {
            String[] path = request.getUrl().split("/");
            company.remove(path[2], Long.parseLong(path[3]));
            return error(company, 400, "Invalid group");
        }
        List<Map<String, Object>> items;
        synchronized (company) {
            items = carriedOut(request, company);
        }
        if (switches.refusedThoughDone.remove(name)) {
            return error(company, 400, "Invalid type");
        }
        Map<String, Object> body = new LinkedHashMap<>(Map.of("status", 200));
        if (items != null && !switches.withoutItems.remove(name)) {
            body.put("items", items);
        }
        return new Reply(200, "application/json; charset=UTF-8", body, headers(company));
    }

    /** @return the items of the answer; null for none */
    private List<Map<String, Object>> carriedOut(Request request, FinTabloCompany company) {
        Matcher path = PATH.matcher(request.getUrl().replaceFirst("\\?.*", ""));
        if (!path.matches() || !FinTabloRules.RESOURCES.containsKey(path.group(1))) {
            throw new FinTabloRefusal(400, "Unknown method");
        }
        String resource = path.group(1);
        RequestMethod method = request.getMethod();
        FinTabloListing listing = new FinTabloListing(company);
        if (path.group(2) == null) {
            if (method.equals(RequestMethod.GET)) {
                return listing.list(resource, query(request));
            }
            if (!method.equals(RequestMethod.POST)) {
                throw new FinTabloRefusal(400, "ID is required");
            }
            return List.of(listing.item(resource, company.create(resource, fields(request))));
        }
        if (!path.group(2).matches("\\d{1,18}")) {
            throw new FinTabloRefusal(400, method.equals(RequestMethod.GET) ? "Unknown method" : "ID is required");
        }
        long id = Long.parseLong(path.group(2));
        if (path.group(3) != null) {
            return action(request, company, path, id).stream().map(item -> listing.item(resource, item)).toList();
        }
        if (method.equals(RequestMethod.DELETE)) {
            company.delete(resource, id);
            return null;
        }
        return List.of(listing.item(resource, method.equals(RequestMethod.PUT)
                ? company.update(resource, id, fields(request)) : company.required(resource, id)));
    }

    private List<Map<String, Object>> action(Request request, FinTabloCompany company, Matcher path, long id) {
        String action = path.group(1) + "/" + path.group(3);
        if (!request.getMethod().equals(RequestMethod.POST)) {
            throw new FinTabloRefusal(400, "Unknown method");
        }
        if (action.equals("deal/add-stage")) {
            return company.addStage(id, fields(request));
        }
        if (action.equals("transaction/merge") && path.group(4) != null && path.group(4).matches("\\d{1,18}")) {
            return company.transactions().merge(id, Long.parseLong(path.group(4)));
        }
        if (!path.group(1).equals("transaction") || path.group(4) != null) {
            throw new FinTabloRefusal(400, "Unknown method");
        }
        return company.transactions().act(id, path.group(3), body(request));
    }

    private static Object body(Request request) {
        String text = request.getBodyAsString();
        try {
            return text.isBlank() ? Map.of() : JSON.readValue(text, Object.class);
        } catch (JacksonException broken) {
            throw new FinTabloRefusal(400, "The request data is empty");
        }
    }

    private static Map<String, Object> fields(Request request) {
        return body(request) instanceof Map<?, ?> map ? FinTabloCompany.map(map) : Map.of();
    }

    private static Map<String, String> query(Request request) {
        String query = URI.create(request.getUrl()).getQuery();
        return query == null ? Map.of() : java.util.Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : "",
                        (one, two) -> two, LinkedHashMap::new));
    }

    private boolean isThrottled(FinTabloCompany company, String token) {
        FinTabloSwitches switches = company.switches();
        synchronized (recent) {
            if (switches.throttled > 0) {
                switches.throttled--;
                return true;
            }
            long now = clock.millis();
            Deque<Long> calls = recent.computeIfAbsent(token, absent -> new ArrayDeque<>());
            calls.removeIf(call -> switches.fixedMinutes ? call / 60_000 != now / 60_000 : now - call >= 60_000);
            if (calls.size() + switches.othersUse >= switches.perMinute) {
                return true;
            }
            calls.add(now);
            return false;
        }
    }

    private static Map<String, String> headers(FinTabloCompany company) {
        Map<String, String> headers = new HashMap<>(Map.of("X-Request-Id", UUID.randomUUID().toString()));
        if (company != null && company.switches().closes) {
            headers.put("Connection", "close");
        }
        return headers;
    }

    private static Reply error(FinTabloCompany company, int status, String text) {
        Map<String, String> headers = headers(company);
        if (status == 429 && company.switches().retryAfter != null) {
            headers.put("Retry-After", company.switches().retryAfter.toString());
        }
        boolean hidden = company != null && company.switches().errorsAs200;
        return new Reply(hidden ? 200 : status, "application/json; charset=UTF-8",
                Map.of("status", status, "statusText", text), headers);
    }
}
