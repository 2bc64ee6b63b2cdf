package dev.sverka.desk.commands;

import dev.sverka.core.state.StoreFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.springframework.core.env.Environment;

/** A consistent copy of the H2 store; of a daemon that runs, the daemon is asked for it. */
final class StoreCopy {

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
        RunningDaemon daemon = RunningDaemon.of(environment).orElseThrow(() -> new NotMade("The daemon runs and has to be"
                + " asked, but sverka.console.password is not known in plain words; give it as"
                + " --sverka.console.password=…"));
        HttpRequest request = daemon.ask("/api/backup", ANSWER).POST(HttpRequest.BodyPublishers.noBody()).build();
        URI address = request.uri();
        Path partly = target.resolveSibling(target.getFileName() + ".part");
        try {
            int status = daemon.client().send(request, HttpResponse.BodyHandlers.ofFile(partly)).statusCode();
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
