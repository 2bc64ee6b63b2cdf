package dev.sverka.sandbox.bitrix24;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;

/**
 * A Bitrix24 portal behind an incoming webhook (bitrix24.md sections 2, 3 and 5). Plain http is taken, unlike the
 * vendor's, because it listens on loopback only.
 */
public final class Bitrix24StandIn extends StandIn {

    public static final String SECRET = "sandbox-webhook-secret";
    public static final int USER = 17;

    private final Clock clock;
    private final Crm crm;
    private final CrmMethods methods;
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private double bucket;
    private long bucketAt;
    private volatile boolean limited = true;
    private volatile boolean authorised = true;

    public Bitrix24StandIn(int port, Clock clock) {
        super(port);
        this.clock = clock;
        this.crm = new Crm(clock);
        this.methods = new CrmMethods(crm, USER);
        this.bucketAt = System.nanoTime();
    }

    public Crm crm() {
        return crm;
    }

    /** The address a daemon is given. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/rest/" + USER + "/" + SECRET + "/";
    }

    /** Every write that was carried out, as {@code method item}. */
    public List<String> writes() {
        return writes;
    }

    /** Switches the request limit of 50 and 2 a second. */
    public Bitrix24StandIn limited(boolean on) {
        limited = on;
        return this;
    }

    /** Takes the webhook's rights away, or gives them back. */
    public void authorised(boolean on) {
        authorised = on;
    }

    @Override
    protected String name(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "").replaceFirst(".*/", "").replaceFirst("\\.json$", "");
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return CrmMethods.WRITES.contains(name);
    }

    @Override
    protected Reply answer(String name, Request request) {
        String path = request.getUrl().replaceFirst("\\?.*", "");
        Matcher parts = Pattern.compile("/rest/(\\d+)/([^/]+)/[^/]+").matcher(path);
        if (!parts.matches()) {
            return error(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
        }
        if (!authorised || !parts.group(2).equals(SECRET)) {
            return error(401, "NO_AUTH_FOUND", "Wrong authorization data");
        }
        if (limited && isFull()) {
            return error(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
        }
        try {
            Map<String, Object> parameters = parameters(request);
            return name.equals("batch") ? envelope(batch(parameters), null, null) : one(name, parameters);
        } catch (CrmError error) {
            return error(error.status, error.code, error.getMessage());
        }
    }

    /** Section 3.1: each request adds one, two flow off a second, above 50 it is refused; a refused one counts too. */
    private synchronized boolean isFull() {
        long now = System.nanoTime();
        bucket = Math.max(0, bucket - (now - bucketAt) / 1e9 * 2) + 1;
        bucketAt = now;
        return bucket > 50;
    }

    private Reply one(String name, Map<String, Object> parameters) {
        CrmMethods.Result result = call(name, parameters);
        return envelope(result.result(), result.total(), result.next());
    }

    private CrmMethods.Result call(String name, Map<String, Object> parameters) {
        CrmMethods.Result result = methods.call(name, parameters);
        if (CrmMethods.WRITES.contains(name)) {
            Object item = parameters.get("id") != null ? parameters.get("id") : parameters.get("fields");
            writes.add(name + " " + item);
        }
        return result;
    }

    private Map<String, Object> batch(Map<String, Object> parameters) {
        Map<String, Object> results = new LinkedHashMap<>();
        Map<String, Object> errors = new LinkedHashMap<>();
        Map<String, Object> totals = new LinkedHashMap<>();
        Map<String, Object> nexts = new LinkedHashMap<>();
        Map<String, Object> times = new LinkedHashMap<>();
        Map<?, ?> commands = parameters.get("cmd") instanceof Map<?, ?> map ? map : Map.of();
        boolean halt = List.of("1", "true").contains(String.valueOf(parameters.get("halt")));
        int count = 0;
        for (Map.Entry<?, ?> command : commands.entrySet()) {
            String key = String.valueOf(command.getKey());
            try {
                if (++count > 50) {
                    throw new CrmError(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
                }
                CrmMethods.Result result = command(references(String.valueOf(command.getValue()), results));
                results.put(key, result.result());
                times.put(key, time());
                if (result.total() != null) {
                    totals.put(key, result.total());
                }
                if (result.next() != null) {
                    nexts.put(key, result.next());
                }
            } catch (CrmError error) {
                errors.put(key, Map.of("error", error.code, "error_description", String.valueOf(error.getMessage())));
                if (halt) {
                    break;
                }
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", orEmpty(results));
        answer.put("result_error", orEmpty(errors));
        answer.put("result_total", orEmpty(totals));
        answer.put("result_next", orEmpty(nexts));
        answer.put("result_time", orEmpty(times));
        return answer;
    }

    private static Object orEmpty(Map<String, Object> map) {
        return map.isEmpty() ? List.of() : map;
    }

    private CrmMethods.Result command(String line) {
        int question = line.indexOf('?');
        String method = question < 0 ? line : line.substring(0, question);
        if (method.equals("batch")) {
            throw new CrmError(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");
        }
        return call(method, question < 0 ? Map.of() : form(line.substring(question + 1)));
    }

    /** {@code $result[p0][items][49][id]}; a missing one is empty (section 5.3). */
    private static String references(String line, Map<String, Object> results) {
        Matcher reference = Pattern.compile("(?:\\$|%24)result((?:(?:\\[|%5B)[^\\]%]+(?:\\]|%5D))+)").matcher(line);
        StringBuilder replaced = new StringBuilder();
        while (reference.find()) {
            Object value = results;
            for (String step : reference.group(1).replace("%5B", "[").replace("%5D", "]").replaceAll("^\\[|\\]$", "")
                    .split("\\]\\[")) {
                value = value instanceof Map<?, ?> map ? map.get(step)
                        : value instanceof List<?> list && step.matches("\\d+") && Integer.parseInt(step) < list.size()
                                ? list.get(Integer.parseInt(step)) : null;
            }
            reference.appendReplacement(replaced, Matcher.quoteReplacement(value == null ? "" : value.toString()));
        }
        reference.appendTail(replaced);
        return replaced.toString();
    }

    private static Map<String, Object> parameters(Request request) {
        String body = request.getBodyAsString();
        if (body != null && body.startsWith("{")) {
            return JSON.readValue(body, new TypeReference<LinkedHashMap<String, Object>>() { });
        }
        int question = request.getUrl().indexOf('?');
        String query = question < 0 ? "" : request.getUrl().substring(question + 1);
        return form(body == null || body.isBlank() ? query : query + "&" + body);
    }

    /** Bracketed names of a form, as PHP reads them: values are strings. */
    static Map<String, Object> form(String query) {
        Map<String, Object> form = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                put(form, name.replace("]", "").split("\\["), 0, value);
            }
        }
        form.replaceAll((name, value) -> lists(value));
        return form;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> map, String[] path, int at, String value) {
        String key = path[at].isEmpty() ? String.valueOf(map.size()) : path[at];
        if (at == path.length - 1) {
            map.put(key, value);
        } else {
            put((Map<String, Object>) map.computeIfAbsent(key, name -> new LinkedHashMap<>()), path, at + 1, value);
        }
    }

    /** A map with the keys 0, 1, 2 … of plain values is a list. */
    private static Object lists(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            Object one = map.get(String.valueOf(i));
            if (one == null || one instanceof Map<?, ?>) {
                Map<String, Object> kept = new LinkedHashMap<>();
                map.forEach((key, inner) -> kept.put(String.valueOf(key), lists(inner)));
                return kept;
            }
            list.add(one);
        }
        return list;
    }

    private Reply envelope(Object result, Integer total, Integer next) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", result);
        if (total != null) {
            body.put("total", total);
        }
        if (next != null) {
            body.put("next", next);
        }
        body.put("time", time());
        return Reply.json(200, body);
    }

    private Map<String, Object> time() {
        BigDecimal now = BigDecimal.valueOf(clock.millis(), 3);
        Map<String, Object> time = new LinkedHashMap<>();
        time.put("start", now);
        time.put("finish", now);
        time.put("duration", new BigDecimal("0.05"));
        time.put("processing", new BigDecimal("0.03"));
        time.put("date_start", crm.now());
        time.put("date_finish", crm.now());
        time.put("operating_reset_at", now.longValue() + 600);
        time.put("operating", 0);
        return time;
    }

    private static Reply error(int status, String code, String description) {
        return Reply.json(status, Map.of("error", code, "error_description", description));
    }
}
