package dev.sverka.vendors.bitrix24;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A portal that answers each method as a test says; an unknown method is refused as the vendor does. */
final class ScriptedPortal implements AutoCloseable {

    /** A refusal. */
    static final class Refusal extends RuntimeException {
        final int status;
        final String code;

        Refusal(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }
    }

    /** A call as it arrived; in a batch every value is text. */
    record Call(String method, Map<String, Object> parameters) {

        @SuppressWarnings("unchecked")
        Map<String, Object> map(String key) {
            return parameters.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        }

        long id() {
            return Long.parseLong(parameters.get("id").toString());
        }
    }

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, Function<Call, Object>> methods = new HashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpServer server;
    private volatile String movedTo;
    private volatile boolean losesBatches;
    private volatile Consumer<String> bodies = body -> { };

    ScriptedPortal() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + authority() + "/rest/17/secret/";
    }

    ScriptedPortal on(String method, Function<Call, Object> answer) {
        methods.put(method, answer);
        return this;
    }

    /** Hears every body as it came. */
    ScriptedPortal onBody(Consumer<String> heard) {
        bodies = heard;
        return this;
    }

    /** Answers everything by a redirect there. */
    void movedTo(String location) {
        movedTo = location;
    }

    /** Carries batches out and breaks the connection. */
    void losesBatches(boolean on) {
        losesBatches = on;
    }

    List<Call> calls() {
        return calls;
    }

    List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = path.substring(path.lastIndexOf('/') + 1);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        bodies.accept(new String(sent, StandardCharsets.UTF_8));
        if (movedTo != null) {
            exchange.getResponseHeaders().add("Location", movedTo + path);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        Map<String, Object> parameters = json.readValue(sent, new TypeReference<LinkedHashMap<String, Object>>() { });
        int status = 200;
        Map<String, Object> body;
        try {
            body = new LinkedHashMap<>(Map.of("result", method.equals("batch") ? batch(parameters)
                    : answer(new Call(method, parameters)), "time", Map.of("date_start", "2026-11-23T12:00:00+03:00")));
        } catch (Refusal refusal) {
            status = refusal.status;
            body = Map.of("error", refusal.code, "error_description", "");
        }
        if (method.equals("batch") && losesBatches) {
            exchange.getResponseBody();
            exchange.close();
            return;
        }
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Object answer(Call call) {
        calls.add(call);
        Function<Call, Object> answer = methods.get(call.method());
        if (answer == null) {
            throw new Refusal(404, "ERROR_METHOD_NOT_FOUND");
        }
        return answer.apply(call);
    }

    private Map<String, Object> batch(Map<String, Object> parameters) {
        calls.add(new Call("batch", parameters));
        Map<String, Object> results = new LinkedHashMap<>();
        Map<String, Object> errors = new LinkedHashMap<>();
        ((Map<?, ?>) parameters.get("cmd")).forEach((name, line) -> {
            try {
                results.put(name.toString(), answer(command(line.toString())));
            } catch (Refusal refusal) {
                errors.put(name.toString(), Map.of("error", refusal.code, "error_description", ""));
            }
        });
        return Map.of("result", results.isEmpty() ? List.of() : results, "result_error",
                errors.isEmpty() ? List.of() : errors, "result_total", List.of(), "result_next", List.of(),
                "result_time", List.of());
    }

    private static Call command(String line) {
        int question = line.indexOf('?');
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String pair : question < 0 ? new String[0] : line.substring(question + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            put(parameters, URLDecoder.decode(parts[0], StandardCharsets.UTF_8).replace("]", "").split("\\["), 0,
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return new Call(question < 0 ? line : line.substring(0, question), parameters);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> map, String[] path, int at, String value) {
        if (at == path.length - 1) {
            map.put(path[at], value);
        } else {
            put((Map<String, Object>) map.computeIfAbsent(path[at], name -> new LinkedHashMap<>()), path, at + 1,
                    value);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
