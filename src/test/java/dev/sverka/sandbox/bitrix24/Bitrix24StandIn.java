package dev.sverka.sandbox.bitrix24;

import com.github.tomakehurst.wiremock.http.Request;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * A Bitrix24 portal behind incoming webhooks (bitrix24.md sections 2–7, 9, 10, 12 and 14). Plain http is taken, unlike
 * the vendor's, because it listens on loopback only.
 */
public final class Bitrix24StandIn extends Bitrix24Switches {

    private static final Pattern WEBHOOK = Pattern.compile("/rest/(\\d+)/([^/]+)/([^/]+)");

    public Bitrix24StandIn(int port, Clock clock) {
        super(port, clock);
    }

    /** The address a daemon is given. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/rest/" + USER + "/" + SECRET + "/";
    }

    /** Every write that was carried out, as {@code method item}. */
    public List<String> writes() {
        return desk.writes();
    }

    /** Switches the limits of requests and of operating time (section 3). */
    public Bitrix24StandIn limited(boolean on) {
        limits(on);
        return this;
    }

    /** How many calls of a method were carried out, those in batches too. */
    public long executed(String method) {
        return desk.executed(method);
    }

    @Override
    protected String name(Request request) {
        return path(request).replaceFirst(".*/", "").replaceFirst("\\.(json|xml)$", "");
    }

    private static String path(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "");
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return methods.isWrite(name) || name.equals("batch") && methods.namesWrite(request.getBodyAsString());
    }

    @Override
    protected String written(String json) {
        if (!escaped) {
            return json;
        }
        StringBuilder spelt = new StringBuilder();
        json.replace("/", "\\/").chars().forEach(one -> spelt.append(one < 128 ? String.valueOf((char) one)
                : String.format("\\u%04x", one)));
        return spelt.toString();
    }

    @Override
    protected Reply answer(String name, Request request) {
        clock.runDue();
        if (host != null && !host.equals(request.getHeader("Host"))) {
            return new Reply(302, "text/html", "", Map.of("Location", "http://" + host + request.getUrl()));
        }
        if (name.equals("crm.controller.item.getFile") || name.equals("download")) {
            return file(request);
        }
        try {
            Credential who = admitted(request);
            Map<String, Object> parameters = parameters(request);
            return name.equals("batch") ? batch(parameters, who) : one(new Call(name, parameters, who));
        } catch (CrmError error) {
            return Reply.json(error.status, error.body());
        } catch (Batch.Cut cut) {
            return cut();
        }
    }

    private Reply cut() {
        return cutsByReset ? Reply.broken() : Reply.html(504,
                "<html>\n<head><title>504 Gateway Time-out</title></head>\n"
                + "<body><center><h1>504 Gateway Time-out</h1></center></body>\n</html>\n");
    }

    /** @throws CrmError when the request is not let in */
    private Credential admitted(Request request) {
        if (plainHttpRefused) {
            throw new CrmError(400, "INVALID_REQUEST", "Https required.");
        }
        Matcher parts = WEBHOOK.matcher(path(request));
        if (!parts.matches()) {
            throw path(request).matches("/rest/[^/]+") ? new CrmError(401, "NO_AUTH_FOUND", "Wrong authorization data")
                    : new CrmError(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
        }
        if (refusal != null) {
            throw refusal;
        }
        Credential who = credentials.stream().filter(one -> one.secret().equals(parts.group(2))
                && parts.group(1).equals(String.valueOf(one.user()))).findFirst()
                .orElseThrow(() -> new CrmError(401, "NO_AUTH_FOUND", "Wrong authorization data"));
        if (overloaded) {
            throw new CrmError(503, "OVERLOAD_LIMIT", "REST API is blocked due to overload.");
        }
        if (bucket.isFull(request.getClientIp()) && desk.limited) {
            throw new CrmError(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
        }
        return who;
    }

    private Reply one(Call call) {
        Desk.Outcome outcome = desk.alone(call);
        if (outcome.seconds().compareTo(Batch.LONGEST) > 0) {
            throw new Batch.Cut();
        }
        return envelope(outcome.result(), outcome.time());
    }

    private Reply batch(Map<String, Object> parameters, Credential who) {
        desk.beforeBatch(who);
        Batch batch = new Batch(desk, who);
        Map<String, Object> result;
        try {
            result = batch.run(parameters);
        } finally {
            desk.bookBatch(who, batch.seconds());
        }
        return envelope(Call.Result.of(result), desk.time(who, "batch", batch.seconds()));
    }

    private static Reply envelope(Call.Result result, Map<String, Object> time) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", result.result());
        if (result.next() != null) {
            body.put("next", result.next());
        }
        if (result.total() != null) {
            body.put("total", result.total());
        }
        body.put("time", time);
        return Reply.json(200, body);
    }

    private static Map<String, Object> parameters(Request request) {
        String body = request.getBodyAsString();
        int question = request.getUrl().indexOf('?');
        String query = question < 0 ? "" : request.getUrl().substring(question + 1);
        if (body == null || body.isBlank() || !isJson(request)) {
            return Form.parse(body == null || body.isBlank() ? query : query + "&" + body);
        }
        Map<String, Object> parameters = new LinkedHashMap<>(Form.parse(query));
        try {
            parameters.putAll(JSON.readValue(body, new TypeReference<LinkedHashMap<String, Object>>() { }));
        } catch (JacksonException notAnObject) {
            return parameters; // what cannot be read is not there
        }
        return parameters;
    }

    private static boolean isJson(Request request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(java.util.Locale.ROOT).contains("json");
    }

    /** A link is opaque, runs out, and wants the four headers of a browser (section 10). */
    private Reply file(Request request) {
        Matcher token = Pattern.compile("token=(?:crm|disk)(?:%7C|\\|)(\\w+)").matcher(request.getUrl());
        Files.Stored file = token.find() ? crm.files.behind(token.group(1)) : null;
        boolean polite = List.of("User-Agent", "Accept", "Accept-Language", "Referer").stream()
                .allMatch(header -> request.getHeader(header) != null);
        String name = file == null ? "file" : file.name();
        Map<String, String> headers = Map.of("Content-Disposition", "attachment; filename=\"" + name + "\"");
        return file == null || !polite
                ? new Reply(404, "text/html", "<html><head><title>404 Not Found</title></head>"
                        + "<body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>",
                            headers)
                : new Reply(200, "application/octet-stream", file.content(), headers);
    }
}
