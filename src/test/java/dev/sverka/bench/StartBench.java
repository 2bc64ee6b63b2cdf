package dev.sverka.bench;

import dev.sverka.sandbox.Sandbox;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * The program as {@code docker/Dockerfile} starts it (unpacked, with an archive of its classes and the image's options)
 * against the same program as a bare jar: how long until it is ready, on an empty store, and how much memory is resident
 * once the sandbox's month has been worked off. Needs {@code target/sverka.jar}: {@code ./mvnw package}.
 */
public final class StartBench {

    private static final Path JAR = Path.of("target/sverka.jar").toAbsolutePath();
    private static final List<String> OF_THE_IMAGE = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx256m", "-Xss512k");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private StartBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("there is no " + JAR + ": build it by ./mvnw package -DskipTests");
        }
        Path folder = Files.createTempDirectory("start-bench");
        try {
            List<String> image = image(folder);
            List<String> bare = List.of(java(), "-jar", JAR.toString());
            int rounds = Math.max(3, (int) (7 * scale));
            long[] ofImage = new long[rounds];
            long[] ofBare = new long[rounds];
            for (int n = 0; n < rounds; n++) {
                ofBare[n] = start(bare, folder.resolve("bare" + n), Map.of()).end();
                ofImage[n] = start(image, folder.resolve("image" + n), Map.of()).end();
            }
            figures.atMost("ms from the start until ready, as the image starts it against a bare jar, median of " + rounds,
                    median(ofImage), median(ofBare), 0.8);
            figures.atMost("MB resident after the sandbox's month, the same", memory(image, folder.resolve("month")) / 1024.0,
                    memory(bare, folder.resolve("bare-month")) / 1024.0, 1.2);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** @return the command that the image runs, made as the image is */
    private static List<String> image(Path folder) throws Exception {
        Path app = folder.resolve("app");
        done(List.of(java(), "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination", app.toString()));
        Path archive = app.resolve("sverka.jsa");
        List<String> training = new ArrayList<>(List.of(java(), "-Xlog:cds=off", "-XX:ArchiveClassesAtExit=" + archive));
        training.addAll(OF_THE_IMAGE);
        training.addAll(List.of("-Dspring.context.exit=onRefresh", "-jar", app.resolve("sverka.jar").toString(),
                "--sverka.home=" + folder.resolve("training"), "--sverka.database.url=jdbc:h2:mem:training",
                "--sverka.routes.start=false", "--sverka.console.password=training"));
        done(training);
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+ExitOnOutOfMemoryError",
                "-XX:SharedArchiveFile=" + archive));
        command.addAll(OF_THE_IMAGE);
        command.addAll(List.of("-jar", app.resolve("sverka.jar").toString()));
        return command;
    }

    private static void done(List<String> command) throws Exception {
        int code = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }

    private static long memory(List<String> command, Path home) throws Exception {
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            Map<String, String> settings = new TreeMap<>(sandbox.settings());
            Started program = start(command, home, settings);
            sandbox.tell(program.address());
            Awaitility.await().atMost(Duration.ofMinutes(5)).pollDelay(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofSeconds(1)).until(program::isAtRest);
            long resident = program.residentKilobytes();
            program.end();
            return resident;
        }
    }

    private record Started(Process process, int port, long millis) {

        String address() {
            return "http://127.0.0.1:" + port;
        }

        boolean isAtRest() throws IOException, InterruptedException {
            String metrics = HTTP.send(HttpRequest.newBuilder(URI.create(address() + "/api/status"))
                    .header("Authorization", "Basic YWRtaW46YmVuY2g=").build(), HttpResponse.BodyHandlers.ofString()).body();
            return metrics.contains("\"queued\":0,\"working\":0,\"waiting\":0");
        }

        long residentKilobytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow();
        }

        /** @return how long it took until ready */
        long end() throws InterruptedException {
            process.destroy();
            process.waitFor();
            return millis;
        }
    }

    private static Started start(List<String> command, Path home, Map<String, String> settings) throws Exception {
        Files.createDirectories(home);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--sverka.home=" + home, "--server.port=" + port, "--server.address=127.0.0.1",
                "--sverka.console.user=admin", "--sverka.console.password=bench"));
        settings.forEach((key, value) -> all.add("--" + key + "=" + value));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(all).redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile()).start();
        HttpRequest readiness = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                + "/actuator/health/readiness")).build();
        Awaitility.await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(Files.readString(home.resolve("log")));
                    }
                    return isReady(readiness);
                });
        return new Started(process, port, (System.nanoTime() - began) / 1_000_000);
    }

    private static boolean isReady(HttpRequest readiness) throws InterruptedException {
        try {
            return HTTP.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static double median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
