package dev.sverka.desk.commands;

import dev.sverka.core.state.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Puts a copy that {@code backup} wrote in the store's place. */
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Puts the copy FILE in the store's place; the daemon must be stopped. What was there is kept.")
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A zip that backup has written.")
    private Path file;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Commands.refuseWords(spec, configuration);
        StoreFile store = StoreFile.of(Configuration.read(configuration));
        if (!store.isH2()) {
            return refuse("The store is no H2 file; use pg_restore");
        }
        if (!Files.isRegularFile(file)) {
            return refuse("There is no file " + file + "; name one that backup has written");
        }
        if (store.isInUse()) {
            return refuse("The daemon has the store " + store.path() + " open; stop it first");
        }
        Path aside = free(store.path());
        boolean replaced = Files.exists(store.path());
        try {
            store.replaceBy(file, aside);
        } catch (IOException e) {
            return refuse("Not restored: " + e.getMessage());
        }
        spec.commandLine().getOut().println("The store was restored from " + file
                + (replaced ? "; what was there is " + aside : ""));
        return 0;
    }

    private static Path free(Path store) {
        int number = 1;
        Path aside = store.resolveSibling(store.getFileName() + ".before-restore");
        while (Files.exists(aside)) {
            aside = store.resolveSibling(store.getFileName() + ".before-restore-" + ++number);
        }
        return aside;
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
