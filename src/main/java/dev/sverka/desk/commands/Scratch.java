package dev.sverka.desk.commands;

import dev.sverka.core.state.StoreFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;

/** Copies of everything that a run changes on this machine: the store and the drop folders. Gone when it ends. */
final class Scratch implements AutoCloseable {

    private final Path folder;

    Scratch() throws IOException {
        folder = Files.createTempDirectory("sverka-plan");
    }

    /** Settings that lead a daemon to the copies, and forbid it to change anything at a vendor. */
    Map<String, Object> settings(Environment environment, StoreFile store, boolean copied)
            throws IOException, InterruptedException, StoreCopy.NotMade {
        Map<String, Object> settings = new HashMap<>(Map.of("sverka.routes.rehearse", "true",
                "sverka.routes.start", "true"));
        if (!copied) {
            StoreFile copy = new StoreFile("jdbc:h2:file:" + folder.resolve("store") + ";WRITE_DELAY=0",
                    store.user(), store.password());
            if (store.isPostgreSql()) {
                copyRows(store, copy);
            } else if (Files.exists(store.path())) {
                Path zip = folder.resolve("store.zip");
                StoreCopy.of(store, environment, zip);
                copy.replaceBy(zip, folder.resolve("before"));
            }
            settings.put("sverka.database.url", copy.url());
        }
        for (String room : List.of("statements", "invoices")) {
            for (Map.Entry<String, Map<String, String>> account : accounts(environment, room).entrySet()) {
                String from = account.getValue().getOrDefault("folder", "");
                if (!from.isBlank()) {
                    settings.put("sverka." + room + "." + account.getKey() + ".folder",
                            copied(Path.of(environment.getProperty("sverka.home", ".")).resolve(from),
                                    folder.resolve(room + "-" + account.getKey())).toString());
                }
            }
        }
        return settings;
    }

    private static void copyRows(StoreFile store, StoreFile copy) throws StoreCopy.NotMade {
        try {
            store.copyRowsTo(copy);
        } catch (SQLException unread) {
            // without the url: a password may stand there
            throw new StoreCopy.NotMade("The store on PostgreSQL cannot be read for a copy (" + unread.getMessage()
                    + "); check sverka.database.url, .user and .password");
        }
    }

    private static Map<String, Map<String, String>> accounts(Environment environment, String room) {
        return Binder.get(environment).bind("sverka." + room, Bindable.mapOf(String.class, Object.class)).map(all -> {
            Map<String, Map<String, String>> accounts = new HashMap<>();
            all.forEach((name, values) -> accounts.put(name, values instanceof Map<?, ?> map
                    && map.get("folder") != null ? Map.of("folder", map.get("folder").toString()) : Map.of()));
            return accounts;
        }).orElse(Map.of());
    }

    /** Files that wait in a drop folder; what was done with earlier ones stays behind. */
    private static Path copied(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(from, Files::isRegularFile)) {
                for (Path file : files) {
                    Files.copy(file, to.resolve(file.getFileName().toString()));
                }
            }
        }
        return to;
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }
}
