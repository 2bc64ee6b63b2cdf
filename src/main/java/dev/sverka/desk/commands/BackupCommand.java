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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Writes a copy of the H2 store; of a daemon that runs, the daemon is asked for it. */
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = "Writes a consistent copy of the H2 store to FILE, also while the daemon runs.")
final class BackupCommand implements Callable<Integer> {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A zip that is not there yet.")
    private Path file;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "600",
            description = "How long a daemon that runs may take (default: ${DEFAULT-VALUE}).")
    private long wait;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Commands.refuseWords(spec, configuration);
        Environment environment = Configuration.read(configuration);
        StoreFile store = StoreFile.of(environment);
        if (!store.isH2()) {
            return refuse("The store is no H2 file; use pg_dump");
        }
        if (!Files.exists(store.path())) {
            return refuse("There is no store at " + store.path() + "; check SVERKA_HOME");
        }
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            return refuse(target + " is there already; name another file");
        }
        if (!store.isInUse()) {
            store.copyTo(target);
        } else if (!ask(environment, target)) {
            return 1;
        }
        spec.commandLine().getOut().println("The store was copied to " + target);
        return 0;
    }

    private boolean ask(Environment environment, Path target) throws IOException, InterruptedException {
        String password = environment.getProperty("sverka.console.password", "");
        if (password.isBlank() || password.startsWith("{")) {
            refuse("The daemon runs and has to be asked, but sverka.console.password is not known in plain words;"
                    + " give it as --sverka.console.password=…");
            return false;
        }
        String person = environment.getProperty("sverka.console.user", "admin") + ":" + password;
        URI address = URI.create("http://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                + environment.getProperty("server.port", "8080") + "/api/backup");
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(wait)).POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(person.getBytes(StandardCharsets.UTF_8))).build();
        Path partly = target.resolveSibling(target.getFileName() + ".part");
        try {
            int status = HttpClient.newBuilder().connectTimeout(CONNECT).build().send(request, HttpResponse.BodyHandlers.ofFile(partly))
                    .statusCode();
            if (status == 200) {
                Files.move(partly, target, StandardCopyOption.ATOMIC_MOVE);
                return true;
            }
            refuse("The daemon at " + address + " answered " + status + "; check sverka.console.user and its password");
        } catch (HttpTimeoutException silent) {
            refuse("The daemon at " + address + " has not answered within " + wait + " s; look into its log, or give it"
                    + " more time with --wait");
        } catch (IOException e) {
            refuse("The store is in use, but no daemon answers at " + address + " (" + e + "); check server.port");
        } finally {
            Files.deleteIfExists(partly);
        }
        return false;
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
