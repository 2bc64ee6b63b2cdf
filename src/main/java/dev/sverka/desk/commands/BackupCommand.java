package dev.sverka.desk.commands;

import dev.sverka.core.state.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Writes a copy of the H2 store; of a daemon that runs, the daemon is asked for it. */
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = "Writes a consistent copy of the H2 store to FILE, also while the daemon runs.")
final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A zip that is not there yet.")
    private Path file;

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
        try {
            StoreCopy.of(store, environment, target);
        } catch (StoreCopy.NotMade refused) {
            return refuse(refused.getMessage());
        }
        spec.commandLine().getOut().println("The store was copied to " + target);
        return 0;
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
