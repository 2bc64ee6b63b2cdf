package dev.sverka.desk.commands;

import dev.sverka.core.state.StoreFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import org.springframework.core.env.Environment;

/** A consistent copy of the H2 store; of a daemon that runs, the daemon is asked for it. */
final class StoreCopy {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A large store takes minutes before its first byte. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private StoreCopy() {
    }

    /** There is no copy; the message says why and what to do. */
    static final class NotMade extends Exception {
        NotMade(String message) {
            super(message);
        }
    }

    /** @param target a zip that is not there yet */
    static void of(StoreFile store, Environment environment, Path target)
            throws NotMade, IOException, InterruptedException {
        if (store.isInUse()) {
            ask(environment, target);
        } else {
            store.copyTo(target);
        }
    }

    private static void ask(Environment environment, Path target) throws NotMade, IOException, InterruptedException {
        String password = environment.getProperty("sverka.console.password", "");
        if (password.isBlank() || password.startsWith("{")) {
            throw new NotMade("The daemon runs and has to be asked, but sverka.console.password is not known in plain"
                    + " words; give it as --sverka.console.password=…");
        }
        String person = environment.getProperty("sverka.console.user", "admin") + ":" + password;
        URI address = URI.create("http://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                + environment.getProperty("server.port", "8080") + "/api/backup");
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(person.getBytes(StandardCharsets.UTF_8))).build();
        Path partly = target.resolveSibling(target.getFileName() + ".part");
        try {
            int status = HttpClient.newBuilder().connectTimeout(CONNECT).build()
                    .send(request, HttpResponse.BodyHandlers.ofFile(partly)).statusCode();
            if (status != 200) {
                throw new NotMade("The daemon at " + address + " answered " + status
                        + "; check sverka.console.user and its password");
            }
            Files.move(partly, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (HttpTimeoutException silent) {
            throw new NotMade("The daemon at " + address + " has not answered within " + ANSWER.toMinutes()
                    + " minutes; look into its log");
        } catch (IOException e) {
            throw new NotMade("The store is in use, but no daemon answers at " + address + " (" + e
                    + "); check server.port");
        } finally {
            Files.deleteIfExists(partly);
        }
    }
}
