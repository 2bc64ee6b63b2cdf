package dev.sverka.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Routes and mappings as they are shipped, for a home of a test's own that it may edit. */
public final class ShippedFolders {

    private ShippedFolders() {
    }

    public static void copyTo(Path home) throws IOException {
        copyTo(home, "routes", "mappings");
    }

    public static void copyTo(Path home, String... folders) throws IOException {
        for (String folder : folders) {
            Files.createDirectories(home.resolve(folder));
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, home.resolve(folder).resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
