package dev.sverka.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program in a process of its own, to be killed. */
public final class Daemon implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("admin:test".getBytes());

    private final Process process;
    private final int port;

    private Daemon(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; it is not ready yet. @param log where it writes */
    public static Daemon start(Map<String, String> settings, Path log) throws IOException {
        return started(settings, log, Program.command());
    }

    /** Starts it with a clock that a test moves. @param clock the file of a {@link MovableClock} */
    public static Daemon moved(Map<String, String> settings, Path log, Path clock) throws IOException {
        Path classes = clock.resolveSibling("moved-classes");
        for (Class<?> one : List.of(MovedProgram.class, MovableClock.class)) {
            String file = one.getName().replace('.', '/') + ".class";
            Files.createDirectories(classes.resolve(file).getParent());
            try (InputStream compiled = Objects.requireNonNull(one.getResourceAsStream("/" + file))) {
                Files.copy(compiled, classes.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return started(settings, log, Program.beside(classes, MovedProgram.class.getName(),
                "-D" + MovedProgram.CLOCK + "=" + clock));
    }

    private static Daemon started(Map<String, String> settings, Path log, List<String> program) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(program);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("server.port", String.valueOf(port));
        all.put("server.address", "127.0.0.1");
        all.put("sverka.console.user", "admin");
        all.put("sverka.console.password", "test");
        all.forEach((key, value) -> command.add("--" + key + "=" + value));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        return new Daemon(process, port);
    }

    /** Runs one of its commands to the end. @param log where it writes @return the exit code */
    public static int command(Map<String, String> settings, Path log, String... words) throws IOException,
            InterruptedException {
        List<String> command = new ArrayList<>(Program.command());
        command.addAll(List.of(words));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start().waitFor();
    }

    /** Below those that the system gives out by itself: one of those may be another's by the time the program asks for it. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // another one
            }
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Waits until it says it is ready. */
    public Daemon ready() {
        Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the daemon ended with " + process.exitValue());
            }
            try {
                return HTTP.send(HttpRequest.newBuilder(URI.create(address() + "/actuator/health/readiness")).build(),
                        HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        return this;
    }

    /** An answer of its API. */
    public JsonNode api(String path) throws IOException, InterruptedException {
        return JsonMapper.builder().build().readTree(HTTP.send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", BASIC).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Sends dead work once more, as a person does over its API. @return the answer's status */
    public int replay(long entry) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(address() + "/api/journal/" + entry + "/replay"))
                .header("Authorization", BASIC).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Whether there is nothing queued, working or waiting. */
    public boolean isAtRest() throws IOException, InterruptedException {
        JsonNode status = api("/api/status");
        return status.path("queued").asInt(1) + status.path("working").asInt(1) + status.path("waiting").asInt(1) == 0;
    }

    public long pid() {
        return process.pid();
    }

    /** What the system gives it of the machine's memory; 0 where the system does not say. */
    public long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/" + pid() + "/status");
        return !Files.exists(status) ? 0 : Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    }

    /** What is alive on its heap after a collection of all garbage. */
    public long liveBytes() throws IOException {
        Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid()), "GC.class_histogram").redirectErrorStream(true).start();
        try (BufferedReader lines = histogram.inputReader()) {
            String total = lines.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
            return Long.parseLong(total.trim().split("\\s+")[2]);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() throws InterruptedException {
        process.waitFor(60, TimeUnit.SECONDS);
        return process.exitValue();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
