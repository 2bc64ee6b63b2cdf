package dev.sverka.vendors.bitrix24;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A portal that does nothing but keep its limits (bitrix24.md section 3): requests in a leaky bucket of 50 and 2 a
 * second, ten one-minute baskets of operating time for each method checked before a call, and the cut at 60 s. Every
 * call takes the time its method costs, by an accelerated clock.
 */
final class LimitedPortal implements AutoCloseable {

    private static final long WINDOW = 600_000;

    static {
        // header and body leave in two packets; without this the second waits 40 ms for the first one's receipt
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final JsonMapper json = JsonMapper.builder().build();
    private final AcceleratedClock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpServer server;
    private final Map<String, Deque<long[]>> baskets = new HashMap<>();
    private final Map<String, Duration> costs = new HashMap<>();
    private boolean onBatch;
    private long ceiling = 480_000;
    private double bucket;
    private Instant bucketAt;
    private int rejectedBy429;
    private int rejectedBy503;
    private int cut;
    private final AtomicInteger requests = new AtomicInteger();
    /** What every call of an inner method took, by the time it ended. */
    private final List<long[]> spent = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();

    LimitedPortal(AcceleratedClock clock) throws IOException {
        this.clock = clock;
        this.bucketAt = clock.instant();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rest/17/secret/";
    }

    /** How long one call of a method takes; 10 ms unless told. */
    LimitedPortal cost(String method, Duration time) {
        costs.put(method, time);
        return this;
    }

    /** Books a batch's time on {@code batch} instead of on each inner method. */
    LimitedPortal onBatch() {
        onBatch = true;
        return this;
    }

    LimitedPortal ceiling(Duration time) {
        ceiling = time.toMillis();
        return this;
    }

    synchronized int refusals() {
        return rejectedBy429 + rejectedBy503;
    }

    synchronized int cut() {
        return cut;
    }

    int requests() {
        return requests.get();
    }

    /** Calls that were carried out, as {@code method id}. */
    List<String> done() {
        return done;
    }

    /** Operating milliseconds between two times. */
    long spentBetween(Instant from, Instant to) {
        return spent.stream().filter(one -> one[0] >= from.toEpochMilli() && one[0] < to.toEpochMilli())
                .mapToLong(one -> one[1]).sum();
    }

    /** Another program uses up a method's time. */
    synchronized void useUp(String method, Duration time) {
        book(method, time.toMillis());
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        String method = path.substring(path.lastIndexOf('/') + 1);
        Map<String, Object> parameters = json.readValue(exchange.getRequestBody().readAllBytes(),
                new TypeReference<LinkedHashMap<String, Object>>() { });
        Map<String, Object> body = isFull() ? error("QUERY_LIMIT_EXCEEDED")
                : method.equals("batch") ? batch(parameters) : single(method, parameters);
        int status = body == null ? 504 : "QUERY_LIMIT_EXCEEDED".equals(body.get("error")) ? 503
                : body.containsKey("error") ? 429 : 200;
        byte[] bytes = body == null ? "<html>504</html>".getBytes(StandardCharsets.UTF_8)
                : json.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized boolean isFull() {
        Instant now = clock.instant();
        bucket = Math.max(0, bucket - Duration.between(bucketAt, now).toMillis() / 1000.0 * 2) + 1;
        bucketAt = now;
        if (bucket > 50) {
            rejectedBy503++;
            return true;
        }
        return false;
    }

    private Map<String, Object> single(String method, Map<String, Object> parameters) {
        Map<String, Object> time = run(method, true);
        if (time == null) {
            return error("OPERATION_TIME_LIMIT");
        }
        done.add(method + " " + parameters.get("id"));
        return new LinkedHashMap<>(Map.of("result", result(parameters.get("id")), "time", time));
    }

    /** @return null where it was cut off at 60 s: what was done until then stays done */
    private Map<String, Object> batch(Map<String, Object> parameters) {
        Map<String, Object> results = new LinkedHashMap<>();
        Map<String, Object> errors = new LinkedHashMap<>();
        Map<String, Object> times = new LinkedHashMap<>();
        Instant begun = clock.instant();
        if (onBatch && isUsedUp("batch")) {
            return error("OPERATION_TIME_LIMIT");
        }
        for (Map.Entry<?, ?> command : ((Map<?, ?>) parameters.get("cmd")).entrySet()) {
            String line = URLDecoder.decode(command.getValue().toString(), StandardCharsets.UTF_8);
            String method = line.replaceFirst("\\?.*", "");
            String id = line.replaceFirst("^(?:.*[?&])id=(\\d+).*$", "$1");
            Map<String, Object> time = run(method, !onBatch);
            if (time == null) {
                errors.put(command.getKey().toString(), error("OPERATION_TIME_LIMIT"));
                continue;
            }
            if (Duration.between(begun, clock.instant()).toSeconds() >= 60) {
                synchronized (this) {
                    cut++;
                }
                return null;
            }
            done.add(method + " " + id);
            results.put(command.getKey().toString(), result(id));
            times.put(command.getKey().toString(), time);
        }
        long total = Duration.between(begun, clock.instant()).toMillis();
        Map<String, Object> envelope = time(total, 0);
        if (onBatch) {
            synchronized (this) {
                book("batch", total);
                envelope = time(total, used("batch"));
            }
        }
        return new LinkedHashMap<>(Map.of("result", Map.of("result", orEmpty(results), "result_error", orEmpty(errors),
                "result_total", List.of(), "result_next", List.of(), "result_time", orEmpty(times)), "time", envelope));
    }

    private static Object orEmpty(Map<String, Object> map) {
        return map.isEmpty() ? List.of() : map;
    }

    private static Object result(Object id) {
        return Map.of("item", Map.of("id", id == null ? 0 : id));
    }

    /** @return null where the method has no time left */
    private Map<String, Object> run(String method, boolean booked) {
        if (booked && isUsedUp(method)) {
            return null;
        }
        Instant begun = clock.instant();
        Instant end = begun.plus(costs.getOrDefault(method, Duration.ofMillis(10)));
        for (Instant now = begun; now.isBefore(end); now = clock.instant()) {
            LockSupport.parkNanos(clock.pace(Duration.between(now, end)).toNanos());
        }
        long took = Duration.between(begun, clock.instant()).toMillis();
        synchronized (this) {
            spent.add(new long[] {clock.millis(), took});
            if (!booked) {
                return time(took, 0);
            }
            book(method, took);
            return time(took, used(method));
        }
    }

    private synchronized boolean isUsedUp(String method) {
        if (used(method) >= ceiling) {
            rejectedBy429++;
            return true;
        }
        return false;
    }

    private void book(String method, long millis) {
        long now = clock.millis();
        Deque<long[]> own = baskets.computeIfAbsent(method, name -> new ArrayDeque<>());
        if (own.isEmpty() || now / 60_000 > own.getLast()[0] / 60_000) {
            own.addLast(new long[] {now, 0});
        }
        own.getLast()[1] += millis;
    }

    private long used(String method) {
        Deque<long[]> own = baskets.computeIfAbsent(method, name -> new ArrayDeque<>());
        while (!own.isEmpty() && own.getFirst()[0] + WINDOW <= clock.millis()) {
            own.removeFirst();
        }
        return own.stream().mapToLong(basket -> basket[1]).sum();
    }

    private Map<String, Object> time(long took, long operating) {
        Map<String, Object> time = new LinkedHashMap<>();
        long now = clock.millis();
        time.put("finish", BigDecimal.valueOf(now, 3));
        time.put("duration", BigDecimal.valueOf(took, 3));
        time.put("date_start", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.ofHours(3)).withNano(0).toString());
        time.put("operating_reset_at", now / 1000 + 600);
        time.put("operating", BigDecimal.valueOf(operating, 3));
        return time;
    }

    private static Map<String, Object> error(String code) {
        return new LinkedHashMap<>(Map.of("error", code, "error_description", ""));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
