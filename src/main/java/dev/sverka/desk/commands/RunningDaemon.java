package dev.sverka.desk.commands;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The API of a daemon that runs on this machine with the same configuration. */
final class RunningDaemon {

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String authorization;

    private RunningDaemon(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** @return nothing where the console's password is not known in plain words */
    static Optional<RunningDaemon> of(Environment environment) {
        String password = environment.getProperty("sverka.console.password", "");
        if (password.isBlank() || password.startsWith("{")) {
            return Optional.empty();
        }
        String person = environment.getProperty("sverka.console.user", "admin") + ":" + password;
        return Optional.of(new RunningDaemon(URI.create("http://" + environment.getProperty("server.address", "127.0.0.1")
                + ":" + environment.getProperty("server.port", "8080")), "Basic "
                        + Base64.getEncoder().encodeToString(person.getBytes(StandardCharsets.UTF_8))));
    }

    HttpClient client() {
        return client;
    }

    /** A request as the console's user. @param path as {@code /api/…} */
    HttpRequest.Builder ask(String path, Duration patience) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(patience).header("Authorization", authorization);
    }
}
