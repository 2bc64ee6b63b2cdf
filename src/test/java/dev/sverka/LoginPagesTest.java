package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers at the door of the real program: 100,000 of them with {@code -Plong}. */
class LoginPagesTest {

    private static final int STRANGERS = Integer.getInteger("sverka.test.logins", 1000);
    private static final int AT_A_TIME = 8;
    /** What the program's own work may add meanwhile, however many come: a session each would be more at the fewest. */
    private static final long OWN = 1_000_000;
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path home;

    @Test
    void aPageThatNobodyHasLoggedInToLeavesTheHeapAsItIs() throws Exception {
        try (Daemon daemon = Daemon.start(Map.of("sverka.home", Path.of("").toAbsolutePath().toString(),
                "sverka.database.url", Databases.h2Url(home)), home.resolve("log")).ready()) {
            visit(daemon, 1000);
            long before = liveBytes(daemon);
            visit(daemon, STRANGERS);
            long grown = liveBytes(daemon) - before;
            System.out.printf("%d login pages: the live heap of %d bytes grew by %d%n", STRANGERS, before, grown);
            assertThat(grown).as("bytes by which %d login pages let %d live ones grow", STRANGERS, before)
                    .isLessThan(OWN);
        }
    }

    private static void visit(Daemon daemon, int times) throws Exception {
        HttpRequest page = HttpRequest.newBuilder(URI.create(daemon.address() + "/login")).build();
        ExecutorService strangers = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int n = 0; n < AT_A_TIME; n++) {
                all.add(strangers.submit(() -> {
                    for (int i = 0; i < times / AT_A_TIME; i++) {
                        HttpResponse<String> answer = HTTP.send(page, HttpResponse.BodyHandlers.ofString());
                        assertThat(answer.statusCode()).isEqualTo(200);
                        assertThat(answer.body()).contains("<form");
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            strangers.shutdown();
        }
    }

    /** After a collection of all garbage. */
    private static long liveBytes(Daemon daemon) throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(daemon.pid()), "GC.class_histogram").redirectErrorStream(true).start();
        String last = "";
        try (BufferedReader lines = histogram.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
        }
        Matcher total = TOTAL.matcher(last);
        assertThat(total.find()).as(last).isTrue();
        return Long.parseLong(total.group(1));
    }
}
