package dev.sverka.bench;

import dev.sverka.Application;
import dev.sverka.core.state.Databases;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long each page of the desk takes, and how large it is, over a store of a million operations. */
public final class DeskBench {

    private static final int ROUNDS = 40;
    private static final int WARM = 10;
    private static final double PAGE = 100;
    private static final double SEARCH = 200;
    private static final double SIZE = 150;
    private static final double MILLION = 1e6;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL).build();
    private final String base;
    private final Figures figures;
    private final String store;

    private DeskBench(String base, Figures figures, String store) {
        this.base = base;
        this.figures = figures;
        this.store = store;
    }

    public static void run(Figures figures, double scale) throws Exception {
        Path folder = Files.createTempDirectory("desk-bench");
        try {
            String stores = System.getProperty("bench.stores", "H2 PostgreSQL");
            if (stores.contains("H2")) {
                run("H2", Databases.h2Url(folder), figures, scale);
            }
            if (stores.contains("PostgreSQL")) {
                run("PostgreSQL", Databases.postgresUrl(), figures, scale);
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void run(String store, String url, Figures figures, double scale) throws Exception {
        SpringApplication daemon = new SpringApplication(Application.class);
        daemon.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
        try (ConfigurableApplicationContext context = daemon.run("--sverka.database.url=" + url,
                "--sverka.routes.start=false", "--sverka.console.password=secret")) {
            new DeskFill(context.getBean(JdbcClient.class), store.equals("H2"), (long) (MILLION * scale)).fill();
            int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
            DeskBench bench = new DeskBench("http://localhost:" + port, figures, store);
            bench.signIn();
            bench.measure((long) (MILLION * scale));
        }
    }

    private void signIn() throws Exception {
        Matcher token = TOKEN.matcher(get("/login").body());
        if (!token.find()) {
            throw new IllegalStateException("the login page has no token");
        }
        http.send(HttpRequest.newBuilder(URI.create(base + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(
                        "username=admin&password=secret&_csrf=" + encoded(token.group(1)))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void measure(long operations) throws Exception {
        Map<String, Double> pages = new LinkedHashMap<>();
        for (String path : new String[] {"/", "/reviews", "/reviews?q=" + encoded("заказ"), "/operations",
                "/operations?box=review", "/operations?account=40702810000000000003&q=" + encoded("заказ 77"),
                "/operations/" + operations / 2, "/payments/" + operations / 20, "/forecast", "/calendars"}) {
            pages.put(path, PAGE);
        }
        for (String q : new String[] {"С-777", "77777,00", "7700000077", "Покупатель 77", "заказ 7777", "завтрак",
                "sverka:bank-operation:tbank.main:7777"}) {
            pages.put("/search?q=" + encoded(q), SEARCH);
        }
        for (Map.Entry<String, Double> page : pages.entrySet()) {
            String name = store + ": " + URLDecoder.decode(page.getKey(), StandardCharsets.UTF_8);
            double[] taken = new double[ROUNDS];
            int size = 0;
            for (int n = -WARM; n < ROUNDS; n++) {
                long start = System.nanoTime();
                HttpResponse<String> answer = get(page.getKey());
                if (n >= 0) {
                    taken[n] = (System.nanoTime() - start) / MILLION;
                }
                if (answer.statusCode() != 200 || answer.uri().getPath().equals("/login")) {
                    throw new IllegalStateException(page.getKey() + ": " + answer.statusCode() + " " + answer.uri());
                }
                size = answer.body().getBytes(StandardCharsets.UTF_8).length;
            }
            Arrays.sort(taken);
            figures.atMost(name + ", p95 in ms", taken[(int) (ROUNDS * 0.95) - 1], page.getValue(), 1);
            figures.atMost(name + ", kB", size / 1000.0, SIZE, 1);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
